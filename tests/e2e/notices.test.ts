/**
 * The notice of a result: from the verdict to the day until when each creditor may apply for its revocation
 * (司法解释三 arts. 11(1), 12), as administrator, creditor and judge see it. The steps build on one another.
 */
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { calendarDate } from '../../client/format/time.ts';
import { chinaDate } from '../../server/domain/china-calendar.ts';
import { EBL_2006_V1 } from '../../server/domain/rules/ebl-2006-v1.ts';
import { resultNoticeEnds, revocationEnds, type Calendars } from '../../server/domain/timers/deadlines.ts';
import { loadWorkCalendar } from '../../server/storage/calendar-file.ts';
import { Outbox } from '../support/e2e-accounts.ts';
import { startBrowsers, type Browsers } from '../support/e2e-browser.ts';
import { CaseDesk } from '../support/e2e-case-desk.ts';
import { deskFindings, phoneFindings, see, seeNoMore, shoot, sidewaysPx } from '../support/e2e-checks.ts';
import { Creditor } from '../support/e2e-creditor.ts';
import type { HostDesk } from '../support/e2e-host-desk.ts';
import { openReadyMeeting, parties, RESOLUTION, type Party } from '../support/e2e-meeting.ts';
import { startMeetingServer, type RunningServer } from '../support/e2e-server.ts';
import { createSteps } from '../support/e2e-steps.ts';

const consent = { reason: '债权人已书面说明不参加表决', courtConsentNo: '（2026）虚01破12号之九' };
const SMALL_SCREENS_PX = [
  [1024, 768],
  [360, 740],
] as const;
const TAPS_TO_A_NOTICE = 2;
const [reader, byPost, silent] = parties as [Party, Party, Party];

let server: RunningServer;
let browsers: Browsers;
let host: HostDesk;
let link: string;
let phone: Creditor;
/** The case's tab of notices, in the window that the desk opens. */
let staff: CaseDesk;
let recipients = 0;
let noticeIsDue: string;
/** Of who receives it today. */
let revocationEndsOn: string;

const step = createSteps(() => browsers.shootAll('failed'));
const rowOf = ({ name }: Party): Locator => staff.page.getByRole('row').filter({ hasText: name });
const readable = (day: string): string => calendarDate(day, 'zh-CN');

beforeAll(async () => {
  server = await startMeetingServer();
  browsers = await startBrowsers(server.origin);
  await letSilenceCount();
  ({ host, link } = await openReadyMeeting(browsers));
  await announceMeeting();
  await host.begin();
  await host.moveTo(`表决${RESOLUTION}`);
  const calendars: Calendars = { ruleSet: EBL_2006_V1, calendar: await loadWorkCalendar(null) };
  const today = chinaDate(Date.now());
  noticeIsDue = readable(resultNoticeEnds(today, calendars).date);
  revocationEndsOn = readable(
    revocationEnds({ mode: 'online', foundOn: today, receivedOn: today }, calendars)?.date ?? '',
  );
});
afterAll(async () => {
  await browsers?.close();
  await server?.stop();
});

describe('the notice of a result', () => {
  step('leads from the statement on silence to the proofs of delivery, before the vote', async () => {
    const statement = host.page.getByLabel('说明：不表示意见视为同意的告知如何送达、以何为凭');
    await see(statement);
    await statement.scrollIntoViewIfNeeded();
    await shoot(host.page, 'statement-on-silence-1280', false);
    const opened = host.page.waitForEvent('popup');
    await host.page.getByRole('link', { name: '查看和登记送达：案件的“通知”页（新窗口）' }).click();
    const proofs = new CaseDesk(await opened);
    await see(proofs.page.getByRole('tab', { name: '通知', selected: true }));
    await proofs.page.close();
    await statement.fill('会议通知已在信息网公告送达');
    await host.startVote(10);
  });

  step('is asked for at the desk as soon as the verdict is there, with its last day', async () => {
    await host.closeVote(consent);
    await see(host.verdict(RESOLUTION));
    const line = host.page.getByRole('status').filter({ hasText: '结果通知尚未发出' });
    await see(line);
    expect(await line.innerText()).toContain(`最迟应于 ${noticeIsDue}（含当日）告知全体债权人`);
    await line.scrollIntoViewIfNeeded();
    await shoot(host.page, 'notice-due-at-the-desk-1280', false);
    const opened = host.page.waitForEvent('popup');
    await line.getByRole('link', { name: '打开“通知”页（新窗口）' }).click();
    staff = new CaseDesk(await opened);
    await see(staff.page.getByRole('tab', { name: '通知', selected: true }));
    await see(staff.page.getByText(`最迟应于 ${noticeIsDue}（含当日）告知全体债权人`));
  });

  step('is read in full before it goes out, and issued after one confirmation', async () => {
    await see(staff.page.getByText('没有接入真实的短信和邮件服务：消息只存入发件箱，债权人收不到。'));
    await shoot(staff.page, 'notices-offered-1280', false);
    await staff.button(`起草：表决结果：${RESOLUTION}`).click();
    const draft = staff.page.getByRole('dialog', { name: `表决结果：${RESOLUTION}` });
    // Nobody cast a ballot: silence is consent, and it passes.
    await see(draft.getByText('表决通过。'));
    await see(draft.getByText('可以自收到本通知之日起十五日内请求人民法院裁定撤销'));
    expect(await deskFindings(staff.page, 'notice-draft')).toEqual([]);
    await draft.getByRole('button', { name: '发出通知' }).click();
    const confirm = staff.button(/^确认发给 \d+ 家$/);
    await see(confirm);
    recipients = Number(/\d+/.exec(await confirm.innerText())?.[0]);
    expect(recipients).toBeGreaterThan(2);
    await shoot(staff.page, 'notice-confirm-1280', false);
    await confirm.click();
    await see(staff.page.getByText(`已发出 ${recipients} 家，待发 0 家`));
    expect(await countsOf(staff.page)).toEqual([recipients, 0, recipients]);
    expect(await deskFindings(staff.page, 'notices-issued')).toEqual([]);
  });

  step('is opened by the creditor with two touches, and says until when it may go to court', async () => {
    phone = new Creditor(await browsers.phone());
    await phone.enterAs(reader.mobile);
    await phone.openLink(link);
    await phone.tap(phone.link('进入会议'));
    await see(phone.page.getByRole('status', { name: '您有 1 份通知还没有打开' }));
    expect(await phoneFindings(phone.page, 'notice-call')).toEqual([]);
    phone.countFromHere();
    await phone.tap(phone.link('查看通知'));
    await see(phone.page.getByText('打开通知，就是收到了通知。'));
    expect(await phoneFindings(phone.page, 'notices-own')).toEqual([]);
    const card = phone.page.getByRole('listitem', { name: resultNotice });
    await phone.tap(card.getByRole('link', { name: '打开通知' }));
    const deadline = phone.page.getByRole('region', { name: '您的期限' });
    await see(deadline.getByText(revocationEndsOn, { exact: true }));
    await see(deadline.getByText(new RegExp(`^${reader.name}：.+收到（在本页打开）$`)));
    expect(phone.taps).toBeLessThanOrEqual(TAPS_TO_A_NOTICE);
    expect(await phoneFindings(phone.page, 'notice-own')).toEqual([]);
    await shoot(phone.page, 'notice-own-full');
    await phone.tap(phone.link('我的通知'));
    await see(phone.page.getByText(`申请撤销的最后一天：${revocationEndsOn}`));
    await shoot(phone.page, 'notices-opened-360x740', false);
  });

  step('counts as delivered for who opened it, and for nobody to whom it was only sent', async () => {
    await resultRow(staff.page).getByRole('link', { name: '送达情况' }).click();
    await see(rowOf(reader).getByText('登录后打开'));
    await see(rowOf(reader).getByRole('cell', { name: revocationEndsOn }));
    await see(rowOf(byPost).getByText('已发出，无送达证明'));
    await see(rowOf(byPost).getByRole('cell', { name: '未起算' }));
    expect(await deskFindings(staff.page, 'deliveries')).toEqual([]);
    for (const [width, height] of SMALL_SCREENS_PX) {
      await staff.page.setViewportSize({ width, height });
      expect([width, await hiddenPx(staff.page.getByRole('table'))]).toEqual([width, 0]);
      expect(await sidewaysPx(staff.page)).toBe(0);
      await rowOf(reader).scrollIntoViewIfNeeded();
      await shoot(staff.page, `deliveries-table-${width}x${height}`, false);
      await shoot(staff.page, `deliveries-whole-${width}x${height}`);
    }
    await staff.page.setViewportSize({ width: 1280, height: 800 });
  });

  step('is recorded as delivered on paper, with what proves it', async () => {
    await rowOf(byPost).getByRole('checkbox').check();
    await staff.button('登记送达（选中的 1 家）').click();
    const form = staff.page.getByRole('dialog', { name: '登记送达' });
    await see(form.getByText(`（${byPost.name}）`));
    await form.getByLabel('凭证编号或者出处').fill('邮');
    await form.getByRole('button', { name: '登记 1 家' }).click();
    await see(form.getByText('请填写 2 至 200 个字'));
    await form.getByLabel('凭证编号或者出处').fill('EMS 1234567890123 回执');
    expect(await deskFindings(staff.page, 'delivery-record')).toEqual([]);
    await form.getByRole('button', { name: '登记 1 家' }).click();
    await seeNoMore(form);
    await see(rowOf(byPost).getByText('书面送达'));
    await see(rowOf(byPost).getByRole('cell', { name: revocationEndsOn }));
    await see(rowOf(silent).getByRole('cell', { name: '未起算' }));
  });

  step('is sent again to those without proof, which proves nothing', async () => {
    await staff.button('补发给未送达的').click();
    const form = staff.page.getByRole('dialog', { name: '补发通知' });
    await see(form.getByText(`将向尚无送达证明的 ${recipients - 2} 家债权人再次发送同一份通知。`));
    await shoot(staff.page, 'notice-resend-1280', false);
    await form.getByRole('button', { name: `补发给 ${recipients - 2} 家` }).click();
    await seeNoMore(form);
    await see(staff.page.getByText(`${recipients - 2} 家已排入补发`));
    await see(rowOf(silent).getByText('已发出，无送达证明'));
    const start = await browsers.desk();
    await start.goto('/');
    await see(
      new Outbox(start).messages().filter({ hasText: silent.name }).filter({ hasText: '表决通过' }).nth(1),
    );
  });

  step('is followed by the judge, who issues and records nothing', async () => {
    const judge = new CaseDesk(await browsers.desk());
    await judge.signInAs('王明哲');
    await judge.page.goto(staff.page.url());
    await see(judge.page.getByText(`已送达 2`));
    expect(await judge.button(/^登记送达/).count()).toBe(0);
    await judge.page.setViewportSize({ width: 360, height: 740 });
    expect(await sidewaysPx(judge.page)).toBe(0);
    await shoot(judge.page, 'deliveries-judge-360', false);
    await judge.page.getByRole('link', { name: /全部通知/ }).click();
    expect(await countsOf(judge.page)).toEqual([recipients, 2, recipients - 2]);
    expect(await judge.button(/^起草/).count()).toBe(0);
    expect(await sidewaysPx(judge.page)).toBe(0);
    // Nor does the table within its panel.
    const inPanel = judge.page.locator('.issued-notices .ant-table-content');
    expect(await inPanel.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    await shoot(judge.page, 'notices-judge-360');
  });

  step('is announced to all others, and the desk knows', async () => {
    await staff.button('登记送达（未送达的）').click();
    const form = staff.page.getByRole('dialog', { name: '登记送达' });
    await form.getByLabel('凭证编号或者出处').fill('全国企业破产重整案件信息网公告');
    await form.getByRole('button', { name: `登记 ${recipients - 2} 家` }).click();
    await seeNoMore(form);
    await see(rowOf(silent).getByRole('cell', { name: revocationEndsOn }));
    await host.page.reload();
    await see(
      host.page.getByText(
        `结果通知已发出：应送 ${recipients} 家，已送达 ${recipients} 家，尚无送达证明 0 家`,
      ),
    );
    expect(browsers.faults).toEqual([]);
  });
});

/** By how many pixels a table reaches beyond what holds it. */
function hiddenPx(table: Locator): Promise<number> {
  return table.evaluate(({ scrollWidth, parentElement }) =>
    Math.max(0, scrollWidth - (parentElement?.clientWidth ?? 0)),
  );
}

const resultNotice = `关于《${RESOLUTION}》表决结果的通知`;
const resultRow = (page: Page): Locator => page.getByRole('row').filter({ hasText: resultNotice });

/** Of the notice of the result: recipients, delivered, unproved. */
async function countsOf(page: Page): Promise<number[]> {
  const row = resultRow(page);
  await see(row);
  // On a phone the heading of the column stands in the cell.
  const cells = await row.getByRole('cell').allInnerTexts();
  return cells.slice(1, 4).map((text) => Number(text.replaceAll(/\D/g, '')));
}

/** The convening notice goes out, and is announced to all: only then silence of anybody is consent. */
async function announceMeeting(): Promise<void> {
  const lead = new CaseDesk(await browsers.desk());
  await lead.signInAs('张安宁');
  const row = lead.page.getByRole('row').filter({ hasText: '虚01破12号' });
  await row.getByRole('link').click();
  await lead.openTab('通知');
  await lead.button(/^起草：会议通知/).click();
  await lead.page.getByRole('dialog').getByRole('button', { name: '发出通知' }).click();
  await lead.button(/^确认发给 \d+ 家$/).click();
  await lead.page.getByRole('link', { name: '送达情况' }).click();
  await lead.button('登记送达（未送达的）').click();
  const form = lead.page.getByRole('dialog', { name: '登记送达' });
  await form.getByLabel('凭证编号或者出处').fill('全国企业破产重整案件信息网公告');
  await form.getByRole('button', { name: /^登记 \d+ 家$/ }).click();
  await seeNoMore(form);
  await lead.page.close();
}

/** Decides for the case that silence counts as consent to a management plan (domain.md 2.4 E8). */
async function letSilenceCount(): Promise<void> {
  const lead = new CaseDesk(await browsers.desk());
  await lead.signInAs('张安宁');
  const row = lead.page.getByRole('row').filter({ hasText: '虚01破12号' });
  await row.getByRole('link').click();
  await lead.openTab('表决规则');
  await lead.page.getByRole('radio', { name: '视为同意' }).check();
  await lead.page.getByLabel('依据（已通过的规则或者法院文号）').fill('第一次会议通过的表决规则');
  await lead.pick(
    lead.page.getByLabel('适用的事项（不宜用于分配方案、重整计划、和解）'),
    '债务人财产管理方案',
  );
  await lead.page.getByLabel('更改的原因（写入审计记录）').fill('合议庭意见');
  await lead.button('保存').click();
  await see(lead.page.getByRole('button', { name: '保存', disabled: true }));
  await lead.page.close();
}
