/** What an administrator does before a meeting: case, claims, team, documents, agenda, publication. */
import type { Locator, Page } from 'playwright-core';
import { see, seeNoMore } from './e2e-checks.ts';

export interface NewCase {
  readonly caseNumber: string;
  readonly debtor: string;
  readonly court: string;
  readonly province: string;
  readonly acceptedOn: string;
  readonly helpPhone: string;
}

export interface NewResolution {
  readonly title: string;
  readonly text: string;
}

const MINUTE_MS = 60_000;
const CHINA_OFFSET_MS = 8 * 3_600_000;

/** `2026-11-22T14:30` of China Standard Time, so many minutes from now. */
export function chinaTimeIn(minutes: number): string {
  return new Date(Date.now() + minutes * MINUTE_MS + CHINA_OFFSET_MS).toISOString().slice(0, 16);
}

export class CaseDesk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  /** The page of the demonstration signs in with one tap. */
  async signInAs(name: string): Promise<void> {
    await this.page.goto('/');
    await this.button(`以${name}进入`).click();
    await see(this.button('退出登录'));
  }

  /** A list opens and the option is clicked; a list of several closes when one goes on. */
  async pick(field: Locator, option: string): Promise<void> {
    await field.click();
    await this.page.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).click();
    await field.blur();
  }

  async openTab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name, exact: true }).click();
  }

  async createCase(wanted: NewCase): Promise<void> {
    await this.page.getByRole('link', { name: '案件', exact: true }).click();
    await this.button('新建案件').click();
    const form = this.page.getByRole('dialog', { name: '新建案件' });
    await form.getByLabel('案号').fill(wanted.caseNumber);
    await form.getByLabel('债务人').fill(wanted.debtor);
    await form.getByLabel('受理法院').fill(wanted.court);
    await this.pick(form.getByLabel('省份'), wanted.province);
    await form.getByLabel('受理日期').fill(wanted.acceptedOn);
    await form.getByLabel('求助电话').fill(wanted.helpPhone);
    await form.getByRole('button', { name: '创建案件' }).click();
    await see(this.page.getByRole('heading', { name: wanted.debtor }));
  }

  async openImport(): Promise<Locator> {
    await this.openTab('债权人与债权');
    await this.button('导入债权表').click();
    return this.page.getByRole('dialog', { name: '导入债权表' });
  }

  /** Compares the control totals, confirms them and closes the import. */
  async confirmTotals(drawer: Locator): Promise<void> {
    await drawer.getByRole('button', { name: '去确认控制总数' }).click();
    await this.confirm(drawer);
  }

  /** Confirms the control totals that are shown and closes the import. */
  async confirm(drawer: Locator): Promise<void> {
    await drawer.getByRole('checkbox', { name: '我已将以上合计与原始债权表核对一致' }).check();
    await drawer.getByRole('button', { name: /^确认写入/ }).click();
    await drawer.getByRole('button', { name: '完成' }).click();
    await seeNoMore(drawer);
  }

  async addMember(name: string, role: string): Promise<void> {
    await this.openTab('团队');
    const field = this.page.getByRole('combobox', { name: '选择要加入团队的人员' });
    await field.fill(name);
    await field.press('Enter');
    await this.button('加入团队').click();
    await see(this.page.getByRole('row', { name: new RegExp(`${name}.*${role}`) }));
  }

  async uploadDocument(path: string, title: string): Promise<void> {
    await this.openTab('文件');
    await this.page.locator('input[type=file]').setInputFiles(path);
    await see(this.page.getByRole('link', { name: title }));
  }

  /** From the template; the editor opens. */
  async createMeeting(startsAt: string): Promise<void> {
    await this.openTab('会议');
    await this.button('新建会议').click();
    const form = this.page.getByRole('dialog', { name: '新建会议' });
    await form.getByLabel('开会时间').fill(startsAt);
    await form.getByRole('button', { name: '创建会议' }).click();
    await see(this.page.getByRole('heading', { name: '发布前检查' }));
  }

  /** Writes the vote of the item at this position, which becomes one when it was none. */
  async writeResolution(item: Locator, { title, text }: NewResolution, document?: string): Promise<void> {
    await item.getByRole('textbox', { name: '名称', exact: true }).fill(title);
    await item.getByRole('textbox', { name: '提请表决的全文' }).fill(text);
    if (document !== undefined) {
      await this.pick(item.getByRole('combobox', { name: '表决事项的文件' }), document);
    }
  }

  agendaItem(position: number): Locator {
    return this.page.getByRole('listitem').filter({
      has: this.page.getByRole('textbox', { name: `第 ${position} 项的名称`, exact: true }),
    });
  }

  async addVote(position: number, title: string): Promise<Locator> {
    await this.button('增加一项').click();
    const item = this.agendaItem(position);
    await item.getByRole('textbox', { name: `第 ${position} 项的名称` }).fill(title);
    await this.pick(item.getByRole('combobox', { name: `第 ${position} 项的类别` }), '表决');
    return item;
  }

  async save(): Promise<void> {
    await this.button('保存').click();
    await see(this.page.getByText('已保存'));
  }

  /** Publishes and reads the link that goes into the notice. */
  async publish(): Promise<string> {
    await this.button('发布会议').click();
    await this.page.getByRole('dialog').getByRole('button', { name: '确认发布' }).click();
    const link = this.page.getByText(/^https?:\/\/.+\/m\//);
    await see(link);
    return (await link.first().innerText()).trim();
  }
}
