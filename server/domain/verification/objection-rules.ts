/**
 * Objections to the claims table (核查债权; 企业破产法 art. 58, 司法解释三 art. 8): a creditor objects to a row, its
 * own or another's, with reasons, while the verification is open; the administrator explains or adjusts; who still
 * objects may sue within fifteen days after the verification ends, or go to arbitration where that was agreed.
 * Nothing here is counted, nothing decides whether an objection is well founded, and silence is recorded as no
 * objection, not as the loss of a right.
 */
import type { ErrorCode, ErrorParams } from '../../protocol/errors.ts';
import type { MeetingState, ObjectionState, ResolutionState } from '../meeting/state.ts';

/** Objections of one creditor in a meeting; nobody reads a thousand of one hand. */
export const OBJECTIONS_MAX = 200;
/** Days after the end of the verification by which the administrator answers; no statute sets them. */
export const ANSWER_DUE_DAYS = 3;
/** 司法解释三 art. 8: days after the end of the verification in which to sue. */
export const SUIT_DAYS = 15;

export interface Refusal {
  readonly code: ErrorCode;
  readonly params?: ErrorParams;
}

export interface Filing {
  readonly objectionId: string;
  readonly resolutionId: string;
  readonly creditorId: string;
  readonly personId: string;
  /** Server's clock, RFC 3339. */
  readonly receivedAt: string;
}

export type FilingVerdict =
  | { readonly kind: 'file'; readonly round: string }
  | { readonly kind: 'repeat'; readonly known: ObjectionState }
  | ({ readonly kind: 'refuse' } & Refusal);

/** A repeated request is answered with what was recorded, also after the end. */
export function judgeFiling(state: MeetingState, filing: Filing): FilingVerdict {
  const known = state.objections.get(filing.objectionId);
  if (known) {
    const isSame = known.filed.body.personId === filing.personId;
    return isSame ? { kind: 'repeat', known } : { kind: 'refuse', code: 'IDEMPOTENCY_CONFLICT' };
  }
  const resolution = state.resolutions.get(filing.resolutionId);
  const refusal = judgeWindow(resolution, filing.receivedAt);
  if (refusal) return { kind: 'refuse', ...refusal };
  let count = 0;
  for (const { filed } of state.objections.values())
    if (filed.body.creditorId === filing.creditorId) count += 1;
  if (count >= OBJECTIONS_MAX)
    return { kind: 'refuse', code: 'OBJECTION_LIMIT', params: { max: OBJECTIONS_MAX } };
  return { kind: 'file', round: resolution?.round ?? '1' };
}

function judgeWindow(resolution: ResolutionState | undefined, receivedAt: string): Refusal | undefined {
  if (!isVerification(resolution)) return { code: 'RESOLUTION_UNKNOWN' };
  if (!resolution.opened) return { code: 'VERIFICATION_NOT_OPEN' };
  const closesAt = resolution.closed?.body.effectiveAt ?? resolution.closesAt ?? '';
  const isOver = resolution.status === 'closed' || receivedAt > closesAt;
  if (isOver) return { code: 'VERIFICATION_ENDED', params: { closesAt } };
  return resolution.status === 'open' ? undefined : { code: 'VERIFICATION_NOT_OPEN' };
}

/** R01 is recorded, not counted. */
export function isVerification(resolution: ResolutionState | undefined): resolution is ResolutionState {
  return resolution?.published.type === 'R01';
}

/** The objector takes it back; once, and for good. */
export function judgeWithdrawal(
  known: ObjectionState | undefined,
  creditorIds: readonly string[],
): Refusal | undefined {
  const { creditorId } = known?.filed.body ?? {};
  if (creditorId === undefined || !creditorIds.includes(creditorId)) return { code: 'NOT_FOUND' };
  return known?.withdrawn ? { code: 'OBJECTION_STATE', params: { state: 'withdrawn' } } : undefined;
}

/** The administrator may answer again: the last answer holds, both stay. Nothing to answer once withdrawn. */
export function judgeAnswer(known: ObjectionState | undefined): Refusal | undefined {
  if (!known) return { code: 'NOT_FOUND' };
  return known.withdrawn ? { code: 'OBJECTION_STATE', params: { state: 'withdrawn' } } : undefined;
}

/** When the verification ends or has ended; null before it is opened. */
export function verificationEnd({ closed, closesAt }: ResolutionState): string | null {
  return closed?.body.effectiveAt ?? closesAt;
}
