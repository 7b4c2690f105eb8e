/**
 * Whether a ballot is accepted (record.md 3 and 9). 企业破产法 art. 59(1): who is a creditor with a
 * determined claim votes; 司法解释三 art. 11(1): online voting on matters told in advance. One ballot a
 * unit; where the vote allows changes (domain.md E9), the next version of it until the deadline. A repeated
 * request is answered with what was recorded. The function decides nothing about what the ballot is worth:
 * that is the tally's.
 *
 * Order of refusal: resolution, unit's owner, roll, authority, repetition, window, contents, signature. Access comes before
 * repetition, so that nobody learns another's choice; repetition before the window, so that a phone
 * that lost the reply still gets its receipt after closing.
 * A repeated request needs no signature again: nothing is recorded by it.
 */
import type { ErrorCode, ErrorParams } from '../../protocol/errors.ts';
import type { BallotBody } from '../../protocol/room.ts';
import type { SignatureVerdict } from './key-rules.ts';
import type { CastBallot, ResolutionState } from './state.ts';

/** Changes of one unit's ballot in one vote: enough for whoever hesitates, and no way to fill the ledger. */
export const BALLOT_CHANGES_MAX = 20;

export interface BallotQuestion {
  readonly ballot: BallotBody;
  /** Undefined when the meeting has no such resolution. */
  readonly resolution: ResolutionState | undefined;
  readonly origin: string;
  /** The person's capacity for the unit is valid now. */
  readonly isOwnUnit: boolean;
  /** Why the person may not act for the unit in this item at this moment (`people/proxies.ts`). */
  readonly actorBar?: ErrorCode | undefined;
  /** Person who acts, and whether under a proxy; left out for what staff enter, which changes nothing. */
  readonly actor?: { readonly personId: string; readonly isProxy: boolean };
  /** Of the proxy under which the person acts; the ballot must carry the same. */
  readonly proxyDocHash?: string | undefined;
  /** Row of the unit on the frozen roll: may vote, has no vote for a reason, or is not on it. */
  readonly rollRow: { readonly mayVote: boolean; readonly reason: string | null } | undefined;
  /** What `judgeSignature` says of the signature that came with it, or of its absence. */
  readonly signature: SignatureVerdict;
  /** Server's clock when the request was received, RFC 3339. */
  readonly receivedAt: string;
}

export type BallotVerdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'repeat'; readonly cast: CastBallot }
  | { readonly kind: 'refuse'; readonly code: ErrorCode; readonly params?: ErrorParams };

export function judgeBallot(question: BallotQuestion): BallotVerdict {
  const { ballot, resolution, origin, receivedAt } = question;
  if (!resolution) return refuse('RESOLUTION_UNKNOWN');
  if (ballot.origin !== origin) return refuse('BALLOT_MISMATCH', { field: 'origin' });
  if (!question.isOwnUnit) return refuse('UNIT_NOT_YOURS');
  if (!resolution.opened) return refuse('RESOLUTION_NOT_OPEN');
  // 核查债权 (art. 58): objections are lodged, nothing is voted on.
  if (resolution.opened.body.rule.mode === 'OBJECTION') {
    return refuse('UNIT_NOT_ON_ROLL', { reason: 'OBJECTIONS_ONLY' });
  }
  if (!question.rollRow) return refuse('UNIT_NOT_ON_ROLL', { reason: 'NOT_ON_ROLL' });
  if (!question.rollRow.mayVote) {
    return refuse('UNIT_NOT_ON_ROLL', { reason: question.rollRow.reason ?? 'NOT_ON_ROLL' });
  }
  const cast = resolution.ballots.get(ballot.unitId);
  // Whose authority has ended still gets the own receipt, and learns nothing of what was cast after it.
  const isRepeated = cast !== undefined && findByNonce(cast, ballot.nonce) !== undefined;
  if (question.actorBar !== undefined && !isRepeated) return refuse(question.actorBar);
  const voided = resolution.voids.get(ballot.unitId);
  if (ballot.round === resolution.round) {
    const repeated = cast && judgeRepetition(question, cast, resolution);
    if (repeated) return repeated;
    // A ballot that the court or a later decision made void is not cast a second time.
    if (voided) return refuse('ALREADY_CAST', recordedOf(voided));
  }
  if (resolution.status === 'interrupted') return refuse('RESOLUTION_NOT_OPEN', { interrupted: true });
  const closesAt = resolution.closed?.body.effectiveAt ?? resolution.closesAt ?? '';
  if (resolution.closed !== null || receivedAt > closesAt) {
    return refuse('BALLOT_TOO_LATE', { receivedAt, closesAt });
  }
  const contents = judgeContents(question, resolution, cast);
  if (contents.kind === 'refuse' || question.signature.kind !== 'refuse') return contents;
  return question.signature;
}

/** Undefined where the request is none that was recorded before and its ballot may take another's place. */
function judgeRepetition(
  { ballot, actor }: BallotQuestion,
  cast: CastBallot,
  { opened }: ResolutionState,
): BallotVerdict | undefined {
  const same = findByNonce(cast, ballot.nonce);
  if (same) {
    return isSameBallot(ballot, same)
      ? { kind: 'repeat', cast: same }
      : refuse('IDEMPOTENCY_CONFLICT', recordedOf(same));
  }
  const mayChange =
    opened?.body.allowChange === true && isChangeOf(cast, ballot) && isActorsToChange(cast, actor);
  return mayChange ? undefined : refuse('ALREADY_CAST', recordedOf(cast));
}

function findByNonce(cast: CastBallot, nonce: string): CastBallot | undefined {
  let version: CastBallot | null = cast;
  while (version && version.nonce !== nonce) version = version.previous;
  return version ?? undefined;
}

function isSameBallot(ballot: BallotBody, cast: CastBallot): boolean {
  return (
    ballot.choice === cast.choice &&
    ballot.version === cast.version &&
    ballot.clientTs === cast.clientTs &&
    ballot.actingAs === cast.actingAs
  );
}

const recordedOf = ({ seq, choice, ts, channel }: CastBallot): ErrorParams => ({
  seq,
  choice,
  at: ts,
  channel,
});

/**
 * Who acts under a proxy changes only what the same person has cast: the principal’s own ballot stands against the
 * proxy (the authority may be taken back at any time, 民法典 art. 173(2); acting oneself is taken as that), and so does
 * that of another holder.
 */
export function isActorsToChange(
  { personId }: Pick<CastBallot, 'personId'>,
  actor: BallotQuestion['actor'],
): boolean {
  return actor?.isProxy !== true || personId === actor.personId;
}

/** The next version of an online ballot; the first valid channel stays the only one (E12). */
function isChangeOf(cast: CastBallot, ballot: BallotBody): boolean {
  return (
    cast.channel === 'online' &&
    ballot.supersedes === cast.version &&
    Number(ballot.version) === Number(cast.version) + 1
  );
}

/** What the voter had before the eyes must be what is being voted on. */
function judgeContents(
  { ballot, proxyDocHash }: BallotQuestion,
  resolution: ResolutionState,
  cast: CastBallot | undefined,
): BallotVerdict {
  const opened = resolution.opened?.body;
  if (ballot.round !== resolution.round) return refuse('BALLOT_MISMATCH', { field: 'round' });
  if (ballot.rollRoot !== resolution.roll?.root) return refuse('BALLOT_MISMATCH', { field: 'rollRoot' });
  if (ballot.documentsRoot !== opened?.documentsRoot) {
    return refuse('BALLOT_MISMATCH', { field: 'documentsRoot' });
  }
  if (ballot.proxyDocHash !== proxyDocHash) return refuse('BALLOT_MISMATCH', { field: 'proxyDocHash' });
  if (!cast) {
    const isFirst = ballot.version === '0' && ballot.supersedes === undefined;
    return isFirst ? { kind: 'accept' } : refuse('BALLOT_MISMATCH', { field: 'version' });
  }
  if (Number(ballot.version) > BALLOT_CHANGES_MAX) return refuse('RATE_LIMITED');
  return { kind: 'accept' };
}

function refuse(code: ErrorCode, params?: ErrorParams): BallotVerdict {
  return params === undefined ? { kind: 'refuse', code } : { kind: 'refuse', code, params };
}
