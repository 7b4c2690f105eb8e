/** A verdict as clients read it, from its entry and the rule that was frozen (record.md 8, 11). */
import type { AnnouncedVerdict, VoteRound } from '../../../domain/meeting/state.ts';
import { settingViews } from '../../../domain/rules/setting-views.ts';
import { isResolutionTypeId, resolutionTypes } from '../../../domain/rules/registry.ts';
import type {
  GroupVerdictView,
  OtherCountView,
  SettingView,
  VerdictView,
} from '../../../protocol/vote/slices.ts';
import type { FrozenRule, GroupResult, Result, Results } from '../../../protocol/tally.ts';

/** The points left open as one vote had them. Votes frozen before there were settings have their basis alone. */
export function frozenSettingViews(typeId: string, rule: FrozenRule): SettingView[] {
  if (!isResolutionTypeId(typeId)) return [];
  const type = resolutionTypes[typeId];
  const { defaults } = type.ruleSet;
  if (rule.settings) return settingViews(type.rule, rule.settings, defaults);
  const value = rule.attendanceBasis;
  return [{ name: 'attendanceBasis', value, isDefault: value === defaults.attendanceBasis }];
}

/** Null where nothing was opened: there is no rule to explain it by. */
export function verdictView(
  { opened, round }: VoteRound,
  { body, ts, seq, rollVersion }: AnnouncedVerdict,
  typeId: string,
): VerdictView | null {
  if (!opened) return null;
  const { rule } = opened.body;
  const groups = body.results.main.groups.map((group) => toGroupView(group, rule));
  const [first] = groups;
  const nothing = { heads: '0', fen: '0' };
  return {
    outcome: body.outcome,
    passed: body.outcome === 'PASSED',
    round,
    revision: body.revision,
    rollVersion,
    article: rule.article,
    ruleId: rule.ruleId,
    followUp: [...body.followUp],
    groups,
    heads: first?.heads ?? null,
    amount: first?.amount ?? null,
    presentHeads: first?.presentHeads ?? '0',
    for: first?.for ?? nothing,
    against: first?.against ?? nothing,
    abstain: first?.abstain ?? nothing,
    silent: first?.silent ?? nothing,
    attendanceBasis: rule.attendanceBasis,
    settings: frozenSettingViews(typeId, rule),
    passedWithoutTemporary:
      body.results.withoutTemporary && body.results.withoutTemporary.outcome === 'PASSED',
    otherCounts: otherCounts(body.results),
    warnings: [...body.warnings],
    announcedAt: ts,
    seq,
  };
}

function toGroupView(group: GroupResult, rule: FrozenRule): GroupVerdictView {
  const own = rule.groups.find((candidate) => candidate.group === group.group);
  return {
    group: group.group,
    outcome: group.outcome,
    units: group.units,
    presentHeads: group.presentHeads,
    staffEnteredHeads: group.staffEnteredHeads,
    for: group.for,
    against: group.against,
    abstain: group.abstain,
    silent: group.silent,
    invalid: group.invalid ?? null,
    absent: group.absent,
    heads: group.heads,
    amount: group.amount,
    amountBase: own?.amount?.base ?? null,
  };
}

/** The same ballots counted otherwise, where that differs in what goes in. */
function otherCounts({ main, ...others }: Results): OtherCountView[] {
  return Object.entries(others).flatMap(([view, result]: [string, Result | null | undefined]) => {
    if (!result) return [];
    const groups = result.groups.map(({ group, outcome, heads, amount }) => ({
      group,
      outcome,
      heads,
      amount,
    }));
    return [{ view, outcome: result.outcome, flips: result.outcome !== main.outcome, groups }];
  });
}
