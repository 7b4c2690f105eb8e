/** The rows of a table below its headings: those with something of the table in them, and the last of its totals. */
import type { ClaimDraft } from '../claim-draft.ts';
import type { Findings } from '../findings.ts';
import { classifyRow } from '../layout.ts';
import type { Header } from '../layout.ts';
import { findRowSpan } from '../raw-sheet.ts';
import type { RawRow, RawSheet } from '../raw-sheet.ts';
import { RowCells } from '../row-cells.ts';

export interface SheetReading {
  readonly sheet: RawSheet;
  readonly header: Header;
  readonly findings: Findings;
}

export interface RowsReading {
  readonly drafts: readonly ClaimDraft[];
  /** The last 合计 row: earlier ones add up parts. */
  readonly totalRow: RawRow | undefined;
}

/** Every row below the headings that belongs to the table; what does not is reported and left out. */
export function readRows(
  { sheet, header, findings }: SheetReading,
  readDraft: (cells: RowCells) => ClaimDraft,
): RowsReading {
  const drafts: ClaimDraft[] = [];
  let totalRow: RawRow | undefined;
  for (const row of sheet.rows) {
    if (row.number <= header.rowNumber) continue;
    const special = classifyRow(row, header);
    const place = { column: 1, row: row.number };
    if (special.kind === 'EMPTY') continue;
    if (special.kind === 'CLAIM') {
      if (row.isHidden) findings.add('HIDDEN_ROW_READ', { row: String(row.number) }, place);
      drafts.push(readDraft(new RowCells(row, header, findings)));
      continue;
    }
    const code = special.kind === 'FOOTER' ? 'FOOTER_ROW_SKIPPED' : 'TOTAL_ROW_SKIPPED';
    findings.add(code, { row: String(row.number), label: special.label }, place);
    if (special.kind === 'GRAND_TOTAL') totalRow = row;
  }
  reportMergedCells(sheet, drafts, findings);
  return { drafts, totalRow };
}

/** A merged cell keeps its value in the first row only: the others would be read as empty. */
function reportMergedCells(sheet: RawSheet, drafts: readonly ClaimDraft[], findings: Findings): void {
  const rowNumbers = drafts.map(({ rowNumber }) => rowNumber);
  for (const range of sheet.mergedRanges) {
    const span = findRowSpan(range);
    const touched = span === undefined ? undefined : firstFrom(rowNumbers, span.first);
    if (span === undefined || touched === undefined || touched > span.last) continue;
    findings.add('MERGED_CELLS', { range }, { column: 1, row: touched });
  }
}

/** The first of ascending numbers that is not below `from`; by halving, as both lists may be 60 000 long. */
function firstFrom(ascending: readonly number[], from: number): number | undefined {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? from) < from) low = middle + 1;
    else high = middle;
  }
  return ascending[low];
}
