/** The claims table with its objections as a spreadsheet reads it, for the court's confirmation (art. 58). */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { chinaDateTime } from '../../domain/china-calendar.ts';
import { formatYuan } from '../../domain/money.ts';
import { natureWords, objectionDecisionWords, objectionPointWords } from '../../domain/minutes/words.ts';
import type { ObjectionView } from '../../protocol/rest/objection-routes.ts';
import type { ClaimRow } from '../ports/claim-rows-port.ts';

const HEADINGS = [
  '债权编号',
  '债权人',
  '债权性质',
  '申报金额（元）',
  '确认金额（元）',
  '核查情况',
  '异议编号',
  '异议人',
  '异议事项',
  '主张金额（元）',
  '异议内容',
  '提出时间',
  '管理人答复',
  '撤回时间',
  '撤回理由',
];
/** Rows written in one go. */
const SLICE_ROWS = 500;

/** Staff of the court and the administrator read it: names of the claims in full, objectors as their views say. */
export async function exportObjections(
  rows: AsyncIterable<ClaimRow>,
  objections: readonly ObjectionView[],
): Promise<string> {
  const byClaim = Map.groupBy(objections, ({ claimNo }) => claimNo);
  const lines = [HEADINGS.map(cell).join(',')];
  for await (const row of rows) {
    const own = byClaim.get(row.claimNo) ?? [];
    for (const objection of own.length > 0 ? own : [undefined]) lines.push(lineOf(row, objection));
    if (lines.length % SLICE_ROWS === 0) await nextTurn();
  }
  // Excel takes a file without the mark for one in another encoding.
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function lineOf(row: ClaimRow, objection: ObjectionView | undefined): string {
  const { claimNo, creditorName, nature, filedFen, confirmedFen } = row;
  const claim = [
    claimNo,
    creditorName,
    natureWords[nature],
    formatYuan(filedFen),
    confirmedFen === undefined ? '' : formatYuan(confirmedFen),
  ];
  return [...claim, ...(objection ? objectionCells(objection) : ['无异议', ...Array<string>(9).fill('')])]
    .map(cell)
    .join(',');
}

function objectionCells(objection: ObjectionView): string[] {
  const { seq, objectorName, point, amountFen, text, filedAt, answer, withdrawnAt } = objection;
  const answered = answer ? `${objectionDecisionWords[answer.decision]}：${answer.text}` : '';
  return [
    withdrawnAt === null ? '有异议' : '异议已撤回',
    `第 ${seq} 号`,
    objectorName,
    objectionPointWords[point],
    amountFen === null ? '' : formatYuan(BigInt(amountFen)),
    text,
    chinaDateTime(Date.parse(filedAt)),
    answered,
    withdrawnAt === null ? '' : chinaDateTime(Date.parse(withdrawnAt)),
    objection.withdrawnReason ?? '',
  ];
}

/** What a spreadsheet would take for a formula is made text by an apostrophe (OWASP, CSV injection). */
function cell(value: string): string {
  const guarded = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${guarded.replaceAll('"', '""')}"`;
}
