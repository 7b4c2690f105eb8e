/** Codes and accounts: the outbox of the demonstration, and a reviewer who sets up an account. */
import { generate } from 'otplib';
import type { Locator, Page } from 'playwright-core';
import type { CaseDesk } from './e2e-case-desk.ts';
import { see } from './e2e-checks.ts';

/** The page that shows what would have gone out by SMS. */
export class Outbox {
  readonly #page: Page;
  #read = 0;

  constructor(page: Page) {
    this.#page = page;
  }

  /** All that has gone out, as the page shows it now and fetches on. */
  messages(): Locator {
    return this.#page.getByRole('list', { name: '短信发件箱' }).getByRole('listitem');
  }

  /** The newest code for this number; waits for the page to fetch it. */
  readCode = async (mobile: string): Promise<string> => {
    await this.#page.goto(`/?look=${(this.#read += 1)}`);
    const message = this.#page
      .getByRole('list', { name: '短信发件箱' })
      .getByRole('listitem')
      .filter({ hasText: mobile });
    await see(message);
    const code = /验证码 (\d{6})/.exec(await message.first().innerText())?.[1];
    if (code === undefined) throw new Error('the message has no code');
    return code;
  };
}

export interface NewReviewer {
  readonly name: string;
  readonly username: string;
  readonly province: string;
  readonly password: string;
}

/** The operator makes the account and hands over a code that is shown once. */
export async function inviteReviewer(operator: CaseDesk, reviewer: NewReviewer): Promise<string> {
  await operator.signInAs('孙怀瑾');
  await operator.button('新建账号').click();
  const form = operator.page.getByRole('dialog', { name: '新建账号' });
  await form.getByLabel('姓名').fill(reviewer.name);
  await form.getByLabel('用户名').fill(reviewer.username);
  await operator.pick(form.getByLabel('身份'), '省级监督人员');
  await operator.pick(form.getByLabel('省份'), reviewer.province);
  await form.getByRole('button', { name: '创建账号' }).click();
  const code = form.locator('.enrolment-code');
  await see(code);
  return (await code.innerText()).trim();
}

/** Password and authenticator, by the code of the invitation; ends on the own desk. */
export async function enrol(page: Page, code: string, { password }: NewReviewer): Promise<void> {
  await page.goto('/staff/enrol');
  await page.getByLabel('一次性代码').fill(code);
  await page.getByLabel('设置密码').fill(password);
  await page.getByRole('button', { name: '下一步：动态口令' }).click();
  const secret = page.locator('.enrolment-code');
  await see(secret);
  const totp = await generate({ secret: (await secret.innerText()).trim() });
  await page.getByLabel('应用显示的 6 位数字').fill(totp);
  await page.getByRole('button', { name: '完成并登录' }).click();
  await see(page.getByRole('heading', { name: '会议监督' }));
}
