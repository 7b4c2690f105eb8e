/**
 * What becomes of a ballot that two people have entered alike (record.md 9; 法发〔2016〕19号: who has chosen one
 * way of voting cannot vote another way, the other vote is void). The first channel in the ledger counts; a later
 * one, and one confirmed after the close, is kept as void with its reason. One that both have read as invalid is
 * kept as void too and leaves its unit present (domain.md E7); a valid one may still follow. It decides by
 * `judgeBallot`, as for every other ballot.
 */
import type { Channel } from '../../protocol/entry-parts.ts';
import type { BallotBody } from '../../protocol/room.ts';
import type { ErrorCode, ErrorParams } from '../../protocol/errors.ts';
import type { Choice, ChoiceRead } from '../../protocol/scalars.ts';
import { judgeBallot } from '../meeting/ballot-rules.ts';
import type { CastBallot, MeetingState, ResolutionState, VoidBallot } from '../meeting/state.ts';

/** Stands for the capacity: nobody acted through one. */
export const ENTERED_BY_STAFF = 'entered-by-staff';

export interface EnteredQuestion {
  readonly resolutionId: string;
  readonly round: string;
  readonly unitId: string;
  readonly choice: ChoiceRead;
  readonly nonce: string;
  readonly enteredAt: string;
  readonly mayVote: boolean;
  /** Server's clock when the second person confirmed, RFC 3339. */
  readonly confirmedAt: string;
}

export type EnteredVerdict =
  | { readonly kind: 'record'; readonly ballot: BallotBody }
  | { readonly kind: 'recorded'; readonly cast: CastBallot }
  | { readonly kind: 'voided'; readonly void: VoidBallot; readonly facts: VoidFacts }
  | {
      readonly kind: 'void';
      readonly cause: 'LATER_CHANNEL' | 'CONFIRMED_TOO_LATE' | 'INVALID';
      readonly facts: VoidFacts;
    }
  | { readonly kind: 'refuse'; readonly code: ErrorCode; readonly params?: ErrorParams };

/** What the reason is made of. */
export type VoidFacts =
  | { readonly channel: Channel; readonly at: string; readonly seq: string }
  | { readonly closesAt: string }
  | { readonly isInvalid: true };

export function judgeEntered(state: MeetingState, question: EnteredQuestion): EnteredVerdict {
  const { resolutionId, round, unitId, nonce, confirmedAt } = question;
  const resolution = state.resolutions.get(resolutionId);
  if (!resolution) return { kind: 'refuse', code: 'RESOLUTION_UNKNOWN' };
  const known = resolution.voided.get(nonce);
  if (known) return { kind: 'voided', void: known, facts: factsOf(resolution, unitId, known.cause) };
  const tooLate = (): EnteredVerdict => ({
    kind: 'void',
    cause: 'CONFIRMED_TOO_LATE',
    facts: factsOf(resolution, unitId, 'CONFIRMED_TOO_LATE'),
  });
  if (Number(resolution.round) > Number(round)) return tooLate();
  const isInvalid = question.choice === 'invalid';
  // When and for whom a ballot is taken does not hang on what is marked on it.
  const ballot = toBallot(state, question, question.choice === 'invalid' ? 'abstain' : question.choice);
  const verdict = judgeBallot({
    ballot,
    resolution,
    origin: state.origin,
    isOwnUnit: true,
    rollRow: { mayVote: question.mayVote, reason: null },
    signature: { kind: 'unsigned' },
    receivedAt: confirmedAt,
  });
  if (verdict.kind === 'accept' && isInvalid) {
    return { kind: 'void', cause: 'INVALID', facts: { isInvalid } };
  }
  if (verdict.kind === 'accept') return { kind: 'record', ballot };
  if (verdict.kind === 'repeat') return { kind: 'recorded', cast: verdict.cast };
  if (verdict.code === 'BALLOT_TOO_LATE') return tooLate();
  if (verdict.code !== 'ALREADY_CAST') return verdict;
  return { kind: 'void', cause: 'LATER_CHANNEL', facts: factsOf(resolution, unitId, 'LATER_CHANNEL') };
}

function factsOf(resolution: ResolutionState, unitId: string, cause: VoidBallot['cause']): VoidFacts {
  if (cause === 'INVALID') return { isInvalid: true };
  const earlier = resolution.ballots.get(unitId);
  if (cause === 'LATER_CHANNEL' && earlier) {
    return { channel: earlier.channel, at: earlier.ts, seq: earlier.seq };
  }
  // Of an earlier round nothing is left in the state: it ended before the next one was opened.
  return {
    closesAt: resolution.closed?.body.effectiveAt ?? resolution.closesAt ?? resolution.opened?.ts ?? '',
  };
}

function toBallot(state: MeetingState, question: EnteredQuestion, choice: Choice): BallotBody {
  const { resolutionId, round, unitId, nonce, enteredAt } = question;
  const resolution = state.resolutions.get(resolutionId);
  return {
    v: '1',
    origin: state.origin,
    resolutionId,
    round,
    // The version in force: the roll may have been corrected since the opening.
    rollRoot: resolution?.roll?.root ?? '',
    unitId,
    choice,
    version: '0',
    actingAs: ENTERED_BY_STAFF,
    documentsRoot: resolution?.opened?.body.documentsRoot ?? '',
    nonce,
    clientTs: enteredAt,
  };
}
