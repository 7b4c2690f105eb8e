/**
 * The offline verifier as one page (record.md 12): from a file, without network, without WebCrypto, and on a
 * browser that lacks what came after 2018.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import AxeBuilder from '@axe-core/playwright';
import { chromium, type Browser, type Page } from 'playwright-core';
import { timeStampLine } from '../../server/domain/record/bundle/contents.ts';
import { MEMBERS } from '../../server/domain/record/bundle/layout.ts';
import { encodeTimeStampRequest, tokenOfResponse } from '../../server/domain/record/timestamp/request.ts';
import { VERIFIER_PAGE_POLICY } from '../../server/http/protection/security-headers.ts';
import { sha256 } from '../../server/services/record-crypto.ts';
import { signCheckpoint } from '../support/record/note-signer.ts';
import { bundleOf, receiptOf } from '../support/record/seal-record.ts';
import { edits, regenerations } from '../support/record/attacks/on-history.ts';
import { honest, type Attack } from '../support/record/attacks/attack.ts';
import { answerQuery, createAuthorityFiles } from '../support/time-stamp-authority.ts';
import { log, policy } from '../support/record/verify-record.ts';

const PAGE = pathToFileURL(fileURLToPath(new URL('../../dist/client/verifier.html', import.meta.url))).href;
const STEPS = 15;

let browser: Browser;
let folder: string;
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verifier-'));
  const sealed = honest({ isCourt: true });
  await writeFile(file('bundle.zip'), bundleOf(sealed.files));
  await writeFile(file('policy.txt'), policy);
  await writeFile(file('checkpoint.txt'), sealed.notes[0] ?? '');
  await writeFile(file('receipt.txt'), receiptOf(sealed, 30, { log }));
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

/** What a browser of 2018 does not have. */
function forget(): void {
  const absent: [object, string[]][] = [
    [Array.prototype, ['at', 'flat', 'flatMap', 'findLast', 'toSorted', 'toReversed']],
    [String.prototype, ['at', 'replaceAll', 'isWellFormed', 'toWellFormed', 'matchAll']],
    [Uint8Array.prototype, ['at', 'toHex', 'toBase64']],
    [Object, ['hasOwn', 'fromEntries', 'groupBy']],
    [Promise, ['any', 'allSettled', 'withResolvers']],
    [Blob.prototype, ['arrayBuffer', 'text']],
    [window, ['structuredClone', 'queueMicrotask']],
  ];
  for (const [target, names] of absent) {
    for (const name of names) Reflect.deleteProperty(target, name);
  }
  Object.defineProperty(window, 'crypto', { value: undefined });
}

async function open({ isOld = false, width = 1280 } = {}): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    locale: 'zh-CN',
    offline: true,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) faults.push(request.url());
  });
  if (isOld) await page.addInitScript(forget);
  await page.goto(PAGE);
  return { page, faults };
}

async function check(page: Page, files: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, path] of Object.entries(files)) await page.locator(`#${name}`).setInputFiles(path);
  await page.getByRole('button', { name: /开始核验/ }).click();
  await page.locator('#conclusion').waitFor();
  return page.locator('#conclusion').innerText();
}

const everything = () => ({
  bundle: file('bundle.zip'),
  policy: file('policy.txt'),
  checkpoint: file('checkpoint.txt'),
  receipt: file('receipt.txt'),
});

describe('the page', () => {
  it('verifies a record from a file, offline, and says so in words', async () => {
    const { page, faults } = await open();
    expect(await check(page, everything())).toContain('核验通过');
    expect(await page.getByRole('listitem').filter({ hasText: '通过' }).count()).toBeGreaterThanOrEqual(
      STEPS,
    );
    expect(await page.getByText('回执在记录中：第 30 号').count()).toBe(1);
    expect(await page.getByText(/^SHA-256 [0-9a-f]{64}$/).count()).toBe(1);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('does the same where the server offers it, under the policy that it is served with', async () => {
    const html = await readFile(fileURLToPath(PAGE));
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': VERIFIER_PAGE_POLICY,
    };
    const served = createServer((_, reply) => void reply.writeHead(200, headers).end(html));
    await new Promise<void>((resolve) => void served.listen(0, '127.0.0.1', resolve));
    try {
      const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
      await page.goto(`http://127.0.0.1:${(served.address() as AddressInfo).port}/verifier.html`);
      expect(await check(page, everything())).toContain('核验通过');
    } finally {
      served.closeAllConnections();
      served.close();
    }
  });

  it('works where the browser lacks what came after 2018, and WebCrypto', async () => {
    const { page, faults } = await open({ isOld: true });
    expect(await check(page, everything())).toContain('核验通过');
    expect(faults).toEqual([]);
  });

  it('checks time stamps with the authority’s root, and finds one that was moved', async () => {
    const authority = await createAuthorityFiles();
    const sealed = honest();
    const { size } = sealed.tree;
    const note = signCheckpoint({ origin: sealed.origin, size, root: sealed.tree.root() }, log);
    const hash = sha256(new TextEncoder().encode(note));
    const query = encodeTimeStampRequest({ hash, nonce: new Uint8Array(8).fill(7) });
    const token = tokenOfResponse(await answerQuery(authority, query));
    const { page, faults } = await open();
    const given = { bundle: file('stamped.zip'), policy: file('policy.txt'), authority: authority.rootFile };
    const stampedAt = async (at: number) => {
      sealed.files.set(MEMBERS.timestamps, timeStampLine({ size: at, token }));
      await writeFile(given.bundle, bundleOf(sealed.files));
      return check(page, given);
    };
    expect(await stampedAt(size)).toContain('核验通过');
    expect(await page.getByText('1 个时间戳成立，由 Test Time Authority 出具').count()).toBe(1);
    await page.reload();
    expect(await stampedAt(10)).toContain('核验不通过');
    expect(await page.getByText('TIMESTAMP_WRONG').count()).toBe(1);
    expect(faults).toEqual([]);
    await rm(authority.directory, { recursive: true });
  });

  it('says SELF-CONSISTENT ONLY and NOT WITNESSED without a policy', async () => {
    const { page } = await open();
    const text = await check(page, { bundle: file('bundle.zip') });
    expect(text).toContain('仅自身一致');
    expect(text).toContain('SELF-CONSISTENT ONLY');
    expect(text).toContain('NOT WITNESSED');
  });

  const attacked = (what: string, list: readonly Attack[]): Attack => {
    const found = list.find((attack) => attack.what === what);
    if (!found) throw new Error(`no such attack: ${what}`);
    return found;
  };
  it.each([
    attacked('a cast ballot is edited where it lies', edits),
    attacked('the operator edits a ballot and signs everything anew', edits),
    attacked('the whole history is made anew under a new key', regenerations),
  ])('fails when $what', async ({ code, make }) => {
    await writeFile(file('attacked.zip'), make().bundle);
    const { page } = await open();
    const text = await check(page, { bundle: file('attacked.zip'), policy: file('policy.txt') });
    expect(text).toContain('核验不通过');
    expect(await page.locator('code', { hasText: code }).count()).toBeGreaterThan(0);
  });

  it('says what is missing or cannot be read, and goes on from there', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: /开始核验/ }).click();
    await page.getByRole('alert').filter({ hasText: '请先选择存证包' }).waitFor();
    await page.locator('#policy').setInputFiles(file('checkpoint.txt'));
    await page.locator('#bundle').setInputFiles(file('bundle.zip'));
    await page.getByRole('button', { name: /开始核验/ }).click();
    await page.getByRole('alert').filter({ hasText: '策略文件无法读取' }).waitFor();
    expect(await check(page, everything())).toContain('核验通过');
  });

  it('has no sideways scroll on a phone', async () => {
    const { page } = await open({ width: 360 });
    await check(page, everything());
    const [scroll, width] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      window.innerWidth,
    ]);
    expect(scroll).toBeLessThanOrEqual(width ?? 0);
    const shots = process.env['E2E_SHOTS'];
    if (shots !== undefined)
      await page.screenshot({ path: join(shots, 'verifier-phone.png'), fullPage: true });
  });
});
