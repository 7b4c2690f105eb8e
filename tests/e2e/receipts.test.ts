/**
 * record.md 6 and 10 in real browsers: a receipt is checked, kept and printed on the phone; a server that
 * answers with one byte changed is found out, and the page says what to do.
 */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { startBrowsers, type Browsers } from '../support/e2e-browser.ts';
import { phoneFindings, see, seeNoMore, shoot } from '../support/e2e-checks.ts';
import { Creditor } from '../support/e2e-creditor.ts';
import type { HostDesk } from '../support/e2e-host-desk.ts';
import { enterRoom, openReadyMeeting, parties, RESOLUTION, type Party } from '../support/e2e-meeting.ts';
import { startMeetingServer, type RunningServer } from '../support/e2e-server.ts';
import { createSteps } from '../support/e2e-steps.ts';

const [own, other, another] = parties as [Party, Party, Party];
const consent = { reason: '其余债权人已书面说明不参加表决', courtConsentNo: '（2026）虚01破12号之六' };

let server: RunningServer;
let browsers: Browsers;
let host: HostDesk;
let link: string;
let phone: Creditor;

const step = createSteps(() => browsers.shootAll('failed-receipts'));

beforeAll(async () => {
  server = await startMeetingServer();
  browsers = await startBrowsers(server.origin);
  ({ host, link } = await openReadyMeeting(browsers));
  phone = new Creditor(await browsers.phone());
  await enterRoom(phone, link, own);
});
afterAll(async () => {
  await browsers?.close();
  await server?.stop();
});

const holds = (): Locator => phone.page.getByRole('status').filter({ hasText: '核对无误' });
const mismatch = (): Locator => phone.page.getByRole('alert').filter({ hasText: '核对不符' });

async function check(): Promise<void> {
  await phone.tap(phone.button(/核对这张回执|再核对一次/));
}

/** Somebody else votes, so that the record grows. */
async function voteOf(party: Party): Promise<void> {
  const elsewhere = new Creditor(await browsers.phone());
  await enterRoom(elsewhere, link, party);
  await elsewhere.vote(RESOLUTION, '同意');
  await elsewhere.page.context().close();
}

/** From here on this address answers with its text changed. */
async function tamper(address: RegExp, change: (text: string) => string): Promise<void> {
  await phone.page.route(address, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: change(await answer.text()) });
  });
}

/** Changes the last character that the pattern covers. */
function changeOne(text: string, pattern: RegExp): string {
  const found = pattern.exec(text);
  if (!found) throw new Error(`nothing to change: ${text}`);
  const at = found.index + found[0].length - 1;
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
}

describe('a receipt', () => {
  step('is checked on the phone: content, signature, ledger, and what was seen before', async () => {
    await host.begin();
    await host.moveTo(`表决${RESOLUTION}`);
    await host.startVote(10);
    await phone.vote(RESOLUTION, '不同意');
    await check();
    await see(holds());
    await see(phone.page.getByText('会议记录的内容就是这张表决票；签名出自本设备；已列入会议的存证账本'));
    expect(await phoneFindings(phone.page, 'receipt-checked')).toEqual([]);
  });

  step('holds as the record grows, from the list of own ballots too', async () => {
    await voteOf(other);
    await phone.tap(phone.link('返回会场'));
    await phone.tap(phone.link('我的表决'));
    await check();
    await see(holds().filter({ hasText: '账本与本机上次看到的前后一致' }));
    expect(await phoneFindings(phone.page, 'my-ballots-checked')).toEqual([]);
    await phone.tap(phone.link('查看回执'));
  });

  step('is kept as a file that other programs read', async () => {
    const download = phone.page.waitForEvent('download');
    await phone.tap(phone.button('保存回执文件'));
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^表决回执-\d+\.tlog-proof\.txt$/);
    expect(await readFile(await file.path(), 'utf8')).toMatch(/^c2sp\.org\/tlog-proof@v1\nextra /);
  });

  step('is printed on one page of A4, with its number and its place among the pages', async () => {
    await phone.tap(phone.link('打印'));
    await see(phone.page.getByText('第 1 页，共 1 页'));
    expect(await phoneFindings(phone.page, 'print')).toEqual([]);
    await phone.page.emulateMedia({ media: 'print' });
    await see(phone.page.getByRole('img', { name: /二维码/ }));
    // No witnesses here: the paper says so as the screen does.
    await see(phone.page.getByText('未经见证：目前只有本系统的签名，没有足够的独立见证方签名'));
    expect(await phone.button(/^打印/).isVisible()).toBe(false);
    await shoot(phone.page, 'print-media');
    const pdf = await phone.page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type ?\/Page\b/g)).toHaveLength(1);
    await phone.page.emulateMedia({ media: null });
    await phone.page.goBack();
    await see(phone.button('核对这张回执'));
  });
});

describe('a server that changes one byte is found out', () => {
  const proofs = /\/proofs\/\d+$/;

  step('in the path of the entry: it does not stand in the ledger', async () => {
    await tamper(proofs, (text) => changeOne(text, /\\nindex \d+\\n.{7}/));
    await check();
    await see(mismatch().filter({ hasText: '这条记录不在会议的存证账本之内' }));
    await see(mismatch().getByRole('link', { name: '12368' }));
    expect(await phoneFindings(phone.page, 'receipt-mismatch')).toEqual([]);
    const download = phone.page.waitForEvent('download');
    await phone.tap(phone.button('保存证据文件'));
    const evidence: unknown = JSON.parse(await readFile(await (await download).path(), 'utf8'));
    expect(evidence).toMatchObject({ receipt: {}, proof: expect.stringContaining('tlog-proof@v1') });
    await phone.page.unroute(proofs);
  });

  step('in the entry: it is not the one of the receipt', async () => {
    await tamper(proofs, (text) => changeOne(text, /extra .{60}/));
    await check();
    await see(mismatch());
    await phone.page.unroute(proofs);
  });

  step('in the signature of the ledger: it is not this system’s', async () => {
    await tamper(proofs, (text) => changeOne(text, /\u2014 \S+ .{30}/u));
    await check();
    await see(mismatch().filter({ hasText: '账本的签名不是本系统的签名' }));
    await phone.page.unroute(proofs);
  });

  step('in the proof that the ledger continues what was seen before', async () => {
    await voteOf(another);
    const consistency = /\/consistency\?/;
    await tamper(consistency, (text) => changeOne(text, /"[A-Za-z0-9+/]{8}/));
    await check();
    await see(mismatch().filter({ hasText: '账本与本机上次看到的不一致' }));
    await phone.page.unroute(consistency);
    await check();
    await see(holds());
  });

  step('in the newest checkpoint, when the vote closes: every page says so', async () => {
    await tamper(/\/checkpoint$/, (text) => changeOne(text, /\u2014 \S+ .{30}/u));
    await phone.tap(phone.link('返回会场'));
    await host.closeVote(consent);
    await see(mismatch());
    await phone.tap(phone.link('我的表决'));
    await see(mismatch());
    expect(await phoneFindings(phone.page, 'alarm')).toEqual([]);
  });

  step('and nothing went wrong unseen on any page', async () => {
    await seeNoMore(phone.page.getByText('undefined'));
    expect(browsers.faults).toEqual([]);
  });
});
