/** What a resolution type is: the power of the meeting it rests on and the rule that counts it. */
import type { ResolutionTypeId } from '../../protocol/resolution-types.ts';
import type { Rule, RuleSet } from './rule-set.ts';

export interface ResolutionType {
  readonly id: ResolutionTypeId;
  /** The provision that gives this power, e.g. `61(1)(8)`. */
  readonly power: string;
  /** Statutory name as it stands in minutes and notices. */
  readonly nameZh: string;
  readonly ruleSet: RuleSet;
  /** Who votes, by which tests, in how many rounds, and what follows. */
  readonly rule: Rule;
  /** Silence is not taken as consent here unless the case names the type in so many words (E8). */
  readonly excludesSilence: boolean;
}

/** The rule of a set; a type that names a rule its set does not have is a mistake in the program. */
export function requireRule(ruleSet: RuleSet, ruleId: string): Rule {
  const rule = Object.hasOwn(ruleSet.rules, ruleId) ? ruleSet.rules[ruleId] : undefined;
  if (rule === undefined) throw new TypeError(`rule ${ruleId} is not in ${ruleSet.ruleSetId}`);
  return rule;
}
