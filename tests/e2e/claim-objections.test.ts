/**
 * 核查债权 from the draft of the meeting to its minutes: the administrator opens the claims table for objections, one
 * creditor objects on the phone and another has none, the debtor objects on paper and takes one of its objections
 * back, the administrator answers, the court ends it, and the record has all of it. The steps build on one another.
 */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { demonstrationClaimRows } from '../../server/demo/fictitious-claims.ts';
import { startBrowsers, type Browsers } from '../support/e2e-browser.ts';
import { CaseDesk, chinaTimeIn } from '../support/e2e-case-desk.ts';
import { deskFindings, phoneFindings, see, shoot } from '../support/e2e-checks.ts';
import { Creditor } from '../support/e2e-creditor.ts';
import { Line } from '../support/e2e-line.ts';
import { HostDesk } from '../support/e2e-host-desk.ts';
import { readMinutes } from '../support/e2e-minutes.ts';
import { startMeetingServer, type RunningServer } from '../support/e2e-server.ts';
import { createSteps } from '../support/e2e-steps.ts';

const CASE = '虚01破12号';
/** Items of the template. */
const VERIFICATION_ITEM = 7;
const VOTE_ITEM = 11;
const ITEM_TITLE = '管理人报告债权申报及审查情况，债权人会议核查债权表';
const REASON = '确认金额少计了受理前的利息';
const DEBTORS_REASON = '该笔借款已于受理前清偿';
const DEBTORS_MISTAKE = '债务人误认为该笔债权重复申报';
const WITHDRAWAL = '债务人核对合同后书面撤回';
const ANSWER = '利息已计算至受理之日，核算表见附件';
/** Enterprises with one confirmed ordinary claim. */
const [objector, content] = demonstrationClaimRows()
  .filter(({ creditorNo, kind }) => kind === '法人' && (creditorNo ?? '') >= 'ZQR-00017')
  .map(({ name = '', mobile = '', claimNo = '' }) => ({ name, mobile, claimNo })) as [Claimant, Claimant];

interface Claimant {
  readonly name: string;
  readonly mobile: string;
  readonly claimNo: string;
}

let server: RunningServer;
let browsers: Browsers;
let lead: CaseDesk;
let host: HostDesk;
let phone: Creditor;
/** Line of the phone that was opened last. */
let ofPhone: Line;
let link: string;
const found: string[] = [];
const step = createSteps(() => browsers.shootAll('failed'));

async function openCase(desk: CaseDesk): Promise<void> {
  await desk.page.goto('/staff/cases');
  await desk.page.getByRole('row').filter({ hasText: CASE }).getByRole('link').click();
}

/** A creditor's phone at the claims table. */
async function openClaims({ mobile }: Claimant): Promise<Creditor> {
  const creditor = new Creditor(await browsers.phone());
  ofPhone = await Line.of(creditor.page);
  await creditor.enterAs(mobile);
  await creditor.openLink(link);
  await see(creditor.page.getByText('债权核查中'));
  await creditor.tap(creditor.link('进入会议'));
  await creditor.tap(creditor.link('去核查债权'));
  await see(creditor.heading('我的债权'));
  return creditor;
}

beforeAll(async () => {
  server = await startMeetingServer();
  browsers = await startBrowsers(server.origin);
  lead = new CaseDesk(await browsers.desk());
  await lead.signInAs('张安宁');
});
afterAll(async () => {
  await browsers?.close();
  await server?.stop();
});

describe('R01: the verification of claims', () => {
  step('is put on the agenda by one tick, and is no vote', async () => {
    await openCase(lead);
    await lead.createMeeting(chinaTimeIn(20));
    const item = lead.agendaItem(VERIFICATION_ITEM);
    await item.getByRole('checkbox', { name: /在会议中开放核查/ }).check();
    await see(item.getByText(/不是表决：对债权表逐笔提出异议/));
    found.push(...(await deskFindings(lead.page, 'objections-prepare')));
    const plan = { title: '债务人财产管理方案', text: '按管理人提交的方案管理财产。' };
    await lead.writeResolution(lead.agendaItem(VOTE_ITEM), plan);
    await lead.save();
    await lead.button('发布会议').click();
    await see(lead.page.getByText(/表决事项 1 项。另有债权核查 1 项，不是表决。/));
    await lead.page.getByRole('dialog').getByRole('button', { name: '返回修改' }).click();
    link = await lead.publish();
  });

  step('is opened at the desk with its own words', async () => {
    await lead.page.getByRole('link', { name: '进入会场' }).click();
    host = new HostDesk(lead.page);
    await host.begin();
    await host.moveTo(ITEM_TITLE);
    await host.button('开始核查').click();
    const dialog = lead.page.getByRole('dialog');
    await see(dialog.getByText(/开放债权核查，债权人可以对债权表逐笔提出异议/));
    await dialog.getByRole('button', { name: '确认开始核查' }).click();
    await see(host.button('撤销'));
    await see(lead.page.getByText('共提出异议 0 件，待管理人答复 0 件。'));
    const agenda = lead.page.getByRole('navigation', { name: '议程' });
    await see(agenda.getByText('▣ 债权核查中'));
    expect(await agenda.innerText()).not.toContain('表决中');
    // Passed over on the way to it: nothing of them was dealt with.
    expect(await agenda.getByText('未进行', { exact: true }).count()).toBe(VERIFICATION_ITEM - 1);
    await see(lead.page.getByText('适用规则：债权核查（第58条）'));
    await see(lead.page.getByText(/》还在核查（不是表决），核查截止前不能闭会。$/));
    found.push(...(await deskFindings(lead.page, 'objections-desk-open')));
  });

  step('shows a creditor the own claim first, and others by search with people masked', async () => {
    phone = await openClaims(objector);
    found.push(...(await phoneFindings(phone.page, 'claims')));
    await shoot(phone.page, 'claims-whole-360');
    const person = demonstrationClaimRows().find(({ kind }) => kind === '自然人');
    await phone.page.getByRole('searchbox').fill(person?.name ?? '');
    await phone.tap(phone.button('查找'));
    await see(phone.page.getByText(/^共 \d+ 笔$/));
    const text = await phone.page.locator('main').innerText();
    expect(text).toContain(`${[...(person?.name ?? '')][0]}*`);
    expect(text).not.toContain(person?.name ?? '');
  });

  step('says of an objection on a lost line that it is not submitted, and nothing of a vote', async () => {
    await phone.page.getByRole('searchbox').fill('');
    const own = phone.page.getByRole('region', { name: '我的债权' }).getByRole('listitem').first();
    await phone.tap(own.getByRole('link', { name: '提出异议' }));
    await phone.type('理由和法律依据', REASON);
    await ofPhone.cut();
    await see(phone.page.getByText('网络已断开，异议还没有提交。'));
    expect(await phone.button('提交异议').getAttribute('aria-disabled')).toBe('true');
    expect(await phone.page.getByText('现在不能表决').count()).toBe(0);
    await ofPhone.restore();
    await see(phone.page.getByRole('button', { name: '提交异议', disabled: false }));
  });

  step('takes an objection with reasons and a photograph, and gives its number', async () => {
    await see(phone.button('提交异议'));
    found.push(...(await phoneFindings(phone.page, 'claims-object')));
    await phone.type('您认为正确的金额', '12,345.6');
    await phone.type('理由和法律依据', REASON);
    await phone.page.reload();
    expect(await phone.page.getByRole('textbox', { name: '理由和法律依据' }).inputValue()).toBe(REASON);
    const buffer = await phone.page.screenshot();
    const photo = { name: '利息计算.png', mimeType: 'image/png', buffer };
    await phone.page.locator('input[type=file]').setInputFiles(photo);
    await shoot(phone.page, 'claims-object-filled-360');
    await phone.tap(phone.button('提交异议'));
    await see(phone.page.getByText(/^异议编号：第 \d+ 号$/));
    found.push(...(await phoneFindings(phone.page, 'claims-recorded')));
    await phone.tap(phone.link('返回核查债权'));
    await see(phone.page.getByText('待管理人答复'));
    expect(await phone.button('确认无异议').count()).toBe(0);
  });

  step('takes down that another creditor has none', async () => {
    const other = await openClaims(content);
    await other.tap(other.button('确认无异议'));
    await see(other.page.getByText(new RegExp(`${content.name} 已于 .+ 确认无异议`)));
    await shoot(other.page, 'claims-none-360');
  });

  step('brings the objection into the queue, where the administrator answers it', async () => {
    await see(lead.page.getByText('共提出异议 1 件，待管理人答复 1 件。'));
    await lead.page.getByRole('link', { name: /查看和答复异议/ }).click();
    const row = lead.page.getByRole('row').filter({ hasText: REASON });
    await see(row.getByText('主张 12,345.60 元'));
    await see(lead.page.getByText('1 家债权人'));
    found.push(...(await deskFindings(lead.page, 'objections-queue')));
    await row.getByRole('button', { name: /^答复异议第 \d+ 号$/ }).click();
    const dialog = lead.page.getByRole('dialog', { name: /^答复异议/ });
    await dialog.getByText('维持原审查意见').click();
    await dialog.getByRole('textbox', { name: '说明（写明理由）' }).fill(ANSWER);
    await shoot(lead.page, 'objections-answer-1280', false);
    await dialog.getByRole('button', { name: '确认答复' }).click();
    await see(lead.page.getByText('没有待答复的异议。'));
    await lead.page.getByText('已答复', { exact: true }).click();
    await see(lead.page.getByText(ANSWER));
    found.push(...(await deskFindings(lead.page, 'objections-answered')));
  });

  step('shows the objector the answer without reloading', async () => {
    const own = phone.page.getByRole('region', { name: '我的异议' });
    await see(own.getByText(ANSWER));
    await see(own.getByText('维持原审查意见'));
    found.push(...(await phoneFindings(phone.page, 'claims-answered')));
    await shoot(phone.page, 'claims-answered-whole-360');
  });

  step('art. 58(3): takes the debtor’s objection, which the administrator enters and answers', async () => {
    const { page } = lead;
    await lead.button('登记债务人的异议').click();
    const form = page.getByRole('dialog', { name: '登记债务人的异议' });
    await form.getByRole('textbox', { name: '被异议的债权编号' }).fill(content.claimNo);
    await lead.pick(form.getByRole('combobox', { name: '异议事项' }), '债权是否成立');
    await form.getByRole('textbox', { name: '债务人认为正确的金额（元，可不填）' }).fill('一百万');
    await see(form.getByText('金额只能是数字，小数点后最多两位。'));
    await form.getByRole('textbox', { name: '债务人认为正确的金额（元，可不填）' }).fill('0');
    await form.getByRole('textbox', { name: '理由和法律依据' }).fill(DEBTORS_REASON);
    const buffer = await page.screenshot();
    const paper = { name: '债务人书面异议.png', mimeType: 'image/png', buffer };
    await form.locator('input[type=file]').setInputFiles(paper);
    await see(form.getByText(paper.name));
    found.push(...(await deskFindings(page, 'objections-debtor')));
    await form.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByText('待答复', { exact: true }).click();
    const row = page.getByRole('row').filter({ hasText: DEBTORS_REASON });
    await see(row.getByText('债务人，管理人登记'));
    await see(row.getByRole('link', { name: '查看所附文件（新窗口）' }));
    found.push(...(await deskFindings(page, 'objections-debtor-queue')));
    await row.getByRole('button', { name: /^答复异议第 \d+ 号$/ }).click();
    const dialog = page.getByRole('dialog', { name: /^答复异议/ });
    await dialog.getByText('维持原审查意见').click();
    await dialog.getByRole('textbox', { name: '说明（写明理由）' }).fill('债权有生效判决为据');
    await dialog.getByRole('button', { name: '确认答复' }).click();
    await see(page.getByText('没有待答复的异议。'));
  });

  step('art. 58(3): takes an objection of the debtor back for the debtor, with its reason', async () => {
    const { page } = lead;
    await lead.button('登记债务人的异议').click();
    const form = page.getByRole('dialog', { name: '登记债务人的异议' });
    await form.getByRole('textbox', { name: '被异议的债权编号' }).fill(content.claimNo);
    await form.getByRole('textbox', { name: '理由和法律依据' }).fill(DEBTORS_MISTAKE);
    await form.getByRole('button', { name: '登记', exact: true }).click();
    const row = page.getByRole('row').filter({ hasText: DEBTORS_MISTAKE });
    await row.getByRole('button', { name: /^撤回债务人的异议第 \d+ 号$/ }).click();
    const dialog = page.getByRole('dialog', { name: /^撤回债务人的异议/ });
    expect(await dialog.getByRole('button', { name: '确认撤回' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: '债务人撤回的理由' }).fill(WITHDRAWAL);
    found.push(...(await deskFindings(page, 'objections-debtor-withdraw')));
    await dialog.getByRole('button', { name: '确认撤回' }).click();
    await see(page.getByText('没有待答复的异议。'));
    await page.getByText('已撤回', { exact: true }).click();
    await see(row.getByText(WITHDRAWAL));
    found.push(...(await deskFindings(page, 'objections-debtor-withdrawn')));
  });

  step('is read by the court, which cannot answer', async () => {
    const judge = new CaseDesk(await browsers.desk());
    await judge.signInAs('王明哲');
    await judge.page.goto(`${new URL(lead.page.url()).pathname}?list=all`);
    await see(judge.page.getByText(ANSWER));
    expect(await judge.button(/^答复异议/).count()).toBe(0);
    await judge.page.getByRole('link', { name: '进入会场' }).click();
    await see(judge.button('接管'));
    found.push(...(await deskFindings(judge.page, 'objections-desk-judge')));
    await judge.page.setViewportSize({ width: 1280, height: 800 });
    expect((await judge.page.getByRole('banner').boundingBox())?.height).toBeLessThan(64);
  });

  step('ends by the court’s consent, and nothing more can be filed', async () => {
    await lead.page.getByRole('link', { name: '进入会场' }).click();
    await host.button('截止核查').click();
    const dialog = lead.page.getByRole('dialog', { name: /^截止核查/ });
    await dialog.getByLabel('理由（记入会议记录）').fill('债权人均已发表意见');
    await dialog.getByLabel('法院同意的文号').fill('（2026）虚01破12号之五');
    await dialog.getByRole('button', { name: '确认截止' }).click();
    await see(lead.page.getByText('已记录', { exact: true }));
    found.push(...(await deskFindings(lead.page, 'objections-desk-ended')));
    await see(phone.heading('债权核查已经结束'));
    await see(phone.page.getByText(/可在核查结束后 15 日内（至 \d+年\d+月\d+日）向人民法院起诉/));
    expect(await phone.link('提出异议').count()).toBe(0);
    await shoot(phone.page, 'claims-ended-whole-360');
  });

  step('is told as a verification, not as a vote, wherever a creditor reads its result', async () => {
    const meeting = new URL(phone.page.url()).pathname.replace(/\/claims$/, '');
    await phone.page.goto(`${meeting}/room`);
    await see(phone.page.getByRole('status', { name: /^核查结果：/ }));
    await shoot(phone.page, 'claims-ended-room-360');
    await phone.page.goto(`${meeting}/my-ballots`);
    const card = phone.page.getByRole('listitem').filter({ hasText: '债权核查已经结束' });
    await see(card);
    expect(await card.innerText()).not.toContain('不可表决');
    found.push(...(await phoneFindings(phone.page, 'claims-ended-my-ballots')));
    await phone.tap(card.getByRole('link', { name: /^查看核查结果/ }));
    await see(phone.page.getByRole('region', { name: /^核查结果：/ }));
    expect(await phone.page.locator('main').innerText()).not.toContain('表决');
    found.push(...(await phoneFindings(phone.page, 'claims-result')));
  });

  step('stands in the list for the court, the minutes and the record', async () => {
    await host.closeMeeting();
    await openCase(lead);
    await lead.openTab('会议');
    const row = lead.page.getByRole('listitem').filter({ hasText: '第一次债权人会议' });
    await row.getByRole('link', { name: '债权异议' }).first().click();
    const [list] = await Promise.all([
      lead.page.waitForEvent('download'),
      lead.page.getByRole('link', { name: '导出债权核查清单（CSV）' }).click(),
    ]);
    const lines = (await readFile(await list.path(), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(demonstrationClaimRows().length + 2);
    expect(lines.filter((line) => line.includes('"有异议"'))).toHaveLength(2);
    expect(lines.find((line) => line.includes(WITHDRAWAL))).toContain('"异议已撤回"');
    found.push(...(await deskFindings(lead.page, 'objections-ended')));

    await lead.page.goto(lead.page.url().replace(/meetings\/([^/]+)\/objections.*$/, 'review/$1'));
    const minutes = await readMinutes(lead.page);
    expect(minutes).toContain('共提出异议3件，涉及债权2笔');
    expect(minutes).toContain('管理人代为登记');
    // The columns of a table are read line by line.
    expect(minutes).toContain(REASON.slice(0, 6));
    expect(minutes).toContain('维持原审查意见');
    expect(minutes).toContain('已计算至受理之日');
    expect(minutes).toContain('（由管理人代为登记');
    await see(lead.page.getByText(/撤回对债权 .+ 的异议/));
    expect(minutes).toContain('1家债权人确认对债权表无异议');
    await see(lead.page.getByText('对债权表的异议 3 件，管理人未答复 0 件'));
    found.push(...(await deskFindings(lead.page, 'objections-record')));
  });

  step('passes every look at a phone and a desk', async () => {
    await shoot(lead.page, 'objections-record-whole-1280');
    expect(found).toEqual([]);
    expect(browsers.faults).toEqual([]);
  });
});
