/**
 * Reads the stored cells of a workbook. `read-excel-file` was considered and gives values only: it turns a
 * number cell into a double, so that the text `1234567.0999999999` and an 18-digit identity number kept as
 * a number can no longer be told, and it knows neither formulas nor hidden rows nor merged cells. These are
 * the traps that must be reported, hence a streaming parse of our own.
 */
import type { RawCell, RawCellKind, RawRow, RawSheet } from '../domain/claims/raw-sheet.ts';
import { cellAddress, findPosition } from '../domain/claims/raw-sheet.ts';
import type { XlsxArchive } from './xlsx-archive.ts';
import { MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_MERGED_RANGES, MAX_ROWS } from './xlsx-limits.ts';
import { XlsxRefusal } from './xlsx-refusal.ts';
import { attribute, decodeEscapes, parsePart } from './xlsx-xml.ts';
import type { XmlAttributes } from './xlsx-xml.ts';

interface SheetPart {
  readonly name: string;
  readonly relation: string;
}

async function listSheets(archive: XlsxArchive): Promise<SheetPart[]> {
  const sheets: SheetPart[] = [];
  await parsePart(archive, 'xl/workbook.xml', {
    open(name, attributes) {
      if (name !== 'sheet' || sheets.length >= 1_000) return;
      sheets.push({ name: attributes['name'] ?? '', relation: attribute(attributes, 'id') ?? '' });
    },
  });
  return sheets;
}

/** Parts by relation id; targets are relative to `xl/` or absolute. */
async function listTargets(archive: XlsxArchive): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  await parsePart(archive, 'xl/_rels/workbook.xml.rels', {
    open(name, attributes) {
      const { Id: id, Target: target } = attributes;
      if (name !== 'Relationship' || id === undefined || target === undefined) return;
      targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`);
    },
  });
  return targets;
}

/** Strings of the workbook by index; phonetic readings (`rPh`) are not part of a text. */
async function readSharedStrings(archive: XlsxArchive): Promise<readonly string[]> {
  const part = archive.partNames.find((name) => name.toLowerCase() === 'xl/sharedstrings.xml');
  const strings: string[] = [];
  if (part === undefined) return strings;
  let current = '';
  let isInText = false;
  let phoneticDepth = 0;
  await parsePart(archive, part, {
    open(name) {
      if (name === 'si') current = '';
      else if (name === 'rPh') phoneticDepth += 1;
      else if (name === 't') isInText = phoneticDepth === 0;
    },
    text(text) {
      if (isInText && current.length < MAX_CELL_CHARACTERS) current += text;
    },
    close(name) {
      if (name === 't') isInText = false;
      else if (name === 'rPh') phoneticDepth -= 1;
      else if (name === 'si') strings.push(decodeEscapes(current.slice(0, MAX_CELL_CHARACTERS)));
    },
  });
  return strings;
}

function refuseBeyondLimits(reference: string): never {
  const params = { reference: reference.slice(0, 20), rows: String(MAX_ROWS), columns: String(MAX_COLUMNS) };
  throw new XlsxRefusal('CELL_BEYOND_LIMITS', params);
}

/** Rows and cells stand in order; a file in which they do not was not made by a spreadsheet program. */
function refuseOrder(reference = ''): never {
  throw new XlsxRefusal('FILE_BROKEN', { part: reference.slice(0, 20) });
}

const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true';

const CELL_KINDS: Readonly<Record<string, RawCellKind>> = {
  s: 'text',
  str: 'text',
  inlineStr: 'text',
  d: 'text',
  b: 'boolean',
  e: 'error',
  n: 'number',
};

/** Assembles rows out of the elements of a worksheet as they pass by. */
class SheetAssembler {
  readonly rows: RawRow[] = [];
  readonly mergedRanges: string[] = [];
  readonly hiddenColumns: number[] = [];
  readonly #sharedStrings: readonly string[];
  #rowNumber = 0;
  #isHidden = false;
  #cells: RawCell[] = [];
  #column = 0;
  #type = 'n';
  #text = '';
  #isFormula = false;
  #isInValue = false;
  #phoneticDepth = 0;

  constructor(sharedStrings: readonly string[]) {
    this.#sharedStrings = sharedStrings;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'c') this.#openCell(attributes);
    else if (name === 'v') this.#isInValue = true;
    else if (name === 't') this.#isInValue = this.#phoneticDepth === 0;
    else if (name === 'f') this.#isFormula = true;
    else if (name === 'row') this.#openRow(attributes);
    else if (name === 'rPh') this.#phoneticDepth += 1;
    else if (name === 'mergeCell') this.#addMerge(attributes['ref'] ?? '');
    else if (name === 'col') this.#addColumns(attributes);
  }

  text(text: string): void {
    if (this.#isInValue && this.#text.length < MAX_CELL_CHARACTERS) this.#text += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#isInValue = false;
    else if (name === 'rPh') this.#phoneticDepth -= 1;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#closeRow();
  }

  /** `r` may be left out: the row follows the one before. */
  #openRow(attributes: XmlAttributes): void {
    const number = attributes['r'] === undefined ? this.#rowNumber + 1 : Number(attributes['r']);
    if (number > MAX_ROWS) refuseBeyondLimits(`A${number}`);
    if (!Number.isInteger(number) || number <= this.#rowNumber) refuseOrder(attributes['r']);
    this.#rowNumber = number;
    this.#isHidden = isTrue(attributes['hidden']);
    this.#cells = [];
    this.#column = 0;
  }

  #openCell(attributes: XmlAttributes): void {
    const reference = attributes['r'];
    const position =
      reference === undefined ? { column: this.#column + 1, row: this.#rowNumber } : findPosition(reference);
    if (position === undefined) refuseOrder(reference);
    if (position.column > MAX_COLUMNS || position.row > MAX_ROWS) {
      refuseBeyondLimits(cellAddress(position.column, position.row));
    }
    if (position.row !== this.#rowNumber || position.column <= this.#column) refuseOrder(reference);
    this.#column = position.column;
    this.#type = attributes['t'] ?? 'n';
    this.#text = '';
    this.#isFormula = false;
  }

  #closeCell(): void {
    const value = this.#cellText();
    const isEmpty = value.trim() === '';
    if (isEmpty && !this.#isFormula) return;
    const kind = isEmpty ? 'none' : (CELL_KINDS[this.#type] ?? 'text');
    this.#cells.push({ column: this.#column, kind, text: value, isFormula: this.#isFormula });
  }

  #cellText(): string {
    if (this.#type === 's') return this.#sharedStrings[Number(this.#text)] ?? '';
    if (this.#type === 'n') return this.#text.trim();
    return decodeEscapes(this.#text.slice(0, MAX_CELL_CHARACTERS));
  }

  #closeRow(): void {
    if (this.#cells.length === 0) return;
    this.rows.push({ number: this.#rowNumber, isHidden: this.#isHidden, cells: this.#cells });
    this.#cells = [];
  }

  #addMerge(range: string): void {
    if (this.mergedRanges.length >= MAX_MERGED_RANGES) refuseBeyondLimits(range);
    this.mergedRanges.push(range.slice(0, 24));
  }

  #addColumns(attributes: XmlAttributes): void {
    if (!isTrue(attributes['hidden'])) return;
    const last = Math.min(Number(attributes['max']), MAX_COLUMNS);
    for (let column = Math.max(1, Number(attributes['min'])); column <= last; column += 1) {
      this.hiddenColumns.push(column);
    }
  }
}

const emptySheet = (name: string): RawSheet => ({ name, rows: [], mergedRanges: [], hiddenColumns: [] });

/**
 * The sheets of a workbook: for each test the first that passes it with its cells, the others by name only.
 * The first test is for what the workbook is uploaded for: without it nothing else is read.
 * @throws XlsxRefusal when the file is damaged, has a DOCTYPE, or refers to cells beyond the limits
 */
export async function readSheets(
  archive: XlsxArchive,
  [isMain, ...others]: readonly [SheetTest, ...SheetTest[]],
): Promise<RawSheet[]> {
  const sheets = await listSheets(archive);
  const main = sheets.find(({ name }) => isMain(name));
  if (main === undefined) return sheets.map(({ name }) => emptySheet(name));
  const wanted = new Set([main, ...others.map((isOther) => sheets.find(({ name }) => isOther(name)))]);
  const targets = await listTargets(archive);
  const strings = await readSharedStrings(archive);
  const read: RawSheet[] = [];
  for (const sheet of sheets) {
    const isWanted = wanted.has(sheet);
    read.push(isWanted ? await readSheet(archive, { sheet, targets, strings }) : emptySheet(sheet.name));
  }
  return read;
}

type SheetTest = (name: string) => boolean;

interface SheetToRead {
  readonly sheet: SheetPart;
  readonly targets: ReadonlyMap<string, string>;
  readonly strings: readonly string[];
}

async function readSheet(archive: XlsxArchive, { sheet, targets, strings }: SheetToRead): Promise<RawSheet> {
  const part = targets.get(sheet.relation);
  if (part === undefined) throw new XlsxRefusal('FILE_BROKEN', { part: 'xl/_rels/workbook.xml.rels' });
  const assembler = new SheetAssembler(strings);
  await parsePart(archive, part, {
    open: (name, attributes) => assembler.open(name, attributes),
    text: (text) => assembler.text(text),
    close: (name) => assembler.close(name),
  });
  const { rows, mergedRanges, hiddenColumns } = assembler;
  return { name: sheet.name, rows, mergedRanges, hiddenColumns };
}
