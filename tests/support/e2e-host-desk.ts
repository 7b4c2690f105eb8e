/** What staff do in the live meeting: agenda, devices, floor, votes. */
import type { Locator, Page } from 'playwright-core';
import { see } from './e2e-checks.ts';

export interface Consent {
  readonly reason: string;
  readonly courtConsentNo: string;
}

export class HostDesk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  /** The picture on the stage: somebody else's. */
  get stagePicture(): Locator {
    return this.button('全屏显示画面').locator('video');
  }

  async begin(): Promise<void> {
    await this.button('宣布开会').click();
    await see(this.button('休会'));
  }

  async turnOn(device: '摄像头' | '麦克风'): Promise<void> {
    await this.button(`打开${device}`).click();
    await see(this.button(`关闭${device}`));
  }

  async moveTo(title: string): Promise<void> {
    await this.button(new RegExp(`^转到第 \\d+ 项 ${title}$`)).click();
    await see(this.page.getByRole('heading', { name: new RegExp(`^第 \\d+ 项 ${title}$`) }));
  }

  /** Opens the list of the raised hands and offers the floor to this person. */
  async invite(label: string): Promise<void> {
    await this.page.getByRole('tab', { name: /^发言队列/ }).click();
    await this.button(`邀请 ${label}`).click();
  }

  async takeFloorBack(): Promise<void> {
    await this.button('收回发言权').click();
    await see(this.page.getByText('现在没有债权人发言。'));
  }

  /** Until the vote is announced: the confirmation, and the ten seconds in which it could be taken back. */
  async startVote(minutes = 10): Promise<void> {
    await this.page.getByText(`${minutes} 分钟`, { exact: true }).click();
    await this.button('开始表决').click();
    await this.page.getByRole('dialog').getByRole('button', { name: '确认开始表决' }).click();
    await see(this.button('撤销'));
    await see(this.page.getByRole('region', { name: '实时计票' }));
  }

  /** Before the deadline; the court's consent is asked for while somebody has not voted. */
  async closeVote(consent: Consent): Promise<void> {
    await this.button('截止表决').click();
    const dialog = this.page.getByRole('dialog', { name: /^截止表决/ });
    await dialog.getByLabel('理由（记入会议记录）').fill(consent.reason);
    await dialog.getByLabel('法院同意的文号').fill(consent.courtConsentNo);
    await dialog.getByRole('button', { name: '确认截止' }).click();
  }

  /** The live tally, which the host alone sees, has come to this many ballots. */
  async seeBallots(count: number): Promise<void> {
    await see(this.page.getByRole('row', { name: new RegExp(`^已表决 ${count} `) }));
  }

  verdict(resolution: string): Locator {
    return this.page.getByRole('region', { name: `表决结果：${resolution}` });
  }

  async closeMeeting(): Promise<void> {
    await this.page.getByRole('button', { name: '宣布闭会', exact: true }).click();
    await this.page.getByRole('dialog').getByRole('button', { name: '确认闭会' }).click();
    await see(this.page.getByText('会议已闭会。会议记录可以在案件的“会议”页查看。'));
  }
}
