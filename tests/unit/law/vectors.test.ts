/**
 * The worked examples of domain.md 2.5: 企业破产法 arts. 64(1), 65(2), 84(2), 97. T1-T3, T8, T10 run on a
 * property management plan in `tests/unit/tally.test.ts` too; here every vector runs through roll, rule and
 * count of its own type.
 */
import { describe, expect, it } from '@jest/globals';
import type { RollClaim } from '../../../server/domain/roll.ts';
import type { Choice } from '../../../server/protocol/scalars.ts';
import { claim, groupOf, hold, yuan } from '../../support/votes.ts';

type Ballots = Record<string, Choice>;

/** `heads` creditors with one choice who carry `fen` together. */
function bloc(name: string, { heads, fen, choice }: { heads: number; fen: bigint; choice?: Choice }) {
  const each = fen / BigInt(heads);
  const claims: RollClaim[] = [];
  const ballots: Ballots = {};
  for (let index = 0; index < heads; index++) {
    const id = `${name}-${index}`;
    claims.push(claim(id, { confirmedFen: index === 0 ? fen - each * BigInt(heads - 1) : each }));
    if (choice) ballots[id] = choice;
  }
  return { claims, ballots };
}

function join(...blocs: readonly ReturnType<typeof bloc>[]) {
  return {
    claims: blocs.flatMap(({ claims }) => claims),
    ballots: Object.assign({}, ...blocs.map(({ ballots }) => ballots)) as Ballots,
  };
}

const inGroup = (ballots: Ballots, group: string) =>
  Object.fromEntries(Object.entries(ballots).map(([unit, choice]) => [`${unit}_${group}`, choice]));

describe('the general rule, art. 64(1)', () => {
  it.each([
    ['T1: 50 of 100 heads fail with 90 % of the amount', 50, 900, 'FAILED'],
    ['T2: 51 of 100 heads with exactly half of the amount pass', 51, 500, 'PASSED'],
    ['T3: 99 of 100 heads fail by one fen', 99, 499.99, 'FAILED'],
  ] as const)('%s', (_, heads, amount, outcome) => {
    const { claims, ballots } = join(
      bloc('for', { heads, fen: yuan(amount), choice: 'for' }),
      bloc('against', { heads: 100 - heads, fen: yuan(1000) - yuan(amount), choice: 'against' }),
    );
    for (const type of ['R02', 'R03', 'R04', 'R08', 'R09', 'R10', 'R11'] as const) {
      expect(hold({ type, claims, ballots }).tally.results.main.outcome).toBe(outcome);
    }
  });

  it('T10: 4 for, 1 against, 1 abstaining, 4 silent of 10 signed in: the basis of presence decides', () => {
    const { claims, ballots } = join(
      bloc('for', { heads: 4, fen: yuan(80), choice: 'for' }),
      bloc('against', { heads: 1, fen: yuan(5), choice: 'against' }),
      bloc('abstain', { heads: 1, fen: yuan(5), choice: 'abstain' }),
      bloc('silent', { heads: 4, fen: yuan(10) }),
    );
    const signedIn = claims.map(({ creditorId }) => creditorId);
    const frozen = hold({ type: 'R03', claims, ballots, signedIn });
    expect(frozen.tally.results.main.outcome).toBe('FAILED');
    expect(groupOf(frozen).heads).toMatchObject({ numerator: '4', denominator: '10' });
    const voted = hold({ type: 'R03', claims, ballots, signedIn, settings: { attendanceBasis: 'VOTED' } });
    expect(voted.tally.results.main.outcome).toBe('PASSED');
    expect(groupOf(voted).heads).toMatchObject({ numerator: '4', denominator: '6' });
  });

  it('T12: 金科 item 1, 3 245 of 3 321 heads are 97.71 %, cut off', () => {
    const { claims, ballots } = join(
      bloc('for', { heads: 3_245, fen: yuan(300_0000), choice: 'for' }),
      bloc('against', { heads: 76, fen: yuan(225_9900), choice: 'against' }),
    );
    const held = hold({ type: 'R11', claims, ballots });
    expect(groupOf(held).heads).toMatchObject({ percent: '97.71', passed: true });
  });
});

describe('secured creditors, arts. 59(3) and 64(1)', () => {
  const claims = [
    claim('secured', { nature: 'SECURED', confirmedFen: yuan(1_000_000), securedFen: yuan(1_000_000) }),
    claim('creditor-a', { confirmedFen: yuan(60) }),
    claim('creditor-b', { confirmedFen: yuan(40) }),
  ];

  it('T8: under the general rule one counts as a head and not as an amount', () => {
    const held = hold({
      type: 'R03',
      claims,
      ballots: { secured: 'for', 'creditor-a': 'for', 'creditor-b': 'against' },
    });
    expect(held.tally.results.main.outcome).toBe('PASSED');
    expect(groupOf(held)).toMatchObject({
      heads: { numerator: '2', denominator: '3' },
      amount: { numerator: '6000', denominator: '10000' },
    });
  });

  it('T9: on a distribution the same people fail by one head of two', () => {
    const held = hold({
      type: 'R05',
      claims,
      ballots: { 'creditor-a': 'for', 'creditor-b': 'against' },
      signedIn: ['secured', 'creditor-a', 'creditor-b'],
    });
    expect(held.tally.results.main.outcome).toBe('FAILED');
    expect(groupOf(held).heads).toMatchObject({ numerator: '1', denominator: '2', shortfall: '1' });
    expect(held.roll.excluded).toMatchObject([{ creditorId: 'secured', reason: 'SECURED_NOT_WAIVED' }]);
  });
});

describe('settlement, art. 97', () => {
  it.each([
    ['T6: 200.00 of 300.00 is two thirds', 300, 'PASSED'],
    ['T7: 200.00 of 300.01 is not', 300.01, 'FAILED'],
  ] as const)('%s', (_, total, outcome) => {
    const { claims, ballots } = join(
      bloc('for', { heads: 3, fen: yuan(200), choice: 'for' }),
      bloc('against', { heads: 2, fen: yuan(total) - yuan(200), choice: 'against' }),
    );
    expect(hold({ type: 'R07', claims, ballots }).tally.results.main.outcome).toBe(outcome);
  });
});

describe('a group of a reorganisation plan, art. 84(2)', () => {
  it.each([
    ['T4: 600.00 of 900.00 is two thirds', 900, 600, 'PASSED'],
    ['T5: 666.66 of 1 000.00 is not', 1000, 666.66, 'FAILED'],
  ] as const)('%s', (_, total, inFavour, outcome) => {
    const { claims, ballots } = join(
      bloc('for', { heads: 2, fen: yuan(inFavour), choice: 'for' }),
      bloc('against', { heads: 1, fen: yuan(total) - yuan(inFavour), choice: 'against' }),
    );
    const held = hold({ type: 'R06', claims, ballots: inGroup(ballots, 'ORDINARY') });
    expect(groupOf(held, 'ORDINARY').outcome).toBe(outcome);
    expect(held.tally.results.main.outcome).toBe(outcome);
  });

  it('T11: 紫光, all 1 069 of the ordinary group that voted agree', () => {
    const { claims, ballots } = bloc('for', { heads: 1_069, fen: 12_409_400_000_000n, choice: 'for' });
    const held = hold({ type: 'R06', claims, ballots: inGroup(ballots, 'ORDINARY') });
    expect(groupOf(held, 'ORDINARY')).toMatchObject({
      outcome: 'PASSED',
      presentHeads: '1069',
      heads: { percent: '100.00' },
    });
  });

  it('T13: 珠海鑫光, 12 of 17 with 84.54 % of 294 426 719.35', () => {
    const { claims, ballots } = join(
      bloc('for', { heads: 12, fen: 24_891_452_964n, choice: 'for' }),
      bloc('against', { heads: 5, fen: 29_442_671_935n - 24_891_452_964n, choice: 'against' }),
    );
    const held = hold({ type: 'R06', claims, ballots: inGroup(ballots, 'ORDINARY') });
    expect(groupOf(held, 'ORDINARY')).toMatchObject({ outcome: 'PASSED', amount: { percent: '84.54' } });
  });

  it('T14: 四川方向光电, 1 of 4 secured creditors with 7 % fails both tests', () => {
    const secured = (id: string, fen: bigint) =>
      claim(id, { nature: 'SECURED', confirmedFen: fen, securedFen: fen });
    const held = hold({
      type: 'R06',
      claims: [secured('s1', 700n), secured('s2', 3_100n), secured('s3', 3_100n), secured('s4', 3_100n)],
      ballots: { s1_SECURED: 'for', s2_SECURED: 'against', s3_SECURED: 'against', s4_SECURED: 'against' },
    });
    expect(groupOf(held, 'SECURED')).toMatchObject({
      outcome: 'FAILED',
      heads: { passed: false, percent: '25.00' },
      amount: { passed: false, percent: '7.00' },
    });
  });
});
