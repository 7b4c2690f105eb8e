/**
 * A ballot on paper from the envelope to the creditor's phone: entered by one member of the staff, confirmed by
 * another who does not see the first reading, told to the creditor, who objects. The steps build on one another.
 */
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { demonstrationClaimRows } from '../../server/demo/fictitious-claims.ts';
import { startBrowsers, type Browsers } from '../support/e2e-browser.ts';
import { CaseDesk } from '../support/e2e-case-desk.ts';
import { deskFindings, phoneFindings, see, shoot } from '../support/e2e-checks.ts';
import { Creditor } from '../support/e2e-creditor.ts';
import { HostDesk } from '../support/e2e-host-desk.ts';
import { startMeetingServer, type RunningServer } from '../support/e2e-server.ts';
import { createSteps } from '../support/e2e-steps.ts';

const resolution = '债务人财产管理方案';
const objection = '我没有寄过这张票';
/** Enterprises with one confirmed ordinary claim. */
const [writer] = demonstrationClaimRows()
  .filter(({ creditorNo, kind }) => kind === '法人' && (creditorNo ?? '') >= 'ZQR-00017')
  .map(({ name = '', mobile = '' }) => ({ name, mobile })) as [{ name: string; mobile: string }];

let server: RunningServer;
let browsers: Browsers;
let host: HostDesk;
/** 张安宁, the lead, who conducts and confirms. */
let lead: CaseDesk;
/** 李思齐, who enters. */
let staff: CaseDesk;
let phone: Creditor;
let link: string;
let scan: Buffer;
const step = createSteps(() => browsers.shootAll('failed'));

/** What lies on the desk: a filled-in ballot, photographed. */
async function photographBallot(page: Page): Promise<Buffer> {
  await page.setContent(
    `<body style="margin:40px;font:20px serif"><h1>表决票</h1><p>债权人：${writer.name}</p>
     <p>议案：《${resolution}》</p><p>□ 同意　☑ 不同意　□ 弃权</p><p>签章：${writer.name}（章）</p></body>`,
  );
  return page.screenshot({ clip: { x: 0, y: 0, width: 700, height: 400 } });
}

async function openPapers(desk: CaseDesk): Promise<void> {
  await desk.page.getByRole('link', { name: '案件', exact: true }).click();
  await desk.page.getByRole('row').filter({ hasText: '虚01破12号' }).getByRole('link').click();
  await desk.openTab('会议');
  await desk.page.getByRole('link', { name: '代录表决票' }).click();
  await see(desk.page.getByRole('heading', { name: '代录表决票' }));
}

beforeAll(async () => {
  server = await startMeetingServer();
  browsers = await startBrowsers(server.origin);
  scan = await photographBallot(await browsers.desk());
  lead = new CaseDesk(await browsers.desk());
  staff = new CaseDesk(await browsers.desk());
  await lead.signInAs('张安宁');
  await lead.page.getByRole('row').filter({ hasText: '虚01破12号' }).getByRole('link').click();
  await lead.openTab('会议');
  await lead.page.getByRole('link', { name: '查看议程' }).click();
  const address = lead.page.getByText(/^https?:\/\/.+\/m\//);
  await see(address);
  link = (await address.first().innerText()).trim();
  await lead.page.getByRole('link', { name: '进入会场' }).click();
  host = new HostDesk(lead.page);
  await host.begin();
  await host.moveTo(`表决${resolution}`);
  await host.startVote(30);
});
afterAll(async () => {
  await browsers?.close();
  await server?.stop();
});

describe('E11: a ballot on paper', () => {
  step('is entered with its scan, and does not count yet', async () => {
    await staff.signInAs('李思齐');
    await openPapers(staff);
    expect(await deskFindings(staff.page, 'papers-empty')).toEqual([]);
    await staff.page.getByRole('link', { name: '录入一张表决票' }).click();
    const upload = { name: '表决票.png', mimeType: 'image/png', buffer: scan };
    await staff.page.locator('input[type=file]').setInputFiles(upload);
    const picture = staff.page.getByRole('img', { name: '表决票扫描件' });
    await see(picture);
    await picture.evaluate((element) => (element as HTMLImageElement).decode());
    await staff.page.getByRole('combobox', { name: '表决单位' }).fill(writer.name);
    await staff.page.locator('.ant-select-dropdown:visible').getByText(writer.name).click();
    await staff.pick(staff.page.getByRole('combobox', { name: '方式' }), '邮寄');
    expect(await deskFindings(staff.page, 'papers-enter')).toEqual([]);
    await choose(staff, '不同意');
    await shoot(staff.page, 'papers-entered-1280');
    await staff.button('提交，等待另一人复核').click();
    await see(staff.page.getByRole('cell', { name: /待另一人复核/ }));
    expect(await deskFindings(staff.page, 'papers-waiting')).toEqual([]);
  });

  step('is not confirmed by who entered it', async () => {
    await staff.page.getByRole('link', { name: '查看', exact: true }).click();
    await see(staff.page.getByText('这张票由您录入，请由另一人复核。'));
  });

  step('goes back with both readings when the second person reads it otherwise', async () => {
    await lead.page.getByRole('link', { name: '代录表决票' }).click();
    await lead.page.getByRole('link', { name: '复核', exact: true }).click();
    await see(lead.page.getByRole('heading', { name: '请独立复核' }));
    expect(await lead.page.locator('dl.paper-facts').innerText()).not.toContain('不同意');
    expect(await deskFindings(lead.page, 'papers-confirm')).toEqual([]);
    await confirmAs('弃权');
    await see(lead.page.getByText(/录入：不同意（管理人 李××）；复核：弃权（管理人 张××）。/));
    expect(await deskFindings(lead.page, 'papers-differs')).toEqual([]);
  });

  step('counts when both have read it alike', async () => {
    await staff.page.reload();
    await choose(staff, '不同意');
    await staff.button('提交，等待另一人复核').click();
    await see(staff.page.getByText('这张票由您录入，请由另一人复核。'));
    await lead.page.reload();
    await confirmAs('不同意');
    await see(lead.page.getByText('已计票'));
    await see(lead.page.getByText(/^没有接入短信服务：.+只存入发件箱，债权人收不到。/));
    expect(await deskFindings(lead.page, 'papers-recorded')).toEqual([]);
  });

  step('is read by the creditor, who can not vote again and objects', async () => {
    phone = new Creditor(await browsers.phone());
    await phone.enterAs(writer.mobile);
    await phone.openLink(link);
    await phone.tap(phone.link('进入会议'));
    await phone.tap(phone.link('我的表决'));
    await see(phone.page.getByText(/您已于 .+ 以邮寄方式表决，不能重复。/));
    expect(await phoneFindings(phone.page, 'entered-own')).toEqual([]);
    await phone.tap(phone.link('对代录有异议'));
    await see(phone.page.getByText(/管理人代录：.+不同意（邮寄/));
    await phone.type('异议内容', objection);
    expect(await phoneFindings(phone.page, 'entered-object')).toEqual([]);
    await phone.tap(phone.button('提交异议'));
    await see(phone.page.getByText(new RegExp(`您已于 .+ 提出异议：${objection}`)));
  });

  step('shows the objection to the court', async () => {
    const judge = new CaseDesk(await browsers.desk());
    await judge.signInAs('王明哲');
    await openPapers(judge);
    await judge.page.getByText('债权人有异议', { exact: true }).click();
    await see(judge.page.getByText(`债权人异议：${objection}`));
    expect(await deskFindings(judge.page, 'papers-objected')).toEqual([]);
    expect(browsers.faults).toEqual([]);
  });
});

/** The radio button itself lies under its drawn one. */
async function choose({ page }: CaseDesk, choice: string): Promise<void> {
  await page.getByRole('group', { name: '表决意见' }).getByText(choice, { exact: true }).click();
}

async function confirmAs(choice: string): Promise<void> {
  await choose(lead, choice);
  await lead.page.getByRole('button', { name: '复核', exact: true }).click();
  await lead.page
    .getByRole('dialog')
    .getByRole('button', { name: `确认：${choice}` })
    .click();
}
