/** Workbooks for the import: good ones out of stored cells, and bad ones that no spreadsheet would write. */
import { constants, deflateRawSync } from 'node:zlib';
import { manyClaimRows } from '../../server/demo/fictitious-claims.ts';
import { cellAddress } from '../../server/domain/claims/raw-sheet.ts';
import type { RawCell, RawRow, RawSheet } from '../../server/domain/claims/raw-sheet.ts';
import { toSheet } from './claims-sheet.ts';
import { writeZip } from './zip-writer.ts';
import type { ZipPart } from './zip-writer.ts';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

class SharedStrings {
  readonly #indexes = new Map<string, number>();

  indexOf(text: string): number {
    const known = this.#indexes.get(text);
    if (known !== undefined) return known;
    this.#indexes.set(text, this.#indexes.size);
    return this.#indexes.size - 1;
  }

  xml(): string {
    const items = [...this.#indexes.keys()].map(
      (text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`,
    );
    return `${XML}<sst xmlns="${MAIN}">${items.join('')}</sst>`;
  }
}

const TYPES: Readonly<Record<string, string>> = { text: ' t="s"', boolean: ' t="b"', error: ' t="e"' };

function cellXml(cell: RawCell, row: number, strings: SharedStrings): string {
  const reference = cellAddress(cell.column, row);
  const formula = cell.isFormula ? '<f>1+1</f>' : '';
  if (cell.kind === 'none') return `<c r="${reference}">${formula}</c>`;
  if (cell.isFormula && cell.kind === 'text') {
    return `<c r="${reference}" t="str">${formula}<v>${escapeXml(cell.text)}</v></c>`;
  }
  const value = cell.kind === 'text' ? strings.indexOf(cell.text) : escapeXml(cell.text);
  return `<c r="${reference}"${TYPES[cell.kind] ?? ''}>${formula}<v>${value}</v></c>`;
}

function rowXml({ number, isHidden, cells }: RawRow, strings: SharedStrings): string {
  const content = cells.map((cell) => cellXml(cell, number, strings)).join('');
  return `<row r="${number}"${isHidden ? ' hidden="1"' : ''}>${content}</row>`;
}

function sheetXml(sheet: RawSheet, strings: SharedStrings): string {
  const columns = sheet.hiddenColumns.map((column) => `<col min="${column}" max="${column}" hidden="1"/>`);
  const merges = sheet.mergedRanges.map((range) => `<mergeCell ref="${range}"/>`);
  return [
    `${XML}<worksheet xmlns="${MAIN}">`,
    columns.length === 0 ? '' : `<cols>${columns.join('')}</cols>`,
    `<sheetData>${sheet.rows.map((row) => rowXml(row, strings)).join('')}</sheetData>`,
    merges.length === 0 ? '' : `<mergeCells>${merges.join('')}</mergeCells>`,
    '</worksheet>',
  ].join('');
}

/** The parts of a workbook with the given sheets; a test may replace one of them. */
export function workbookParts(sheets: readonly RawSheet[]): ZipPart[] {
  const strings = new SharedStrings();
  const sheetParts = sheets.map((sheet, index) => ({
    name: `xl/worksheets/sheet${index + 1}.xml`,
    content: sheetXml(sheet, strings),
  }));
  const names = sheets.map(
    ({ name }, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  const relations = sheets.map(
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  return [
    { name: '[Content_Types].xml', content: `${XML}<Types xmlns="${PACKAGE}/content-types"/>` },
    {
      name: 'xl/workbook.xml',
      content: `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${names.join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `${XML}<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}</Relationships>`,
    },
    ...sheetParts,
    { name: 'xl/sharedStrings.xml', content: strings.xml() },
  ];
}

export const toWorkbook = (...sheets: RawSheet[]): Buffer => writeZip(workbookParts(sheets));

/** A valid claims table of that many rows, each of another creditor. */
export const manyClaimsWorkbook = (count: number): Buffer => toWorkbook(toSheet(manyClaimRows(count)));

const withSheet = (part: Omit<ZipPart, 'name'>): Buffer =>
  writeZip(
    workbookParts([toSheet([])]).map((own) =>
      own.name === 'xl/worksheets/sheet1.xml' ? { ...own, ...part } : own,
    ),
  );

const sheetWith = (rows: string): string =>
  `${XML}<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`;

/** A tiny file with one cell in the last corner that Excel knows. */
export const farCellWorkbook = (): Buffer =>
  withSheet({ content: sheetWith('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>') });

/** A cell in the 65th column of the first row. */
export const wideWorkbook = (): Buffer =>
  withSheet({ content: sheetWith('<row r="1"><c r="BM1"><v>1</v></c></row>') });

const MEBIBYTE = 1024 * 1024;

/** A deflate stream of that many MiB of blanks, made of one piece repeated. */
function blanks(mebibytes: number): Buffer {
  const piece = deflateRawSync(Buffer.alloc(MEBIBYTE, ' '), { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([...Array.from({ length: mebibytes }, () => piece), deflateRawSync(Buffer.alloc(0))]);
}

/** A sheet that inflates to 2 GiB, and says so. */
export const inflatingWorkbook = (): Buffer =>
  withSheet({ content: '', deflated: blanks(2048), declaredSize: 2048 * MEBIBYTE });

/** A sheet that inflates to 2 GiB and says that it is small. */
export const lyingWorkbook = (): Buffer =>
  withSheet({ content: '', deflated: blanks(2048), declaredSize: 4096 });

/** Below every limit of size, but with a text of 150 MB in it: too much for a small heap. */
export const heavyWorkbook = (): Buffer =>
  withSheet({ content: sheetWith(`<row r="1"><c r="A1"><v>${'9'.repeat(150 * MEBIBYTE)}</v></c></row>`) });

export const doctypeWorkbook = (): Buffer =>
  withSheet({
    content: `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>`,
  });

export const wrongChecksumWorkbook = (): Buffer => withSheet({ content: sheetWith(''), declaredCrc: 1 });

export const malformedWorkbook = (): Buffer => withSheet({ content: sheetWith('<row r="1"><c></row>') });

export const encryptedWorkbook = (): Buffer => withSheet({ content: sheetWith(''), isEncrypted: true });

/** A compound file as Office writes it for a workbook with a password, or (bare) for Excel 97. */
export const compoundFile = (hasPassword: boolean): Buffer =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(1024),
    Buffer.from(hasPassword ? 'EncryptedPackage' : 'Workbook', 'utf16le'),
    Buffer.alloc(512),
  ]);
