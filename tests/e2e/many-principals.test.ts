/**
 * One proxy holder with 28 principals on a phone (domain.md E3, 企业破产法 art. 59(4)): the proxies are entered by
 * one person and approved by another, a choice is made for each, one confirmation sends a ballot for each, and a
 * proxy that ends in between is named as what has not arrived. The steps build on one another.
 */
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { Outbox } from '../support/e2e-accounts.ts';
import { startBrowsers, type Browsers } from '../support/e2e-browser.ts';
import { CaseDesk } from '../support/e2e-case-desk.ts';
import { deskFindings, phoneFindings, see } from '../support/e2e-checks.ts';
import { Creditor } from '../support/e2e-creditor.ts';
import type { HostDesk } from '../support/e2e-host-desk.ts';
import { Line } from '../support/e2e-line.ts';
import { openReadyMeeting, RESOLUTION as resolution } from '../support/e2e-meeting.ts';
import { ProxyDesk } from '../support/e2e-proxy-desk.ts';
import { startMeetingServer, type RunningServer } from '../support/e2e-server.ts';
import { createSteps } from '../support/e2e-steps.ts';

const PRINCIPALS = 28;
const holder = { name: '周慎行', mobile: '17712340001', idNo: '110101199003070011' };

let server: RunningServer;
let browsers: Browsers;
let outbox: Outbox;
let clerk: ProxyDesk;
let lead: ProxyDesk;
let host: HostDesk;
let link: string;
let phone: Creditor;
let line: Line;
/** Principals who have a vote, by name as the phone shows them. */
let votable: number;
let revoked: string;
/** Of the page on which one chooses for all. */
let address: string;

const step = createSteps(() => browsers.shootAll('failed'));

beforeAll(async () => {
  server = await startMeetingServer();
  browsers = await startBrowsers(server.origin);
  outbox = new Outbox(await browsers.desk());
  ({ host, link } = await openReadyMeeting(browsers));
  clerk = await ProxyDesk.open(new CaseDesk(await browsers.desk()), '李思齐');
  lead = await ProxyDesk.open(new CaseDesk(await browsers.desk()), '张安宁');
});
afterAll(async () => {
  await browsers?.close();
  await server?.stop();
});

const rowsOf = (page: Page): Locator =>
  page.getByRole('listitem').filter({ has: page.getByRole('radiogroup') });
const chosen = (page: Page): Locator => page.getByRole('radio', { checked: true });
/** In how many lines the word of a choice stands. */
const linesOf = (choice: Locator): Promise<number> =>
  choice.evaluate((label) => {
    const word = document.createRange();
    word.selectNodeContents(label.lastChild ?? label);
    return word.getClientRects().length;
  });
const sums = (page: Page): Locator => page.getByRole('status').filter({ hasText: '不会提交' });

describe('a proxy at the desk', () => {
  step('is entered with its document, for one principal, on the page', async () => {
    await clerk.enter(holder, 'ZQR-00001');
    expect(await deskFindings(clerk.page, 'proxies')).toEqual([]);
    await see(clerk.row(holder.name).filter({ hasText: '待审核' }));
    expect(await clerk.row(holder.name).getByRole('button', { name: '审核' }).isEnabled()).toBe(false);
  });

  step('is approved by another person, who sees what is to be compared', async () => {
    await lead.reload();
    await lead.openReview(holder.name);
    expect(await deskFindings(lead.page, 'proxy-review')).toEqual([]);
    await lead.approve();
    await see(lead.row(holder.name).filter({ hasText: '已通过' }));
  });

  step('is given by 27 more', async () => {
    await clerk.enterMore(holder, PRINCIPALS - 1);
    await lead.approveAll();
    expect(await lead.approvedOf(holder.name)).toBe(PRINCIPALS);
  });

  step('not reviewed is a line of the check before a vote', async () => {
    await host.begin();
    await host.moveTo(`表决${resolution}`);
    await see(host.page.getByText('2 份委托未审核'));
  });
});

describe('28 principals on one screen', () => {
  step('the holder signs in by the own name and checks in for all', async () => {
    const page = await browsers.phone();
    line = await Line.of(page);
    phone = new Creditor(page);
    await phone.openLink(link);
    await phone.signIn({ ...holder, idLast4: holder.idNo.slice(-4) }, outbox.readCode);
    await phone.checkIn();
    await host.startVote(30);
  });

  step('nothing is preset, and who cannot be voted for says why', async () => {
    await see(phone.page.getByRole('status', { name: `表决已开始：${resolution}` }));
    await phone.tap(phone.button('去表决'));
    await see(rowsOf(phone.page));
    votable = await rowsOf(phone.page).count();
    expect(await chosen(phone.page).count()).toBe(0);
    const words = await rowsOf(phone.page).first().getByRole('radiogroup').locator('label').all();
    expect(await Promise.all(words.map(linesOf))).toEqual([1, 1, 1]);
    const barred = await phone.page.getByText('不可表决').count();
    expect([votable + barred, votable > 20]).toEqual([PRINCIPALS, true]);
    expect(await phone.button(/^去确认/).getAttribute('aria-disabled')).toBe('true');
    expect(await phoneFindings(phone.page, 'bulk')).toEqual([]);
  });

  step(
    'in large type the choices of a principal stand in one line, whole, and the foot hides none',
    async () => {
      const { page } = phone;
      const large = phone.button('长辈版(大字)');
      await phone.tap(large);
      for (const row of [rowsOf(page).first(), rowsOf(page).last()]) {
        await row.getByText('弃权').evaluate((word) => word.scrollIntoView({ block: 'nearest' }));
        const foot = (await page.getByRole('contentinfo').boundingBox())?.y ?? 0;
        const choices = await row.getByRole('radiogroup').locator('label').all();
        const boxes = await Promise.all(choices.map((choice) => choice.boundingBox()));
        expect(await Promise.all(choices.map(linesOf))).toEqual([1, 1, 1]);
        expect(new Set(boxes.map((box) => box?.y)).size).toBe(1);
        expect(Math.max(...boxes.map((box) => (box?.y ?? Infinity) + (box?.height ?? 0)))).toBeLessThan(foot);
      }
      expect(await phoneFindings(page, 'bulk-large')).toEqual([]);
      await phone.tap(large);
    },
  );

  step('a bulk choice applies to the ticked rows only', async () => {
    const forAll = phone.page.getByRole('button', { name: '同意', exact: true });
    expect(await forAll.getAttribute('aria-disabled')).toBe('true');
    await rowsOf(phone.page).nth(0).getByRole('checkbox').check();
    await rowsOf(phone.page).nth(1).getByRole('checkbox').check();
    await phone.tap(phone.page.getByRole('button', { name: '不同意', exact: true }));
    expect(await chosen(phone.page).count()).toBe(2);
    await phone.page.getByRole('checkbox', { name: /^全部勾选/ }).check();
    await phone.tap(forAll);
    expect(await chosen(phone.page).count()).toBe(votable);
    await rowsOf(phone.page).nth(0).getByRole('radio', { name: '弃权' }).check();
    await see(sums(phone.page).filter({ hasText: `同意 ${votable - 1} · 不同意 0 · 弃权 1` }));
  });

  step('a crash of the page keeps the draft', async () => {
    const { page } = phone;
    address = page.url();
    await page.goto('about:blank');
    await page.goto(address);
    await see(sums(page).filter({ hasText: `同意 ${votable - 1} · 不同意 0 · 弃权 1` }));
  });

  step('what is not chosen will not be sent, and is said to stay behind', async () => {
    const { page } = phone;
    await rowsOf(page).nth(1).getByRole('checkbox').check();
    await phone.tap(phone.button('清除勾选的选择'));
    await see(sums(page).filter({ hasText: '未选的 1 个不会提交' }));
    await phone.tap(phone.button(`去确认 ${votable - 1} 张表决票`));
    await see(phone.heading(`请确认 ${votable - 1} 张表决票`));
    const figures = page.getByRole('row', { name: /^同意/ }).getByRole('cell');
    expect(await figures.first().innerText()).toBe(String(votable - 2));
    expect(await phoneFindings(page, 'bulk-confirm')).toEqual([]);
  });

  step('one confirmation while the line is lost sends nothing and loses nothing', async () => {
    await line.cut();
    await see(phone.page.getByText('网络已断开，现在不能表决。'));
    await phone.tap(phone.button(`确认提交 ${votable - 1} 张`));
    await see(phone.page.getByText(`已送达 0/${votable - 1}`));
    await see(phone.page.getByRole('alert', { name: '尚未送达，未计入' }));
    await host.seeBallots(0);
  });

  step('back on the line all arrive but the one whose proxy was revoked, which is named', async () => {
    revoked = await lead.revokeOneOf(holder.name, '临江演示银行股份有限公司');
    await line.restore();
    await see(phone.page.getByText(`已送达 ${votable - 2}/${votable - 1}`));
    await host.seeBallots(votable - 2);
    const missing = phone.page.getByRole('alert', { name: '尚未送达，未计入' });
    await see(missing.getByText(revoked));
    await see(missing.getByText('委托已到期或已被撤销'));
    expect(await phoneFindings(phone.page, 'bulk-sent')).toEqual([]);
    await phone.tap(missing.getByRole('button', { name: '重新发送' }));
    await see(missing.getByText('委托已到期或已被撤销'));
    await host.seeBallots(votable - 2);
  });

  step('each ballot has a receipt of its own', async () => {
    const receipts = phone.page.getByRole('list', { name: '回执' }).getByRole('link');
    expect(await receipts.count()).toBe(votable - 2);
    await phone.tap(receipts.first());
    await phone.seeReceipt();
  });

  step('the holder gets one message for all of them, and the principal is told', async () => {
    await see(outbox.messages().filter({ hasText: `等共 ${votable - 2} 张` }));
    await see(outbox.messages().filter({ hasText: '代理人已代您表决' }));
  });

  step('when nothing is left to vote the page says so, and leads to the own ballots', async () => {
    await phone.tap(phone.link('还有一张表决票，去表决'));
    await phone.choose('同意');
    await phone.confirm('同意');
    await phone.seeReceipt();
    await phone.page.goto(address);
    await see(phone.page.getByText('您代表的、有表决权的单位都已表决，没有剩下要表决的。'));
    expect(await phone.button(/^去确认/).count()).toBe(0);
    expect(await phoneFindings(phone.page, 'bulk-nothing-left')).toEqual([]);
    await phone.tap(phone.page.getByRole('contentinfo').getByRole('link', { name: '我的表决' }));
    await see(phone.heading('我的表决'));
  });

  step('nothing went wrong unseen on any page', async () => {
    expect(browsers.faults).toEqual([]);
  });
});
