/** Collects what is found in a table: all of it is counted, the lists are cut so that a report stays readable. */
import type { ClaimColumn, SheetColumn } from '../../protocol/claims-import/columns.ts';
import { isImportError } from '../../protocol/import-messages.ts';
import type { ImportCode, ImportFinding, ImportParams } from '../../protocol/import-messages.ts';
import { cellAddress } from './raw-sheet.ts';

/** Longest list of errors, and of warnings, that is handed back; the counts go on. */
export const MAX_LISTED_FINDINGS = 1000;

export interface Place {
  readonly column: number;
  readonly row: number;
}

export interface FindingLists {
  readonly errors: readonly ImportFinding[];
  readonly errorCount: number;
  readonly warnings: readonly ImportFinding[];
  readonly warningCount: number;
}

export interface Findings {
  readonly sheet: string;
  add<C extends ImportCode>(code: C, params: ImportParams<C>, place?: Place): void;
  /** Errors so far. */
  errorCount(): number;
  lists(): FindingLists;
}

/** What was found in two sheets, the first sheet's before the second's. */
export function joinLists(first: FindingLists, second: FindingLists): FindingLists {
  return {
    errors: [...first.errors, ...second.errors],
    errorCount: first.errorCount + second.errorCount,
    warnings: [...first.warnings, ...second.warnings],
    warningCount: first.warningCount + second.warningCount,
  };
}

/** The columns of a sheet that are read as those of the claims table and called otherwise. */
export type ColumnNames = Readonly<Partial<Record<ClaimColumn, SheetColumn>>>;

/** @param names what a column of the claims table is called in this sheet */
export function createFindings(sheet: string, names: ColumnNames = {}): Findings {
  const errors: ImportFinding[] = [];
  const warnings: ImportFinding[] = [];
  let errorCount = 0;
  let warningCount = 0;
  return {
    sheet,
    add(code, params, place) {
      const isError = isImportError(code);
      if (isError) errorCount += 1;
      else warningCount += 1;
      const list = isError ? errors : warnings;
      if (list.length >= MAX_LISTED_FINDINGS) return;
      const cell = place === undefined ? '' : cellAddress(place.column, place.row);
      list.push({ code, sheet, cell, params: withNames(params, names) });
    },
    errorCount: () => errorCount,
    lists: () => ({
      errors: inReadingOrder(errors),
      errorCount,
      warnings: inReadingOrder(warnings),
      warningCount,
    }),
  };
}

function withNames(params: Readonly<Record<string, string>>, names: ColumnNames) {
  const named: Readonly<Record<string, SheetColumn>> = names;
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      name.toLowerCase().endsWith('column') ? (named[value] ?? value) : value,
    ]),
  );
}

const rowOf = (finding: ImportFinding): number => Number(/\d+$/.exec(finding.cell)?.[0] ?? 0);

/** By row, so that who mends the file goes through it once; the sort is stable. */
function inReadingOrder(list: readonly ImportFinding[]): readonly ImportFinding[] {
  return list.toSorted((a, b) => rowOf(a) - rowOf(b));
}
