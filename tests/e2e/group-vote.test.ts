/**
 * A reorganisation plan (重整计划草案, 企业破产法 arts. 82, 84, 85, 86, 87) from the draft to the second vote, through
 * the pages: a bank votes in two groups with two ballots, the debtor's owner in the group of investors, one group
 * fails, and that group alone votes once more.
 * The steps build on one another.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { writeClaimsWorkbook } from '../../server/documents/claims-template.ts';
import { Outbox } from '../support/e2e-accounts.ts';
import { startBrowsers, type Browsers } from '../support/e2e-browser.ts';
import { CaseDesk, chinaTimeIn } from '../support/e2e-case-desk.ts';
import { deskFindings, see, seeNoMore, shoot, sidewaysPx } from '../support/e2e-checks.ts';
import { bank, builder, owner, worker } from '../support/e2e-claims.ts';
import { Creditor, type ChoiceWord } from '../support/e2e-creditor.ts';
import { HostDesk } from '../support/e2e-host-desk.ts';
import { startMeetingServer, type RunningServer } from '../support/e2e-server.ts';
import { createSteps } from '../support/e2e-steps.ts';

const plan = {
  title: '重整计划草案',
  text: '有财产担保债权在三年内清偿，普通债权按百分之三十清偿。',
} as const;
const VOTE_ITEM = 11;
const secured = '有财产担保债权组';
const ordinary = '普通债权组';
const ofInvestors = '出资人组';

/** 3 million secured by a plant worth 2 million: the rest is ordinary (art. 110). */
const partlySecured = {
  ...bank.row,
  nature: '有财产担保债权',
  group: '担保债权组',
  collateral: '二号厂房',
  securedPriority: '2000000.00',
  waived: '否',
};
const parties = { builder, worker, bank, owner };

let files: string;
let server: RunningServer;
let browsers: Browsers;
let outbox: Outbox;
let administrator: CaseDesk;
let host: HostDesk;
let link: string;
const phones = {} as Record<keyof typeof parties, Creditor>;
const found: string[] = [];
const step = createSteps(() => browsers.shootAll('group-failed'));

beforeAll(async () => {
  server = await startMeetingServer();
  files = await mkdtemp(join(tmpdir(), 'meeting-files-'));
  const rows = [builder.row, worker.row, partlySecured];
  await writeFile(join(files, 'claims.xlsx'), await writeClaimsWorkbook(rows));
  await writeFile(
    join(files, 'claims-and-investors.xlsx'),
    await writeClaimsWorkbook(rows, [owner.investor]),
  );
  browsers = await startBrowsers(server.origin);
  outbox = new Outbox(await browsers.desk());
  administrator = new CaseDesk(await browsers.desk());
});
afterAll(async () => {
  await browsers?.close();
  await server?.stop();
  await rm(files, { recursive: true });
});

/** Reads a file of the test, and confirms it after a look at its totals. */
async function importFile(name: string, look?: (drawer: Locator) => Promise<void>): Promise<void> {
  const drawer = await administrator.openImport();
  await drawer.locator('input[type=file]').setInputFiles(join(files, name));
  await drawer.getByRole('button', { name: '去确认控制总数' }).click();
  await look?.(drawer);
  await administrator.confirm(drawer);
}

/** From the cases to the decisions on the plan. */
async function openDecisions(desk: CaseDesk): Promise<void> {
  await desk.page.getByRole('link', { name: '案件', exact: true }).click();
  await desk.page.getByRole('row').filter({ hasText: '虚02破9号' }).getByRole('link').click();
  await desk.openTab('会议');
  await desk.page.getByRole('link', { name: '法院决定' }).click();
  const row = desk.page.getByRole('listitem').filter({ hasText: plan.title });
  await row.getByRole('link', { name: '记录', exact: true }).click();
  await see(desk.page.getByRole('heading', { name: '记录一项决定或者申请' }));
}

/** The ballot of one group, from 我的表决: each group its own page, never copied. */
async function voteIn(phone: Creditor, group: string, choice: ChoiceWord): Promise<void> {
  const { page } = phone;
  await page.goto(page.url().replace(/(\/meetings\/[^/]+).*/, '$1/my-ballots'));
  const card = page.getByRole('listitem').filter({ hasText: group });
  await phone.tap(card.getByRole('link', { name: '去表决' }));
  await see(page.getByRole('group', { name: plan.title }));
  await phone.choose(choice);
  expect(await page.getByText(new RegExp(`（${group}，`)).innerText()).toContain(choice);
  await phone.confirm(choice);
  await phone.seeReceipt();
}

describe('a plan that creditors vote on by groups', () => {
  step('is drafted with its type and particulars, beside the open points of law', async () => {
    await administrator.signInAs('张安宁');
    await administrator.createCase({
      caseNumber: '（2026）虚02破9号',
      debtor: '云岭（虚构）机械有限公司',
      court: '虚河市中级人民法院',
      province: '江苏省',
      acceptedOn: '2026-09-01',
      helpPhone: '025-00000000',
    });
    await importFile('claims.xlsx');
    await administrator.openTab('表决规则');
    await see(administrator.page.getByText('怎样算出席'));
    await administrator.page.getByRole('radio', { name: '截止前可以更改' }).check();
    await administrator.page.getByLabel('更改的原因（写入审计记录）').fill('债权人内部审批需要时间');
    const excluded = administrator.page.getByRole('group', { name: '依决定不参加表决的债权人' });
    await excluded.getByRole('button', { name: '增加' }).click();
    await administrator.button('保存').click();
    const refusal = administrator.page.getByText('请检查：依决定不参加表决的债权人：债权人（第 1 项）。');
    await see(refusal);
    expect(
      await excluded.getByRole('textbox', { name: '依据（文号或者债权编号）' }).getAttribute('aria-invalid'),
    ).toBe('true');
    found.push(...(await deskFindings(administrator.page, 'case-settings-unfilled')));
    await excluded.getByRole('button', { name: '删除' }).click();
    await seeNoMore(refusal);
    found.push(...(await deskFindings(administrator.page, 'case-settings')));
    await administrator.button('保存').click();
    await see(administrator.page.getByRole('button', { name: '保存', disabled: true }));
    await administrator.createMeeting(chinaTimeIn(20));
    const item = administrator.agendaItem(VOTE_ITEM);
    await administrator.pick(item.getByRole('combobox', { name: /^类型/ }), '重整计划草案（分组）');
    await see(item.getByText('权益不受调整或者影响的组（不设组，第83条）'));
    await administrator.writeResolution(item, plan);
    await item.getByRole('checkbox', { name: '调整出资人权益，设出资人组（第85条）' }).check();
    await administrator.save();
    found.push(...(await deskFindings(administrator.page, 'prepare-plan')));
  });

  step('art. 85(2): is not published before the investors whose group it names are registered', async () => {
    const { page } = administrator;
    const draft = page.url();
    await see(page.getByText(/《重整计划草案》设出资人组，但没有出资人名册/));
    await see(page.getByRole('button', { name: '发布会议', disabled: true }));
    await shoot(page, 'prepare-plan-without-investors', false);
    await page.getByRole('link', { name: '案件', exact: true }).click();
    await page.getByRole('row').filter({ hasText: '虚02破9号' }).getByRole('link').click();
    await importFile('claims-and-investors.xlsx', async (drawer) => {
      await see(drawer.getByText(/另有出资人名册：1 名出资人，出资额合计 1,000,000.00 元/));
      await see(drawer.getByText(/将写入 \d+ 笔债权、\d+ 家债权人，另有出资人 1 名，/));
      await shoot(page, 'import-investors', false);
    });
    await see(page.getByText('出资人，出资额 1,000,000.00 元'));
    await see(page.getByText(/^共 \d+ 家，另有出资人 1 名$/));
    found.push(...(await deskFindings(page, 'creditors-with-investor')));
    await page.goto(draft);
    await see(page.getByText('出资人名册已导入：1 名出资人（第85条第2款）'));
    link = await administrator.publish();
  });

  step('opens for the groups that are formed, with what each of them is measured by', async () => {
    for (const [name, creditor] of Object.entries(parties)) {
      const phone = new Creditor(await browsers.phone());
      phones[name as keyof typeof parties] = phone;
      await phone.openLink(link);
      await phone.signIn(creditor, outbox.readCode);
      await phone.checkIn();
    }
    await administrator.page.getByRole('link', { name: '进入会场' }).click();
    host = new HostDesk(administrator.page);
    await host.begin();
    await host.moveTo('表决债务人财产管理方案');
    await see(host.page.getByRole('row', { name: new RegExp(`${secured} 1 2,000,000.00`) }));
    await see(host.page.getByRole('row', { name: new RegExp(`${ordinary} 3 3,600,000.00`) }));
    found.push(...(await deskFindings(host.page, 'desk-groups-before')));
    await see(host.page.getByRole('row', { name: new RegExp(`${ofInvestors} 1 1,000,000.00`) }));
    await host.startVote();
  });

  step('gives the investor a ballot in its own group, weighed by its contribution', async () => {
    const { owner: phone } = phones;
    await voteIn(phone, ofInvestors, '同意');
    await shoot(phone.page, 'investor-receipt-360');
    expect(await sidewaysPx(phone.page)).toBe(0);
    await phone.page.goto(phone.page.url().replace(/(\/meetings\/[^/]+).*/, '$1/my-ballots'));
    await shoot(phone.page, 'investor-my-ballots-360');
    expect(await sidewaysPx(phone.page)).toBe(0);
  });

  step('gives the bank two ballots, and the host sees what each group still lacks', async () => {
    await voteIn(phones.bank, secured, '同意');
    await voteIn(phones.bank, ordinary, '不同意');
    await shoot(phones.bank.page, 'group-receipt-360');
    await voteIn(phones.builder, ordinary, '同意');
    const tally = host.page.getByRole('region', { name: ordinary });
    await see(tally.getByText('还差 1 家、还差 400,000.00 元'));
    const missing = host.page.getByRole('region', { name: /^未表决/ });
    await missing.getByText(ordinary, { exact: true }).click();
    await missing
      .getByRole('button', { name: /^显示 .+ 的完整手机号码$/ })
      .first()
      .click();
    await see(missing.getByText(/^1\d{10}$/));
    found.push(...(await deskFindings(host.page, 'desk-groups-open')));
    await phones.bank.page.goto(phones.bank.page.url().replace(/(\/meetings\/[^/]+).*/, '$1/my-ballots'));
    await see(phones.bank.page.getByText('已表决'));
    await shoot(phones.bank.page, 'group-my-ballots-360');
    expect(await sidewaysPx(phones.bank.page)).toBe(0);
  });

  step('fails where one group fails, and says what is missing and what follows', async () => {
    await voteIn(phones.worker, ordinary, '不同意');
    await host.button('截止表决').click();
    await host.page
      .getByRole('dialog', { name: /^截止表决/ })
      .getByRole('button', { name: '确认截止' })
      .click();
    const verdict = host.verdict(plan.title);
    await see(verdict);
    expect(await verdict.innerText()).toContain('未通过');
    await see(verdict.getByText('1 / 3 家'));
    await see(verdict.getByText('2,000,000.00 / 3,600,000.00 元'));
    found.push(...(await deskFindings(host.page, 'desk-groups-verdict')));
    const { page } = phones.worker;
    await page.goto(page.url().replace(/(\/meetings\/[^/]+).*/, '$1/my-ballots'));
    await phones.worker.tap(page.getByRole('link', { name: /^查看表决结果/ }));
    await see(page.getByRole('region', { name: `表决结果：${plan.title}` }));
    await shoot(page, 'group-verdict-360');
    expect(await sidewaysPx(page)).toBe(0);
  });

  step(
    'art. 87(2): asks the applicant for reasons to each condition that the votes do not answer',
    async () => {
      const desk = new CaseDesk(await browsers.desk());
      await desk.signInAs('张安宁');
      await openDecisions(desk);
      const { page } = desk;
      await page.getByRole('radio', { name: /^申请法院批准未通过的重整计划草案/ }).check();
      await page.getByLabel('文书号或者申请名称').fill('提请批准重整计划草案的申请');
      await see(page.getByText('还有 6 项条件没有回答或者没有写明理由。'));
      const securedLine = page.getByRole('group', { name: /^（一）有财产担保债权/ });
      await see(securedLine.getByText('相关的组已通过'));
      await securedLine.getByRole('radio', { name: '符合', exact: true }).check();
      const ordinaryLine = page.getByRole('group', { name: /^（三）普通债权/ });
      await see(ordinaryLine.getByText(/^普通债权组：未通过，同意 1\/3 家/));
      await ordinaryLine.getByRole('radio', { name: '符合', exact: true }).check();
      await see(page.getByText('还有 5 项条件没有回答或者没有写明理由。'));
      await ordinaryLine.getByRole('textbox').fill('清偿率 30%，清算测算为 18%');
      await see(page.getByText('还有 4 项条件没有回答或者没有写明理由。'));
      found.push(...(await deskFindings(page, 'decisions-cram-down')));
      await page.setViewportSize({ width: 360, height: 740 });
      await shoot(page, 'decisions-cram-down-360');
      expect(await sidewaysPx(page)).toBe(0);
      await page.context().close();
    },
  );

  step('is voted on once more by the failing group alone, where a ballot may be changed', async () => {
    await see(host.page.getByText('只由未通过的组再表决：普通债权组。'));
    await host.startVote();
    await voteIn(phones.worker, ordinary, '不同意');
    await phones.worker.tap(phones.worker.button('更改表决'));
    await see(phones.worker.page.getByText(/在新的表决送达前仍然有效/));
    await phones.worker.choose('同意');
    await phones.worker.confirm('同意');
    await phones.worker.seeReceipt();
    await voteIn(phones.builder, ordinary, '同意');
    await voteIn(phones.bank, ordinary, '同意');
    const { page } = phones.bank;
    await page.goto(page.url().replace(/(\/meetings\/[^/]+).*/, '$1/my-ballots'));
    await see(page.getByText(/这一组上次已经通过|上一次已经通过|已经通过/));
    await shoot(page, 'group-second-360');
    await host.button('截止表决').click();
    await host.page
      .getByRole('dialog', { name: /^截止表决/ })
      .getByRole('button', { name: '确认截止' })
      .click();
    await see(host.verdict(plan.title).getByText('通过', { exact: true }));
    await see(host.page.getByText(/^第 1 次表决：未通过/));
    found.push(...(await deskFindings(host.page, 'desk-groups-passed')));
  });

  step('shows everybody the approval of the court, beside the verdict', async () => {
    const desk = new CaseDesk(await browsers.desk());
    await desk.signInAs('张安宁');
    await openDecisions(desk);
    const { page } = desk;
    await page.getByRole('radio', { name: '法院裁定批准', exact: true }).check();
    await page.getByLabel('文书号或者申请名称').fill('（2026）虚02破9号之四');
    await page.getByLabel('主要内容').fill('批准重整计划，终止重整程序。');
    found.push(...(await deskFindings(page, 'decisions-approval')));
    await desk.button('记录').click();
    await page.getByRole('dialog').getByRole('button', { name: '确认记录' }).click();
    const recorded = page.getByRole('region', { name: '法院决定和申请' });
    await see(recorded.getByText(/（2026）虚02破9号之四/));
    found.push(...(await deskFindings(page, 'decisions-recorded')));
    await page.getByRole('link', { name: '返回法院决定' }).click();
    await see(page.getByText('已记录 1 项'));
    found.push(...(await deskFindings(page, 'decisions-list')));
    await see(host.verdict(plan.title).getByText(/批准重整计划，终止重整程序。/));
    const reader = phones.worker.page;
    await reader.goto(reader.url().replace(/(\/meetings\/[^/]+).*/, '$1/my-ballots'));
    await phones.worker.tap(reader.getByRole('link', { name: /^查看表决结果/ }));
    await see(reader.getByRole('region', { name: '法院决定和申请' }).getByText(/（2026）虚02破9号之四/));
    await shoot(reader, 'decisions-creditor-360');
    expect(await sidewaysPx(reader)).toBe(0);
  });

  step('stands in the record with both of its rounds', async () => {
    const reader = new CaseDesk(await browsers.desk());
    await reader.signInAs('张安宁');
    await reader.page.goto(host.page.url().replace(/meetings\/([^/]+)\/desk.*$/, 'review/$1'));
    const { page } = reader;
    await see(
      page.getByRole('region', { name: `表决结果：${plan.title}` }).getByText('通过', { exact: true }),
    );
    await page.getByText('第 1 次表决：未通过').click();
    await see(page.getByText('2,000,000.00 / 3,600,000.00 元'));
    found.push(...(await deskFindings(page, 'record-rounds')));
  });

  step('leaves nothing on any page that axe or the width of the screen objects to', async () => {
    expect(found).toEqual([]);
    expect(browsers.faults).toEqual([]);
  });
});
