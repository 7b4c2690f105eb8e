/** Chromium with made-up cameras: phones and desks, each a person with cookies of its own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { cameraFilm } from './e2e-camera.ts';
import { shoot } from './e2e-checks.ts';
import { voiceWav } from './media-voice.ts';
import type { MeetingServer } from './meeting-server.ts';
import type { Role } from '../../server/protocol/scalars.ts';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
];
/** Longer than any wait of the product itself, among them the ten seconds of 撤销. */
const WAIT_MS = 30_000;

export const PHONE = { width: 360, height: 740 } as const;
export const SHORT_PHONE = { width: 360, height: 640 } as const;
export const DESK = { width: 1280, height: 800 } as const;

/** Whoever looks from abroad still sees China Standard Time. */
const FAR_AWAY = 'America/New_York';

export interface Browsers {
  /** A phone with a touch screen. */
  phone(size?: { width: number; height: number }): Promise<Page>;
  desk(): Promise<Page>;
  /** Uncaught exceptions and breaches of the content policy on any page so far. */
  readonly faults: readonly string[];
  /** A picture of every page, when a folder for pictures is named in `E2E_SHOTS`. */
  shootAll(name: string): Promise<void>;
  close(): Promise<void>;
}

export async function startBrowsers(origin: string): Promise<Browsers> {
  const directory = await mkdtemp(join(tmpdir(), 'meeting-devices-'));
  const voice = join(directory, 'voice.wav');
  const film = join(directory, 'camera.y4m');
  await Promise.all([writeFile(voice, voiceWav()), writeFile(film, cameraFilm())]);
  const browser: Browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium',
    args: [
      ...ARGUMENTS,
      `--use-file-for-fake-audio-capture=${voice}`,
      `--use-file-for-fake-video-capture=${film}`,
    ],
  });
  const faults: string[] = [];
  const open = async (options: BrowserContextOptions): Promise<Page> => {
    const context = await browser.newContext({
      baseURL: origin,
      locale: 'zh-CN',
      timezoneId: FAR_AWAY,
      permissions: ['camera', 'microphone'],
      ...options,
    });
    context.setDefaultTimeout(WAIT_MS);
    const page = await context.newPage();
    watch(page, faults);
    return page;
  };
  return {
    phone: (viewport = PHONE) => open({ viewport, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }),
    // Without movement nothing is looked at half way.
    desk: () => open({ viewport: DESK, reducedMotion: 'reduce' }),
    faults,
    shootAll: async (name) => {
      const pages = browser.contexts().flatMap((context) => context.pages());
      for (const [index, page] of pages.entries()) await shoot(page, `${name}-${index}`, false);
    },
    close: async () => {
      await browser.close();
      await rm(directory, { recursive: true });
    },
  };
}

/** What a person would not see, and what is always a mistake of the page. */
function watch(page: Page, faults: string[]): void {
  page.on('pageerror', (error) =>
    faults.push(`${page.url()}: ${error.name} ${error.message} ${error.stack ?? ''}`),
  );
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted(HTML|Script)/i.test(message.text()))
      faults.push(`${page.url()}: ${message.text()}`);
  });
}

/** Puts a person's session into a page that has not signed in by itself. */
export async function signedIn(
  server: Pick<MeetingServer, 'cookieOf' | 'origin'>,
  page: Page,
  personId: string,
  role: Role,
): Promise<Page> {
  const [name = '', value = ''] = (await server.cookieOf(personId, [role])).split('=');
  await page.context().addCookies([{ name, value, url: server.origin }]);
  return page;
}
