/**
 * Turns a rule and the settings of one vote into the data that `ballot.open` freezes (record.md 8).
 * From then on the tally reads this and nothing else.
 */
import type { AmountTest, FrozenRule } from '../../protocol/tally.ts';
import type { ResolutionType } from './resolution-type.ts';
import type { RuleSettings } from './rule-set.ts';

/** Settings of a vote: the rule set's defaults with what was decided for this one. */
export function settingsFor(type: ResolutionType, overrides: Partial<RuleSettings> = {}): RuleSettings {
  return { ...type.ruleSet.defaults, ...overrides };
}

export function freezeRule(type: ResolutionType, settings: RuleSettings): FrozenRule {
  const { rule, ruleSet } = type;
  const departsFromText = settings.amountBase === 'ALL_VOTING' && rule.amount.base === 'unsecuredTotal';
  const amount: AmountTest = departsFromText ? { ...rule.amount, base: 'groupTotal' } : rule.amount;
  return {
    ruleSetId: ruleSet.ruleSetId,
    ruleId: rule.ruleId,
    article: rule.article,
    groups: [{ group: 'ALL', heads: rule.heads, amount }],
    attendanceBasis: settings.attendanceBasis,
    onPass: [...rule.onPass],
    onFail: [...rule.onFail],
    warnings: departsFromText ? ['AMOUNT_BASE_NOT_STATUTORY'] : [],
  };
}
