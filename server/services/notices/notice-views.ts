/** From the ledger's proofs and the tries to send: how a notice stands with each creditor. */
import { maskCreditorName, maskEmail, maskMobile } from '../../domain/masking.ts';
import { earliestDelivery } from '../../domain/notices/deliveries.ts';
import { reconsiderationEnds, revocationEnds } from '../../domain/timers/deadlines.ts';
import {
  countTold,
  firstRulingOn,
  foundOnOf,
  isRejected,
  modeOf,
} from '../../domain/timers/meeting-facts.ts';
import type { MeetingState, Stamped } from '../../domain/meeting/state.ts';
import type { DeliveryRow, DeliveryState, NoticeView, OwnNotice } from '../../protocol/rest/notice-routes.ts';
import type { MeetingRoom } from '../conduct/meeting-room.ts';
import type { NoticeRecord, NoticeSending } from '../ports/notice-port.ts';
import type { NoticeDeps } from './notice-deps.ts';

const ATTEMPTS_SHOWN = 10;

export function deliveryState(sending: NoticeSending, isDelivered: boolean): DeliveryState {
  if (isDelivered) return 'delivered';
  if (sending.attempts.some(({ isSent }) => isSent)) return 'sent';
  return sending.nextTryAt === null ? 'failed' : 'queued';
}

/** The issued notice; undefined for one that was prepared and never came into the ledger. */
export const findIssued = ({ notices }: MeetingState, noticeId: string): Stamped<'notice'> | undefined =>
  notices.find(({ body }) => body.noticeId === noticeId);

function issuedView(
  { noticeId, kind, resolutionId, title, text }: NoticeRecord,
  issued: Stamped<'notice'>,
  state: MeetingState,
) {
  const told = kind === 'RESULT' ? ('RESULT' as const) : ('CONVENING' as const);
  const count = countTold(state, issued);
  const isRevocable = count !== undefined && !isRejected(count.verdict);
  return { noticeId, kind: told, resolutionId, title, text, issuedAt: issued.ts, isRevocable };
}

export function toNoticeView(
  notice: NoticeRecord,
  issued: Stamped<'notice'>,
  { state, sendings }: { readonly state: MeetingState; readonly sendings: readonly NoticeSending[] },
): NoticeView {
  const proved = state.deliveries.get(notice.noticeId);
  const count = { delivered: 0, sent: 0, queued: 0, failed: 0 };
  for (const sending of sendings)
    count[deliveryState(sending, proved?.has(sending.creditorId) ?? false)] += 1;
  return {
    ...issuedView(notice, issued, state),
    seq: issued.seq,
    recipients: sendings.length,
    ...count,
  };
}

export function toDeliveryRow(sending: NoticeSending, { room, issued, calendars }: ViewSource): DeliveryRow {
  const { creditorId, noticeId, nextTryAt, attempts } = sending;
  const creditor = room.book.creditors.get(creditorId);
  const proved = room.state.deliveries.get(noticeId)?.get(creditorId);
  return {
    creditorId,
    name: creditor ? maskCreditorName(creditor.name, creditor.isIndividual) : '',
    mobileMasked: creditor ? maskMobile(creditor.mobile) : '',
    mailMasked: creditor?.email === undefined ? null : maskEmail(creditor.email),
    state: deliveryState(sending, proved !== undefined),
    attempts: attempts
      .slice(-ATTEMPTS_SHOWN)
      .map(({ at, channel, isSent }) => ({ at: at.toISOString(), channel, isSent }))
      .reverse(),
    nextTryAt: nextTryAt?.toISOString() ?? null,
    deliveredOn: proved?.deliveredOn ?? null,
    proof: proved?.proof ?? null,
    revocationEndsOn: endsOn({ room, issued, calendars }, proved?.deliveredOn),
  };
}

interface ViewSource {
  readonly room: MeetingRoom;
  readonly issued: Stamped<'notice'>;
  readonly calendars: NoticeDeps['calendars'];
}

/** Until when the creditor may ask for revocation of what the notice tells; null while its time does not run. */
function endsOn({ room, issued, calendars }: ViewSource, deliveredOn: string | undefined): string | null {
  const told = countTold(room.state, issued);
  if (told === undefined || isRejected(told.verdict)) return null;
  const resolved = {
    mode: modeOf(room.state),
    foundOn: foundOnOf(told.vote, told.verdict),
    receivedOn: deliveredOn ?? null,
  };
  return revocationEnds(resolved, calendars)?.date ?? null;
}

/** Of what did not pass: what follows by law, and once the court has ruled until when that can be reconsidered. */
function followedBy({
  room,
  issued,
  calendars,
}: ViewSource): Pick<OwnNotice, 'followUp' | 'reconsideration'> {
  const told = countTold(room.state, issued);
  if (told === undefined || !isRejected(told.verdict)) return { followUp: [], reconsideration: null };
  const { resolution, vote, verdict } = told;
  const ruledOn = firstRulingOn('COURT_RULING', room.state, { resolution, round: vote.round });
  return {
    followUp: [...(verdict?.body.followUp ?? [])],
    reconsideration:
      ruledOn === null ? null : { ruledOn, endsOn: reconsiderationEnds(ruledOn, calendars).date },
  };
}

export function toOwnNotice(
  notice: NoticeRecord,
  issued: Stamped<'notice'>,
  { room, creditorIds, calendars }: Omit<ViewSource, 'issued'> & { readonly creditorIds: readonly string[] },
): OwnNotice {
  const { noticeId } = notice;
  return {
    ...issuedView(notice, issued, room.state),
    ...followedBy({ room, issued, calendars }),
    deliveries: creditorIds.map((creditorId) => {
      const proved = earliestDelivery(room.state, [noticeId], creditorId);
      return {
        creditorName: room.book.creditors.get(creditorId)?.name ?? '',
        deliveredOn: proved?.deliveredOn ?? null,
        proof: proved?.proof ?? null,
        revocationEndsOn: endsOn({ room, issued, calendars }, proved?.deliveredOn),
      };
    }),
  };
}
