/**
 * The result of a vote in words and figures: 企业破产法 art. 64(1) asks for two things, and both stand here
 * as fractions, truncated percentages and, where one is not met, what is missing in heads and in yuan.
 */
import type {
  ChoiceTotals,
  FrozenRule,
  GroupResult,
  Outcome,
  Result,
  Results,
  TestFigures,
} from '../../../protocol/tally.ts';
import type { Recorded, VoteHistory } from '../../record/history/meeting-history.ts';
import { missingHeads } from '../../record/test-figures.ts';
import { heading, note, table, text, type MinutesBlock } from '../content.ts';
import { amount, requirement, share, time, yuan } from '../figures.ts';
import { followUpWords, groupWords, INTERPRETATION_3, LAW, warningWords, wordOf } from '../words.ts';

const outcomeWords: Readonly<Record<Outcome, string>> = {
  PASSED: '通过',
  FAILED: '未通过',
  NOT_APPLICABLE: '无法认定',
  RECORDED: '已登记异议',
};

export function resultBlocks(vote: VoteHistory): MinutesBlock[] {
  const { verdict, verdicts, opened, closed } = vote;
  const isObjection = opened?.body.rule.mode === 'OBJECTION';
  if (closed?.body.cause === 'ABORTED') {
    return [
      text(
        isObjection
          ? '本次核查经人民法院同意终止，没有登记结果；已提出的异议保留在记录中。'
          : '本次表决经人民法院同意终止，不计票；已提交的表决票保留在记录中，不发生效力。',
      ),
    ];
  }
  if (!verdict || !opened) {
    if (isObjection) return [text(closed ? '核查已截止，尚未登记。' : '核查尚未截止。')];
    return [text(closed ? '本项已截止，尚未计票。' : '本项尚未截止，没有表决结果。')];
  }
  if (verdicts.length === 1) return verdictBlocks(opened.body.rule, verdict);
  // A correction stands beside what it corrects: both are read.
  return verdicts.flatMap((each, index) => [
    heading(index === 0 ? '更正前的结果' : `第 ${index} 次更正后的结果`),
    ...verdictBlocks(opened.body.rule, each),
  ]);
}

/** What a verification came to is no result of a vote. */
function outcomeOf(outcome: Outcome): string {
  return outcome === 'RECORDED'
    ? '本项为债权核查，不进行表决，已登记异议。登记情况'
    : `本项表决${outcomeWords[outcome]}。计票结果`;
}

function verdictBlocks(rule: FrozenRule, verdict: Recorded<'verdict'>): MinutesBlock[] {
  const { body } = verdict;
  const { main } = body.results;
  const word = outcomeWords[body.outcome];
  const isObjection = rule.mode === 'OBJECTION';
  // In a verification nobody votes: a table of choices would show all of them at nought.
  const counted = isObjection ? [] : main.groups;
  const groups = counted.flatMap((group, index) => {
    const ownBase = rule.groups[index]?.amount?.base ?? 'unsecuredTotal';
    const amountBase = ownBase === 'groupTotal' && group.group === 'ALL' ? 'allClaims' : ownBase;
    return groupBlocks(group, amountBase, main.groups.length > 1);
  });
  return [
    ...groups,
    ...(main.groups.length > 1 ? [groupSummary(main)] : []),
    ...otherViews(body.results),
    ...body.warnings.map((code) => text(`注意：${wordOf(warningWords, code)}`)),
    {
      kind: 'verdict',
      word,
      text: `依照${rule.articleOf === undefined ? LAW : INTERPRETATION_3}第${rule.article}条，${outcomeOf(body.outcome)}于 ${time(verdict.ts)} 在会议中公布（系统记录第 ${verdict.seq} 号）。`,
    },
    ...body.followUp.map((code) => text(wordOf(followUpWords, code))),
    {
      kind: 'code',
      rows: [{ label: isObjection ? '登记结果 SHA-256' : '计票结果 SHA-256', value: body.tallySha256 }],
    },
  ];
}

/** Art. 86(1): the plan is passed when every group passes it. */
function groupSummary({ groups }: Result): MinutesBlock {
  const words = groups.map(({ group, outcome }) => `${groupWords[group]}${outcomeWords[outcome]}`);
  return text(`各表决组：${words.join('；')}。`);
}

const amountBases = {
  unsecuredTotal: '无财产担保债权总额',
  groupTotal: '该组债权总额',
  /** The total of a group where there are no groups (art. 62(2)). */
  allClaims: '债权总额',
  participating: '参加表决的权益总额',
} as const;

function groupBlocks(group: GroupResult, base: keyof typeof amountBases, isNamed: boolean): MinutesBlock[] {
  const total = sumOf(group);
  const line = (label: string, { heads, fen }: ChoiceTotals) => [
    label,
    heads,
    share(heads, group.presentHeads),
    yuan(fen),
    share(fen, total),
  ];
  return [
    ...(isNamed ? [heading(groupWords[group.group])] : []),
    text(
      `有表决权的债权人 ${group.units} 家，出席 ${group.presentHeads} 家${staffEntered(group)}；${amountBases[base]} ${amount(total)}。`,
    ),
    table(
      [
        ['表决意见', 22],
        ['家数', 12, 'number'],
        ['占出席家数', 18, 'number'],
        ['债权额（元）', 28, 'number'],
        ['占债权总额', 18, 'number'],
      ],
      [
        line('同意', group.for),
        line('不同意', group.against),
        line('弃权', group.abstain),
        line('出席未表决', group.silent),
        ...(group.invalid ? [line('无效票', group.invalid)] : []),
        ['未出席', group.absent.heads, '—', yuan(group.absent.fen), share(group.absent.fen, total)],
      ],
    ),
    ...(group.heads ? [text(headsText(group.heads))] : []),
    ...(group.amount ? [text(amountText(group.amount, amountBases[base]))] : []),
  ];
}

function staffEntered({ staffEnteredHeads }: GroupResult): string {
  return staffEnteredHeads === '0' ? '' : `（其中 ${staffEnteredHeads} 家仅由工作人员代为登记签到）`;
}

function sumOf({ for: inFavour, against, abstain, silent, invalid, absent }: GroupResult): bigint {
  const lines = [inFavour, against, abstain, silent, absent, ...(invalid ? [invalid] : [])];
  return lines.reduce((sum, { fen }) => sum + BigInt(fen), 0n);
}

function headsText(test: TestFigures): string {
  const met = test.passed ? '达到' : `未达到，还差 ${missingHeads(test)} 家`;
  return `家数：出席会议的有表决权的债权人 ${test.denominator} 家，其中同意 ${test.numerator} 家，即 ${test.numerator}/${test.denominator}，占 ${test.percent}%；法律要求${requirement(test)}，${met}。`;
}

function amountText(test: TestFigures, base: string): string {
  const fraction = `${yuan(test.numerator)}/${yuan(test.denominator)}`;
  const met = test.passed ? '达到' : `未达到，还差 ${yuan(test.shortfall)} 元`;
  return `债权额：同意的债权人所代表的债权额 ${amount(test.numerator)}，即 ${fraction}，占${base}的 ${test.percent}%；法律要求${requirement(test)}，${met}。`;
}

/** The same ballots counted otherwise, so that nobody has to guess what the result hangs on. */
function otherViews(results: Results): MinutesBlock[] {
  const views: [string, Result | null | undefined][] = [
    ['不计人民法院临时确定的债权额', results.withoutTemporary],
    ['不计工作人员代为登记的签到', results.withoutStaffPresence],
    ['仅以参加表决认定出席', results.votedOnly],
    ['以签到或者参加表决认定出席', results.signInOrVoted],
    ['不计视同同意', results.withoutDeemed],
    ['不计关联方', results.withoutAffiliates],
  ];
  const rows = views.flatMap(([label, result]) => (result ? viewRows(label, result) : []));
  if (rows.length === 0)
    return [note('没有临时确定的债权额、代为登记的签到或者出席未表决的债权人，换算结果相同。')];
  return [
    note('以下为同一批表决票按其他口径的换算，供核对，不影响本项结果：'),
    table(
      [
        ['口径', 40],
        ['同意/出席（家）', 20, 'number'],
        ['家数占比', 16, 'number'],
        ['债权额占比', 16, 'number'],
        ['结果', 14],
      ],
      rows,
    ),
  ];
}

/** One line where there is one group; else the whole, which has no tests of its own, and each group below it. */
function viewRows(label: string, { outcome, groups }: Result): string[][] {
  const [only] = groups;
  if (only !== undefined && groups.length === 1)
    return [[label, ...viewFigures(only), outcomeWords[outcome]]];
  return [
    [label, '—', '—', '—', outcomeWords[outcome]],
    ...groups.map((group) => [
      `其中：${groupWords[group.group]}`,
      ...viewFigures(group),
      outcomeWords[group.outcome],
    ]),
  ];
}

function viewFigures({ heads, amount: fen }: GroupResult): string[] {
  return [
    heads ? `${heads.numerator}/${heads.denominator}` : '—',
    heads ? `${heads.percent}%` : '—',
    fen ? `${fen.percent}%` : '—',
  ];
}
