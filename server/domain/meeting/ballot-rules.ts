/**
 * Whether a ballot is accepted (record.md 3 and 9). 企业破产法 art. 59(1): who is a creditor with a
 * determined claim votes; 司法解释三 art. 11(1): online voting on matters told in advance. One ballot a
 * unit; a repeated request is answered with what was recorded. The function decides nothing about what
 * the ballot is worth: that is the tally's.
 *
 * Order of refusal: resolution, unit's owner, roll, repetition, window, contents, signature. Access comes before
 * repetition, so that nobody learns another's choice; repetition before the window, so that a phone
 * that lost the reply still gets its receipt after closing.
 * A repeated request needs no signature again: nothing is recorded by it.
 */
import type { ErrorCode, ErrorParams } from '../../protocol/errors.ts';
import type { BallotBody } from '../../protocol/room.ts';
import type { SignatureVerdict } from './key-rules.ts';
import type { CastBallot, ResolutionState } from './state.ts';

export interface BallotQuestion {
  readonly ballot: BallotBody;
  /** Undefined when the meeting has no such resolution. */
  readonly resolution: ResolutionState | undefined;
  readonly origin: string;
  /** The person's capacity for the unit is valid now. */
  readonly isOwnUnit: boolean;
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
  if (!question.rollRow) return refuse('UNIT_NOT_ON_ROLL', { reason: 'NOT_ON_ROLL' });
  if (!question.rollRow.mayVote) {
    return refuse('UNIT_NOT_ON_ROLL', { reason: question.rollRow.reason ?? 'NOT_ON_ROLL' });
  }
  const cast = resolution.ballots.get(ballot.unitId);
  if (cast && ballot.round === resolution.round) return judgeRepetition(ballot, cast);
  if (resolution.status === 'interrupted') return refuse('RESOLUTION_NOT_OPEN', { interrupted: true });
  const closesAt = resolution.closed?.body.effectiveAt ?? resolution.closesAt ?? '';
  if (resolution.status === 'closed' || receivedAt > closesAt) {
    return refuse('BALLOT_TOO_LATE', { receivedAt, closesAt });
  }
  const contents = judgeContents(ballot, resolution);
  if (contents.kind === 'refuse' || question.signature.kind !== 'refuse') return contents;
  return question.signature;
}

function judgeRepetition(ballot: BallotBody, cast: CastBallot): BallotVerdict {
  const recorded = { seq: cast.seq, choice: cast.choice, at: cast.ts, channel: cast.channel };
  if (ballot.nonce !== cast.nonce) return refuse('ALREADY_CAST', recorded);
  const isSame =
    ballot.choice === cast.choice && ballot.clientTs === cast.clientTs && ballot.actingAs === cast.actingAs;
  return isSame ? { kind: 'repeat', cast } : refuse('IDEMPOTENCY_CONFLICT', recorded);
}

/** What the voter had before the eyes must be what is being voted on. */
function judgeContents(ballot: BallotBody, resolution: ResolutionState): BallotVerdict {
  const opened = resolution.opened?.body;
  if (ballot.round !== resolution.round) return refuse('BALLOT_MISMATCH', { field: 'round' });
  if (ballot.rollRoot !== opened?.rollRoot) return refuse('BALLOT_MISMATCH', { field: 'rollRoot' });
  if (ballot.documentsRoot !== opened.documentsRoot) {
    return refuse('BALLOT_MISMATCH', { field: 'documentsRoot' });
  }
  return { kind: 'accept' };
}

function refuse(code: ErrorCode, params?: ErrorParams): BallotVerdict {
  return params === undefined ? { kind: 'refuse', code } : { kind: 'refuse', code, params };
}
