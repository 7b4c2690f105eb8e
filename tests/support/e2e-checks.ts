/** What is asserted of any page: what is seen, moving pictures, accessibility, widths. */
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';

/** Waits until it is there; a page that never shows it fails here. */
export async function see(target: Locator): Promise<void> {
  await target.first().waitFor({ state: 'visible' });
}

export async function seeNoMore(target: Locator): Promise<void> {
  await target.first().waitFor({ state: 'hidden' });
}

/** Frames decoded so far, and the position of the picture, of the first video with this name or any. */
export function watchPicture(video: Locator): Promise<{ frames: number; timeS: number; widthPx: number }> {
  return video.first().evaluate((element) => {
    const { currentTime, videoWidth } = element as HTMLVideoElement;
    const frames = (element as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames;
    return { frames, timeS: currentTime, widthPx: videoWidth };
  });
}

/** Waits until this many frames more are decoded and the picture's own clock has gone on. */
export async function seeMoving(video: Locator, frames = 15): Promise<void> {
  await see(video);
  const before = await watchPicture(video);
  const element = await video.first().elementHandle();
  await video.page().waitForFunction(
    ({ shown, target, timeS }) => {
      const picture = shown as HTMLVideoElement;
      const decoded = picture.getVideoPlaybackQuality().totalVideoFrames;
      return decoded >= target && picture.currentTime > timeS;
    },
    { shown: element, target: before.frames + frames, timeS: before.timeS },
  );
}

/** Rules that the page breaks, as `rule: elements`; empty when axe finds nothing. */
async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`,
  );
}

/** Keys of the catalogues that stand where their words should, such as `staff.vote.start`. */
async function wordsMissing(page: Page): Promise<string[]> {
  const text = await page.locator('body').innerText();
  return [...text.matchAll(/\b[a-z]\w*\.[a-z]\w*\.\w+/g)].map(([key]) => `no words for ${key}`);
}

/**
 * Resolves once the page has been laid out anew, also by what follows sizes with an observer, and nothing moves any
 * more: a dialog that is just going away, or a table that has not yet seen its new width, is no finding.
 */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await nextFrame();
    await nextFrame();
    const moving = document.getAnimations().filter(({ playState, effect }) => {
      const ends = Number.isFinite(Number(effect?.getComputedTiming().endTime));
      return playState === 'running' && ends;
    });
    await Promise.allSettled(moving.map(({ finished }) => finished));
    await nextFrame();
  });
}

/** By how many pixels the page can be pushed sideways. */
export async function sidewaysPx(page: Page): Promise<number> {
  await atRest(page);
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Elements that reach beyond the page's right edge: where a sideways scroll comes from. */
function beyondTheEdge(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    return [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > edge + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  });
}

const ORDINARY_TEXT_PX = 16;

/** Looks at a page with the text so large as a person may set it in the browser. */
async function withTextSize(page: Page, percent: number, look: () => Promise<void>): Promise<void> {
  // The setting lasts as long as the session.
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard: (ORDINARY_TEXT_PX * percent) / 100 } });
  await look();
  await session.send('Page.setFontSizes', { fontSizes: { standard: ORDINARY_TEXT_PX } });
  await session.detach();
}

const HEIGHTS_PX = [740, 640];
const WIDTH_PX = 360;

/**
 * What is wrong with a page on a small phone: rules of axe that it breaks, with the system's own colours too,
 * and every combination of height and text size in which it can be pushed sideways.
 */
export async function phoneFindings(page: Page, name: string): Promise<string[]> {
  const findings = [...(await axeFindings(page)), ...(await wordsMissing(page))];
  for (const percent of [100, 200]) {
    await withTextSize(page, percent, async () => {
      for (const height of HEIGHTS_PX) {
        await page.setViewportSize({ width: WIDTH_PX, height });
        if ((await sidewaysPx(page)) > 0) {
          findings.push(
            `sideways at ${height} px, text ${percent} %: ${(await beyondTheEdge(page)).join(' ')}`,
          );
        }
      }
      await shoot(page, `${name}-360x640-${percent}`, false);
    });
  }
  await page.setViewportSize({ width: WIDTH_PX, height: HEIGHTS_PX[0] ?? 0 });
  await page.emulateMedia({ forcedColors: 'active' });
  findings.push(...(await axeFindings(page)).map((finding) => `forced colours: ${finding}`));
  await shoot(page, `${name}-forced`, false);
  await page.emulateMedia({ forcedColors: 'none' });
  await shoot(page, `${name}-360x740`, false);
  return findings.map((finding) => `${name}: ${finding}`);
}

const DESK_WIDTHS_PX = [1024, 1280];
const DESK_HEIGHT_PX = 800;

/** What is wrong with a page on a desk: rules of axe that it breaks, and widths at which it can be pushed sideways. */
export async function deskFindings(page: Page, name: string): Promise<string[]> {
  const findings = [...(await axeFindings(page)), ...(await wordsMissing(page))];
  for (const width of DESK_WIDTHS_PX) {
    await page.setViewportSize({ width, height: DESK_HEIGHT_PX });
    if ((await sidewaysPx(page)) > 0) {
      findings.push(`sideways at ${width} px: ${(await beyondTheEdge(page)).join(' ')}`);
    }
    await shoot(page, `${name}-${width}`, false);
  }
  return findings.map((finding) => `${name}: ${finding}`);
}

const SHOTS = process.env['E2E_SHOTS'];

/** A picture of the page, when a folder for pictures is named in `E2E_SHOTS`. */
export async function shoot(page: Page, name: string, fullPage = true): Promise<void> {
  if (SHOTS === undefined) return;
  await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage });
}

/** Few colours are enough for letters and lines, and make a small file. */
const README_PALETTE = 'split[a][b];[a]palettegen=max_colors=96[p];[b][p]paletteuse=dither=none';

/** The pictures of the README are taken anew when `README_SHOTS` is set: the phone's room and the host's desk. */
export async function shootForReadme(page: Page, name: 'phone-room' | 'host-desk'): Promise<void> {
  if (process.env['README_SHOTS'] === undefined) return;
  const plain = join(tmpdir(), `${name}.png`);
  const target = `client/public/readme/${name}.png`;
  await page.screenshot({ path: plain, animations: 'disabled' });
  await promisify(execFile)('ffmpeg', ['-y', '-i', plain, '-filter_complex', README_PALETTE, target]);
}
