/** 企业破产法 arts. 82-87, 110; 司法解释三 art. 11(2): the groups of a reorganisation plan. */
import { describe, expect, it } from '@jest/globals';
import { cramDownChecklist, unansweredConditions } from '../../../server/domain/rules/cram-down.ts';
import { isMandatoryGroupMissing } from '../../../server/domain/rules/mandatory-groups.ts';
import { followUpOf } from '../../../server/domain/record/tally.ts';
import { claim, groupOf, hold } from '../../support/votes.ts';

const bank = claim('bank', { nature: 'SECURED', confirmedFen: 1_000n, securedFen: 700n });
const worker = claim('worker', { nature: 'EMPLOYEE', confirmedFen: 50n });
const taxes = claim('taxes', { nature: 'TAX', confirmedFen: 80n });
const supplier = claim('supplier', { confirmedFen: 500n });
const pool = claim('pool', { nature: 'SOCIAL_INSURANCE_POOL' });
const owner = claim('owner', { nature: 'INVESTOR', confirmedFen: 9_000n });
const everybody = [bank, worker, taxes, supplier, pool, owner];
const allFor = {
  bank_SECURED: 'for',
  bank_ORDINARY: 'for',
  worker_EMPLOYEE: 'for',
  taxes_TAX: 'for',
  supplier_ORDINARY: 'for',
  owner_INVESTOR: 'for',
} as const;

describe('the roll of a plan', () => {
  it('has a unit for each creditor in each group, the shortfall with the ordinary ones (art. 110)', () => {
    const { roll } = hold({ type: 'R06', claims: everybody });
    expect(roll.units.map(({ unitId, amountFen }) => [unitId, amountFen])).toEqual([
      ['bank_ORDINARY', 300n],
      ['bank_SECURED', 700n],
      ['owner_INVESTOR', 9_000n],
      ['supplier_ORDINARY', 500n],
      ['taxes_TAX', 80n],
      ['worker_EMPLOYEE', 50n],
    ]);
    expect(roll.totals.map(({ group, heads, amountFen }) => [group, heads, amountFen])).toEqual([
      ['SECURED', '1', '700'],
      ['EMPLOYEE', '1', '50'],
      ['TAX', '1', '80'],
      ['ORDINARY', '2', '800'],
      ['INVESTOR', '1', '9000'],
    ]);
  });

  it('has a creditor that waived its priority with the ordinary ones alone', () => {
    const { roll } = hold({ type: 'R06', claims: [{ ...bank, priorityWaived: true }] });
    expect(roll.units).toMatchObject([{ unitId: 'bank_ORDINARY', amountFen: 1_000n }]);
  });

  it('splits temporary amounts with the claim', () => {
    const { roll } = hold({ type: 'R06', claims: [{ ...bank, confirmedFen: 600n, temporaryFen: 400n }] });
    expect(roll.units).toMatchObject([
      { unitId: 'bank_ORDINARY', amountFen: 300n, temporaryFen: 300n },
      { unitId: 'bank_SECURED', amountFen: 700n, temporaryFen: 100n },
    ]);
  });

  it('sets up a group of small claims by the sum of a creditor, or by the column', () => {
    const claims = [supplier, claim('small', { confirmedFen: 60n }), claim('small', { confirmedFen: 40n })];
    const byAmount = hold({ type: 'R06', claims, settings: { smallClaimsMaxFen: '100' } });
    expect(byAmount.roll.units.map(({ unitId }) => unitId)).toEqual(['small_SMALL', 'supplier_ORDINARY']);
    const byColumn = hold({ type: 'R06', claims: [{ ...supplier, group: 'SMALL' }] });
    expect(byColumn.roll.units).toMatchObject([{ unitId: 'supplier_SMALL' }]);
  });

  it('does not let the column decide on security', () => {
    const { roll } = hold({ type: 'R06', claims: [{ ...supplier, group: 'SECURED' }] });
    expect(roll.units).toMatchObject([{ unitId: 'supplier_ORDINARY' }]);
  });

  it('does not form a group that the plan does not touch, and tells its members', () => {
    const { roll, rule } = hold({
      type: 'R06',
      claims: everybody,
      decisions: { unaffectedGroups: ['EMPLOYEE', 'TAX'] },
    });
    expect(rule.groups.map(({ group }) => group)).toEqual(['SECURED', 'ORDINARY', 'INVESTOR']);
    expect(rule.groupsNotFormed).toEqual([
      { group: 'EMPLOYEE', reason: 'UNAFFECTED' },
      { group: 'TAX', reason: 'UNAFFECTED' },
    ]);
    expect(roll.excluded).toMatchObject([
      { unitId: 'pool', reason: 'SOCIAL_POOL' },
      { unitId: 'taxes_TAX', reason: 'GROUP_NOT_FORMED' },
      { unitId: 'worker_EMPLOYEE', reason: 'GROUP_NOT_FORMED' },
    ]);
  });
});

describe('the verdict on a plan', () => {
  it('passes when every group passes (art. 86), and the court is asked within ten days', () => {
    const held = hold({ type: 'R06', claims: everybody, ballots: allFor });
    expect(held.tally.results.main.outcome).toBe('PASSED');
    expect(followUpOf(held.rule, 'PASSED')).toEqual(['COURT_APPROVAL']);
    expect(held.rule).toMatchObject({ aggregate: 'ALL_GROUPS', rounds: '2', secondRound: 'FAILED_GROUPS' });
  });

  it('fails with one group, which votes once more and alone (art. 87(1))', () => {
    const first = hold({
      type: 'R06',
      claims: everybody,
      ballots: { ...allFor, bank_ORDINARY: 'against' },
    });
    expect(first.tally.results.main.outcome).toBe('FAILED');
    expect(followUpOf(first.rule, 'FAILED')).toEqual(['NEGOTIATE_SECOND_VOTE']);
    const passedGroups = first.tally.results.main.groups.flatMap(({ group, outcome }) =>
      outcome === 'PASSED' ? [group] : [],
    );
    const second = hold({
      type: 'R06',
      claims: everybody,
      round: 2,
      decisions: { passedGroups },
      ballots: { bank_ORDINARY: 'for', supplier_ORDINARY: 'for' },
    });
    expect(second.rule.groups.map(({ group }) => group)).toEqual(['ORDINARY']);
    expect(second.roll.excluded.filter(({ reason }) => reason === 'GROUP_PASSED_BEFORE')).toHaveLength(4);
    expect(second.tally.results.main.outcome).toBe('PASSED');
    expect(followUpOf(second.rule, 'FAILED')).toEqual(['CRAM_DOWN_APPLICATION', 'TERMINATE_DECLARE_88']);
  });

  it('is none when no group is formed: the court is asked', () => {
    const held = hold({ type: 'R06', claims: [pool] });
    expect(held.tally.results.main).toEqual({ outcome: 'NOT_APPLICABLE', groups: [] });
  });
});

describe('the group of investors, art. 85', () => {
  const investors = [
    claim('major', { nature: 'INVESTOR', confirmedFen: 600n }),
    claim('minor', { nature: 'INVESTOR', confirmedFen: 300n }),
    claim('absent', { nature: 'INVESTOR', confirmedFen: 100n }),
  ];
  const ballots = { major_INVESTOR: 'for', minor_INVESTOR: 'against' } as const;

  it('passes with two thirds of the rights that take part, whatever the heads', () => {
    const held = hold({ type: 'R06', claims: investors, ballots });
    expect(groupOf(held, 'INVESTOR')).toMatchObject({
      outcome: 'PASSED',
      heads: null,
      amount: { numerator: '600', denominator: '900' },
    });
    expect(held.rule.groups[0]).toMatchObject({ ruleId: 'INVESTOR_85', article: '85' });
    expect(held.rule.warnings).toEqual(['INVESTOR_RULE_NOT_STATUTORY']);
  });

  it('fails with the same ballots measured against all rights', () => {
    const held = hold({ type: 'R06', claims: investors, ballots, settings: { investorBase: 'groupTotal' } });
    expect(groupOf(held, 'INVESTOR')).toMatchObject({
      outcome: 'FAILED',
      amount: { denominator: '1000', shortfall: '67' },
    });
  });

  it('fails when nobody takes part', () => {
    expect(hold({ type: 'R06', claims: investors }).tally.results.main.outcome).toBe('FAILED');
  });

  it('must be set up where the plan adjusts their rights: with nobody in it the plan does not pass (art. 85(2))', () => {
    const claims = [supplier];
    const choices = { supplier_ORDINARY: 'for' } as const;
    const without = hold({ type: 'R06', claims, ballots: choices });
    expect(without.roll.notFormed.map(({ group }) => group)).not.toContain('INVESTOR');
    expect(without.tally.results.main.outcome).toBe('PASSED');
    const held = hold({ type: 'R06', claims, ballots: choices, decisions: { adjustsInvestors: true } });
    expect(held.roll.notFormed).toContainEqual({ group: 'INVESTOR', reason: 'EMPTY' });
    expect(isMandatoryGroupMissing(held.roll.notFormed)).toBe(true);
    expect(held.tally.results.main.outcome).toBe('NOT_APPLICABLE');
  });

  it('is not missed in the second round when it has passed in the first (art. 87(1))', () => {
    const decisions = { adjustsInvestors: true, passedGroups: ['INVESTOR' as const] };
    const held = hold({
      type: 'R06',
      claims: [supplier, owner],
      ballots: { supplier_ORDINARY: 'for' },
      decisions,
    });
    expect(held.roll.notFormed).toContainEqual({ group: 'INVESTOR', reason: 'PASSED_BEFORE' });
    expect(held.tally.results.main.outcome).toBe('PASSED');
  });

  it('stands nowhere but in a plan', () => {
    for (const type of ['R03', 'R05', 'R13', 'R01'] as const) {
      const { roll } = hold({ type, claims: [owner, supplier] });
      expect(roll.excluded).toMatchObject([{ creditorId: 'owner', reason: 'INVESTOR_ONLY_IN_PLAN' }]);
      expect(roll.totals).toMatchObject([{ group: 'ALL', heads: '1', amountFen: '500' }]);
    }
  });
});

describe('approval without the consent of a group, art. 87(2)', () => {
  it('lists the six conditions and decides none of them', () => {
    const lines = cramDownChecklist(
      new Map([
        ['SECURED', 'PASSED'],
        ['TAX', 'FAILED'],
        ['ORDINARY', 'FAILED'],
      ]),
    );
    expect(lines.map(({ item, state }) => [item, state])).toEqual([
      ['1', 'MET_BY_CONSENT'],
      ['2', 'TO_BE_SHOWN'],
      ['3', 'TO_BE_SHOWN'],
      ['4', 'NOT_CONCERNED'],
      ['5', 'TO_BE_SHOWN'],
      ['6', 'TO_BE_SHOWN'],
    ]);
  });

  it('wants an answer to each, and reasons where the votes do not answer it', () => {
    const lines = cramDownChecklist(
      new Map([['SECURED', 'PASSED'] as const, ['ORDINARY', 'FAILED'] as const]),
    );
    const answers = lines.map(({ condition }) => ({ condition }));
    expect(unansweredConditions(lines, answers)).toEqual([
      'ORDINARY_NOT_LESS',
      'EQUAL_TREATMENT',
      'FEASIBLE',
    ]);
    const reasoned = answers.map((answer) => ({ ...answer, statement: '见经营方案' }));
    expect(unansweredConditions(lines, reasoned)).toEqual([]);
    expect(unansweredConditions(lines, reasoned.slice(1))).toEqual(['SECURED_PAID']);
  });
});
