/** The verification of claims, its rows and objections, as parties and staff read them. */
import { chinaDate } from '../../domain/china-calendar.ts';
import { maskCreditorName, maskMobile } from '../../domain/masking.ts';
import type { MeetingState, ObjectionState } from '../../domain/meeting/state.ts';
import { EBL_2006_V1 } from '../../domain/rules/ebl-2006-v1.ts';
import { afterDays } from '../../domain/timers/periods.ts';
import type { WorkCalendar } from '../../domain/timers/working-days.ts';
import {
  ANSWER_DUE_DAYS,
  findVerification,
  verificationEnd,
} from '../../domain/verification/objection-rules.ts';
import type { ClaimRowView, ObjectionView, VerificationView } from '../../protocol/rest/objection-routes.ts';
import type { VerificationSlice } from '../../protocol/room-slices.ts';
import type { MeetingRoom } from '../conduct/meeting-room.ts';
import { toScanView } from '../entered-ballots/entry-views.ts';
import type { PrivateValue } from '../ledger-port.ts';
import type { ClaimRow } from '../ports/claim-rows-port.ts';
import type { StoredScan } from '../ports/entered-ballot-port.ts';

const DAY_MS = 24 * 3_600_000;
/** Stands for a text that was erased from the private part. */
const ERASED = '〔已删除〕';

export function verificationView(state: MeetingState, calendar: WorkCalendar): VerificationView {
  const resolution = findVerification(state);
  const all = [...state.objections.values()];
  const counts = {
    filed: all.length,
    open: all.filter(isUnanswered).length,
    claimsObjectedTo: countByClaim(state).size,
    withoutObjection: state.withoutObjection.size,
  };
  if (!resolution) {
    return { resolutionId: null, state: 'none', endsAt: null, answerDueAt: null, suitUntil: null, ...counts };
  }
  const endsAt = verificationEnd(resolution);
  const endMs = endsAt === null ? undefined : Date.parse(endsAt);
  return {
    resolutionId: resolution.published.resolutionId,
    state: stateOf(),
    endsAt,
    answerDueAt: endMs === undefined ? null : new Date(endMs + ANSWER_DUE_DAYS * DAY_MS).toISOString(),
    suitUntil:
      endMs === undefined
        ? null
        : afterDays(chinaDate(endMs), EBL_2006_V1.timersDays.claimSuit, calendar).date,
    ...counts,
  };

  function stateOf(): VerificationView['state'] {
    if (resolution?.status === 'open') return 'open';
    if (resolution?.status === 'interrupted') return 'interrupted';
    return resolution?.status === 'closed' ? 'ended' : 'not-open';
  }
}

/** What the rooms' pages need to know to read again; null without a verification. */
export function verificationSlice(state: MeetingState): VerificationSlice | null {
  const resolution = findVerification(state);
  if (!resolution) return null;
  const { resolutionId } = resolution.published;
  const all = [...state.objections.values()];
  const open = all.filter(isUnanswered).length;
  return { resolutionId, filed: all.length, open, lastSeq: state.lastObjectionSeq };
}

export function isUnanswered({ answer, withdrawn }: ObjectionState): boolean {
  return !answer && !withdrawn;
}

/** Objections to each row that were not withdrawn. */
export function countByClaim(state: MeetingState): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { filed, withdrawn } of state.objections.values()) {
    const { claimNo } = filed.body;
    if (claimNo !== undefined && !withdrawn) counts.set(claimNo, (counts.get(claimNo) ?? 0) + 1);
  }
  return counts;
}

export function toClaimRowView(
  row: ClaimRow,
  own: ReadonlySet<string>,
  counts: ReadonlyMap<string, number>,
): ClaimRowView {
  const isOwn = own.has(row.creditorId);
  const fen = (amount: bigint | undefined) => (amount === undefined ? null : String(amount));
  return {
    claimNo: row.claimNo,
    creditorName: isOwn ? row.creditorName : maskCreditorName(row.creditorName, row.isIndividual),
    isOwn,
    nature: row.nature,
    status: row.status,
    filedFen: String(row.filedFen),
    confirmedFen: fen(row.confirmedFen),
    temporaryFen: fen(row.temporaryFen),
    securedPriorityFen: fen(row.securedPriorityFen),
    note: isOwn ? (row.note ?? null) : null,
    objections: counts.get(row.claimNo) ?? 0,
  };
}

export interface ObjectionSource {
  readonly room: MeetingRoom;
  readonly privates: ReadonlyMap<string, PrivateValue>;
  readonly scans: ReadonlyMap<string, StoredScan>;
  /** Whoever acts for the creditor sees the names in full. */
  readonly own: ReadonlySet<string>;
  /** Names on the claims table that are not to be masked. */
  readonly enterprises: ReadonlySet<string>;
}

/** The ledger does not say what a creditor is: whoever is not known as an enterprise is masked. */
export function enterprisesOf({ book, facts }: MeetingRoom): ReadonlySet<string> {
  const creditors = [...book.creditors.values()].flatMap(({ name, isIndividual }) =>
    isIndividual ? [] : [name],
  );
  return new Set([...creditors, facts.case.debtor]);
}

/** Commitments whose values a view of these objections needs. */
export function commitmentsOf(objections: readonly ObjectionState[]): string[] {
  return objections.flatMap(({ filed, answer, withdrawn }) =>
    [filed, answer, withdrawn].flatMap((entry) => Object.values(entry?.body.commitments ?? {})),
  );
}

export function toObjectionView(objection: ObjectionState, source: ObjectionSource): ObjectionView {
  const { filed, answer, withdrawn } = objection;
  const { body } = filed;
  const { room, privates, scans, own, enterprises } = source;
  const open = (commitment: string | undefined) =>
    commitment === undefined ? '' : (privates.get(commitment)?.value ?? ERASED);
  const objector = room.book.creditors.get(body.creditorId ?? '');
  const isOwn = own.has(body.creditorId ?? '');
  const mask = (name: string) => (name === ERASED ? name : maskCreditorName(name, !enterprises.has(name)));
  const scan = scans.get(body.attachmentSha256 ?? '');
  return {
    objectionId: body.objectionId,
    seq: filed.seq,
    filedAt: filed.ts,
    claimNo: body.claimNo ?? '',
    claimName: mask(open(body.commitments.claimName)),
    objectorName: isOwn ? open(body.commitments.objectorName) : mask(open(body.commitments.objectorName)),
    mobileMasked: objector ? maskMobile(objector.mobile) : '',
    isOfDebtor: body.creditorId === undefined,
    point: body.point ?? 'OTHER',
    amountFen: body.amountFen ?? null,
    text: open(body.commitments.text),
    attachment: scan ? toScanView(scan) : null,
    answer: answer && {
      seq: answer.seq,
      at: answer.ts,
      decision: answer.body.decision ?? 'MAINTAINED',
      text: open(answer.body.commitments.text),
    },
    withdrawnAt: withdrawn?.ts ?? null,
    withdrawnReason: withdrawn ? open(withdrawn.body.commitments.text) : null,
  };
}
