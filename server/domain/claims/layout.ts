/** How a claims table is laid out: its heading row, which column is which, and which rows are no claims. */
import { claimColumns } from '../../protocol/claims-import/columns.ts';
import type { ClaimColumn } from '../../protocol/claims-import/columns.ts';
import { cleanText, isBlank } from './clean-text.ts';
import type { Findings } from './findings.ts';
import { cellAddress, findRowSpan } from './raw-sheet.ts';
import type { RawRow, RawSheet } from './raw-sheet.ts';

/** Rows looked at for the headings: titles and remarks stand above them. */
const MAX_ROWS_ABOVE_HEADER = 20;

/** Columns that every table must have; further ones are required row by row, by what stands in them. */
const REQUIRED_COLUMNS: readonly ClaimColumn[] = [
  'claimNo',
  'name',
  'kind',
  'idType',
  'idNo',
  'contact',
  'mobile',
  'nature',
  'filed',
  'status',
];

/** Headings in use for the same column, beside that of the template. */
const ALIASES: Readonly<Record<string, ClaimColumn>> = {
  债权人名称: 'name',
  债权人姓名: 'name',
  '名称/姓名': 'name',
  '债权人姓名/名称': 'name',
  法定代表人: 'legalRep',
  负责人: 'legalRep',
  手机: 'mobile',
  手机号: 'mobile',
  联系手机: 'mobile',
  邮箱: 'email',
  地址: 'address',
  其他申报金额: 'otherFiled',
  本金: 'principal',
  利息: 'interest',
  申报债权金额: 'filed',
  临时确定金额: 'temporary',
  决定书文号: 'courtDecisionNo',
  放弃优先受偿权: 'waived',
  关联方: 'affiliate',
  合并计票代表: 'headNo',
  所保证的主债权编号: 'recourseFor',
  代理人: 'proxyName',
  代理人证件号码: 'proxyIdNo',
  代理人手机号码: 'proxyMobile',
};

/** Columns that people add for themselves and that say nothing about a claim. */
const IGNORED_HEADINGS = new Set(['序号', 'NO', 'NO.']);

/** Whether a worksheet is called so, whatever spaces stand in its name. */
export function isSheetNamed(name: string, expected: string): boolean {
  return cleanText(name).text.replace(/\s+/g, '') === expected;
}

/** What tells one table of the workbook from another. */
export interface SheetLayout {
  readonly columnByHeading: ReadonlyMap<string, ClaimColumn>;
  readonly required: readonly ClaimColumn[];
}

export const claimsLayout: SheetLayout = {
  columnByHeading: new Map<string, ClaimColumn>([
    ...Object.entries(ALIASES),
    ...Object.entries(claimColumns).map(([key, { zh }]) => [zh, key as ClaimColumn] as const),
  ]),
  required: REQUIRED_COLUMNS,
};

export interface Header {
  readonly rowNumber: number;
  readonly columnOf: ReadonlyMap<ClaimColumn, number>;
}

function heading(text: string): string {
  const { text: cleaned } = cleanText(text);
  return cleaned
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/^\*|\*$/g, '')
    .replace(/\((?:人民币)?元\)$/, '');
}

function isHeaderRow(row: RawRow, { columnByHeading }: SheetLayout): boolean {
  const keys = new Set(row.cells.map((cell) => columnByHeading.get(heading(cell.text))));
  return keys.has('claimNo') && keys.has('name');
}

function readColumns(
  row: RawRow,
  { columnByHeading }: SheetLayout,
  findings: Findings,
): Map<ClaimColumn, number> {
  const columnOf = new Map<ClaimColumn, number>();
  for (const cell of row.cells) {
    const text = heading(cell.text);
    const place = { column: cell.column, row: row.number };
    if (text === '' || IGNORED_HEADINGS.has(text.toUpperCase())) continue;
    const key = columnByHeading.get(text);
    const first = key === undefined ? undefined : columnOf.get(key);
    if (/\(.*[万亿].*\)$/.test(text)) findings.add('COLUMN_IN_WAN', { header: text }, place);
    else if (key === undefined) findings.add('COLUMN_UNKNOWN', { header: text }, place);
    else if (first === undefined) columnOf.set(key, cell.column);
    else findings.add('COLUMN_REPEATED', { column: key, first: cellAddress(first, row.number) }, place);
  }
  return columnOf;
}

function reportTitles(sheet: RawSheet, headerRow: number, findings: Findings): void {
  for (const range of sheet.mergedRanges) {
    const span = findRowSpan(range);
    if (span !== undefined && span.last < headerRow) {
      findings.add('MERGED_TITLE_SKIPPED', { range }, { column: 1, row: span.first });
    }
  }
}

/** The heading row; undefined, with an error reported, where there is none or a required column is missing. */
export function findHeader(sheet: RawSheet, layout: SheetLayout, findings: Findings): Header | undefined {
  const row = sheet.rows.slice(0, MAX_ROWS_ABOVE_HEADER).find((each) => isHeaderRow(each, layout));
  if (row === undefined) {
    const params = { rows: String(MAX_ROWS_ABOVE_HEADER), numberColumn: 'claimNo', nameColumn: 'name' };
    findings.add('HEADER_MISSING', params);
    return undefined;
  }
  const columnOf = readColumns(row, layout, findings);
  reportTitles(sheet, row.number, findings);
  const missing = layout.required.filter((key) => !columnOf.has(key));
  for (const column of missing) findings.add('COLUMN_MISSING', { column }, { column: 1, row: row.number });
  for (const [column, number] of columnOf) {
    if (sheet.hiddenColumns.includes(number)) {
      findings.add('HIDDEN_COLUMN_READ', { column }, { column: number, row: row.number });
    }
  }
  return missing.length === 0 ? { rowNumber: row.number, columnOf } : undefined;
}

export type RowClass =
  | { readonly kind: 'CLAIM' }
  | { readonly kind: 'EMPTY' }
  | { readonly kind: 'GRAND_TOTAL' | 'SUBTOTAL' | 'FOOTER'; readonly label: string };

const GRAND_TOTAL = /^(?:合计|总计|共计)(?:金额)?(?:\(元\))?:?$/;
const SUBTOTAL = /^[\p{Script=Han}()（）]{0,16}(?:合计|小计|总计|累计|共计)(?:金额)?(?:\(元\))?:?$/u;
const FOOTER =
  /^(?:制表|审核|复核|填表|编制|核对|统计)[\p{Script=Han}]{0,6}(?::|$)|^(?:管理人|负责人|经办人|日期|单位|备注|注|说明)\d?[:.]/u;

/** Longest label that is repeated in a message, in characters. */
const MAX_LABEL_CHARACTERS = 20;

/** What a row below the headings is. A row with a claim number is a claim, whatever else stands in it. */
export function classifyRow(row: RawRow, header: Header): RowClass {
  const filled = row.cells.filter((cell) => cell.isFormula || !isBlank(cell.text));
  const [first] = filled;
  if (first === undefined) return { kind: 'EMPTY' };
  const claimNoColumn = header.columnOf.get('claimNo');
  const hasClaimNo = filled.some(({ column }) => column === claimNoColumn);
  if (hasClaimNo && first.column !== claimNoColumn) return { kind: 'CLAIM' };
  const text = cleanText(first.text).text.replace(/\s+/g, '').replaceAll('：', ':');
  const label = text.slice(0, MAX_LABEL_CHARACTERS);
  if (GRAND_TOTAL.test(text)) return { kind: 'GRAND_TOTAL', label };
  if (SUBTOTAL.test(text)) return { kind: 'SUBTOTAL', label };
  return FOOTER.test(text) ? { kind: 'FOOTER', label } : { kind: 'CLAIM' };
}
