/**
 * Turns a type, the settings of one vote and its roll into the data that `ballot.open` freezes
 * (record.md 8). From then on the tally reads this and nothing else.
 */
import type { Group } from '../../protocol/entry-parts.ts';
import type { NoVoteReason } from '../../protocol/roll.ts';
import type { AmountTest, FrozenRule, GroupNotFormed } from '../../protocol/tally.ts';
import { requireRule, type ResolutionType } from './resolution-type.ts';
import type { Rule, RuleSettings } from './rule-set.ts';

/** Settings of a vote: the rule set's defaults with what was decided for this one. */
export function settingsFor(type: ResolutionType, overrides: Partial<RuleSettings> = {}): RuleSettings {
  return { ...type.ruleSet.defaults, ...overrides };
}

/** What the roll decides of the rule: the round, which groups vote and which do not. */
export interface FreezeContext {
  /** From 1. */
  readonly round?: number;
  /** `Roll.totals` names the groups that vote; absent before there is a roll. */
  readonly roll?: {
    readonly totals: readonly { readonly group: Group }[];
    readonly notFormed: readonly GroupNotFormed[];
    readonly excludedTotals: readonly { readonly reason: string }[];
  };
}

export function freezeRule(
  type: ResolutionType,
  settings: RuleSettings,
  context: FreezeContext = {},
): FrozenRule {
  return freezeRuleOf(type, settings, context);
}

/** What of a type a rule is frozen from; the tally command has a rule without a type. */
type RuleToFreeze = Pick<ResolutionType, 'rule' | 'ruleSet' | 'excludesSilence'>;

export function freezeRuleOf(
  type: RuleToFreeze,
  settings: RuleSettings,
  { round = 1, roll }: FreezeContext,
): FrozenRule {
  const { rule, ruleSet } = type;
  const notFormed = roll?.notFormed ?? [];
  const groups = frozenGroups(type, settings);
  return {
    ruleSetId: ruleSet.ruleSetId,
    ruleId: rule.ruleId,
    article: rule.article,
    ...(rule.articleOf !== undefined && { articleOf: rule.articleOf }),
    ...(rule.mode !== 'MAJORITY' && { mode: rule.mode }),
    groups: roll ? groups.filter(({ group }) => isOnRoll(group, roll)) : groups,
    ...(notFormed.length > 0 && { groupsNotFormed: [...notFormed] }),
    ...(rule.voters === 'GROUPS' && { aggregate: 'ALL_GROUPS' as const }),
    ...(rule.rounds > 1 && { rounds: String(rule.rounds) }),
    ...(rule.secondRound !== null && { secondRound: rule.secondRound }),
    settings,
    ...(rule.mode === 'MAJORITY' && { viewsVersion: '2' as const }),
    attendanceBasis: settings.attendanceBasis,
    onPass: [...rule.onPass],
    onFail: [...(rule.onFail[Math.min(round, rule.onFail.length) - 1] ?? [])],
    warnings: [...settingWarnings(type, settings), ...rollWarnings(rule, roll)],
  };
}

function isOnRoll(group: Group, roll: NonNullable<FreezeContext['roll']>): boolean {
  return roll.totals.some((total) => total.group === group);
}

function frozenGroups({ rule, ruleSet }: RuleToFreeze, settings: RuleSettings): FrozenRule['groups'] {
  if (rule.mode === 'OBJECTION') return [];
  if (rule.groupRules.length === 0) {
    return [{ group: 'ALL', heads: rule.heads, amount: amountTest(rule, settings) }];
  }
  return rule.groupRules.map(({ group, ruleId }) => {
    const own = requireRule(ruleSet, ruleId);
    const tests = { group, heads: own.heads, amount: amountTest(own, settings) };
    return ruleId === rule.ruleId ? tests : { ...tests, ruleId, article: own.article };
  });
}

function amountTest(rule: Rule, settings: RuleSettings): AmountTest | null {
  if (rule.amount === null) return null;
  if (!rule.isStatutory) return { ...rule.amount, base: settings.investorBase };
  return departsFromText(rule, settings) ? { ...rule.amount, base: 'groupTotal' } : rule.amount;
}

/** Where secured creditors vote with their unsecured part alone, both bases are the same. */
function departsFromText(rule: Rule, settings: RuleSettings): boolean {
  return (
    settings.amountBase === 'ALL_VOTING' &&
    rule.amount?.base === 'unsecuredTotal' &&
    rule.secured === 'VOTE_HEAD_UNSECURED_AMOUNT'
  );
}

/** What departs from the letter of the law or goes beyond it is said with the result. */
function settingWarnings({ rule, excludesSilence }: RuleToFreeze, settings: RuleSettings): string[] {
  const warnings: string[] = [];
  if (rule.mode === 'OBJECTION') return warnings;
  if (departsFromText(rule, settings)) warnings.push('AMOUNT_BASE_NOT_STATUTORY');
  if (rule.voters === 'CREDITORS' && settings.employeeMode !== 'NONE') warnings.push('EMPLOYEES_VOTE');
  const goesByNature = rule.voters === 'CREDITORS' || rule.voters === 'GROUPS';
  if (goesByNature && settings.subordinatedVotes) warnings.push('SUBORDINATED_VOTE');
  if (settings.silence === 'CONSENT') {
    warnings.push(excludesSilence ? 'SILENCE_ON_EXCLUDED_TYPE' : 'SILENCE_IS_CONSENT');
  }
  if (settings.carryOver && rule.rounds > 1) warnings.push('CONSENT_CARRIED_OVER');
  return warnings;
}

/**
 * Creditors whose agreement art. 105 asks for and who have no vote. Not among them: who agrees through another
 * (one head with others, the employees' one vote, recourse that the principal creditor filed), and who has no
 * claim (confirmed at nothing, investors).
 */
const NOT_ASKED: ReadonlySet<string> = new Set<NoVoteReason>([
  'NOT_DETERMINED',
  'SECURED_NOT_WAIVED',
  'EMPLOYEE_NO_VOTE',
  'SUBORDINATED',
  'SOCIAL_POOL',
  'EXCLUDED_BY_COURT',
]);

function rollWarnings(rule: Rule, roll: FreezeContext['roll']): string[] {
  if (roll === undefined) return [];
  const warnings: string[] = [];
  if (!rule.isStatutory || isOnRoll('INVESTOR', roll)) warnings.push('INVESTOR_RULE_NOT_STATUTORY');
  const leavesOutCreditors = roll.excludedTotals.some(({ reason }) => NOT_ASKED.has(reason));
  if (rule.ruleId === 'UNANIMOUS_105' && leavesOutCreditors) warnings.push('CREDITORS_WITHOUT_VOTE');
  return warnings;
}
