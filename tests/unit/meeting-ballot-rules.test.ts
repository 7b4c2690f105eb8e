/**
 * 企业破产法 art. 59(1), 59(2); record.md 3 and 9: one ballot a unit, repeated requests answered with what was
 * recorded, refusals in their order of precedence.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { judgeBallot, type BallotQuestion } from '../../server/domain/meeting/ballot-rules.ts';
import { judgeKey, judgeSignature, KEYS_MAX } from '../../server/domain/meeting/key-rules.ts';
import { emptyMeetingState, type ResolutionState } from '../../server/domain/meeting/state.ts';
import type { BallotBody } from '../../server/protocol/room.ts';
import { ballotCast, SAMPLE_ORIGIN } from '../support/entry-samples.ts';
import { after, fold, meetingUnderWay, RESOLUTION, voteUnderWay } from '../support/meeting-states.ts';

const WINDOW_MS = 60_000;
const mine: BallotBody = ballotCast('unit-0').body.ballot;
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
    signature: { kind: 'unsigned' },
    receivedAt: after(1_000),
    ...change,
  };
}

const unsignedAfterBinding = { kind: 'refuse', code: 'SIGNATURE_REQUIRED' } as const;

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
    [
      'without the signature that is due',
      'SIGNATURE_REQUIRED',
      question({ signature: unsignedAfterBinding }),
    ],
    [
      'too late before anything is said of its signature',
      'BALLOT_TOO_LATE',
      question({ signature: unsignedAfterBinding, receivedAt: after(WINDOW_MS + 1) }),
    ],
    [
      'on another roll before anything is said of its signature',
      'BALLOT_MISMATCH',
      question({ signature: unsignedAfterBinding }, { rollRoot: 'AAAA' }),
    ],
    [
      'a repetition, whatever its signature: nothing is recorded by it',
      'repeat',
      question({ resolution: votedBy('unit-0'), signature: unsignedAfterBinding }),
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

describe('the signature of a ballot (record.md 9)', () => {
  const meeting = meetingWithKeys({ 'person-1': 1, 'person-2': 1 });
  const sent = (keyId: string, isGenuine = true) => ({ keyId, signature: 'AA', isGenuine });

  it.each<[string, string, string, ReturnType<typeof sent> | undefined]>([
    ['unsigned by one who has no key', 'person-3', 'unsigned', undefined],
    ['unsigned by one who has bound a key', 'person-1', 'SIGNATURE_REQUIRED', undefined],
    ['signed by the own key', 'person-1', 'signed', sent('key-person-1-0')],
    ['signed by another person’s key', 'person-1', 'KEY_UNKNOWN', sent('key-person-2-0')],
    ['signed by a key that nobody has bound before it', 'person-1', 'KEY_UNKNOWN', sent('key-none')],
    ['signed by one who has no key', 'person-3', 'KEY_UNKNOWN', sent('key-person-1-0')],
    ['with a signature that does not verify', 'person-1', 'SIGNATURE_WRONG', sent('key-person-1-0', false)],
  ])('%s', (_what, personId, expected, signature) => {
    const verdict = judgeSignature(meeting, personId, signature);
    expect(verdict.kind === 'refuse' ? verdict.code : verdict.kind).toBe(expected);
  });
});

describe('the binding of a key (record.md 9)', () => {
  const meeting = meetingWithKeys({ 'person-1': 1, 'person-2': KEYS_MAX });

  it.each<[string, string, string, object]>([
    ['the first', 'person-3', 'key-new', { kind: 'accept', isFirst: true }],
    ['a further one, of which the holder is told', 'person-1', 'key-new', { kind: 'accept', isFirst: false }],
    ['the same one again', 'person-1', 'key-person-1-0', { kind: 'repeat', key: { seq: '4' } }],
    [
      'a key of another person',
      'person-1',
      'key-person-2-0',
      { code: 'KEY_REFUSED', params: { reason: 'TAKEN' } },
    ],
    [`more than ${KEYS_MAX}`, 'person-2', 'key-new', { code: 'KEY_LIMIT', params: { max: KEYS_MAX } }],
    ['the same one again at the limit', 'person-2', 'key-person-2-3', { kind: 'repeat' }],
  ])('%s', (_what, personId, keyId, expected) => {
    expect(judgeKey(meeting, { personId, keyId })).toMatchObject(expected);
  });

  it('is asked of an empty meeting', () => {
    const asked = { personId: 'person-1', keyId: 'key-new' };
    expect(judgeKey(emptyMeetingState(), asked)).toEqual({ kind: 'accept', isFirst: true });
  });
});

/** A meeting in which so many keys were bound by each person. */
function meetingWithKeys(counts: Readonly<Record<string, number>>) {
  const state = meetingUnderWay();
  const publicKey = `${'A'.repeat(43)}=`;
  for (const [personId, count] of Object.entries(counts)) {
    for (let index = 0; index < count; index++) {
      const keyId = `key-${personId}-${index}`;
      fold(state, { t: 'key.bind', body: { keyId, personId, alg: 'Ed25519', publicKey } });
    }
  }
  return state;
}
