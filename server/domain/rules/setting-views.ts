/**
 * Which unsettled points of law bear on a vote (domain.md 2.4: E6, E8, E9, E14, E15, E20, E28; 企业破产法 arts.
 * 59(5), 64, 82(2), 85), with what was decided and whether it departs from the rule set's default. Shown
 * wherever the verdict is shown; it decides nothing.
 */
import type { FrozenSettings } from '../../protocol/case-settings.ts';
import type { SettingView } from '../../protocol/vote/slices.ts';
import type { Rule } from './rule-set.ts';

type Name = keyof FrozenSettings;

const bearsOn: Readonly<Record<Name, (rule: Rule) => boolean>> = {
  attendanceBasis: (rule) => rule.heads?.base === 'present',
  amountBase: (rule) => rule.amount?.base === 'unsecuredTotal',
  employeeMode: (rule) => rule.voters === 'CREDITORS',
  subordinatedVotes: (rule) => rule.voters === 'CREDITORS' || rule.voters === 'GROUPS',
  silence: (rule) => rule.mode === 'MAJORITY',
  allowChange: (rule) => rule.mode === 'MAJORITY',
  carryOver: (rule) => rule.rounds > 1,
  investorBase: (rule) => rule.voters === 'GROUPS',
  smallClaimsMaxFen: (rule) => rule.voters === 'GROUPS',
};

export function settingViews(rule: Rule, settings: FrozenSettings, defaults: FrozenSettings): SettingView[] {
  return (Object.keys(bearsOn) as Name[])
    .filter((name) => bearsOn[name](rule))
    .map((name) => ({
      name,
      value: valueOf(settings[name]),
      isDefault: settings[name] === defaults[name],
    }));
}

/** `NONE` where there is none, `true` and `false` for what is on or off; otherwise the code or sum itself. */
function valueOf(value: FrozenSettings[Name]): string {
  return value === null ? 'NONE' : String(value);
}
