/** A worksheet as it was stored: what kind of cell, and its exact text; the shape between file and rules. */

export type RawCellKind = 'text' | 'number' | 'boolean' | 'error' | 'none';

export interface RawCell {
  /** 1 is column A. */
  readonly column: number;
  readonly kind: RawCellKind;
  /** Stored text: a number exactly as written in the file (`1234567.0999999999`, `1.1E+17`), a boolean as 1 or 0. */
  readonly text: string;
  readonly isFormula: boolean;
}

export interface RawRow {
  /** As Excel counts, from 1. */
  readonly number: number;
  readonly isHidden: boolean;
  /** Cells with content only, in order of columns. */
  readonly cells: readonly RawCell[];
}

export interface RawSheet {
  readonly name: string;
  readonly rows: readonly RawRow[];
  /** Such as `A1:F1`. */
  readonly mergedRanges: readonly string[];
  /** Numbers of hidden columns. */
  readonly hiddenColumns: readonly number[];
}

/** A for 1, Z for 26, AA for 27. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

export function cellAddress(column: number, row: number): string {
  return `${columnLetters(column)}${row}`;
}

export interface CellPosition {
  readonly column: number;
  readonly row: number;
}

/** Reads `F12` or `$F$12`; undefined when it is no address. At most three letters and seven digits. */
export function findPosition(address: string): CellPosition | undefined {
  const match = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$/.exec(address);
  if (match === null) return undefined;
  const column = [...(match[1] ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { column, row: Number(match[2]) };
}

/** First and last row of `A1:F3` or `A1`. */
export function findRowSpan(range: string): { readonly first: number; readonly last: number } | undefined {
  const [from, to] = range.split(':').map(findPosition);
  return from === undefined ? undefined : { first: from.row, last: (to ?? from).row };
}
