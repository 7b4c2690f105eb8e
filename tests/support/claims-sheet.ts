/** Claims tables as stored cells, for the rules alone: no file is needed to test them. */
import { demonstrationClaimRows } from '../../server/demo/fictitious-claims.ts';
import type { ClaimRowTexts } from '../../server/demo/fictitious-claims.ts';
import { readClaimsTable } from '../../server/domain/claims/read-claims-table.ts';
import type { ClaimsTable } from '../../server/domain/claims/read-claims-table.ts';
import { columnLetters } from '../../server/domain/claims/raw-sheet.ts';
import type { RawCell, RawRow, RawSheet } from '../../server/domain/claims/raw-sheet.ts';
import { claimColumns } from '../../server/protocol/claims-import/columns.ts';
import type { ClaimColumn } from '../../server/protocol/claims-import/columns.ts';

export const TODAY = '2026-11-22';

export const COLUMN_KEYS = Object.keys(claimColumns) as ClaimColumn[];

/** A cell other than a plain text. */
export type TestCell = string | Partial<Omit<RawCell, 'column'>>;
export type TestRow = Readonly<Partial<Record<ClaimColumn, TestCell>>>;

/** Letters of a column in a table with all columns in the template's order. */
export const columnOf = (key: ClaimColumn): string => columnLetters(COLUMN_KEYS.indexOf(key) + 1);

export function toCell(column: number, cell: TestCell): RawCell {
  const text = typeof cell === 'string' ? cell : '';
  const own = typeof cell === 'string' ? {} : cell;
  return { column, kind: 'text', text, isFormula: false, ...own };
}

function toRow(number: number, row: TestRow): RawRow {
  const cells = COLUMN_KEYS.flatMap((key, index) => {
    const cell = row[key];
    return cell === undefined ? [] : [toCell(index + 1, cell)];
  });
  return { number, isHidden: false, cells };
}

const headings = (): RawRow => ({
  number: 1,
  isHidden: false,
  cells: COLUMN_KEYS.map((key, index) => toCell(index + 1, claimColumns[key].zh)),
});

/** A sheet 债权表 with the headings in row 1 and the given rows from row 2 on. */
export function toSheet(rows: readonly TestRow[], over: Partial<RawSheet> = {}): RawSheet {
  const data = rows.map((row, index) => toRow(index + 2, row));
  return { name: '债权表', rows: [headings(), ...data], mergedRanges: [], hiddenColumns: [], ...over };
}

export function readRows(rows: readonly TestRow[], over: Partial<RawSheet> = {}): ClaimsTable {
  return readClaimsTable([toSheet(rows, over)], { today: TODAY });
}

/** A confirmed ordinary claim of an enterprise, with some cells changed or, by null, emptied. */
export function ordinaryRow(over: Readonly<Partial<Record<ClaimColumn, TestCell | null>>> = {}): TestRow {
  const plain = demonstrationClaimRows().find(
    (row) => row.nature === '普通债权' && row.kind === '法人' && row.proxyName === undefined && row.confirmed,
  );
  return change(plain ?? {}, over);
}

export function change(
  row: ClaimRowTexts,
  over: Readonly<Partial<Record<ClaimColumn, TestCell | null>>>,
): TestRow {
  const changed: Partial<Record<ClaimColumn, TestCell>> = { ...row };
  for (const [key, cell] of Object.entries(over) as [ClaimColumn, TestCell | null][]) {
    if (cell === null) delete changed[key];
    else changed[key] = cell;
  }
  return changed;
}

/** `CODE@F12` for each finding: what the tables of the tests are written in. */
export const codes = (findings: ClaimsTable['errors']): string[] =>
  findings.map(({ code, cell }) => `${code}@${cell}`);
