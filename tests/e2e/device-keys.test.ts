/** record.md 9 in real browsers: the key comes with the sign-in, signs the ballot, and goes with the sign-out. */
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startBrowsers, type Browsers } from '../support/e2e-browser.ts';
import { phoneFindings, see, seeNoMore } from '../support/e2e-checks.ts';
import { Creditor } from '../support/e2e-creditor.ts';
import type { HostDesk } from '../support/e2e-host-desk.ts';
import { enterRoom, openReadyMeeting, parties, RESOLUTION, type Party } from '../support/e2e-meeting.ts';
import { startMeetingServer, type RunningServer } from '../support/e2e-server.ts';
import { createSteps } from '../support/e2e-steps.ts';

const [modern, older, oldest, forgetful] = parties as [Party, Party, Party, Party];
const SIGNED = '这张表决票由提交它的设备签名，他人不能改动或冒签。';
const UNSIGNED = '这张表决票没有设备签名，以登录身份认定；会议记录中会单独列出这类票数。';

let server: RunningServer;
let browsers: Browsers;
let host: HostDesk;
let link: string;
/** Has Ed25519. */
let first: Creditor;
/** Has P-256 alone. */
let second: Creditor;
/** Can sign nothing. */
let third: Creditor;
/** Loses its key before it votes. */
let fourth: Creditor;

const step = createSteps(() => browsers.shootAll('failed-keys'));

beforeAll(async () => {
  server = await startMeetingServer();
  browsers = await startBrowsers(server.origin);
  ({ host, link } = await openReadyMeeting(browsers));
});
afterAll(async () => {
  await browsers?.close();
  await server?.stop();
});

describe('a device key', () => {
  step('is made and bound with the sign-in, and no script can read it', async () => {
    first = new Creditor(await browsers.phone());
    await enterRoom(first, link, modern);
    const key = await keyOf(first.page);
    expect(key).toMatchObject({ alg: 'Ed25519', isExtractable: false, isBound: true });
  });

  step('is one of P-256 where the browser has no Ed25519', async () => {
    second = new Creditor(await browsers.phone());
    await second.page.addInitScript(refuseAlgorithms, ['Ed25519']);
    await enterRoom(second, link, older);
    expect(await keyOf(second.page)).toMatchObject({ alg: 'ES256', isExtractable: false, isBound: true });
  });

  step('is none where the browser has neither', async () => {
    third = new Creditor(await browsers.phone());
    await third.page.addInitScript(refuseAlgorithms, ['Ed25519', 'ECDSA']);
    await enterRoom(third, link, oldest);
    expect(await keysIn(third.page)).toEqual([]);
  });

  step('signs the ballot, and the receipt says whether it did', async () => {
    fourth = new Creditor(await browsers.phone());
    await enterRoom(fourth, link, forgetful);
    await keyOf(fourth.page);
    await host.begin();
    await host.moveTo(`表决${RESOLUTION}`);
    await host.startVote(10);
    for (const [creditor, sentence] of [
      [first, SIGNED],
      [second, SIGNED],
      [third, UNSIGNED],
    ] as const) {
      await creditor.vote(RESOLUTION, '同意');
      await see(creditor.page.getByText(sentence));
    }
    expect(await phoneFindings(third.page, 'receipt-unsigned')).toEqual([]);
  });

  step('that the browser has lost is made and bound anew before the ballot goes out', async () => {
    const before = await keyOf(fourth.page);
    await fourth.goToBallot(RESOLUTION);
    await fourth.choose('不同意');
    await forgetKeysOf(fourth.page);
    await fourth.confirm('不同意');
    await fourth.seeReceipt();
    await see(fourth.page.getByText(SIGNED));
    const after = await keyOf(fourth.page);
    expect(after.publicKey).not.toBe(before.publicKey);
  });

  step('goes with the sign-out, for families share phones', async () => {
    await first.page.goto('/meetings');
    await first.tap(first.button('退出登录'));
    await seeNoMore(first.button('退出登录'));
    expect(await keysIn(first.page)).toEqual([]);
  });

  step('leaves nothing wrong unseen on any page', async () => {
    expect(browsers.faults).toEqual([]);
  });

  step('is safe from text that would become markup or script', async () => {
    const refused = await first.page.evaluate(() => {
      const attempts = [
        () => (document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>'),
        () => (document.createElement('script').text = 'alert(1)'),
        () => (document.createElement('script').src = '/elsewhere.js'),
      ];
      return attempts.map((attempt) => {
        try {
          attempt();
          return 'allowed';
        } catch {
          return 'refused';
        }
      });
    });
    expect(refused).toEqual(['refused', 'refused', 'refused']);
  });
});

interface ShownKey {
  readonly alg: string;
  readonly publicKey: string;
  readonly isExtractable: boolean;
  readonly isBound: boolean;
}

/** What the page's database holds. */
function readKeys(): Promise<ShownKey[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('creditors-meeting', 1);
    opening.addEventListener('upgradeneeded', () => void opening.result.createObjectStore('keys'));
    opening.addEventListener('error', () => reject(new Error('no database')));
    opening.addEventListener('success', () => {
      const all = opening.result.transaction('keys').objectStore('keys').getAll();
      all.addEventListener('success', () => {
        opening.result.close();
        const kept = all.result as {
          privateKey: CryptoKey;
          keyId: unknown;
          alg: string;
          publicKey: string;
        }[];
        resolve(
          kept.map(({ alg, publicKey, privateKey, keyId }) => {
            return { alg, publicKey, isExtractable: privateKey.extractable, isBound: keyId !== null };
          }),
        );
      });
    });
  });
}

const keysIn = (page: Page) => page.evaluate(readKeys);

/** The one key of the page, asked for until the server has bound it. */
async function keyOf(page: Page): Promise<ShownKey> {
  for (;;) {
    const [key] = await keysIn(page);
    if (key?.isBound) return key;
  }
}

/** As a browser does that clears what a site has stored. */
function forgetKeysOf(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase('creditors-meeting');
        deleting.addEventListener('success', () => resolve());
        deleting.addEventListener('error', () => reject(new Error('not deleted')));
      }),
  );
}

/** As an older browser: these algorithms do not exist. */
function refuseAlgorithms(names: readonly string[]): void {
  const { subtle } = window.crypto;
  const real = subtle.generateKey.bind(subtle) as (...args: unknown[]) => Promise<unknown>;
  const generateKey = (algorithm: { name: string }, ...rest: unknown[]) =>
    names.includes(algorithm.name)
      ? Promise.reject(new DOMException('unknown', 'NotSupportedError'))
      : real(algorithm, ...rest);
  Object.defineProperty(subtle, 'generateKey', { value: generateKey });
}
