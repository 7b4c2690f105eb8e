/** What a creditor does on a phone, as sentences. Every touch is counted. */
import type { Locator, Page } from 'playwright-core';
import { see } from './e2e-checks.ts';
import type { TestCreditor } from './e2e-claims.ts';

export type ChoiceWord = '同意' | '不同意' | '弃权';

export class Creditor {
  readonly page: Page;
  /** Touches since the last `countFromHere`; letters typed into a field that was touched are none. */
  taps = 0;

  constructor(page: Page) {
    this.page = page;
  }

  countFromHere(): void {
    this.taps = 0;
  }

  async tap(target: Locator): Promise<void> {
    await target.tap();
    this.taps += 1;
  }

  async type(label: string, text: string): Promise<void> {
    const field = this.page.getByRole('textbox', { name: label });
    await this.tap(field);
    await field.fill(text);
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  link(name: string | RegExp): Locator {
    return this.page.getByRole('link', { name });
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { name });
  }

  /** By one tap on the page of the demonstration, where this telephone number stands. */
  async enterAs(mobile: string): Promise<void> {
    await this.page.goto('/');
    const row = this.page.getByRole('row').filter({ hasText: mobile });
    await this.tap(row.getByRole('button'));
    await see(this.heading('我的会议'));
  }

  async openLink(link: string): Promise<void> {
    await this.page.goto(link);
    await see(this.link('进入会议'));
  }

  /** From the page of the link to the meeting's page: number, code, name. */
  async signIn(
    creditor: Pick<TestCreditor, 'name' | 'mobile' | 'idLast4'>,
    readCode: (mobile: string) => Promise<string>,
  ): Promise<void> {
    await this.askForCode(creditor.mobile);
    await this.fillCode(await readCode(creditor.mobile));
    await this.proveName(creditor);
  }

  async askForCode(mobile: string): Promise<void> {
    await this.tap(this.link('进入会议'));
    await this.type('手机号码', mobile);
    await this.tap(this.button('发送验证码'));
    await see(this.heading('填写验证码'));
  }

  async proveName({ name, idLast4 }: Pick<TestCreditor, 'name' | 'idLast4'>): Promise<void> {
    await this.type('姓名或企业全称', name);
    await this.type('证件号后四位', idLast4);
    await this.tap(this.button('确认'));
    await see(this.link('去签到'));
  }

  /** As the phone fills it from the message: one touch on the suggestion, and nothing else to press. */
  async fillCode(code: string): Promise<void> {
    await this.page.getByRole('textbox', { name: '验证码' }).fill(code);
    this.taps += 1;
    await see(this.heading('核对姓名'));
  }

  /** 签到 is a page of its own and leads into the room. */
  async checkIn(): Promise<void> {
    await this.tap(this.link('去签到'));
    await this.tap(this.button('签到并进入(有声音)'));
    await see(this.page.getByRole('region', { name: '发言画面' }));
  }

  /** 去表决 can be pressed only a moment after it has appeared; the touch waits for that, as for any button. */
  async goToBallot(resolution: string): Promise<void> {
    await see(this.page.getByRole('status', { name: `表决已开始：${resolution}` }));
    await this.tap(this.button('去表决'));
    await see(this.page.getByRole('group', { name: resolution }));
  }

  async choose(choice: ChoiceWord): Promise<void> {
    await this.tap(this.page.getByRole('button', { name: choice, exact: true }));
    await see(this.heading('请确认您的表决'));
  }

  /** The buttons of the confirmation are inert for the first second. */
  async confirm(choice: ChoiceWord): Promise<void> {
    await this.tap(this.button(`确认：${choice}`));
  }

  async seeReceipt(): Promise<void> {
    await see(this.page.getByText('已送达，已计入'));
  }

  async vote(resolution: string, choice: ChoiceWord): Promise<void> {
    await this.goToBallot(resolution);
    await this.choose(choice);
    await this.confirm(choice);
    await this.seeReceipt();
  }
}
