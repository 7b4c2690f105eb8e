/**
 * What a creditor meets when something is not as usual: large letters, a turn to speak on a line that breaks, a
 * ballot that comes too late. The page says plainly what is so, and what has to be pressed stays in sight. The
 * steps build on one another.
 */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { KeptRefusal } from '../../client/record/kept-receipts.ts';
import { demonstrationClaimRows } from '../../server/demo/fictitious-claims.ts';
import type { CaseView } from '../../server/protocol/rest/case-routes.ts';
import type { CaseSettingsView } from '../../server/protocol/rest/case-settings-routes.ts';
import { PHONE, SHORT_PHONE, startBrowsers, type Browsers } from '../support/e2e-browser.ts';
import { phoneFindings, see, seeNoMore } from '../support/e2e-checks.ts';
import { Creditor } from '../support/e2e-creditor.ts';
import type { HostDesk } from '../support/e2e-host-desk.ts';
import { Line } from '../support/e2e-line.ts';
import {
  enterRoom,
  openReadyMeeting,
  parties,
  RESOLUTION as resolution,
  type Party,
} from '../support/e2e-meeting.ts';
import { startMeetingServer, type RunningServer } from '../support/e2e-server.ts';
import { createSteps } from '../support/e2e-steps.ts';

const consent = { reason: '其余债权人已书面说明不参加表决', courtConsentNo: '（2026）虚01破12号之五' };
const [party, another] = parties as [Party, Party];

let server: RunningServer;
let browsers: Browsers;
let host: HostDesk;
let link: string;
let speaker: Creditor;
let voter: Creditor;
let line: Line;

const step = createSteps(() => browsers.shootAll('failed'));

beforeAll(async () => {
  server = await startMeetingServer();
  browsers = await startBrowsers(server.origin);
  ({ host, link } = await openReadyMeeting(browsers));
  speaker = new Creditor(await browsers.phone());
  line = await Line.of(speaker.page);
  await enterRoom(speaker, link, party);
  voter = new Creditor(await browsers.phone());
  await enterRoom(voter, link, another);
});
afterAll(async () => {
  await browsers?.close();
  await server?.stop();
});

describe('a turn to speak', () => {
  const end = (): Locator => speaker.button('结束发言');

  step(
    'can be ended by a button that is whole and uncovered, also on a short phone in large type',
    async () => {
      const { page } = speaker;
      await host.begin();
      await host.turnOn('麦克风');
      await see(page.getByText('管理人 张×× 正在发言'));
      await speaker.tap(speaker.button('举手发言'));
      await see(page.getByText('您排第 1 位'));
      await host.invite(`${party.contact.slice(0, 1)}××（${party.name}）`);
      await speaker.tap(speaker.button('现在发言'));
      await speaker.tap(speaker.button('开始发言'));
      await see(page.getByRole('timer', { name: '已发言时间' }));
      await refusePlaying(speaker);
      await see(speaker.button('点这里恢复声音'));
      const large = speaker.button('长辈版(大字)');
      for (const size of [PHONE, SHORT_PHONE]) {
        await page.setViewportSize(size);
        expect(await isUncovered(end())).toBe(true);
        await large.tap();
        expect(await isUncovered(end())).toBe(true);
        await large.tap();
      }
      expect(await phoneFindings(page, 'speaking')).toEqual([]);
    },
  );

  step(
    'on a line that is lost is told that nobody may hear it, and nothing of a vote that is not',
    async () => {
      const { page } = speaker;
      const panel = page.getByRole('region', { name: '您正在发言' });
      await line.cut();
      const warning = panel.getByRole('alert').filter({ hasText: '网络已断开，别人现在可能听不到您' });
      await see(warning);
      expect(await isUncovered(warning)).toBe(true);
      expect(await page.getByText('现在不能表决').count()).toBe(0);
      expect(await isUncovered(end())).toBe(true);
      expect(await phoneFindings(page, 'speaking-lost')).toEqual([]);
      await line.restore();
      await seeNoMore(panel.getByRole('alert'));
      await speaker.tap(end());
      await see(host.page.getByText('现在没有债权人发言。'));
      await seeNoMore(end());
    },
  );
});

describe('who has no vote', () => {
  step('reads in the room why not, and what can be done', async () => {
    const worker = demonstrationClaimRows().find(({ name }) => name === '何若行');
    const silent = new Creditor(await browsers.phone());
    await silent.page.goto('/');
    expect(await silent.page.title()).toBe('网络债权人会议');
    await silent.enterAs(worker?.mobile ?? '');
    await see(silent.page.getByRole('listitem').filter({ hasText: '（2026）虚01破12号' }));
    await silent.openLink(link);
    await silent.tap(silent.link('进入会议'));
    await silent.checkIn();
    await host.moveTo(`表决${resolution}`);
    const why = silent.page.getByRole('note', { name: '不可表决' });
    await see(why.getByText('职工债权由职工代表对有关事项发表意见（第59条）。'));
    await see(why.getByText('您仍可参会；意见请告诉职工代表。'));
    expect(await silent.page.getByText('开始时会提示您').count()).toBe(0);
    expect(await phoneFindings(silent.page, 'room-no-vote')).toEqual([]);
    expect(await speaker.page.getByRole('note', { name: '不可表决' }).count()).toBe(0);
  });
});

describe('whoever has voted', () => {
  const voted = (): Locator => voter.page.getByRole('status', { name: `您已表决：${resolution}` });

  step(
    'reads so in the room, with the way to the receipt and to a change where the vote allows it',
    async () => {
      await allowChanges(host.page);
      await host.startVote(10);
      await voter.vote(resolution, '不同意');
      await voter.tap(voter.link('返回会场'));
      await see(voted().getByText(/^您的表决是：不同意（第 \d+ 号），已计入。/));
      expect(await phoneFindings(voter.page, 'room-voted')).toEqual([]);
      await voter.tap(voted().getByRole('link', { name: '查看回执' }));
      await voter.seeReceipt();
      await voter.tap(voter.link('返回会场'));
      await voter.tap(voted().getByRole('button', { name: '更改表决' }));
      await voter.choose('同意');
      await voter.confirm('同意');
      await voter.seeReceipt();
      await voter.tap(voter.link('返回会场'));
      await see(voted().getByText(/^您的表决是：同意（第 \d+ 号），已计入。/));
      await host.seeBallots(1);
    },
  );
});

describe('a ballot that comes too late', () => {
  const refused = (): Locator =>
    speaker.page.getByText(`${party.name}对《${resolution}》（第 1 次表决）：不同意。没有计入。`);

  step('is refused in words that name it, and say when it came and when the vote closed', async () => {
    const { page } = speaker;
    await speaker.goToBallot(resolution);
    await speaker.choose('不同意');
    await line.cut();
    await speaker.confirm('不同意');
    await see(page.getByRole('alert', { name: '尚未送达' }));
    await host.closeVote(consent);
    await see(host.verdict(resolution));
    await line.restore();
    await see(page.getByRole('alert').filter({ has: refused() }));
    await see(page.getByText(/^未计入：.+ 收到，.+ 截止。$/));
    expect(await phoneFindings(page, 'refused')).toEqual([]);
  });

  step('keeps its proof over a reload, on its own page and among the own ballots', async () => {
    const { page } = speaker;
    await page.reload();
    await see(refused());
    await speaker.tap(speaker.link('我的表决'));
    const card = page.getByRole('listitem').filter({ has: speaker.heading(resolution) });
    await see(card.getByText('✕ 未计入'));
    await see(card.filter({ has: refused() }));
    expect(await phoneFindings(page, 'refused-in-list')).toEqual([]);
    const download = page.waitForEvent('download');
    await speaker.tap(speaker.button('保存凭据（文件）'));
    const proof = JSON.parse(await readFile(await (await download).path(), 'utf8')) as KeptRefusal;
    expect(proof).toMatchObject({ title: resolution, creditorName: party.name, code: 'BALLOT_TOO_LATE' });
    expect(proof.body).toMatchObject({ choice: 'against', round: '1' });
    expect(proof.auth?.signature).toMatch(/^[\w+/=-]{40,}$/);
  });
});

/** As the lead decides it in the case's rules of voting; votes that are open keep theirs. */
async function allowChanges(page: Page): Promise<void> {
  const { request } = page;
  const headers = { origin: new URL(page.url()).origin };
  const { rows } = (await (await request.get('/api/cases')).json()) as { rows: CaseView[] };
  const path = `/api/cases/${rows.find(({ caseNumber }) => caseNumber.includes('虚01破12号'))?.caseId}/settings`;
  const { settings, revision } = (await (await request.get(path)).json()) as CaseSettingsView;
  const data = { settings: { ...settings, allowChange: true }, revision, reason: '合议庭意见' };
  expect((await request.put(path, { headers, data })).ok()).toBe(true);
}

/** All of it can be seen and touched where the page stands now: nothing lies over it, nothing cuts it off. */
function isUncovered(target: Locator): Promise<boolean> {
  return target.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const edge = 8;
    const corners = [
      [left + edge, top + edge],
      [right - edge, bottom - edge],
    ] as const;
    return (
      bottom <= window.innerHeight &&
      corners.every(([x, y]) => element.contains(document.elementFromPoint(x, y)))
    );
  });
}

/** As a browser does that saves power: the next sound that should play is refused. */
async function refusePlaying({ page }: Creditor): Promise<void> {
  await page.evaluate(() => {
    HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException('refused', 'NotAllowedError'));
    document.dispatchEvent(new Event('visibilitychange'));
  });
}
