/**
 * From the settings of a case to those of one vote (domain.md 2.4, 2.6). The case holds the wording that a
 * setting rests on; the vote freezes codes and figures. A type that silence does not reach has `NONE`
 * frozen, whatever the case says, unless the case names the type.
 */
import type { CaseSettings } from '../../protocol/case-settings.ts';
import type { ResolutionType } from './resolution-type.ts';
import type { RuleSet, RuleSettings } from './rule-set.ts';

/** A case on which nothing was decided: the rule set's defaults. */
export function defaultCaseSettings(ruleSet: RuleSet): CaseSettings {
  const { silence: _none, ...defaults } = ruleSet.defaults;
  return {
    ...defaults,
    silence: { mode: 'NONE' },
    employeeRepresentativeId: null,
    exclusions: [],
    joinedHeads: [],
  };
}

export function settingsOfCase(type: ResolutionType, settings: CaseSettings): RuleSettings {
  const {
    silence,
    employeeRepresentativeId: _representative,
    exclusions: _exclusions,
    joinedHeads: _heads,
    ...common
  } = settings;
  const takesSilence = silence.mode === 'CONSENT' && silence.types.includes(type.id);
  return { ...common, silence: takesSilence ? 'CONSENT' : 'NONE' };
}
