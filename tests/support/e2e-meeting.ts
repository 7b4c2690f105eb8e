/** The meeting of the demonstration that is ready to begin, and the parties that have one ordinary claim in it. */
import { demonstrationClaimRows } from '../../server/demo/fictitious-claims.ts';
import type { Browsers } from './e2e-browser.ts';
import { CaseDesk } from './e2e-case-desk.ts';
import { see } from './e2e-checks.ts';
import type { Creditor } from './e2e-creditor.ts';
import { HostDesk } from './e2e-host-desk.ts';

export const RESOLUTION = '债务人财产管理方案';

export interface Party {
  readonly name: string;
  readonly contact: string;
  readonly mobile: string;
  readonly idLast4: string;
}

/** Enterprises with one confirmed ordinary claim, each with a contact of its own. */
export const parties: readonly Party[] = demonstrationClaimRows()
  .filter(({ creditorNo, kind }) => kind === '法人' && (creditorNo ?? '') >= 'ZQR-00017')
  .map(({ name = '', contact = '', mobile = '', idNo = '' }) => ({
    name,
    contact,
    mobile,
    idLast4: idNo.slice(-4),
  }));

/** The host goes into the room; answers with the desk and the link for creditors. */
export async function openReadyMeeting(browsers: Browsers): Promise<{ host: HostDesk; link: string }> {
  const desk = new CaseDesk(await browsers.desk());
  await desk.signInAs('张安宁');
  const row = desk.page.getByRole('row').filter({ hasText: '虚01破12号' });
  await row.getByRole('link').click();
  await desk.openTab('会议');
  await desk.page.getByRole('link', { name: '查看议程' }).click();
  const address = desk.page.getByText(/^https?:\/\/.+\/m\//);
  await see(address);
  const link = (await address.first().innerText()).trim();
  await desk.page.getByRole('link', { name: '进入会场' }).click();
  return { host: new HostDesk(desk.page), link };
}

/** One who was signed in before: to the meeting, signed in there, into the room. */
export async function enterRoom(phone: Creditor, link: string, { mobile }: Party): Promise<void> {
  await phone.enterAs(mobile);
  await phone.openLink(link);
  await phone.tap(phone.link('进入会议'));
  await phone.checkIn();
}
