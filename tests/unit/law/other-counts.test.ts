/**
 * The same ballots counted otherwise, and what is still missing while a vote is open: 企业破产法 arts. 64, 82, 84-86;
 * domain.md 2.4 E2, E6, E13, E25.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countVote } from '../../../server/domain/record/tally.ts';
import { stillMissing, testFigures } from '../../../server/domain/record/test-figures.ts';
import type { HeadsTest } from '../../../server/protocol/tally.ts';
import { claim, hold, type Held } from '../../support/votes.ts';

const named = (held: Held, view: 'withoutTemporary' | 'withoutAffiliates') => {
  const result = held.tally.results[view];
  return (
    result && { outcome: result.outcome, groups: result.groups.map(({ group, units }) => [group, units]) }
  );
};

describe('a group that a view empties', () => {
  const taxOnlyTemporary = [
    claim('supplier'),
    claim('bureau', { nature: 'TAX', confirmedFen: null, temporaryFen: 80n }),
  ];

  it('E25: would not have been formed without temporary amounts, and decides nothing', () => {
    const held = hold({
      type: 'R06',
      claims: taxOnlyTemporary,
      ballots: { supplier_ORDINARY: 'for', bureau_TAX: 'for' },
    });
    expect(held.tally.results.main.outcome).toBe('PASSED');
    expect(named(held, 'withoutTemporary')).toEqual({ outcome: 'PASSED', groups: [['ORDINARY', '1']] });
    expect(held.tally.warnings).toEqual([]);
  });

  it('E25: is said to decide where it was against', () => {
    const held = hold({
      type: 'R06',
      claims: taxOnlyTemporary,
      ballots: { supplier_ORDINARY: 'for', bureau_TAX: 'against' },
    });
    expect(held.tally.results.main.outcome).toBe('FAILED');
    expect(named(held, 'withoutTemporary')).toEqual({ outcome: 'PASSED', groups: [['ORDINARY', '1']] });
    expect(held.tally.warnings).toEqual(['TEMPORARY_DECIDES']);
  });

  it('E13, E25: would not have been formed without affiliates', () => {
    const held = hold({
      type: 'R06',
      claims: [claim('supplier'), claim('sister', { nature: 'SECURED', securedFen: 100n })],
      decisions: { affiliates: new Set(['sister']) },
      ballots: { supplier_ORDINARY: 'for', sister_SECURED: 'for' },
    });
    expect(named(held, 'withoutAffiliates')).toEqual({ outcome: 'PASSED', groups: [['ORDINARY', '1']] });
    expect(held.tally.warnings).toEqual([]);
  });

  it('art. 85(2): is missed where it is that of the investors whose rights the plan adjusts', () => {
    const held = hold({
      type: 'R06',
      claims: [claim('supplier'), claim('parent', { nature: 'INVESTOR' })],
      decisions: { affiliates: new Set(['parent']), adjustsInvestors: true },
      ballots: { supplier_ORDINARY: 'for', parent_INVESTOR: 'for' },
    });
    expect(held.tally.results.main.outcome).toBe('PASSED');
    expect(named(held, 'withoutAffiliates')).toEqual({
      outcome: 'NOT_APPLICABLE',
      groups: [['ORDINARY', '1']],
    });
    expect(held.tally.warnings).toContain('AFFILIATES_DECIDE');
  });

  it('leaves nothing to measure where it was the only one', () => {
    const held = hold({
      type: 'R06',
      claims: [claim('a', { confirmedFen: null, temporaryFen: 10n })],
      ballots: { a_ORDINARY: 'for' },
    });
    expect(named(held, 'withoutTemporary')).toEqual({ outcome: 'NOT_APPLICABLE', groups: [] });
  });

  it('stays in a vote that is not by groups, without a base', () => {
    const held = hold({
      type: 'R03',
      claims: [claim('a', { confirmedFen: null, temporaryFen: 10n })],
      ballots: { a: 'for' },
    });
    expect(named(held, 'withoutTemporary')).toEqual({ outcome: 'NOT_APPLICABLE', groups: [['ALL', '0']] });
  });

  it('is counted as the first builds did where the rule was frozen by one of them', () => {
    const held = hold({
      type: 'R06',
      claims: taxOnlyTemporary,
      ballots: { supplier_ORDINARY: 'for', bureau_TAX: 'for' },
    });
    const { viewsVersion, ...firstRule } = held.rule;
    expect(viewsVersion).toBe('2');
    const { results, warnings } = countVote({
      ...held.tally,
      rule: firstRule,
      units: held.roll.units,
      signIns: new Map(),
      ballots: ['supplier_ORDINARY', 'bureau_TAX'].map((unitId) => ({
        unitId,
        choice: 'for',
        channel: 'online',
        isSigned: false,
      })),
    });
    expect(results.withoutTemporary).toMatchObject({
      outcome: 'NOT_APPLICABLE',
      groups: [
        { group: 'TAX', units: '0' },
        { group: 'ORDINARY', units: '1' },
      ],
    });
    expect(warnings).toEqual(['TEMPORARY_DECIDES']);
  });
});

describe('small claims without temporary amounts (art. 82(2))', () => {
  const claims = [
    claim('large', { confirmedFen: 900n }),
    claim('mixed', { confirmedFen: 60n, temporaryFen: 300n }),
    claim('small', { confirmedFen: 50n }),
  ];
  const settings = { smallClaimsMaxFen: '100' };

  it('a creditor whose remaining claim is small votes with them', () => {
    const held = hold({
      type: 'R06',
      claims,
      settings,
      ballots: { large_ORDINARY: 'for', mixed_ORDINARY: 'against', small_SMALL: 'for' },
    });
    expect(held.tally.results.main).toMatchObject({ outcome: 'FAILED' });
    const view = held.tally.results.withoutTemporary;
    expect(view?.groups).toMatchObject([
      { group: 'ORDINARY', outcome: 'PASSED', units: '1', for: { heads: '1', fen: '900' } },
      { group: 'SMALL', outcome: 'FAILED', units: '2', against: { heads: '1', fen: '60' } },
    ]);
  });

  it('sets their group up where nobody was in it, by the tests of the ordinary ones', () => {
    const held = hold({
      type: 'R06',
      claims: claims.slice(0, 2),
      settings,
      ballots: { large_ORDINARY: 'for', mixed_ORDINARY: 'for' },
    });
    expect(held.rule.groups.map(({ group }) => group)).toEqual(['ORDINARY']);
    expect(held.tally.results.withoutTemporary?.groups).toMatchObject([
      { group: 'ORDINARY', outcome: 'PASSED', units: '1' },
      { group: 'SMALL', outcome: 'PASSED', units: '1', amount: { numerator: '60', denominator: '60' } },
    ]);
  });

  it('a creditor whose own small claim was only temporary is small by the rest', () => {
    const held = hold({
      type: 'R06',
      claims: [
        claim('x', { confirmedFen: 80n }),
        claim('x', { confirmedFen: null, temporaryFen: 40n, group: 'SMALL' }),
        claim('large', { confirmedFen: 900n }),
        claim('mixed', { confirmedFen: 90n, temporaryFen: 500n }),
        claim('small', { confirmedFen: 50n }),
      ],
      settings,
      ballots: { x_ORDINARY: 'against', large_ORDINARY: 'for', mixed_ORDINARY: 'for', small_SMALL: 'for' },
    });
    expect(held.roll.units.map(({ unitId }) => unitId)).toContain('x_SMALL');
    expect(held.tally.results.withoutTemporary?.groups).toMatchObject([
      { group: 'ORDINARY', units: '1' },
      { group: 'SMALL', units: '3', against: { heads: '1', fen: '80' } },
    ]);
  });

  it('counts nobody with them where their group has passed in the round before', () => {
    const held = hold({
      type: 'R06',
      round: 2,
      claims,
      settings,
      decisions: { passedGroups: ['SMALL'] },
      ballots: { large_ORDINARY: 'for', mixed_ORDINARY: 'against' },
    });
    expect(named(held, 'withoutTemporary')).toEqual({ outcome: 'PASSED', groups: [['ORDINARY', '1']] });
  });
});

describe('E6: the other bases of presence', () => {
  const claims = ['a', 'b', 'c', 'd', 'e'].map((id) => claim(id));
  /** a, b and c vote, of whom a and b did not sign in; d signed in only. */
  const vote = {
    type: 'R03',
    claims,
    ballots: { a: 'for', b: 'for', c: 'for' },
    signedIn: ['c', 'd'],
  } as const;
  const presentIn = (held: Held) => {
    const { main, votedOnly, signInOrVoted } = held.tally.results;
    return [main, votedOnly, signInOrVoted].map((result) => result?.groups[0]?.presentHeads);
  };

  it.each([
    ['SIGN_IN', ['2', '3', '4'], ['ATTENDANCE_BASIS_DECIDES', 'BALLOT_WITHOUT_SIGN_IN']],
    ['VOTED', ['3', undefined, '4'], []],
    ['SIGN_IN_OR_VOTED', ['4', '3', undefined], []],
  ] as const)('are shown beside %s where they find others present', (attendanceBasis, present, warnings) => {
    const held = hold({ ...vote, settings: { attendanceBasis } });
    expect(presentIn(held)).toEqual(present);
    expect(held.tally.warnings).toEqual(warnings);
  });

  it('are not shown where they find the same', () => {
    for (const attendanceBasis of ['SIGN_IN', 'VOTED', 'SIGN_IN_OR_VOTED'] as const) {
      const held = hold({ ...vote, signedIn: ['a', 'b', 'c'], settings: { attendanceBasis } });
      expect(presentIn(held)).toEqual(['3', undefined, undefined]);
    }
  });

  it('tell by VOTED that the default would have failed', () => {
    const held = hold({
      ...vote,
      claims: [...claims, claim('f', { confirmedFen: 300n })],
      ballots: { a: 'for', f: 'for', c: 'against' },
      signedIn: ['d', 'e'],
      settings: { attendanceBasis: 'VOTED' },
    });
    expect(held.tally.results.main.outcome).toBe('PASSED');
    expect(held.tally.results.signInOrVoted?.outcome).toBe('FAILED');
    expect(held.tally.warnings).toEqual(['ATTENDANCE_BASIS_DECIDES']);
  });

  it('do not matter where the present are not counted', () => {
    const members = hold({
      type: 'R12',
      claims: [],
      decisions: { members: ['a', 'b', 'c'] },
      ballots: { a: 'for' },
      signedIn: ['b'],
    });
    expect(presentIn(members).slice(1)).toEqual([undefined, undefined]);
    const bySignIn = hold({
      type: 'R12',
      claims: [],
      decisions: { members: ['a', 'b'] },
      settings: { attendanceBasis: 'SIGN_IN' },
      ballots: { a: 'for', b: 'for' },
    });
    expect(bySignIn.tally.results.main.outcome).toBe('PASSED');
    expect(bySignIn.tally.warnings).toEqual([]);
  });
});

describe('what is still missing while a vote is open', () => {
  const majority: HeadsTest = { base: 'present', cmp: '>', num: '1', den: '2' };
  const missing = (votes: bigint, base: bigint, waiting: bigint) =>
    stillMissing(majority, testFigures(majority, votes, base), { waiting });

  it.each([
    ['nobody is present', 0n, 0n, 0n, '1'],
    ['1 of 3 agree and all three have voted: 2 of 4 is half', 1n, 3n, 0n, '2'],
    ['1 of 3 agree and one of them is waiting', 1n, 3n, 1n, '1'],
    ['1 of 5 agree and one of them is waiting: 4 of 7', 1n, 5n, 1n, '3'],
    ['it is met', 3n, 5n, 0n, '0'],
  ])('heads: %s', (_case, votes, base, waiting, expected) => {
    expect(missing(votes, base, waiting)).toBe(expected);
  });

  it('is exactly held, and one less is not', () => {
    const small = fc.bigInt({ min: 0n, max: 60n });
    const twoThirds: HeadsTest = { base: 'present', cmp: '>=', num: '2', den: '3' };
    fc.assert(
      fc.property(
        fc.constantFrom(majority, twoThirds),
        small,
        small,
        small,
        (test, votes, others, waiting) => {
          const base = votes + others + waiting;
          const least = BigInt(stillMissing(test, testFigures(test, votes, base), { waiting }));
          const passesWith = (more: bigint) =>
            testFigures(test, votes + more, base + (more > waiting ? more - waiting : 0n)).passed;
          expect(passesWith(least)).toBe(true);
          if (least > 0n) expect(passesWith(least - 1n)).toBe(false);
        },
      ),
      { seed: 5, numRuns: 3_000 },
    );
  });
});
