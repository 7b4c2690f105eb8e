/**
 * 企业破产法 art. 64(1): 由出席会议的有表决权的债权人过半数通过,并且其所代表的债权额占无财产担保债权
 * 总额的二分之一以上. Rows are named after the law's vectors (domain.md 2.4 and 2.5).
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  countVote,
  followUpOf,
  type CountedBallot,
  type TallyInput,
  type TallyUnit,
} from '../../server/domain/record/tally.ts';
import { missingHeads, percentTruncated, testFigures } from '../../server/domain/record/test-figures.ts';
import { freezeRule, settingsFor } from '../../server/domain/rules/freeze-rule.ts';
import { resolutionTypes } from '../../server/domain/rules/registry.ts';
import type { Choice } from '../../server/protocol/scalars.ts';
import type { AttendanceBasis } from '../../server/protocol/case-settings.ts';

const ROLL_ROOT = Buffer.alloc(32).toString('base64');
const plan = resolutionTypes.R03;

const ruleWith = (attendanceBasis: AttendanceBasis = 'SIGN_IN_OR_VOTED') =>
  freezeRule(plan, settingsFor(plan, { attendanceBasis }));

interface Voter {
  readonly unsecured: bigint;
  readonly secured?: bigint;
  readonly temporary?: bigint;
  readonly choice?: Choice;
  readonly signIn?: 'self' | 'staff';
}

function unitOf(voter: Voter, index: number): TallyUnit {
  const temporary = voter.temporary ?? 0n;
  return {
    unitId: `unit-${index}`,
    creditorId: `unit-${index}`,
    group: 'ALL',
    amountFen: voter.unsecured + (voter.secured ?? 0n),
    unsecuredFen: voter.unsecured,
    temporaryFen: temporary,
    temporaryUnsecuredFen: temporary,
  };
}

function inputOf(voters: readonly Voter[], basis?: AttendanceBasis): TallyInput {
  const ballots: CountedBallot[] = [];
  const signIns = new Map<string, 'self' | 'staff'>();
  voters.forEach(({ choice, signIn }, index) => {
    if (choice) ballots.push({ unitId: `unit-${index}`, choice, channel: 'online', isSigned: false });
    if (signIn) signIns.set(`unit-${index}`, signIn);
  });
  return {
    resolutionId: 'res-1',
    round: '1',
    rollRoot: ROLL_ROOT,
    rule: ruleWith(basis),
    units: voters.map(unitOf),
    signIns,
    ballots,
    firstSeq: '10',
    lastSeq: '99',
  };
}

/** `heads` units with the same choice that together carry `fen`. */
function bloc(heads: number, fen: bigint, rest: Omit<Voter, 'unsecured'> = {}): Voter[] {
  const each = fen / BigInt(heads);
  return Array.from({ length: heads }, (_, index) => ({
    ...rest,
    unsecured: index === 0 ? fen - each * BigInt(heads - 1) : each,
  }));
}

function verdictOf(voters: readonly Voter[], basis?: AttendanceBasis) {
  const tally = countVote(inputOf(voters, basis));
  const group = tally.results.main.groups[0]!;
  return { outcome: tally.results.main.outcome, heads: group.heads!, amount: group.amount!, group, tally };
}

describe('article 64(1) on a property management plan', () => {
  it('T1: 50 of 100 heads fail although 90 % of the amount agrees', () => {
    const { outcome, heads, amount } = verdictOf([
      ...bloc(50, 90_000n, { choice: 'for' }),
      ...bloc(50, 10_000n, { choice: 'against' }),
    ]);
    expect(outcome).toBe('FAILED');
    expect(heads).toMatchObject({ passed: false, percent: '50.00', shortfall: '1' });
    expect(amount).toMatchObject({ passed: true, percent: '90.00', shortfall: '0' });
  });

  it('T2: 51 of 100 heads with exactly half of the amount pass', () => {
    const { outcome } = verdictOf([
      ...bloc(51, 50_000n, { choice: 'for' }),
      ...bloc(49, 50_000n, { choice: 'against' }),
    ]);
    expect(outcome).toBe('PASSED');
  });

  it('T3: 99 of 100 heads fail by one fen, shown as 49.99 %', () => {
    const { outcome, heads, amount } = verdictOf([
      ...bloc(99, 49_999n, { choice: 'for' }),
      ...bloc(1, 50_001n, { choice: 'against' }),
    ]);
    expect(outcome).toBe('FAILED');
    expect(heads.passed).toBe(true);
    expect(amount).toMatchObject({ passed: false, percent: '49.99', shortfall: '1' });
  });

  it('T8: a secured creditor counts as a head and not as an amount', () => {
    const { outcome, heads, amount } = verdictOf([
      { unsecured: 0n, secured: 100_000_000n, choice: 'for' },
      { unsecured: 6_000n, choice: 'for' },
      { unsecured: 4_000n, choice: 'against' },
    ]);
    expect(outcome).toBe('PASSED');
    expect(heads).toMatchObject({ numerator: '2', denominator: '3' });
    expect(amount).toMatchObject({ numerator: '6000', denominator: '10000' });
  });

  it('T10, E6: four silent creditors that signed in make the heads fail, and the basis is said to decide', () => {
    const voters: Voter[] = [
      ...bloc(4, 8_000n, { choice: 'for', signIn: 'self' }),
      ...bloc(1, 500n, { choice: 'against', signIn: 'self' }),
      ...bloc(1, 500n, { choice: 'abstain', signIn: 'self' }),
      ...bloc(4, 1_000n, { signIn: 'self' }),
    ];
    const frozen = verdictOf(voters);
    expect(frozen.outcome).toBe('FAILED');
    expect(frozen.heads).toMatchObject({ numerator: '4', denominator: '10', shortfall: '2' });
    expect(frozen.tally.results.votedOnly?.outcome).toBe('PASSED');
    expect(frozen.tally.warnings).toEqual(['ATTENDANCE_BASIS_DECIDES']);
    const voted = verdictOf(voters, 'VOTED');
    expect(voted.outcome).toBe('PASSED');
    expect(voted.heads.denominator).toBe('6');
  });

  it('E7: abstaining and silent units stay in both bases, in lines of their own', () => {
    const { group, amount } = verdictOf([
      { unsecured: 100n, choice: 'for' },
      { unsecured: 200n, choice: 'abstain' },
      { unsecured: 300n, signIn: 'self' },
      { unsecured: 400n },
    ]);
    expect(group).toMatchObject({
      presentHeads: '3',
      abstain: { heads: '1', fen: '200' },
      silent: { heads: '1', fen: '300' },
      absent: { heads: '1', fen: '400' },
    });
    expect(amount.denominator).toBe('1000');
  });

  it.each([
    ['E30: exactly half of the heads, 50 of 100, fails', 50, 50, 'FAILED'],
    ['E30: 51 of 101 passes', 51, 50, 'PASSED'],
  ])('%s', (_, inFavour, against, outcome) => {
    const voters = [
      ...bloc(inFavour, 9_000n, { choice: 'for' }),
      ...bloc(against, 1_000n, { choice: 'against' }),
    ];
    expect(verdictOf(voters).outcome).toBe(outcome);
  });

  it('E2: with temporary amounts the result is shown without them too', () => {
    const { outcome, tally } = verdictOf([
      { unsecured: 600n, temporary: 600n, choice: 'for' },
      { unsecured: 300n, choice: 'for' },
      { unsecured: 400n, choice: 'against' },
    ]);
    expect(outcome).toBe('PASSED');
    const without = tally.results.withoutTemporary!;
    expect(without.outcome).toBe('FAILED');
    expect(without.groups[0]).toMatchObject({ units: '2', heads: { numerator: '1', denominator: '2' } });
    expect(tally.warnings).toContain('TEMPORARY_DECIDES');
  });

  it('presence entered by staff is shown apart, with the result without it', () => {
    const { tally, group } = verdictOf([
      ...bloc(2, 800n, { choice: 'for', signIn: 'self' }),
      ...bloc(1, 100n, { choice: 'against', signIn: 'staff' }),
      ...bloc(1, 100n, { signIn: 'staff' }),
    ]);
    expect(group).toMatchObject({ presentHeads: '4', staffEnteredHeads: '1' });
    expect(tally.results.main.outcome).toBe('FAILED');
    expect(tally.results.withoutStaffPresence?.outcome).toBe('PASSED');
    expect(tally.warnings).toContain('STAFF_PRESENCE_DECIDES');
  });

  it('where only a sign-in makes present, a ballot without one is not counted and is warned of', () => {
    const { group, tally } = verdictOf(
      [
        { unsecured: 100n, choice: 'for' },
        { unsecured: 100n, choice: 'for', signIn: 'self' },
      ],
      'SIGN_IN',
    );
    expect(group.for).toEqual({ heads: '1', fen: '100' });
    expect(tally.warnings).toContain('BALLOT_WITHOUT_SIGN_IN');
  });

  it('asks the court when there is no unsecured claim to measure against', () => {
    const { outcome, tally } = verdictOf([{ unsecured: 0n, secured: 100n, choice: 'for' }]);
    expect(outcome).toBe('NOT_APPLICABLE');
    expect(followUpOf(tally.rule, outcome)).toEqual(['ASK_COURT']);
  });

  it('a plan that fails goes to the court by article 65(1)', () => {
    expect(followUpOf(ruleWith(), 'FAILED')).toEqual(['COURT_RULING']);
    expect(followUpOf(ruleWith(), 'PASSED')).toEqual([]);
  });

  it('refuses two ballots for one unit, and one for a unit that is not on the roll', () => {
    const input = inputOf([{ unsecured: 1n, choice: 'for' }]);
    const [ballot] = input.ballots;
    expect(() => countVote({ ...input, ballots: [ballot!, ballot!] })).toThrow(RangeError);
    expect(() => countVote({ ...input, ballots: [{ ...ballot!, unitId: 'stranger' }] })).toThrow(RangeError);
  });

  it('counts the channels apart', () => {
    const input = inputOf([
      { unsecured: 1n, choice: 'for' },
      { unsecured: 1n, choice: 'for' },
    ]);
    const ballots = input.ballots.map((ballot, index) =>
      index === 0 ? { ...ballot, channel: 'paper' as const, isSigned: true } : ballot,
    );
    const tally = countVote({ ...input, ballots });
    expect(tally.ballotsByChannel).toEqual([
      { channel: 'online', heads: '1' },
      { channel: 'paper', heads: '1' },
    ]);
    expect(tally.unsignedBallots).toBe('1');
  });
});

describe('one test with its figures', () => {
  const half = { base: 'present', cmp: '>', num: '1', den: '2' } as const;
  const twoThirds = { base: 'groupTotal', cmp: '>=', num: '2', den: '3' } as const;

  it.each([
    ['T4: exactly two thirds passes', 60_000n, 90_000n, true, '0'],
    ['T5: one fen below two thirds fails', 66_666n, 100_000n, false, '1'],
    ['T7: 200.00 of 300.01 fails', 20_000n, 30_001n, false, '1'],
  ])('%s', (_, votes, base, passed, shortfall) => {
    expect(testFigures(twoThirds, votes, base)).toMatchObject({ passed, shortfall });
  });

  it.each([
    [499_999n, 1_000_000n, '49.99'],
    [3_245n, 3_321n, '97.71'],
    [1n, 3n, '33.33'],
    [5n, 5n, '100.00'],
    [0n, 0n, '0.00'],
    [1n, 100_000n, '0.00'],
  ])('cuts %s of %s off at %s %%', (numerator, denominator, shown) => {
    expect(percentTruncated(numerator, denominator)).toBe(shown);
  });

  it('while nobody is present the tally says that nothing is missing, and a reader is told of one head', () => {
    const figures = testFigures(half, 0n, 0n);
    expect(figures).toMatchObject({ passed: false, denominator: '0', shortfall: '0' });
    expect(missingHeads(figures)).toBe('1');
    expect(missingHeads(testFigures(half, 2n, 4n))).toBe('1');
    expect(missingHeads(testFigures(half, 3n, 4n))).toBe('0');
  });

  it('the shortfall is the least that makes the test pass', () => {
    const amounts = fc.bigInt({ min: 0n, max: 10n ** 17n });
    fc.assert(
      fc.property(amounts, amounts, fc.constantFrom(half, twoThirds), (votes, base, test) => {
        fc.pre(base > 0n && votes <= base);
        const figures = testFigures(test, votes, base);
        const missing = BigInt(figures.shortfall);
        const meets = (count: bigint) => {
          const [left, right] = [count * BigInt(test.den), base * BigInt(test.num)];
          return test.cmp === '>' ? left > right : left >= right;
        };
        expect(figures.passed).toBe(meets(votes));
        expect(meets(votes + missing)).toBe(true);
        if (missing > 0n) expect(meets(votes + missing - 1n)).toBe(false);
      }),
    );
  });
});

describe('any vote', () => {
  const voter: fc.Arbitrary<Voter> = fc.record({
    unsecured: fc.bigInt({ min: 0n, max: 10n ** 15n }),
    choice: fc.constantFrom<Choice>('for', 'against', 'abstain'),
    signIn: fc.constantFrom<'self' | 'staff'>('self', 'staff'),
  });

  it('accounts for every head and every fen of the roll exactly once', () => {
    fc.assert(
      fc.property(fc.array(voter, { maxLength: 40 }), (voters) => {
        const { group } = verdictOf(voters);
        const parts = [group.for, group.against, group.abstain, group.silent, group.absent];
        const sum = (pick: (part: { heads: string; fen: string }) => string) =>
          parts.reduce((total, part) => total + BigInt(pick(part)), 0n);
        expect(sum((part) => part.heads)).toBe(BigInt(voters.length));
        expect(sum((part) => part.fen)).toBe(voters.reduce((total, { unsecured }) => total + unsecured, 0n));
      }),
    );
  });

  it('does not depend on the order in which ballots arrived', () => {
    fc.assert(
      fc.property(fc.array(voter, { minLength: 1, maxLength: 30 }), (voters) => {
        const input = inputOf(voters);
        expect(countVote({ ...input, ballots: [...input.ballots].reverse() })).toEqual(countVote(input));
      }),
    );
  });

  it('one more vote in favour never turns a passed resolution into a failed one', () => {
    fc.assert(
      fc.property(fc.array(voter, { minLength: 1, maxLength: 20 }), fc.nat(), (voters, pick) => {
        const at = pick % voters.length;
        const better = voters.map((one, index) => (index === at ? { ...one, choice: 'for' as const } : one));
        if (
          verdictOf(voters.map((one) => ({ ...one, choice: one.choice ?? 'against' }))).outcome === 'PASSED'
        ) {
          expect(verdictOf(better.map((one) => ({ ...one, choice: one.choice ?? 'against' }))).outcome).toBe(
            'PASSED',
          );
        }
      }),
    );
  });
});
