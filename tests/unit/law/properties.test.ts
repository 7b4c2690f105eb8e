/**
 * What holds for every vote of every type (企业破产法 arts. 62, 64, 84, 85, 97, 105; 司法解释三 art. 14), against
 * a second, naive count that compares fractions by their reduced terms.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countVoteSlices } from '../../../server/domain/record/tally.ts';
import { buildRollSlices, type RollClaim } from '../../../server/domain/roll.ts';
import { settingsFor } from '../../../server/domain/rules/freeze-rule.ts';
import { resolutionTypes } from '../../../server/domain/rules/registry.ts';
import { RESOLUTION_TYPE_IDS, type ResolutionTypeId } from '../../../server/protocol/resolution-types.ts';
import type { Choice } from '../../../server/protocol/scalars.ts';
import { hold, type Held, type Vote } from '../../support/votes.ts';

const NATURES = [
  'SECURED',
  'EMPLOYEE',
  'TAX',
  'SOCIAL_INSURANCE_POOL',
  'ORDINARY',
  'SUBORDINATED',
  'INVESTOR',
] as const;
const money = fc.bigInt({ min: 0n, max: 10n ** 14n });
const anyClaim: fc.Arbitrary<RollClaim> = fc.record({
  creditorId: fc.constantFrom('aa', 'bb', 'cc', 'dd', 'ee', 'ff'),
  nature: fc.constantFrom(...NATURES),
  confirmedFen: fc.option(money),
  temporaryFen: fc.option(money),
  securedFen: fc.option(money),
  priorityWaived: fc.boolean(),
});

type Standing = Choice | 'silent' | 'absent';
const standing = fc.constantFrom<Standing>('for', 'against', 'abstain', 'silent', 'absent');

interface Drawn {
  readonly type: ResolutionTypeId;
  readonly claims: readonly RollClaim[];
  readonly standings: readonly Standing[];
  readonly attendanceBasis: 'SIGN_IN' | 'VOTED' | 'SIGN_IN_OR_VOTED';
}
const drawn: fc.Arbitrary<Drawn> = fc.record({
  type: fc.constantFrom(...RESOLUTION_TYPE_IDS.filter((id) => id !== 'R01')),
  claims: fc.array(anyClaim, { minLength: 1, maxLength: 14 }),
  standings: fc.array(standing, { minLength: 24, maxLength: 24 }),
  attendanceBasis: fc.constantFrom('SIGN_IN', 'VOTED', 'SIGN_IN_OR_VOTED'),
});

/** The vote with a standing for every unit of its roll, in the order of the roll. */
function voteOf({ type, claims, standings, attendanceBasis }: Drawn): Vote {
  const decisions = { members: ['aa', 'bb', 'cc', 'dd', 'ee'] };
  const settings = { attendanceBasis };
  const { roll } = hold({ type, claims, decisions, settings });
  const ballots: Record<string, Choice> = {};
  const signedIn = new Set<string>();
  roll.units.forEach((unit, index) => {
    const stands = standings[index % standings.length] ?? 'absent';
    if (stands === 'silent' || (index % 3 === 0 && stands !== 'absent')) signedIn.add(unit.creditorId);
    if (stands !== 'silent' && stands !== 'absent') ballots[unit.unitId] = stands;
  });
  return { type, claims, decisions, settings, ballots, signedIn: [...signedIn] };
}

/** `a/b cmp c/d` by reduced fractions and a common denominator, another way than the product's. */
function naive(numerator: bigint, base: bigint, test: { cmp: string; num: string; den: string }): boolean {
  if (base === 0n) return false;
  const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));
  const divisor = gcd(numerator, base);
  const [top, bottom] = [numerator / divisor, base / divisor];
  const common = (bottom * BigInt(test.den)) / gcd(bottom, BigInt(test.den));
  const left = top * (common / bottom);
  const right = BigInt(test.num) * (common / BigInt(test.den));
  return test.cmp === '>' ? left > right : left >= right;
}

function expectNaiveAgrees(held: Held, vote: Vote): void {
  const signedIn = new Set(vote.signedIn);
  held.rule.groups.forEach((rule, index) => {
    const units = held.roll.units.filter(({ group }) => group === rule.group);
    const needsSignIn = held.rule.attendanceBasis === 'SIGN_IN' && rule.heads?.base === 'present';
    const voted = units.filter(
      ({ unitId, creditorId }) =>
        vote.ballots?.[unitId] !== undefined && (!needsSignIn || signedIn.has(creditorId)),
    );
    const isPresent = (creditorId: string) =>
      held.rule.attendanceBasis !== 'VOTED' && signedIn.has(creditorId);
    const present = units.filter((unit) => voted.includes(unit) || isPresent(unit.creditorId));
    const inFavour = voted.filter(({ unitId }) => vote.ballots?.[unitId] === 'for');
    const fen = (list: typeof units) =>
      list.reduce(
        (sum, unit) => sum + (rule.amount?.base === 'unsecuredTotal' ? unit.unsecuredFen : unit.amountFen),
        0n,
      );
    const headsBase = rule.heads?.base === 'allUnits' ? units.length : present.length;
    const amountBase = rule.amount?.base === 'participating' ? fen(voted) : fen(units);
    const counted = held.tally.results.main.groups[index];
    expect(counted?.heads?.passed).toBe(
      rule.heads ? naive(BigInt(inFavour.length), BigInt(headsBase), rule.heads) : undefined,
    );
    expect(counted?.amount?.passed).toBe(
      rule.amount ? naive(fen(inFavour), amountBase, rule.amount) : undefined,
    );
  });
}

function last<T>(slices: Generator<void, T>): { value: T; steps: number } {
  for (let steps = 0; ; steps++) {
    const step = slices.next();
    if (step.done === true) return { value: step.value, steps };
  }
}

describe('every vote of every type', () => {
  it('is counted as a naive count with fractions counts it', () => {
    fc.assert(
      fc.property(drawn, (one) => {
        const vote = voteOf(one);
        expectNaiveAgrees(hold(vote), vote);
      }),
      { numRuns: 400 },
    );
  });

  it('does not depend on the order of claims and ballots', () => {
    fc.assert(
      fc.property(drawn, (one) => {
        const vote = voteOf(one);
        const reversed = Object.fromEntries(Object.entries(vote.ballots ?? {}).reverse());
        const other = hold({ ...vote, claims: [...vote.claims].reverse(), ballots: reversed });
        expect(other).toEqual(hold(vote));
      }),
    );
  });

  it('never fails by one more vote in favour in place of one against', () => {
    fc.assert(
      fc.property(drawn, fc.nat(), (one, pick) => {
        const vote = voteOf(one);
        const against = Object.entries(vote.ballots ?? {}).filter(([, choice]) => choice !== 'for');
        fc.pre(against.length > 0);
        const [unitId] = against[pick % against.length] ?? [''];
        const before = hold(vote).tally.results.main.outcome;
        const after = hold({ ...vote, ballots: { ...vote.ballots, [unitId]: 'for' } }).tally.results.main
          .outcome;
        if (before === 'PASSED') expect(after).toBe('PASSED');
      }),
    );
  });

  it('shows percentages that are cut off and never reach what the test failed', () => {
    fc.assert(
      fc.property(drawn, (one) => {
        for (const { heads, amount } of hold(voteOf(one)).tally.results.main.groups) {
          for (const test of [heads, amount]) {
            if (test === null || test.denominator === '0') continue;
            const [whole = '', part = ''] = test.percent.split('.');
            const hundredths = BigInt(whole) * 100n + BigInt(part);
            const exact = BigInt(test.numerator) * 10_000n;
            expect(hundredths * BigInt(test.denominator) <= exact).toBe(true);
            expect((hundredths + 1n) * BigInt(test.denominator) > exact).toBe(true);
          }
        }
      }),
    );
  });

  it('has the shortfall that would just have passed each test', () => {
    fc.assert(
      fc.property(drawn, (one) => {
        const held = hold(voteOf(one));
        held.tally.results.main.groups.forEach(({ heads, amount }, index) => {
          const rule = held.rule.groups[index];
          for (const [test, asked] of [
            [heads, rule?.heads],
            [amount, rule?.amount],
          ] as const) {
            if (!test || !asked || test.denominator === '0' || test.passed) continue;
            const reached = BigInt(test.numerator) + BigInt(test.shortfall);
            expect(naive(reached, BigInt(test.denominator), asked)).toBe(true);
            expect(naive(reached - 1n, BigInt(test.denominator), asked)).toBe(false);
          }
        });
      }),
    );
  });
});

describe('a roll and a count in slices', () => {
  const many = Array.from({ length: 5_000 }, (_, index) => ({
    creditorId: `creditor-${(index * 7_919) % 5_000}`,
    nature: 'ORDINARY' as const,
    confirmedFen: BigInt(index + 1),
    temporaryFen: null,
    securedFen: 0n,
    priorityWaived: false,
  }));

  it('pause every thousand units and give what the one-go forms give', () => {
    const type = resolutionTypes.R03;
    const roll = last(buildRollSlices({ claims: many, rule: type.rule, settings: settingsFor(type) }));
    expect(roll.steps).toBeGreaterThan(10);
    const whole = hold({ type: 'R03', claims: many, ballots: { 'creditor-1': 'for' } });
    expect(roll.value).toEqual(whole.roll);
    const ids = roll.value.units.map(({ unitId }) => unitId);
    expect(ids).toEqual([...ids].sort());
    const count = last(
      countVoteSlices({
        ...whole.tally,
        units: roll.value.units,
        signIns: new Map(),
        ballots: [{ unitId: 'creditor-1', choice: 'for', channel: 'online', isSigned: false }],
      }),
    );
    expect(count.steps).toBeGreaterThan(3);
    expect(count.value).toEqual(whole.tally);
  });
});
