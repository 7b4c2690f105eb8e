/** What a resolution type is: the item of art. 61(1) and the rule that counts it. */
import type { ResolutionTypeId } from '../../protocol/resolution-types.ts';
import type { Rule, RuleSet } from './rule-set.ts';

export interface ResolutionType {
  readonly id: ResolutionTypeId;
  /** The provision that gives the meeting this power, e.g. `61(1)(8)`. */
  readonly power: string;
  /** Statutory name as it stands in minutes and notices. */
  readonly nameZh: string;
  readonly ruleSet: RuleSet;
  readonly rule: Rule;
}

/** The rule of a set; a type that names a rule its set does not have is a mistake in the program. */
export function requireRule(ruleSet: RuleSet, ruleId: string): Rule {
  const rule = ruleSet.rules[ruleId];
  if (rule === undefined) throw new TypeError(`rule ${ruleId} is not in ${ruleSet.ruleSetId}`);
  return rule;
}
