/**
 * To whom a notice is proved delivered: 司法解释三 art. 12 (the 15 days for revocation run from each creditor's
 * receipt), domain.md 2.4 E8 (silence counts as consent for those alone to whom the notice that says so is proved
 * delivered). That a provider took a message proves nothing of its arrival. What proof is worth is not decided
 * here: the ledger says what it rests on.
 */
import type { MeetingState, ProvedDelivery } from '../meeting/state.ts';

/** Creditors for whom silence can be taken as consent to this resolution. */
export function toldOfSilence({ notices, deliveries }: MeetingState, resolutionId: string): Set<string> {
  return new Set(
    notices
      .filter(({ body }) => body.silenceTold?.includes(resolutionId))
      .flatMap(({ body }) => [...(deliveries.get(body.noticeId)?.keys() ?? [])]),
  );
}

/** The earliest delivery of any of the notices to the creditor. */
export function earliestDelivery(
  { deliveries }: Pick<MeetingState, 'deliveries'>,
  noticeIds: readonly string[],
  creditorId: string,
): ProvedDelivery | undefined {
  return noticeIds
    .flatMap((noticeId) => deliveries.get(noticeId)?.get(creditorId) ?? [])
    .sort((a, b) => (a.deliveredOn < b.deliveredOn ? -1 : 1))[0];
}

/** How many creditors have at least one of the notices, and the day on which the last of them got the first. */
export function deliveredTo(
  state: Pick<MeetingState, 'deliveries'>,
  noticeIds: readonly string[],
): { readonly creditors: number; readonly lastOn: string | null } {
  const ids = new Set(noticeIds.flatMap((noticeId) => [...(state.deliveries.get(noticeId)?.keys() ?? [])]));
  const days = [...ids].flatMap((id) => earliestDelivery(state, noticeIds, id)?.deliveredOn ?? []).sort();
  return { creditors: ids.size, lastOn: days.at(-1) ?? null };
}
