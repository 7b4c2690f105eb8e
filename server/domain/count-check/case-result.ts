/**
 * The answer of the tally command: the verdict with everything it follows from, in an order of fields that
 * does not change. Heads and fen are decimal strings; percentages are cut off at two decimals and never
 * decide anything.
 */
import type { GroupResult, Outcome, Result, TestFigures } from '../../protocol/tally.ts';
import { followUpOf } from '../record/tally.ts';
import type { CountedCase } from './count-case.ts';
import type { CountCase } from './read-case.ts';

type GroupRule = CountedCase['tally']['rule']['groups'][number];
type Json = string | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export function caseResult(input: CountCase, counted: CountedCase): Json {
  const { tally } = counted;
  const { rule, results } = tally;
  const groups = results.main.groups.map((group, index) => groupResult(group, rule.groups[index], rule));
  const { outcome } = results.main;
  return {
    v: '1',
    type: input.type,
    ruleSetId: rule.ruleSetId,
    ruleId: rule.ruleId,
    article: articleOf(rule.article, rule.articleOf),
    round: tally.round,
    settings: { ...input.settings },
    outcome,
    passed: passedOf(outcome),
    whole: wholeOf(results.main, groups),
    groups,
    groupsNotFormed: (rule.groupsNotFormed ?? []).map(({ group, reason }) => ({ group, reason })),
    otherwise: {
      withoutTemporary: viewOf(results.withoutTemporary, outcome),
      votedOnly: viewOf(results.votedOnly, outcome),
      signInOrVoted: viewOf(results.signInOrVoted, outcome),
      withoutDeemed: viewOf(results.withoutDeemed, outcome),
    },
    withoutVote: counted.withoutVote.map(({ unitId, reason }) => ({ unitId, reason })),
    ballotsNotCounted: counted.ballotsNotCounted.map(({ unitId, reason }) => ({ unitId, reason })),
    ballotsByChannel: tally.ballotsByChannel.map(({ channel, heads }) => ({ channel, heads })),
    followUp: followUpOf(rule, outcome),
    warnings: [...counted.warnings],
  };
}

/** `EBL 64`; `Interpretation III 14`. */
function articleOf(article: string, act: string | undefined): string {
  return `${act === undefined ? 'EBL' : 'Interpretation III'} ${article}`;
}

/** A test without a base is not met; null where nothing is passed or failed: objections. */
function passedOf(outcome: Outcome): boolean | null {
  return outcome === 'RECORDED' ? null : outcome === 'PASSED';
}

function groupResult(
  group: GroupResult,
  rule: GroupRule | undefined,
  whole: CountedCase['tally']['rule'],
): { readonly [key: string]: Json } {
  const { outcome } = group;
  return {
    group: group.group,
    ruleId: rule?.ruleId ?? whole.ruleId,
    article: articleOf(rule?.article ?? whole.article, whole.articleOf),
    outcome,
    passed: passedOf(outcome),
    ...figuresOf(group),
    base: rule?.amount?.base ?? null,
    baseTotal: group.amount?.denominator ?? null,
    heads: testOf(group.heads, rule?.heads?.base),
    amount: testOf(group.amount, rule?.amount?.base),
    shortfall: { heads: group.heads?.shortfall ?? '0', fen: group.amount?.shortfall ?? '0' },
  };
}

function figuresOf(group: GroupResult): { readonly [key: string]: Json } {
  return {
    units: group.units,
    P: group.presentHeads,
    F: group.for.heads,
    FA: group.for.fen,
    for: { ...group.for },
    against: { ...group.against },
    abstain: { ...group.abstain },
    silent: { ...group.silent },
    invalid: group.invalid ? { ...group.invalid } : { heads: '0', fen: '0' },
    absent: { ...group.absent },
  };
}

function testOf(test: TestFigures | null, base: string | undefined): Json {
  if (test === null || base === undefined) return null;
  return {
    passed: test.passed,
    base,
    comparison: test.comparison,
    required: `${test.requiredNum}/${test.requiredDen}`,
    fraction: `${test.numerator}/${test.denominator}`,
    percent: test.percent,
    shortfall: test.shortfall,
  };
}

/** Of one group: its figures. Of several: their sums; the tests are each group's own (art. 84). */
function wholeOf({ outcome, groups }: Result, printed: readonly { readonly [key: string]: Json }[]): Json {
  const [only] = printed;
  if (only !== undefined && printed.length === 1) {
    const { group: _group, ruleId: _ruleId, article: _article, ...figures } = only;
    return figures;
  }
  const sum = (pick: (group: GroupResult) => string) =>
    String(groups.reduce((total, group) => total + BigInt(pick(group)), 0n));
  const totals = (key: 'for' | 'against' | 'abstain' | 'silent' | 'invalid' | 'absent') => ({
    heads: sum((group) => group[key]?.heads ?? '0'),
    fen: sum((group) => group[key]?.fen ?? '0'),
  });
  return {
    outcome,
    passed: passedOf(outcome),
    units: sum((group) => group.units),
    P: sum((group) => group.presentHeads),
    F: sum((group) => group.for.heads),
    FA: sum((group) => group.for.fen),
    for: totals('for'),
    against: totals('against'),
    abstain: totals('abstain'),
    silent: totals('silent'),
    invalid: totals('invalid'),
    absent: totals('absent'),
    base: null,
    baseTotal: null,
    heads: null,
    amount: null,
    shortfall: {
      heads: sum((group) => group.heads?.shortfall ?? '0'),
      fen: sum((group) => group.amount?.shortfall ?? '0'),
    },
  };
}

/** The same ballots counted otherwise; null where nothing would be counted otherwise. */
function viewOf(result: Result | null | undefined, main: Outcome): Json {
  if (result === null || result === undefined) return null;
  return { outcome: result.outcome, passed: passedOf(result.outcome), flips: result.outcome !== main };
}
