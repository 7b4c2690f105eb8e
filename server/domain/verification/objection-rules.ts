/**
 * Objections to the claims table (核查债权; 企业破产法 art. 58, 司法解释三 art. 8): a creditor objects to a row, its
 * own or another's, with reasons, while the verification is open, and so does the debtor (art. 58(3)), whose
 * objection the administrator enters; the administrator explains or adjusts; who still
 * objects may sue within fifteen days after the verification ends, or go to arbitration where that was agreed.
 * Nothing here is counted, nothing decides whether an objection is well founded, and silence is recorded as no
 * objection, not as the loss of a right.
 */
import type { ErrorCode, ErrorParams } from '../../protocol/errors.ts';
import type { Capacity } from '../master-data.ts';
import type { MeetingState, ObjectionState, ResolutionState } from '../meeting/state.ts';
import { findProxyBar } from '../people/proxies.ts';

/** Objections of one creditor, or of the debtor, in a meeting; nobody reads a thousand of one hand. */
export const OBJECTIONS_MAX = 200;
/** Days after the end of the verification by which the administrator answers; no statute sets them. */
export const ANSWER_DUE_DAYS = 3;

export interface Refusal {
  readonly code: ErrorCode;
  readonly params?: ErrorParams;
}

/** Who speaks for which creditor, in which verification, and when. */
export interface Speaking {
  readonly resolutionId: string;
  readonly capacity: Pick<Capacity, 'creditorId' | 'kind' | 'proxy'>;
  /** Server's clock, RFC 3339. */
  readonly receivedAt: string;
}

export interface Filing extends Speaking {
  readonly objectionId: string;
  readonly personId: string;
}

export type FilingVerdict =
  | { readonly kind: 'file'; readonly round: string }
  | { readonly kind: 'repeat'; readonly known: ObjectionState }
  | ({ readonly kind: 'refuse' } & Refusal);

/** A repeated request is answered with what was recorded, also after the end. */
export function judgeFiling(state: MeetingState, filing: Filing): FilingVerdict {
  const refusalOf = () => judgeSpeaking(state, filing) ?? judgeNumber(state, filing.capacity.creditorId);
  return judgeOnce(state, filing, refusalOf);
}

/** 债务人 objects as creditors do (art. 58(3)); who enters it for the debtor is judged by access. */
export function judgeDebtorsFiling(
  state: MeetingState,
  filing: Pick<Filing, 'objectionId' | 'personId' | 'resolutionId' | 'receivedAt'>,
): FilingVerdict {
  const { resolutionId, receivedAt } = filing;
  const refusalOf = () =>
    judgeWindow(state.resolutions.get(resolutionId), receivedAt) ?? judgeNumber(state, undefined);
  return judgeOnce(state, filing, refusalOf);
}

function judgeOnce(
  state: MeetingState,
  { objectionId, personId, resolutionId }: Pick<Filing, 'objectionId' | 'personId' | 'resolutionId'>,
  refusalOf: () => Refusal | undefined,
): FilingVerdict {
  const known = state.objections.get(objectionId);
  if (known) {
    const isSame = known.filed.body.personId === personId;
    return isSame ? { kind: 'repeat', known } : { kind: 'refuse', code: 'IDEMPOTENCY_CONFLICT' };
  }
  const refusal = refusalOf();
  if (refusal) return { kind: 'refuse', ...refusal };
  return { kind: 'file', round: state.resolutions.get(resolutionId)?.round ?? '1' };
}

/** @param creditorId undefined: the debtor */
function judgeNumber(state: MeetingState, creditorId: string | undefined): Refusal | undefined {
  const isFull = objectionsOf(state, creditorId).length >= OBJECTIONS_MAX;
  return isFull ? { code: 'OBJECTION_LIMIT', params: { max: OBJECTIONS_MAX } } : undefined;
}

export type NoneVerdict =
  | { readonly kind: 'none'; readonly round: string }
  | { readonly kind: 'repeat' }
  | ({ readonly kind: 'refuse' } & Refusal);

/** A creditor says that it has no objection: once; not while one of its own stands. It may still file one later. */
export function judgeNone(state: MeetingState, speaking: Speaking): NoneVerdict {
  const { creditorId } = speaking.capacity;
  if (state.withoutObjection.get(creditorId)?.body.resolutionId === speaking.resolutionId)
    return { kind: 'repeat' };
  const refusal = judgeSpeaking(state, speaking);
  if (refusal) return { kind: 'refuse', ...refusal };
  if (objectionsOf(state, creditorId).some(({ withdrawn }) => !withdrawn))
    return { kind: 'refuse', code: 'OBJECTION_STANDS' };
  return { kind: 'none', round: state.resolutions.get(speaking.resolutionId)?.round ?? '1' };
}

/** The time is judged first; then whether a proxy reaches this item (art. 59(4)). */
function judgeSpeaking(
  state: MeetingState,
  { resolutionId, capacity, receivedAt }: Speaking,
): Refusal | undefined {
  const resolution = state.resolutions.get(resolutionId);
  const refusal = judgeWindow(resolution, receivedAt);
  if (refusal) return refusal;
  const type = resolution?.published.type ?? '';
  const bar = findProxyBar(capacity, { resolutionId, type }, state.ownPresence.has(capacity.creditorId));
  return bar && { code: bar };
}

function objectionsOf({ objections }: MeetingState, creditorId: string | undefined): ObjectionState[] {
  return [...objections.values()].filter(({ filed }) => filed.body.creditorId === creditorId);
}

/** The verification that is open or was opened last; before that the first on the agenda. */
export function findVerification({ resolutions }: MeetingState): ResolutionState | undefined {
  const all = [...resolutions.values()].filter(isVerification);
  return all.findLast(({ opened }) => opened) ?? all[0];
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

/**
 * 债务人's (art. 58(3)) is taken back by who answers for the administrator, as it was entered: on the debtor's word and
 * with its reason. Once answered it stays, for the one who answered it would be removing it.
 */
export function judgeDebtorsWithdrawal(known: ObjectionState | undefined): Refusal | undefined {
  if (!known || known.filed.body.creditorId !== undefined) return { code: 'NOT_FOUND' };
  if (known.withdrawn) return { code: 'OBJECTION_STATE', params: { state: 'withdrawn' } };
  return known.answer ? { code: 'OBJECTION_STATE', params: { state: 'answered' } } : undefined;
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
