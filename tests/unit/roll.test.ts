/** 企业破产法 arts. 59, 64(1), 110: who votes, with what amount, and why not. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildRoll, type RollClaim } from '../../server/domain/roll.ts';
import { votingAmounts } from '../../server/domain/roll/voting-amounts.ts';
import { freezeRule, settingsFor } from '../../server/domain/rules/freeze-rule.ts';
import { isResolutionTypeId, resolutionTypes } from '../../server/domain/rules/registry.ts';
import { requireRule } from '../../server/domain/rules/resolution-type.ts';
import type { Rule, RuleSettings } from '../../server/domain/rules/rule-set.ts';

const plan = resolutionTypes.R03;
/** As settlement and distribution count (art. 59(3)), and as art. 83 bars the pooled social insurance. */
const unsecuredOnly: Rule = {
  ...plan.rule,
  secured: 'ONLY_UNSECURED_PART',
  barredNatures: ['SOCIAL_INSURANCE_POOL'],
};

function claim(creditorId: string, rest: Partial<RollClaim> = {}): RollClaim {
  return {
    creditorId,
    nature: 'ORDINARY',
    confirmedFen: 100n,
    temporaryFen: null,
    securedFen: 0n,
    priorityWaived: false,
    ...rest,
  };
}

function rollOf(claims: RollClaim[], rule: Rule = plan.rule, overrides: Partial<RuleSettings> = {}) {
  return buildRoll({ claims, rule, settings: settingsFor(plan, overrides) });
}

describe('the roll of a property management plan', () => {
  it('E1: an undetermined claim without a temporary amount has no vote and is in no total', () => {
    const roll = rollOf([claim('a'), claim('b', { confirmedFen: null })]);
    expect(roll.units.map((unit) => unit.unitId)).toEqual(['a']);
    expect(roll.excluded).toMatchObject([{ creditorId: 'b', reason: 'NOT_DETERMINED' }]);
    expect(roll.totals[0]).toMatchObject({ heads: '1', unsecuredFen: '100' });
    expect(roll.excludedTotals).toEqual([{ reason: 'NOT_DETERMINED', creditors: '1' }]);
  });

  it('E2: a temporary amount votes in full and is kept apart', () => {
    const roll = rollOf([claim('a', { temporaryFen: 40n })]);
    expect(roll.units[0]).toMatchObject({
      amountFen: 140n,
      temporaryFen: 40n,
      temporaryUnsecuredFen: 40n,
      status: 'temporary',
    });
    expect(roll.totals[0]).toMatchObject({ temporaryHeads: '1', temporaryFen: '40' });
  });

  it('E4: one creditor with several claims is one head with the sum', () => {
    const roll = rollOf([claim('a', { confirmedFen: 70n }), claim('a', { confirmedFen: 30n })]);
    expect(roll.units).toMatchObject([{ unitId: 'a', amountFen: 100n }]);
  });

  it('E15: of a secured claim only the part without security is in the amount', () => {
    const roll = rollOf([claim('bank', { nature: 'SECURED', confirmedFen: 1_000n, securedFen: 700n })]);
    expect(roll.units[0]).toMatchObject({ amountFen: 1_000n, unsecuredFen: 300n });
    const waived = claim('bank', {
      nature: 'SECURED',
      confirmedFen: 1_000n,
      securedFen: 700n,
      priorityWaived: true,
    });
    expect(votingAmounts(waived).unsecuredFen).toBe(1_000n);
  });

  it('E15: measuring against secured amounts too is possible and carries a warning', () => {
    const rule = freezeRule(plan, settingsFor(plan, { amountBase: 'ALL_VOTING' }));
    expect(rule.groups[0]?.amount?.base).toBe('groupTotal');
    expect(rule.warnings).toEqual(['AMOUNT_BASE_NOT_STATUTORY']);
    expect(freezeRule(plan, settingsFor(plan)).warnings).toEqual([]);
  });

  it('E16: collateral not assessed makes the whole claim secured: a head, and nothing unsecured', () => {
    const roll = rollOf([claim('bank', { nature: 'SECURED', securedFen: null })]);
    expect(roll.units[0]).toMatchObject({ amountFen: 100n, unsecuredFen: 0n });
  });

  it('more security than claim leaves nothing unsecured, never less', () => {
    expect(votingAmounts(claim('a', { securedFen: 500n })).unsecuredFen).toBe(0n);
  });

  it.each([
    ['employees state opinions and do not vote', { nature: 'EMPLOYEE' }, 'EMPLOYEE_NO_VOTE'],
    ['subordinated claims do not vote', { nature: 'SUBORDINATED' }, 'SUBORDINATED'],
    ['a claim confirmed at nothing is no head', { confirmedFen: 0n }, 'ZERO_AMOUNT'],
  ] as const)('%s', (_, rest, reason) => {
    expect(rollOf([claim('a', rest)]).excluded).toMatchObject([{ reason }]);
  });

  it('settings give employees and subordinated claims a vote', () => {
    const claims = [claim('a', { nature: 'EMPLOYEE' }), claim('b', { nature: 'SUBORDINATED' })];
    const roll = rollOf(claims, plan.rule, { employeeMode: 'INDIVIDUAL', subordinatedVotes: true });
    expect(roll.units).toHaveLength(2);
  });

  it('a creditor with a claim that votes votes with that one alone', () => {
    const roll = rollOf([claim('a', { nature: 'EMPLOYEE', confirmedFen: 900n }), claim('a')]);
    expect(roll.units).toMatchObject([{ amountFen: 100n, natures: ['ORDINARY'] }]);
  });

  it('the tax office and the pooled social insurance vote on a plan of management', () => {
    const roll = rollOf([claim('a', { nature: 'TAX' }), claim('b', { nature: 'SOCIAL_INSURANCE_POOL' })]);
    expect(roll.units).toHaveLength(2);
  });

  it('says the most telling reason when several claims are barred', () => {
    const roll = rollOf([claim('a', { nature: 'SUBORDINATED' }), claim('a', { confirmedFen: null })]);
    expect(roll.excluded[0]?.reason).toBe('NOT_DETERMINED');
  });

  it('gives the same roll whatever the order of the claims', () => {
    const nature = fc.constantFrom<RollClaim['nature']>(
      'SECURED',
      'EMPLOYEE',
      'TAX',
      'ORDINARY',
      'SUBORDINATED',
    );
    const money = fc.bigInt({ min: 0n, max: 10n ** 14n });
    const anyClaim = fc.record({
      creditorId: fc.constantFrom('a', 'b', 'c', 'd'),
      nature,
      confirmedFen: fc.option(money),
      temporaryFen: fc.option(money),
      securedFen: fc.option(money),
      priorityWaived: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anyClaim, { maxLength: 12 }), (claims) => {
        const roll = rollOf(claims);
        expect(rollOf([...claims].reverse())).toEqual(roll);
        const unsecured = roll.units.reduce((sum, unit) => sum + unit.unsecuredFen, 0n);
        expect(roll.totals[0]?.unsecuredFen).toBe(String(unsecured));
        for (const unit of roll.units) {
          expect(unit.unsecuredFen).toBeLessThanOrEqual(unit.amountFen);
          expect(unit.temporaryUnsecuredFen).toBeLessThanOrEqual(unit.temporaryFen);
        }
      }),
    );
  });
});

describe('a rule that only unsecured parts vote on', () => {
  it('T9: a secured creditor that has not waived priority has no vote', () => {
    const roll = rollOf([claim('bank', { nature: 'SECURED', securedFen: 100n }), claim('a')], unsecuredOnly);
    expect(roll.excluded).toMatchObject([{ creditorId: 'bank', reason: 'SECURED_NOT_WAIVED' }]);
  });

  it('a shortfall votes as an ordinary claim, art. 110', () => {
    const roll = rollOf([claim('bank', { nature: 'SECURED', securedFen: 60n })], unsecuredOnly);
    expect(roll.units).toMatchObject([{ amountFen: 40n, unsecuredFen: 40n }]);
  });

  it('E17: the pooled social insurance is told why it has no vote', () => {
    const roll = rollOf([claim('a', { nature: 'SOCIAL_INSURANCE_POOL' })], unsecuredOnly);
    expect(roll.excluded[0]?.reason).toBe('SOCIAL_POOL');
  });
});

describe('the registry of resolution types', () => {
  it('knows R03 and nothing that is not registered', () => {
    expect(isResolutionTypeId('R03')).toBe(true);
    expect(isResolutionTypeId('toString')).toBe(false);
  });

  it('stops a type whose rule is not in its set', () => {
    expect(() => requireRule(plan.ruleSet, 'NOWHERE_1')).toThrow(TypeError);
  });
});
