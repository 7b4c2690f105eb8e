/**
 * One real meeting, from the claims table to the verdicts, through the pages that people use: administrator,
 * judge and clerk at desks, three creditors of whom one at 360 × 740, reviewers of two provinces.
 * The steps build on one another.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { writeDemoDocument } from '../../server/demo/demo-document.ts';
import { writeClaimsWorkbook } from '../../server/documents/claims-template.ts';
import { columnOf } from '../support/claims-sheet.ts';
import { Outbox, enrol, inviteReviewer } from '../support/e2e-accounts.ts';
import { DESK, PHONE, startBrowsers, type Browsers } from '../support/e2e-browser.ts';
import { CaseDesk, chinaTimeIn } from '../support/e2e-case-desk.ts';
import {
  deskFindings,
  phoneFindings,
  see,
  seeMoving,
  seeNoMore,
  shoot,
  shootForReadme,
  sidewaysPx,
} from '../support/e2e-checks.ts';
import { bank, builder, claimRows, worker, wrongClaimRows } from '../support/e2e-claims.ts';
import { Creditor } from '../support/e2e-creditor.ts';
import { HostDesk } from '../support/e2e-host-desk.ts';
import { readMinutes } from '../support/e2e-minutes.ts';
import { createSteps } from '../support/e2e-steps.ts';
import { startMeetingServer, type RunningServer } from '../support/e2e-server.ts';

const LEAD = '张安宁';
const JUDGE = '王明哲';
const CLERK = '赵若云';
const newCase = {
  caseNumber: '（2026）虚02破8号',
  debtor: '清溪（虚构）重工有限公司',
  court: '虚河市中级人民法院',
  province: '江苏省',
  acceptedOn: '2026-09-01',
  helpPhone: '025-00000000',
} as const;
const reviewer = {
  name: '何清和',
  username: 'shencha.js',
  province: '江苏省',
  password: '清溪边上有二十二棵老柳树呢',
} as const;
const reportTitle = '管理人执行职务工作报告';
const custody = {
  title: '债务人财产管理方案',
  text: '厂房和设备由管理人统一保管，费用列入破产费用。',
} as const;
const letting = {
  title: '闲置厂房出租方案',
  text: '闲置厂房以每年不低于三十万元的租金出租，租期一年。',
} as const;
const VOTE_ITEM = 11;
const ADDED_ITEM = 15;
const lettingItem = '表决闲置厂房出租方案';
const consent = { reason: '其余债权人已书面说明不参加表决', courtConsentNo: '（2026）虚02破8号之二' };

let files: string;
let server: RunningServer;
let browsers: Browsers;
let outbox: Outbox;
let administrator: CaseDesk;
let host: HostDesk;
let judge: HostDesk;
let link: string;
const creditors = { builder, worker, bank };
const phones = {} as Record<keyof typeof creditors, Creditor>;

/** Collected on the way, so that all are told at once. */
const found: string[] = [];
const step = createSteps(() => browsers.shootAll('failed'));
const fileOf = (name: string): string => join(files, name);
const everyPhone = (act: (phone: Creditor) => Promise<void>): Promise<unknown> =>
  Promise.all(Object.values(phones).map(act));

async function writeFiles(): Promise<void> {
  files = await mkdtemp(join(tmpdir(), 'meeting-files-'));
  await writeFile(fileOf('债权表.xlsx'), await writeClaimsWorkbook(claimRows));
  await writeFile(fileOf('债权表-有误.xlsx'), await writeClaimsWorkbook(wrongClaimRows));
  const report = await writeDemoDocument(reportTitle, ['管理人已接管债务人的财产、印章和账簿。']);
  await writeFile(fileOf(`${reportTitle}.pdf`), report);
}

beforeAll(async () => {
  [server] = await Promise.all([startMeetingServer(), writeFiles()]);
  browsers = await startBrowsers(server.origin);
  outbox = new Outbox(await browsers.desk());
  administrator = new CaseDesk(await browsers.desk());
});
afterAll(async () => {
  await browsers?.close();
  await server?.stop();
  await rm(files, { recursive: true });
});

describe('before the meeting', () => {
  step('the administrator opens a case', async () => {
    await administrator.signInAs(LEAD);
    await administrator.createCase(newCase);
    found.push(...(await deskFindings(administrator.page, 'case')));
  });

  step('a claims table with mistakes is reported by sheet and cell, and nothing is written', async () => {
    const drawer = await administrator.openImport();
    found.push(...(await deskFindings(administrator.page, 'import-file')));
    await drawer.locator('input[type=file]').setInputFiles(fileOf('债权表-有误.xlsx'));
    await see(drawer.getByText(/有 2 处错误，不能导入/));
    found.push(...(await deskFindings(administrator.page, 'import-errors')));
    const lineOf = (cell: string) => drawer.getByRole('row', { name: new RegExp(`^债权表 ${cell}\\b`) });
    expect(await lineOf(`${columnOf('idNo')}3`).innerText()).toContain('校验位不符');
    expect(await lineOf(`${columnOf('confirmed')}4`).innerText()).toContain('请以元为单位填写');
    await drawer.getByRole('button', { name: '换一个文件' }).click();
  });

  step('the corrected table is written once its control totals are confirmed', async () => {
    const drawer = administrator.page.getByRole('dialog', { name: '导入债权表' });
    await drawer.locator('input[type=file]').setInputFiles(fileOf('债权表.xlsx'));
    const total = drawer.getByRole('row', { name: /^合计/ });
    await see(total);
    expect(await total.innerText()).toMatch(/4\s+4\s+14,600,000\.00/);
    found.push(...(await deskFindings(administrator.page, 'import-totals')));
    await administrator.confirmTotals(drawer);
    await see(administrator.page.getByText('共 4 家'));
    found.push(...(await deskFindings(administrator.page, 'creditors')));
  });

  step('judge and clerk join the team, and a document is uploaded', async () => {
    await administrator.addMember(JUDGE, '承办法官');
    await administrator.addMember(CLERK, '书记员');
    await administrator.uploadDocument(fileOf(`${reportTitle}.pdf`), reportTitle);
    found.push(...(await deskFindings(administrator.page, 'documents')));
  });

  step('a meeting is made from the template, two resolutions are written, and it is published', async () => {
    await administrator.createMeeting(chinaTimeIn(20));
    await administrator.writeResolution(administrator.agendaItem(VOTE_ITEM), custody, reportTitle);
    const added = await administrator.addVote(ADDED_ITEM, lettingItem);
    await administrator.writeResolution(added, letting);
    await administrator.save();
    found.push(...(await deskFindings(administrator.page, 'prepare')));
    link = await administrator.publish();
    found.push(...(await deskFindings(administrator.page, 'published')));
    expect(new URL(link).origin).toBe(server.origin);
    await administrator.page.setViewportSize(PHONE);
    const enter = await administrator.page.getByRole('link', { name: '进入会场' }).boundingBox();
    expect((enter?.x ?? 0) + (enter?.width ?? Infinity)).toBeLessThanOrEqual(PHONE.width);
    expect((enter?.y ?? 0) + (enter?.height ?? Infinity)).toBeLessThanOrEqual(PHONE.height);
    expect(await sidewaysPx(administrator.page)).toBe(0);
    await administrator.page.setViewportSize(DESK);
  });
});

describe('in the meeting', () => {
  step('three creditors come in by the link with number, code and name, and sign in', async () => {
    for (const [name, creditor] of Object.entries(creditors)) {
      const phone = new Creditor(await browsers.phone());
      phones[name as keyof typeof creditors] = phone;
      await phone.openLink(link);
      await phone.signIn(creditor, outbox.readCode);
      await phone.checkIn();
      await see(phone.page.getByText('您已签到，无需操作，开始时自动进入。'));
    }
  });

  step('the host begins, and everyone follows the agenda', async () => {
    await administrator.page.getByRole('link', { name: '进入会场' }).click();
    host = new HostDesk(administrator.page);
    judge = new HostDesk(await browsers.desk());
    await new CaseDesk(judge.page).signInAs(JUDGE);
    await judge.page.goto(host.page.url());
    await see(host.page.getByText('签到 3/4 家'));
    await host.begin();
    await host.moveTo('管理人作执行职务工作报告');
    await everyPhone((phone) => see(phone.heading('管理人作执行职务工作报告')));
    await see(judge.page.getByRole('heading', { name: '第 5 项 管理人作执行职务工作报告' }));
    expect(await judge.button('开始表决').count()).toBe(0);
  });

  step('the creditors see the host, picture and all', async () => {
    await host.turnOn('摄像头');
    await host.turnOn('麦克风');
    await everyPhone(async (phone) => seeMoving(phone.page.locator('.stage video')));
    await everyPhone(async (phone) => see(phone.page.getByText('管理人 张×× 正在发言')));
    await shoot(phones.builder.page, 'room-360', false);
    found.push(...(await deskFindings(host.page, 'desk')));
    found.push(...(await deskFindings(judge.page, 'judge')));
  });

  step('a creditor is given the floor, is seen by the host, and the host takes it back', async () => {
    const { builder: speaker, worker: listener } = phones;
    await speaker.tap(speaker.button('举手发言'));
    await see(speaker.page.getByText('您排第 1 位'));
    await host.invite(`周××（${builder.name}）`);
    await shoot(speaker.page, 'floor-offered-360', false);
    await speaker.tap(speaker.button('现在发言'));
    await seeMoving(speaker.page.getByLabel('您的画面'));
    await shoot(speaker.page, 'floor-preview-360');
    await speaker.tap(speaker.button('开始发言'));
    await see(speaker.page.getByRole('timer', { name: '已发言时间' }));
    await see(host.page.getByText(/● 周××（.*正在发言/));
    await seeMoving(host.stagePicture);
    await seeMoving(listener.page.locator('.stage video'));
    await shoot(speaker.page, 'floor-speaking-360');
    await host.takeFloorBack();
    await see(speaker.button('举手发言'));
    await seeNoMore(speaker.page.getByLabel('您的画面'));
    await seeNoMore(host.stagePicture);
  });
});

describe('the votes', () => {
  step('the first resolution is put to the vote, and the judge sees no figures', async () => {
    await host.moveTo(`表决${custody.title}`);
    found.push(...(await deskFindings(host.page, 'vote-before')));
    await host.startVote();
    await see(judge.page.getByText('表决截止前，票数只有主控人员可以看到。'));
    expect(await judge.page.getByRole('region', { name: '实时计票' }).count()).toBe(0);
  });

  step('three creditors vote, each with a confirmation and a receipt', async () => {
    await see(phones.builder.page.getByRole('button', { name: '去表决', disabled: false }));
    await shootForReadme(phones.builder.page, 'phone-room');
    await shoot(phones.builder.page, 'vote-call-360', false);
    await phones.builder.vote(custody.title, '同意');
    await phones.worker.vote(custody.title, '弃权');
    await phones.bank.vote(custody.title, '同意');
    await see(host.page.getByText('未表决 1 家（按计入金额从大到小）'));
    await shootForReadme(host.page, 'host-desk');
    found.push(...(await deskFindings(host.page, 'vote-open')));
    await shoot(phones.builder.page, 'receipt-360');
  });

  step('it passes, and everyone is told with the article and both fractions', async () => {
    await host.closeVote(consent);
    await see(host.verdict(custody.title));
    await everyPhone((phone) => phone.tap(phone.link('返回会场')));
    for (const page of [host.page, judge.page, phones.bank.page]) {
      const verdict = page.getByRole('region', { name: `表决结果：${custody.title}` });
      await see(verdict);
      const text = await verdict.first().innerText();
      expect(text).toContain('依据《企业破产法》第64条');
      expect(text).toContain('2 / 3 家');
      expect(text).toContain('5,000,000.00 / 5,600,000.00 元');
      expect(text).toMatch(/^通过/);
    }
    await shoot(phones.bank.page, 'verdict-passed-360');
    found.push(...(await deskFindings(host.page, 'verdict')));
    await everyPhone((phone) => phone.tap(phone.button('知道了')));
  });

  step('the second resolution fails by amount, and says by how many yuan', async () => {
    await host.moveTo(lettingItem);
    await host.startVote();
    await phones.builder.vote(letting.title, '同意');
    await phones.worker.vote(letting.title, '同意');
    await phones.bank.vote(letting.title, '不同意');
    await host.closeVote(consent);
    await phones.worker.tap(phones.worker.link('返回会场'));
    const verdict = phones.worker.page.getByRole('region', { name: `表决结果：${letting.title}` });
    await see(verdict);
    const text = await verdict.first().innerText();
    expect(text).toMatch(/^未通过/);
    expect(text).toContain('2 / 3 家');
    expect(text).toContain('2,600,000.00 / 5,600,000.00 元');
    expect(text).toContain('46.42%');
    expect(text).toMatch(/还差\s*200,000\.00 元/);
    expect(text).toContain('未通过，依法由法院裁定（第65条）。');
    await shoot(phones.worker.page, 'verdict-failed-360');
  });

  step('the host closes the meeting, and every page of the phones says so', async () => {
    await host.closeMeeting();
    await see(phones.worker.page.getByText('会议已经结束'));
    await see(phones.worker.page.getByText(/^本次会议已于 \d{4}年.+ 结束。$/));
    expect(await phones.worker.page.getByText('现在没有人发言').count()).toBe(0);
    await phones.worker.tap(phones.worker.page.getByRole('link', { name: '会议首页', exact: true }));
    await see(phones.worker.page.getByRole('region', { name: '会议已经结束' }));
    await see(phones.worker.heading('表决事项'));
    found.push(...(await phoneFindings(phones.worker.page, 'meeting-ended')));
    await see(phones.bank.link('返回会议首页'));
    await seeNoMore(host.page.getByLabel('我的画面'));
    await seeNoMore(phones.worker.page.locator('.stage video'));
    found.push(...(await deskFindings(host.page, 'desk-closed')));
  });
});

describe('the record', () => {
  let ofTheProvince: Page;

  step('the administrator downloads the minutes, which name all and give both verdicts', async () => {
    await administrator.page.getByRole('link', { name: '离开（会议继续）' }).click();
    await administrator.page.goto('/staff/cases');
    await administrator.page.getByRole('link', { name: newCase.caseNumber }).click();
    await administrator.openTab('会议');
    await administrator.page.getByRole('link', { name: '会议记录' }).click();
    const text = await readMinutes(administrator.page);
    expect(text).toContain('第一次债权人会议笔录（2026）虚02破8号清溪（虚构）重工有限公司破产清算案');
    expect(text).toContain('主持人张安宁');
    expect(text).toContain(`表决事项：《${custody.title}》（一）提交表决的全文${custody.text}`);
    expect(text).toMatch(/其中同意2家，即2\/3，占66\.66%.*5,000,000\.00\/5,600,000\.00.*89\.28%/);
    expect(text).toContain('第64条，本项表决通过');
    expect(text).toMatch(/2,600,000\.00\/5,600,000\.00.*46\.42%.*未达到，还差200,000\.00元/);
    expect(text).toMatch(/本项表决未通过.*人民法院裁定/);
    for (const { contact } of Object.values(creditors)) expect(text).toContain(contact);
  });

  step('a reviewer who set up an account sees the meeting of the own province', async () => {
    const operator = new CaseDesk(await browsers.desk());
    const code = await inviteReviewer(operator, reviewer);
    found.push(...(await deskFindings(operator.page, 'operator-code')));
    ofTheProvince = await browsers.desk();
    await enrol(ofTheProvince, code, reviewer);
    const row = ofTheProvince.getByRole('row', { name: new RegExp(newCase.debtor) });
    await see(row);
    expect(await ofTheProvince.getByRole('row').count()).toBe(2);
    found.push(...(await deskFindings(ofTheProvince, 'review')));
    await row.getByRole('link').first().click();
    await see(ofTheProvince.getByRole('heading', { name: '会议经过' }));
    found.push(...(await deskFindings(ofTheProvince, 'record')));
  });

  step('the record shows no name in full, and can be changed by nobody', async () => {
    const text = await ofTheProvince.getByRole('main').innerText();
    for (const { contact, mobile } of Object.values(creditors)) {
      expect(text).not.toContain(contact);
      expect(text).not.toContain(mobile);
    }
  });

  step('the reviewer downloads the minutes, in which creditors are not named in full either', async () => {
    const text = await readMinutes(ofTheProvince);
    expect(text).toContain('第64条，本项表决通过');
    for (const { contact } of Object.values(creditors)) expect(text).not.toContain(contact);
  });

  step('a reviewer of another province sees nothing of it', async () => {
    const elsewhere = new CaseDesk(await browsers.desk());
    await elsewhere.signInAs('陈知秋');
    await see(elsewhere.page.getByRole('row', { name: /虚01破7号/ }));
    expect(await elsewhere.page.getByText(newCase.debtor).count()).toBe(0);
    await elsewhere.page.goto(ofTheProvince.url());
    await see(elsewhere.page.getByText('这次会议不在您所属省份，不能查看。'));
  });

  step(
    'nothing went wrong unseen, every desk is clean for axe, and no page could be pushed sideways',
    async () => {
      await everyPhone(async (phone) => expect(await sidewaysPx(phone.page)).toBe(0));
      expect(browsers.faults).toEqual([]);
      expect(found).toEqual([]);
    },
  );
});
