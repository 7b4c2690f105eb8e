/**
 * The edge cases of domain.md 2.4 about who stands on the roll, each with its number: 企业破产法 arts. 50, 51, 58,
 * 59, 83, 110. The others are in `edge-cases.test.ts`, which names the tests of the conduct of a meeting too.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EMPLOYEES_UNIT_ID } from '../../../server/domain/roll/creditor-units.ts';
import { claim, groupOf, hold } from '../../support/votes.ts';

describe('who has a vote', () => {
  it('E1: an undetermined claim without a temporary amount is in neither denominator', () => {
    const held = hold({
      type: 'R03',
      claims: [claim('a'), claim('b', { confirmedFen: null })],
      ballots: { a: 'for' },
      signedIn: ['a', 'b'],
    });
    expect(held.roll.excluded).toMatchObject([{ creditorId: 'b', reason: 'NOT_DETERMINED' }]);
    expect(groupOf(held)).toMatchObject({ heads: { denominator: '1' }, amount: { denominator: '100' } });
  });

  it('E2: a temporary amount counts in full, and the result is shown without it', () => {
    const held = hold({
      type: 'R05',
      claims: [claim('a', { confirmedFen: null, temporaryFen: 900n }), claim('b')],
      ballots: { a: 'for', b: 'against' },
    });
    expect(groupOf(held)).toMatchObject({ heads: { denominator: '2' }, amount: { percent: '90.00' } });
    expect(held.tally.results.withoutTemporary?.groups[0]).toMatchObject({ units: '1', for: { heads: '0' } });
  });

  it('E3: ten creditors with one proxy are ten heads, and may vote differently', () => {
    const ids = Array.from({ length: 10 }, (_, index) => `principal-${index}`);
    const ballots = Object.fromEntries(ids.map((id, index) => [id, index < 6 ? 'for' : 'against'] as const));
    const held = hold({ type: 'R03', claims: ids.map((id) => claim(id)), ballots });
    expect(groupOf(held).heads).toMatchObject({ numerator: '6', denominator: '10', passed: true });
  });

  it('E4: several claims in one group are one head with their sum', () => {
    const claims = [claim('a', { confirmedFen: 70n }), claim('a', { confirmedFen: 30n })];
    expect(hold({ type: 'R06', claims }).roll.units).toMatchObject([
      { unitId: 'a_ORDINARY', amountFen: 100n },
    ]);
  });

  it('E5: a creditor in two groups has a head and a ballot in each, outside a plan one', () => {
    const claims = [claim('bank', { nature: 'SECURED', confirmedFen: 100n, securedFen: 60n })];
    const plan = hold({ type: 'R06', claims, ballots: { bank_SECURED: 'for', bank_ORDINARY: 'against' } });
    expect(groupOf(plan, 'SECURED').for).toEqual({ heads: '1', fen: '60' });
    expect(groupOf(plan, 'ORDINARY').against).toEqual({ heads: '1', fen: '40' });
    expect(hold({ type: 'R03', claims }).roll.units).toHaveLength(1);
  });

  it('E13: affiliates vote, and the result is shown without them', () => {
    const held = hold({
      type: 'R03',
      claims: [claim('sister', { confirmedFen: 800n }), claim('a'), claim('b')],
      decisions: { affiliates: new Set(['sister']) },
      ballots: { sister: 'for', a: 'for', b: 'against' },
    });
    expect(held.tally.results.main.outcome).toBe('PASSED');
    expect(held.tally.results.withoutAffiliates).toMatchObject({
      outcome: 'FAILED',
      groups: [{ units: '2', heads: { numerator: '1', denominator: '2' } }],
    });
    expect(held.tally.warnings).toContain('AFFILIATES_DECIDE');
  });

  it('E13: without affiliates on the roll nothing is said of them', () => {
    const { tally } = hold({ type: 'R03', claims: [claim('a')], ballots: { a: 'for' } });
    expect(tally.results).not.toHaveProperty('withoutAffiliates');
    expect(tally.results).not.toHaveProperty('withoutDeemed');
  });

  it('E13: the court may exclude a creditor, who then stands on the roll with that reason', () => {
    const exclusions = new Map([['sister', 'EXCLUDED_BY_COURT' as const]]);
    const { roll } = hold({ type: 'R03', claims: [claim('sister'), claim('a')], decisions: { exclusions } });
    expect(roll.units).toMatchObject([{ unitId: 'a' }]);
    expect(roll.excludedTotals).toEqual([{ reason: 'EXCLUDED_BY_COURT', creditors: '1' }]);
  });

  it.each([
    ['E14: employees state opinions by default', 'NONE', []],
    ['E14: or vote one by one', 'INDIVIDUAL', ['w1', 'w2']],
    ['E14: or have one vote together, cast by their representative', 'COLLECTIVE_ONE', [EMPLOYEES_UNIT_ID]],
  ] as const)('%s', (_, employeeMode, unitIds) => {
    const claims = [claim('w1', { nature: 'EMPLOYEE' }), claim('w2', { nature: 'EMPLOYEE' })];
    const { roll, rule } = hold({
      type: 'R03',
      claims,
      settings: { employeeMode },
      decisions: { employeeRepresentativeId: 'w1' },
    });
    expect(roll.units.map(({ unitId }) => unitId)).toEqual(unitIds);
    expect(rule.warnings).toEqual(employeeMode === 'NONE' ? [] : ['EMPLOYEES_VOTE']);
    const [together] = roll.units;
    if (together?.unitId === EMPLOYEES_UNIT_ID) {
      expect(together).toMatchObject({ creditorId: 'w1', amountFen: 200n });
      expect(roll.excludedTotals).toEqual([{ reason: 'EMPLOYEES_VOTE_AS_ONE', creditors: '2' }]);
    }
  });

  it('E14: on a plan the employees are a group of their own, one head each', () => {
    const claims = [claim('w1', { nature: 'EMPLOYEE' }), claim('w2', { nature: 'EMPLOYEE' })];
    const { roll } = hold({ type: 'R06', claims, settings: { employeeMode: 'COLLECTIVE_ONE' } });
    expect(roll.totals).toMatchObject([{ group: 'EMPLOYEE', heads: '2' }]);
  });

  it('E17: pooled social insurance does not vote on a plan; the tax office is one head', () => {
    const claims = [
      claim('pool', { nature: 'SOCIAL_INSURANCE_POOL' }),
      claim('bureau', { nature: 'TAX', confirmedFen: 60n }),
      claim('bureau', { nature: 'TAX', confirmedFen: 40n }),
    ];
    const plan = hold({ type: 'R06', claims }).roll;
    expect(plan.units).toMatchObject([{ unitId: 'bureau_TAX', amountFen: 100n }]);
    expect(plan.excluded).toMatchObject([{ creditorId: 'pool', reason: 'SOCIAL_POOL' }]);
    expect(hold({ type: 'R03', claims }).roll.units).toHaveLength(2);
  });

  it('E18: joint creditors are one head, and each is told who votes', () => {
    const joinedTo = new Map([['husband', 'wife']]);
    const { roll } = hold({
      type: 'R03',
      claims: [claim('wife'), claim('husband')],
      decisions: { joinedTo },
    });
    expect(roll.units).toMatchObject([{ unitId: 'wife', amountFen: 200n }]);
    expect(roll.excluded).toMatchObject([{ creditorId: 'husband', reason: 'JOINED_TO_OTHER_HEAD' }]);
  });

  it.each([
    ['a creditor counted with another', 'husband', 'wife', 100n],
    ['the head itself, for whom the next stands', 'wife', 'husband', 100n],
  ])('E13 with E18: excluded is %s', (_who, excluded, head, amountFen) => {
    const { roll } = hold({
      type: 'R03',
      claims: [claim('wife'), claim('husband')],
      decisions: {
        joinedTo: new Map([['husband', 'wife']]),
        exclusions: new Map([[excluded, 'EXCLUDED_BY_COURT' as const]]),
      },
    });
    expect(roll.units).toMatchObject([{ unitId: head, creditorId: head, amountFen }]);
    expect(roll.excluded).toMatchObject([{ creditorId: excluded, reason: 'EXCLUDED_BY_COURT' }]);
  });

  it('E13 with E18: of several that lose their head the first by id stands for all', () => {
    const joinedTo = new Map(['c', 'a', 'b', 'head'].map((id) => [id, 'head']));
    const exclusions = new Map(['head', 'a'].map((id) => [id, 'EXCLUDED_BY_COURT' as const]));
    const { roll } = hold({
      type: 'R03',
      claims: ['head', 'a', 'b', 'c'].map((id) => claim(id)),
      decisions: { joinedTo, exclusions },
    });
    expect(roll.units).toMatchObject([{ unitId: 'b', amountFen: 200n }]);
    expect(roll.excluded.map(({ creditorId, reason }) => [creditorId, reason])).toEqual([
      ['a', 'EXCLUDED_BY_COURT'],
      ['c', 'JOINED_TO_OTHER_HEAD'],
      ['head', 'EXCLUDED_BY_COURT'],
    ]);
  });

  it('E13 with E18: a head is an affiliate’s when one of those counted with it is an affiliate', () => {
    const { roll } = hold({
      type: 'R03',
      claims: [claim('wife'), claim('husband'), claim('other')],
      decisions: { joinedTo: new Map([['husband', 'wife']]), affiliates: new Set(['husband']) },
    });
    expect(roll.units.map(({ unitId, isAffiliate }) => [unitId, isAffiliate])).toEqual([
      ['other', undefined],
      ['wife', true],
    ]);
  });

  it.each([
    ['who casts it is one', 'w1', true],
    ['one of them is one', 'w2', undefined],
  ])('E13 with E14: the employees’ one vote is an affiliate’s where %s', (_where, affiliate, expected) => {
    const { roll } = hold({
      type: 'R03',
      claims: ['w1', 'w2', 'w3'].map((id) => claim(id, { nature: 'EMPLOYEE' })),
      settings: { employeeMode: 'COLLECTIVE_ONE' },
      decisions: { employeeRepresentativeId: 'w1', affiliates: new Set([affiliate]) },
    });
    expect(roll.units.map(({ unitId, isAffiliate }) => [unitId, isAffiliate])).toEqual([
      [EMPLOYEES_UNIT_ID, expected],
    ]);
  });

  it('E24: the roll adds up to the claims that vote, to the last fen, however large', () => {
    const fen = fc.bigInt({ min: 1n, max: 10n ** 17n });
    const row = fc.record({ creditor: fc.nat({ max: 5 }), fen, secured: fen, temporary: fc.option(fen) });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
        const claims = rows.map(({ creditor, fen: confirmedFen, secured, temporary: temporaryFen }) =>
          claim(`c${creditor}`, { confirmedFen, temporaryFen, securedFen: secured }),
        );
        const worth = rows.map((each) => each.fen + (each.temporary ?? 0n));
        const secured = rows.map((each, index) =>
          each.secured < (worth[index] ?? 0n) ? each.secured : (worth[index] ?? 0n),
        );
        const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
        expect(hold({ type: 'R03', claims }).roll.totals[0]).toMatchObject({
          heads: String(new Set(rows.map(({ creditor }) => creditor)).size),
          amountFen: String(sum(worth)),
          unsecuredFen: String(sum(worth) - sum(secured)),
          temporaryFen: String(sum(rows.map((each) => each.temporary ?? 0n))),
        });
        // In a plan the parts stand in two groups and are the whole together (art. 110).
        const inPlan = hold({ type: 'R06', claims }).roll.totals;
        expect(sum(inPlan.map(({ amountFen }) => BigInt(amountFen)))).toBe(sum(worth));
      }),
      { seed: 24, numRuns: 200 },
    );
  });

  it('E19: a guarantor has no vote when the principal creditor has filed all', () => {
    const exclusions = new Map([['guarantor', 'RECOURSE_FILED_IN_FULL' as const]]);
    const { roll } = hold({
      type: 'R03',
      claims: [claim('guarantor'), claim('a')],
      decisions: { exclusions },
    });
    expect(roll.excluded).toMatchObject([{ reason: 'RECOURSE_FILED_IN_FULL' }]);
    expect(roll.totals[0]?.amountFen).toBe('100');
  });

  it('E20: subordinated claims have no vote and are not in U, unless the case says otherwise', () => {
    const claims = [claim('penalty', { nature: 'SUBORDINATED' }), claim('a')];
    const byDefault = hold({ type: 'R03', claims });
    expect(byDefault.roll.totals[0]).toMatchObject({ heads: '1', unsecuredFen: '100' });
    const set = hold({ type: 'R03', claims, settings: { subordinatedVotes: true } });
    expect(set.roll.totals[0]).toMatchObject({ heads: '2', unsecuredFen: '200' });
    expect(set.rule.warnings).toEqual(['SUBORDINATED_VOTE']);
  });

  it('E21: a claim split among assignees counts as one head with what it came to', () => {
    const joinedTo = new Map([1, 2, 3].map((index) => [`assignee-${index}`, 'assignee-0']));
    const claims = [0, 1, 2, 3].map((index) => claim(`assignee-${index}`, { confirmedFen: 25n }));
    expect(hold({ type: 'R05', claims, decisions: { joinedTo } }).roll.units).toMatchObject([
      { unitId: 'assignee-0', amountFen: 100n },
    ]);
  });

  it('E22: a creditor of several consolidated debtors is one head', () => {
    const claims = [claim('a', { confirmedFen: 10n }), claim('a', { confirmedFen: 20n, nature: 'TAX' })];
    expect(hold({ type: 'R03', claims }).roll.units).toMatchObject([{ unitId: 'a', amountFen: 30n }]);
  });
});
