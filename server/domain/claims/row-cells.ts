/** Reads the cells of one row by column, reporting what is wrong with a cell at its address. */
import type { ClaimColumn } from '../../protocol/claims-import/columns.ts';
import type { ImportCode, ImportParams } from '../../protocol/import-messages.ts';
import { readExactDecimal, readStoredYuan, readYuan } from '../money.ts';
import type { MoneyProblem, MoneyReading } from '../money.ts';
import { cleanText, isBlank } from './clean-text.ts';
import type { Findings, Place } from './findings.ts';
import type { Header } from './layout.ts';
import type { RawCell, RawRow } from './raw-sheet.ts';
import { findCode, listWords } from './vocabulary.ts';

/** Longest value that is repeated in a message, in characters. */
const MAX_QUOTED_CHARACTERS = 40;

export const quote = (text: string): string =>
  text.length <= MAX_QUOTED_CHARACTERS ? text : `${text.slice(0, MAX_QUOTED_CHARACTERS)}…`;

const amountCodes = {
  NOT_A_NUMBER: 'AMOUNT_NOT_A_NUMBER',
  UNIT: 'AMOUNT_UNIT',
  NEGATIVE: 'AMOUNT_NEGATIVE',
  DECIMALS: 'AMOUNT_DECIMALS',
  GROUPING: 'AMOUNT_GROUPING',
  TOO_LARGE: 'AMOUNT_TOO_LARGE',
} as const satisfies Record<MoneyProblem, ImportCode>;

export interface TextLimits {
  readonly min: number;
  readonly max: number;
}

/** An amount as it stands in a cell of any kind. */
export function readAmountCell(cell: RawCell): MoneyReading {
  if (cell.kind === 'number') return readStoredYuan(cell.text);
  return cell.kind === 'text' ? readYuan(cleanText(cell.text).text) : { ok: false, problem: 'NOT_A_NUMBER' };
}

/** More significant digits than this are the tail of a double, not something that somebody typed. */
const TYPED_DIGITS = 15;

/** A number cell as a person would write it: `1.38E+10` → `13800000000`, `7.1234000000000002` → `7.1234`. */
function numberText(text: string): string {
  const decimal = readExactDecimal(text);
  if (decimal === undefined) return text;
  const unit = 10n ** BigInt(decimal.scale);
  if (decimal.digits % unit === 0n) return (decimal.digits / unit).toString();
  // The shortest text of the same double; amounts in yuan never come this way (`readStoredYuan`).
  return text.replace(/\D/g, '').length > TYPED_DIGITS ? String(Number(text)) : text;
}

const DAY_MS = 86_400_000;

/** Excel counts days from 1899-12-30; before March 1900 it is off by one and nobody's debt is that old. */
function serialDate(text: string): string | undefined {
  const serial = Number(text);
  if (!Number.isInteger(serial) || serial < 61 || serial > 109_574) return undefined;
  return new Date(Date.UTC(1899, 11, 30) + serial * DAY_MS).toISOString().slice(0, 10);
}

function writtenDate(text: string): string | undefined {
  const match = /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?$/.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = ''] = match;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const parsed = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(iso) ? iso : undefined;
}

function booleanWord(cell: RawCell): string {
  return cell.text === '1' || cell.text.toLowerCase() === 'true' ? '是' : '否';
}

/** The cells of one row; every reading reports its own problems, so each column is read once. */
export class RowCells {
  readonly rowNumber: number;
  readonly #header: Header;
  readonly #findings: Findings;
  readonly #byColumn: ReadonlyMap<number, RawCell>;

  constructor(row: RawRow, header: Header, findings: Findings) {
    this.rowNumber = row.number;
    this.#header = header;
    this.#findings = findings;
    const filled = row.cells.filter((cell) => cell.isFormula || !isBlank(cell.text));
    this.#byColumn = new Map(filled.map((cell) => [cell.column, cell]));
  }

  /** Where a column of this row is; the first cell of the row when the table lacks the column. */
  place(key: ClaimColumn): Place {
    return { column: this.#header.columnOf.get(key) ?? 1, row: this.rowNumber };
  }

  /** Reports a problem of a column of this row. */
  report<C extends ImportCode>(code: C, params: ImportParams<C>, key: ClaimColumn): void {
    this.#findings.add(code, params, this.place(key));
  }

  has(key: ClaimColumn): boolean {
    return this.#stored(key) !== undefined;
  }

  isNumber(key: ClaimColumn): boolean {
    return this.#stored(key)?.kind === 'number';
  }

  /** Reports an empty required cell. */
  require(key: ClaimColumn): void {
    if (!this.has(key)) this.report('REQUIRED', { column: key }, key);
  }

  text(key: ClaimColumn): string | undefined {
    const found = this.#cell(key);
    if (found === undefined) return undefined;
    if (found.kind === 'number') return numberText(found.text);
    if (found.kind === 'boolean') return booleanWord(found);
    const cleaned = cleanText(found.text);
    for (const change of cleaned.changes) this.report(change, { column: key }, key);
    return cleaned.text;
  }

  limitedText(key: ClaimColumn, { min, max }: TextLimits): string | undefined {
    const value = this.text(key);
    if (value === undefined) return undefined;
    const { length } = [...value];
    if (length >= min && length <= max) return value;
    const params = { column: key, min: String(min), max: String(max), found: String(length) };
    this.report('TEXT_LENGTH', params, key);
    return undefined;
  }

  /** A number or code of somebody's own making: a number cell may have lost its leading zeros. */
  code(key: ClaimColumn): string | undefined {
    if (this.isNumber(key)) this.report('CODE_STORED_AS_NUMBER', { column: key }, key);
    return this.text(key);
  }

  oneOf<C extends string>(key: ClaimColumn, words: Readonly<Record<C, string>>): C | undefined {
    const value = this.text(key);
    if (value === undefined) return undefined;
    const code = findCode(words, value);
    if (code !== undefined) return code;
    this.report('NOT_IN_LIST', { column: key, found: quote(value), allowed: listWords(words) }, key);
    return undefined;
  }

  /** An amount in fen. */
  amount(key: ClaimColumn): bigint | undefined {
    const found = this.#cell(key);
    if (found === undefined) return undefined;
    const reading = readAmountCell(found);
    if (reading.ok) return reading.fen;
    this.report(amountCodes[reading.problem], { column: key, found: quote(found.text.trim()) }, key);
    return undefined;
  }

  /** `YYYY-MM-DD`. */
  date(key: ClaimColumn): string | undefined {
    const found = this.#cell(key);
    if (found === undefined) return undefined;
    const iso = found.kind === 'number' ? serialDate(found.text) : writtenDate(cleanText(found.text).text);
    if (iso === undefined) this.report('DATE_FORM', { column: key }, key);
    return iso;
  }

  #stored(key: ClaimColumn): RawCell | undefined {
    const column = this.#header.columnOf.get(key);
    return column === undefined ? undefined : this.#byColumn.get(column);
  }

  /** The stored cell, its formula and error values reported; undefined when there is nothing to read. */
  #cell(key: ClaimColumn): RawCell | undefined {
    const found = this.#stored(key);
    if (found === undefined) return undefined;
    if (found.kind === 'error') {
      this.report('CELL_ERROR_VALUE', { column: key, found: quote(found.text) }, key);
      return undefined;
    }
    if (!found.isFormula) return found;
    const hasNoValue = found.kind === 'none' || isBlank(found.text);
    this.report(hasNoValue ? 'FORMULA_WITHOUT_VALUE' : 'FORMULA_VALUE_USED', { column: key }, key);
    return hasNoValue ? undefined : found;
  }
}
