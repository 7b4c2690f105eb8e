/** 企业破产法 arts. 65(2), 67, 87(1); domain.md 2.4 E8, E28, 2.2 R08. */
import { describe, expect, it } from '@jest/globals';
import { effectiveBallots } from '../../server/domain/record/effective-ballots.ts';
import type { MeetingState } from '../../server/domain/meeting/state.ts';
import { electionResult, type Candidate } from '../../server/domain/rules/election.ts';
import { electionSlices } from '../../server/services/conduct/vote/election-slices.ts';
import type { ElectionSlice } from '../../server/protocol/vote/slices.ts';
import { checkElections, checkParticulars } from '../../server/services/meetings/particulars.ts';
import type { ResolutionParticulars } from '../../server/protocol/vote/particulars.ts';
import type { ResolutionTypeId } from '../../server/protocol/resolution-types.ts';

function resultOf<T>(slices: Generator<void, T>): T {
  for (;;) {
    const step = slices.next();
    if (step.done === true) return step.value;
  }
}

describe('the ballots that count', () => {
  const units = ['a', 'b', 'c', 'd'].map((unitId) => ({ unitId, creditorId: unitId }));
  const own = new Map([['a', { choice: 'against' as const, channel: 'online' as const, isSigned: true }]]);
  const before = new Map([
    ['a', { choice: 'for' as const, isSigned: true }],
    ['b', { choice: 'for' as const, isSigned: true }],
    ['c', { choice: 'against' as const, isSigned: true }],
  ]);
  const count = (more: Partial<Parameters<typeof effectiveBallots>[0]>) =>
    resultOf(effectiveBallots({ units, ownOf: (unitId) => own.get(unitId), ...more })).map(
      ({ unitId, choice, channel }) => `${unitId} ${choice} ${channel}`,
    );

  it('are the own ones alone where nothing else was decided', () => {
    expect(count({})).toEqual(['a against online']);
  });

  it('E28: consent of the round before where nothing was cast, and never a vote against', () => {
    expect(count({ carriedOf: (unitId) => before.get(unitId) })).toEqual([
      'a against online',
      'b for carried',
    ]);
  });

  it('E8: silence of those to whom the notice was delivered, after both', () => {
    const all = count({ carriedOf: (unitId) => before.get(unitId), undelivered: new Set(['d']) });
    expect(all).toEqual(['a against online', 'b for carried', 'c for deemed']);
  });

  it('leave out a unit that a corrected roll no longer has', () => {
    expect(count({ units: units.slice(1) })).toEqual([]);
  });
});

describe('elections of one meeting, art. 67', () => {
  /** So many candidates who passed, or who wait for their verdicts. */
  const standing = (electionId: string, passed: boolean, held = '0') =>
    Array.from({ length: 6 }, (_, index) => {
      const resolutionId = `${electionId}-${index}`;
      const candidateOf = { electionId, seats: '5', seatKind: 'CREDITOR' as const, held };
      const groups = [{ for: { heads: '1', fen: String(100 - index) } }];
      const verdict = passed ? { body: { outcome: 'PASSED', results: { main: { groups } } } } : null;
      return [resolutionId, { published: { resolutionId, particulars: { candidateOf } }, verdict }] as const;
    });
  const slicesOf = (resolutions: readonly (readonly [string, object])[]) =>
    electionSlices({ resolutions: new Map(resolutions), rulings: [] } as unknown as MeetingState, (id) => id);
  const electedIn = ({ candidates }: ElectionSlice) =>
    candidates.filter(({ state }) => state === 'ELECTED').length;

  it('seat eight creditors together, not eight each', () => {
    const slices = slicesOf([...standing('first', true), ...standing('second', true)]);
    expect(slices.map(({ seats }) => seats)).toEqual([5, 3]);
    expect(slices.map(electedIn)).toEqual([5, 3]);
  });

  it('leave the seats of members in office to them', () => {
    const [slice] = slicesOf(standing('first', true, '6'));
    expect(slice && [slice.seats, electedIn(slice)]).toEqual([2, 2]);
  });

  it('keep the seats of an election that is not decided', () => {
    const slices = slicesOf([...standing('first', false), ...standing('second', true)]);
    expect(slices.map(electedIn)).toEqual([0, 3]);
  });
});

describe('an election', () => {
  const stand = (
    resolutionId: string,
    passed: boolean | null,
    votes: [bigint, number] = [0n, 0],
  ): Candidate => ({
    resolutionId,
    passed,
    forFen: votes[0],
    forHeads: votes[1],
  });
  const creditorSeats = (seats: number) => ({ seats, seatKind: 'CREDITOR' as const, taken: 0 });
  const states = (seats: number, candidates: readonly Candidate[], lots: readonly string[] = []) =>
    electionResult({ ...creditorSeats(seats), candidates, lots }).map(({ state }) => state);

  it('fills its seats by amount, then by heads', () => {
    const candidates = [stand('a', true, [5n, 9]), stand('b', true, [9n, 1]), stand('c', true, [5n, 8])];
    expect(states(2, candidates)).toEqual(['ELECTED', 'ELECTED', 'NO_SEAT']);
    expect(electionResult({ ...creditorSeats(2), candidates, lots: [] }).map(({ rank }) => rank)).toEqual([
      2, 1, 3,
    ]);
  });

  it('needs a lot between equals for the last seat alone, and follows it', () => {
    const candidates = [stand('a', true, [9n, 1]), stand('b', true, [5n, 5]), stand('c', true, [5n, 5])];
    expect(states(2, candidates)).toEqual(['ELECTED', 'LOT_NEEDED', 'LOT_NEEDED']);
    expect(states(3, candidates)).toEqual(['ELECTED', 'ELECTED', 'ELECTED']);
    expect(states(1, candidates)).toEqual(['ELECTED', 'NO_SEAT', 'NO_SEAT']);
    expect(states(2, candidates, ['c', 'b'])).toEqual(['ELECTED', 'NO_SEAT', 'ELECTED']);
  });

  it('gives no seat to who did not pass, and none before every candidate has its verdict', () => {
    expect(states(2, [stand('a', true, [9n, 1]), stand('b', false)])).toEqual(['ELECTED', 'NOT_PASSED']);
    expect(states(2, [stand('a', true, [9n, 1]), stand('b', null)])).toEqual(['PENDING', 'PENDING']);
  });
});

describe('what a type needs beside its text', () => {
  const check = (type: ResolutionTypeId, particulars?: ResolutionParticulars) => {
    try {
      checkParticulars({ type, particulars, place: 'p', isParty: (id) => id.startsWith('party') });
      return 'fits';
    } catch (error) {
      return (error as { detail?: string }).detail;
    }
  };
  const candidateOf = { electionId: 'e-1', seats: '8', seatKind: 'CREDITOR', creditorId: 'party-1' } as const;

  it.each<[string, ResolutionTypeId, ResolutionParticulars | undefined, string]>([
    ['R03: nothing', 'R03', undefined, 'fits'],
    ['R03: no members', 'R03', { committeeMembers: ['party-1'] }, 'p/committeeMembers'],
    ['R06: may say nothing', 'R06', undefined, 'fits'],
    ['R06: groups', 'R06', { unaffectedGroups: ['TAX'], hasInvestorGroup: true }, 'fits'],
    [
      'R06: investors affected and not',
      'R06',
      { unaffectedGroups: ['INVESTOR'], hasInvestorGroup: true },
      'p/unaffectedGroups',
    ],
    ['R08: its election', 'R08', undefined, 'p/candidateOf'],
    ['R08: eight seats for creditors (art. 67)', 'R08', { candidateOf }, 'fits'],
    ['R08: not nine', 'R08', { candidateOf: { ...candidateOf, seats: '9' } }, 'p/candidateOf/seats'],
    [
      'R08: what members in office leave of the eight',
      'R08',
      { candidateOf: { ...candidateOf, seats: '3', held: '5' } },
      'fits',
    ],
    [
      'R08: not more than they leave',
      'R08',
      { candidateOf: { ...candidateOf, seats: '4', held: '5' } },
      'p/candidateOf/seats',
    ],
    [
      'R08: no seat left',
      'R08',
      { candidateOf: { ...candidateOf, seats: '1', held: '8' } },
      'p/candidateOf/held',
    ],
    [
      'R08: one for employees',
      'R08',
      { candidateOf: { ...candidateOf, seatKind: 'EMPLOYEE', seats: '2' } },
      'p/candidateOf/seats',
    ],
    [
      'R08: a party',
      'R08',
      { candidateOf: { ...candidateOf, creditorId: 'nobody' } },
      'p/candidateOf/creditorId',
    ],
    ['R12: its members', 'R12', undefined, 'p/committeeMembers'],
    ['R12: all of them parties', 'R12', { committeeMembers: ['party-1', 'nobody'] }, 'p/committeeMembers/1'],
  ])('%s', (_name, type, particulars, expected) => {
    expect(check(type, particulars)).toBe(expected);
  });

  it('is the same for all candidates of an election', () => {
    const candidacies = (seats: string) => [
      { candidacy: candidateOf, place: 'a' },
      { candidacy: { ...candidateOf, seats }, place: 'b' },
    ];
    expect(() => checkElections(candidacies('8'))).not.toThrow();
    expect(() => checkElections(candidacies('7'))).toThrow('INVALID_REQUEST');
  });
});
