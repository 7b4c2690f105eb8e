/**
 * 企业破产法 art. 59(1), 59(2); record.md 3 and 9: one ballot a unit, repeated requests answered with what was
 * recorded, refusals in their order of precedence.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { judgeBallot, type BallotQuestion } from '../../server/domain/meeting/ballot-rules.ts';
import type { ResolutionState } from '../../server/domain/meeting/state.ts';
import type { BallotBody } from '../../server/protocol/room.ts';
import { ballotCast, SAMPLE_ORIGIN } from '../support/entry-samples.ts';
import { after, fold, meetingUnderWay, RESOLUTION, voteUnderWay } from '../support/meeting-states.ts';

const WINDOW_MS = 60_000;
const mine = ballotCast('unit-0').body.ballot as BallotBody;
const otherNonce = 'B'.repeat(22);

function resolutionOf(state: ReturnType<typeof meetingUnderWay>): ResolutionState {
  const resolution = state.resolutions.get(RESOLUTION);
  if (!resolution) throw new Error('no resolution');
  return resolution;
}

function openVote(): ResolutionState {
  return resolutionOf(voteUnderWay(WINDOW_MS));
}

function votedBy(unitId: string, end?: 'closed' | 'interrupted'): ResolutionState {
  const state = voteUnderWay(WINDOW_MS);
  fold(state, ballotCast(unitId), 1_000);
  const vote = { resolutionId: RESOLUTION, round: '1' };
  if (end === 'closed') {
    fold(state, {
      t: 'ballot.close',
      body: { ...vote, effectiveAt: after(WINDOW_MS), cause: 'DEADLINE' },
    });
  }
  if (end === 'interrupted') {
    fold(state, {
      t: 'ballot.interrupt',
      body: { ...vote, closesAt: after(WINDOW_MS), downFrom: after(0), downTo: after(WINDOW_MS) },
    });
  }
  return resolutionOf(state);
}

function question(change: Partial<BallotQuestion> = {}, ballot: Partial<BallotBody> = {}): BallotQuestion {
  return {
    ballot: { ...mine, ...ballot },
    resolution: openVote(),
    origin: SAMPLE_ORIGIN,
    isOwnUnit: true,
    rollRow: { mayVote: true, reason: null },
    receivedAt: after(1_000),
    ...change,
  };
}

const codeOf = (asked: BallotQuestion) => {
  const verdict = judgeBallot(asked);
  return verdict.kind === 'refuse' ? verdict.code : verdict.kind;
};

describe('a ballot is judged', () => {
  it.each<[string, string, BallotQuestion]>([
    ['accepted in the open window', 'accept', question()],
    ['accepted in the last millisecond', 'accept', question({ receivedAt: after(WINDOW_MS) })],
    ['too late one later', 'BALLOT_TOO_LATE', question({ receivedAt: after(WINDOW_MS + 1) })],
    ['unknown without such a resolution', 'RESOLUTION_UNKNOWN', question({ resolution: undefined })],
    ['of another ledger', 'BALLOT_MISMATCH', question({}, { origin: 'demo/inst-1/meeting-2' })],
    ['somebody else’s', 'UNIT_NOT_YOURS', question({ isOwnUnit: false })],
    ['too early', 'RESOLUTION_NOT_OPEN', question({ resolution: resolutionOf(meetingUnderWay()) })],
    ['not on the roll', 'UNIT_NOT_ON_ROLL', question({ rollRow: undefined })],
    [
      'without a vote (art. 59(2))',
      'UNIT_NOT_ON_ROLL',
      question({ rollRow: { mayVote: false, reason: 'NOT_DETERMINED' } }),
    ],
    ['on another round', 'BALLOT_MISMATCH', question({}, { round: '2' })],
    ['on another roll', 'BALLOT_MISMATCH', question({}, { rollRoot: 'AAAA' })],
    ['on other documents', 'BALLOT_MISMATCH', question({}, { documentsRoot: 'AAAA' })],
    ['a repetition', 'repeat', question({ resolution: votedBy('unit-0') })],
    ['a repetition after closing', 'repeat', question({ resolution: votedBy('unit-0', 'closed') })],
    ['a repetition while interrupted', 'repeat', question({ resolution: votedBy('unit-0', 'interrupted') })],
    [
      'a second one',
      'ALREADY_CAST',
      question({ resolution: votedBy('unit-0') }, { nonce: otherNonce, choice: 'against' }),
    ],
    [
      'a second one after closing',
      'ALREADY_CAST',
      question({ resolution: votedBy('unit-0', 'closed') }, { nonce: otherNonce }),
    ],
    [
      'another choice under the same nonce',
      'IDEMPOTENCY_CONFLICT',
      question({ resolution: votedBy('unit-0') }, { choice: 'against' }),
    ],
    [
      'another capacity under the same nonce',
      'IDEMPOTENCY_CONFLICT',
      question({ resolution: votedBy('unit-0') }, { actingAs: 'capacity-2' }),
    ],
    ['waiting for the court', 'RESOLUTION_NOT_OPEN', question({ resolution: votedBy('u', 'interrupted') })],
    ['after closing', 'BALLOT_TOO_LATE', question({ resolution: votedBy('u', 'closed') })],
  ])('%s: %s', (_what, code, asked) => {
    expect(codeOf(asked)).toBe(code);
  });

  it('tells what was recorded to the unit’s own people only', () => {
    const resolution = votedBy('unit-0');
    const second = { nonce: otherNonce, choice: 'against' as const };
    expect(judgeBallot(question({ resolution }, second))).toMatchObject({
      params: { choice: 'for', channel: 'online' },
    });
    expect(judgeBallot(question({ resolution, isOwnUnit: false }, second))).toEqual({
      kind: 'refuse',
      code: 'UNIT_NOT_YOURS',
    });
  });

  it('is accepted only when everything holds at once', () => {
    const flags = fc.record({
      isOwnUnit: fc.boolean(),
      mayVote: fc.boolean(),
      inTime: fc.boolean(),
      isOpen: fc.boolean(),
      sameRoll: fc.boolean(),
      hasVoted: fc.boolean(),
    });
    fc.assert(
      fc.property(flags, ({ isOwnUnit, mayVote, inTime, isOpen, sameRoll, hasVoted }) => {
        const voted = votedBy(hasVoted ? 'unit-0' : 'unit-1');
        const asked = question(
          {
            isOwnUnit,
            rollRow: { mayVote, reason: mayVote ? null : 'NOT_DETERMINED' },
            receivedAt: after(inTime ? 1_000 : WINDOW_MS + 1),
            resolution: isOpen ? voted : resolutionOf(meetingUnderWay()),
          },
          { nonce: otherNonce, ...(sameRoll ? {} : { rollRoot: 'AAAA' }) },
        );
        const isRight = isOwnUnit && mayVote && inTime && isOpen && sameRoll && !hasVoted;
        expect(judgeBallot(asked).kind === 'accept').toBe(isRight);
      }),
    );
  });
});
