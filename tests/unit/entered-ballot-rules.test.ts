/**
 * 司法解释三 art. 11(1), 法发〔2016〕19号, 法发〔2020〕14号; record.md 9: two people read a ballot that was not cast
 * online; the first channel in the ledger counts, whatever is written on a later one.
 */
import { describe, expect, it } from '@jest/globals';
import {
  judgeConfirmation,
  judgeEntryObjection,
  type EnteredBallot,
} from '../../server/domain/entered-ballots/entered-ballot.ts';
import { judgeEntered, type EnteredQuestion } from '../../server/domain/entered-ballots/judge-entered.ts';
import type { MeetingState } from '../../server/domain/meeting/state.ts';
import type { NewEntry } from '../../server/protocol/entries.ts';
import { ballotCast } from '../support/entry-samples.ts';
import { after, fold, HOST, meetingUnderWay, RESOLUTION, voteUnderWay } from '../support/meeting-states.ts';

const WINDOW_MS = 60_000;
const NONCE = 'P'.repeat(22);
const vote = { resolutionId: RESOLUTION, round: '1' };
const first = { personId: 'clerk-1', role: 'administrator-staff', choice: 'for', at: after(0) } as const;

const question = (change: Partial<EnteredQuestion> = {}): EnteredQuestion => ({
  ...vote,
  unitId: 'unit-0',
  choice: 'for',
  nonce: NONCE,
  enteredAt: after(500),
  mayVote: true,
  confirmedAt: after(2_000),
  ...change,
});

const close: NewEntry = {
  t: 'ballot.close',
  body: { ...vote, effectiveAt: after(WINDOW_MS), cause: 'DEADLINE' },
};
const interrupt: NewEntry = {
  t: 'ballot.interrupt',
  body: { ...vote, closesAt: after(WINDOW_MS), downFrom: after(0), downTo: after(WINDOW_MS) },
};
const voided: NewEntry = {
  t: 'ballot.void',
  body: {
    ...vote,
    unitId: 'unit-0',
    channel: 'paper',
    receivedAt: after(1),
    cause: 'LATER_CHANNEL',
    nonce: NONCE,
  },
};
const invalid: NewEntry = {
  t: 'ballot.void',
  body: {
    ...vote,
    unitId: 'unit-0',
    channel: 'paper',
    receivedAt: after(1),
    cause: 'INVALID',
    nonce: NONCE,
  },
};
const recorded: NewEntry = {
  t: 'ballot.cast',
  body: {
    ...ballotCast('unit-0', { nonce: NONCE, clientTs: after(500), actingAs: 'entered-by-staff' }).body,
    auth: { method: 'entered', enteredBy: HOST, confirmedBy: HOST, evidenceSha256: '0'.repeat(64) },
    channel: 'paper',
  },
};

function stateAfter(...entries: readonly NewEntry[]): MeetingState {
  const state = voteUnderWay(WINDOW_MS);
  for (const entry of entries) fold(state, entry, 1_000);
  return state;
}

describe('the second reading', () => {
  const waiting: Pick<EnteredBallot, 'state' | 'first'> = { state: 'waiting', first };
  it.each([
    ['alike', waiting, 'clerk-2', 'for', 'agree'],
    ['different', waiting, 'clerk-2', 'against', 'differ'],
    ['of the same person', waiting, 'clerk-1', 'for', 'SECOND_PERSON_REQUIRED'],
    ['repeated after a lost answer', { ...waiting, state: 'confirming' }, 'clerk-2', 'for', 'agree'],
    ['of one that differs already', { ...waiting, state: 'differs' }, 'clerk-2', 'for', 'ENTRY_STATE'],
    ['of one that is recorded', { ...waiting, state: 'recorded' }, 'clerk-2', 'for', 'ENTRY_STATE'],
    ['of one that was withdrawn', { ...waiting, state: 'withdrawn' }, 'clerk-2', 'for', 'ENTRY_STATE'],
  ] as const)('%s', (_what, entry, personId, choice, expected) => {
    const verdict = judgeConfirmation(entry, { personId, choice });
    expect(verdict.kind === 'refuse' ? verdict.code : verdict.kind).toBe(expected);
  });
});

describe('E11, E12: a ballot that both have read alike', () => {
  const kindOf = (state: MeetingState, asked = question()) => {
    const verdict = judgeEntered(state, asked);
    if (verdict.kind === 'void') return verdict.cause;
    return verdict.kind === 'refuse' ? verdict.code : verdict.kind;
  };

  it.each([
    ['is recorded while the vote is open', stateAfter(), question(), 'record'],
    ['is found when the confirmation is repeated', stateAfter(recorded), question(), 'recorded'],
    ['is found after the close as well', stateAfter(recorded, close), question(), 'recorded'],
    ['is void after an online ballot', stateAfter(ballotCast('unit-0')), question(), 'LATER_CHANNEL'],
    [
      'is void after an online ballot, and after the close',
      stateAfter(ballotCast('unit-0'), close),
      question(),
      'LATER_CHANNEL',
    ],
    ['is void once, when repeated', stateAfter(ballotCast('unit-0'), voided), question(), 'voided'],
    ['is void after the close', stateAfter(close), question(), 'CONFIRMED_TOO_LATE'],
    [
      'is void at the first moment after the deadline',
      stateAfter(),
      question({ confirmedAt: after(WINDOW_MS + 1) }),
      'CONFIRMED_TOO_LATE',
    ],
    ['is recorded at the deadline', stateAfter(), question({ confirmedAt: after(WINDOW_MS) }), 'record'],
    ['waits while the vote is interrupted', stateAfter(interrupt), question(), 'RESOLUTION_NOT_OPEN'],
    ['of a unit without a vote is refused', stateAfter(), question({ mayVote: false }), 'UNIT_NOT_ON_ROLL'],
    ['before opening is refused', meetingUnderWay(), question(), 'RESOLUTION_NOT_OPEN'],
  ])('%s', (_what, state, asked, expected) => {
    expect(kindOf(state, asked)).toBe(expected);
  });

  it.each([
    ['is kept as void while the vote is open', stateAfter(), 'INVALID'],
    ['is void as a later one after an online ballot', stateAfter(ballotCast('unit-0')), 'LATER_CHANNEL'],
    ['is too late after the close', stateAfter(close), 'CONFIRMED_TOO_LATE'],
    ['is found when the confirmation is repeated', stateAfter(invalid), 'voided'],
    ['waits while the vote is interrupted', stateAfter(interrupt), 'RESOLUTION_NOT_OPEN'],
  ])('E7: one that both read as invalid %s', (_what, state, expected) => {
    expect(kindOf(state, question({ choice: 'invalid' }))).toBe(expected);
  });

  it('E7: a valid ballot of the same unit is recorded after an invalid one', () => {
    const state = stateAfter(invalid);
    expect([...(state.resolutions.get(RESOLUTION)?.invalid.keys() ?? [])]).toEqual(['unit-0']);
    expect(kindOf(state, question({ nonce: 'Q'.repeat(22) }))).toBe('record');
    expect(kindOf(stateAfter(invalid, recorded), question({ nonce: 'Q'.repeat(22) }))).toBe('LATER_CHANNEL');
  });

  it('tells which ballot was there first', () => {
    const verdict = judgeEntered(stateAfter(ballotCast('unit-0')), question());
    expect(verdict).toMatchObject({ facts: { channel: 'online', at: after(1_000) } });
  });

  it('is void for a round that another one has followed', () => {
    const state = stateAfter(close);
    const resolution = state.resolutions.get(RESOLUTION);
    if (!resolution) throw new Error('no resolution');
    resolution.round = '2';
    expect(kindOf(state)).toBe('CONFIRMED_TOO_LATE');
  });
});

describe('the creditor’s objection to an entry', () => {
  const ended = {
    outcome: { kind: 'cast', seq: '9', ts: after(0), reason: null },
    objectUntil: after(10_000),
    objection: null,
  } as const;
  const objection = { personId: 'p', at: after(0), text: '异议', seq: null };
  it.each([
    ['in time', ended, 10_000, undefined],
    ['after its date', ended, 10_001, 'OBJECTION_TOO_LATE'],
    ['before anything is recorded', { ...ended, outcome: null }, 0, 'ENTRY_STATE'],
    ['a second time', { ...ended, objection: { ...objection, seq: '12' } }, 0, 'ENTRY_STATE'],
    [
      'again while the record’s answer is missing, after the date too',
      { ...ended, objection },
      20_000,
      undefined,
    ],
  ])('%s', (_what, entry, atMs, expected) => {
    expect(judgeEntryObjection(entry, Date.parse(after(atMs)))?.code).toBe(expected);
  });
});
