/** The proxies of the ready case, as its team handles them: by the page, and many of them by the page's own requests. */
import type { Locator, Page } from 'playwright-core';
import type { CreditorRow } from '../../server/protocol/rest/case-routes.ts';
import type { ProxyRow } from '../../server/protocol/rest/proxy-routes.ts';
import { pdfOf } from './case-desk-calls.ts';
import type { CaseDesk } from './e2e-case-desk.ts';
import { see, seeNoMore } from './e2e-checks.ts';

export interface Holder {
  readonly name: string;
  readonly mobile: string;
  readonly idNo: string;
}

export class ProxyDesk {
  readonly page: Page;
  readonly #desk: CaseDesk;
  readonly #caseId: string;

  private constructor(desk: CaseDesk, caseId: string) {
    this.#desk = desk;
    this.page = desk.page;
    this.#caseId = caseId;
  }

  static async open(desk: CaseDesk, name: string): Promise<ProxyDesk> {
    await desk.signInAs(name);
    await desk.page.getByRole('row').filter({ hasText: '虚01破12号' }).getByRole('link').click();
    await desk.openTab('授权委托');
    const caseId = /cases\/([\w-]+)/.exec(desk.page.url())?.[1] ?? '';
    return new ProxyDesk(desk, caseId);
  }

  row(holder: string): Locator {
    return this.page.getByRole('row').filter({ hasText: holder });
  }

  async reload(): Promise<void> {
    await this.page.reload();
  }

  /** With the form: principal by number, holder, all items, no end, the document. */
  async enter(holder: Holder, creditorNo: string): Promise<void> {
    await this.#desk.button('录入委托').click();
    const form = this.page.getByRole('dialog', { name: '录入授权委托' });
    const principals = form.getByRole('combobox', { name: '委托人（债权人）' });
    await principals.fill(creditorNo);
    await this.page.locator('.ant-select-item-option').filter({ hasText: creditorNo }).click();
    await principals.blur();
    await form.getByLabel('代理人姓名').fill(holder.name);
    await form.getByLabel('代理人手机号码').fill(holder.mobile);
    await form.getByLabel('代理人证件号码').fill(holder.idNo);
    await form.locator('input[type=file]').setInputFiles({
      name: '授权委托书.pdf',
      mimeType: 'application/pdf',
      buffer: await pdfOf(1),
    });
    await form.getByRole('button', { name: '提交审核' }).click();
    await seeNoMore(form);
  }

  /** The same document for more principals: of those who have none of this holder yet, the first ones. */
  async enterMore(holder: Holder, count: number): Promise<void> {
    const entered = (await this.#list()).find(({ holderName }) => holderName === holder.name);
    const creditors = await this.#get<{ rows: CreditorRow[] }>('creditors?pageSize=200');
    const creditorIds = creditors.rows
      .map(({ creditorId }) => creditorId)
      .filter((id) => id !== entered?.creditorId)
      .slice(0, count);
    const documentId = entered?.document?.documentId;
    const terms = { authority: 'SPECIAL', scope: { kind: 'all' }, expiresAt: null, documentId };
    await this.#post('proxies', { creditorIds, holder, ...terms });
  }

  async openReview(holder: string): Promise<void> {
    await this.row(holder)
      .getByRole('button', { name: /^审\s?核$/ })
      .click();
    await see(this.page.getByRole('dialog', { name: '审核授权委托' }));
  }

  async approve(): Promise<void> {
    const dialog = this.page.getByRole('dialog', { name: '审核授权委托' });
    await dialog.getByRole('button', { name: '核对一致，通过' }).click();
    await seeNoMore(dialog);
  }

  async approveAll(): Promise<void> {
    const submitted = (await this.#list()).filter(({ state }) => state === 'submitted');
    for (const { proxyId } of submitted) await this.#post(`proxies/${proxyId}/approve`);
  }

  async approvedOf(holder: string): Promise<number> {
    const all = await this.#list();
    return all.filter(({ holderName, state }) => holderName === holder && state === 'approved').length;
  }

  /** Answers with the principal's name. */
  async revokeOneOf(holder: string, principal: string): Promise<string> {
    const own = (await this.#list()).find(
      ({ holderName, creditorName }) => holderName === holder && creditorName === principal,
    );
    await this.#post(`proxies/${own?.proxyId}/revoke`, { reason: '委托人来函撤销委托' });
    return principal;
  }

  async #list(): Promise<ProxyRow[]> {
    return (await this.#get<{ rows: ProxyRow[] }>('proxies?pageSize=200')).rows;
  }

  async #get<T>(path: string): Promise<T> {
    const reply = await this.page.request.get(`/api/cases/${this.#caseId}/${path}`);
    if (!reply.ok()) throw new Error(`refused: ${await reply.text()}`);
    return (await reply.json()) as T;
  }

  async #post(path: string, data?: object): Promise<void> {
    const { origin } = new URL(this.page.url());
    const reply = await this.page.request.post(`/api/cases/${this.#caseId}/${path}`, {
      headers: { origin },
      ...(data && { data }),
    });
    if (!reply.ok()) throw new Error(`refused: ${await reply.text()}`);
  }
}
