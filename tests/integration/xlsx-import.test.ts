/** Uploaded workbooks are read in a real child process; whatever they hold, the server keeps serving. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demonstrationClaimRows, manyClaimRows } from '../../server/demo/fictitious-claims.ts';
import {
  guardCell,
  writeClaimsTemplate,
  writeClaimsWorkbook,
} from '../../server/documents/claims-template.ts';
import { createXlsxClaimsReader } from '../../server/documents/xlsx-reader.ts';
import type { ClaimsReadResult } from '../../server/services/ports/claims-reader-port.ts';
import { TODAY, change, codes, columnOf, ordinaryRow, readRows, toSheet } from '../support/claims-sheet.ts';
import {
  compoundFile,
  doctypeWorkbook,
  encryptedWorkbook,
  farCellWorkbook,
  heavyWorkbook,
  inflatingWorkbook,
  lyingWorkbook,
  malformedWorkbook,
  manyClaimsWorkbook,
  toWorkbook,
  wideWorkbook,
  workbookParts,
  wrongChecksumWorkbook,
} from '../support/claims-workbook.ts';
import { writeZip } from '../support/zip-writer.ts';
import { turnsWhile } from '../support/turns.ts';

/** Far fewer when the result were taken in one piece. */
const ROWS_IN_SLICES_MIN_TURNS = 200;
const CONTEXT = { today: TODAY };

let folder: string;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'claims-import-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function read(content: Buffer | string, options = {}): Promise<ClaimsReadResult> {
  files += 1;
  const file = path.join(folder, `${files}.xlsx`);
  await writeFile(file, content);
  return await createXlsxClaimsReader(options).read(file, CONTEXT);
}

async function readTable(content: Buffer) {
  const result = await read(content);
  if (result.status === 'refused') throw new Error(`refused as ${result.refusal.code}`);
  return result;
}

describe('a good workbook', () => {
  it('written by the system itself comes back with every amount and the hash of the file', async () => {
    const file = await writeClaimsWorkbook(demonstrationClaimRows());
    const table = await readTable(file);
    expect(codes(table.errors)).toEqual([]);
    const expected = readRows(demonstrationClaimRows());
    expect(JSON.parse(plain(table.claims))).toEqual(JSON.parse(plain(expected.claims)));
    expect(table.creditors.map(({ name }) => name)).toEqual(expected.creditors.map(({ name }) => name));
    expect(table.totals).toEqual(expected.totals);
    expect(table.claims[0]?.filedFen).toBe(6_800_000_000n);
    expect(table.sha256).toBe(createHash('sha256').update(file).digest('hex'));
  });

  it('keeps kinds of cells, formulas, hidden rows and merged cells apart', async () => {
    const rows = [
      ordinaryRow({ idNo: { kind: 'number', text: '1.10101199003070E+17' }, note: 'a < b & "c"' }),
      ordinaryRow({
        claimNo: 'PT-2',
        filed: { kind: 'none', isFormula: true },
        confirmed: { kind: 'error', text: '#N/A' },
      }),
      ordinaryRow({ claimNo: 'PT-3', note: { kind: 'text', text: '公式', isFormula: true } }),
    ];
    const sheet = toSheet(rows, { mergedRanges: ['A2:A3'], hiddenColumns: [4] });
    const hidden = { ...sheet, rows: sheet.rows.map((row) => ({ ...row, isHidden: row.number === 4 })) };
    const table = await readTable(toWorkbook({ ...sheet, name: '说明', rows: [] }, hidden));
    const { errors, warnings } = readRows(rows, hidden);
    expect(codes(table.errors)).toEqual(codes(errors));
    expect(codes(table.warnings)).toEqual(codes(warnings));
    expect(codes(table.errors)).toContain(`ID_STORED_AS_NUMBER@${columnOf('idNo')}2`);
    expect(codes(table.errors)).toContain(`FORMULA_WITHOUT_VALUE@${columnOf('filed')}3`);
    expect(codes(table.warnings)).toContain('HIDDEN_ROW_READ@A4');
  });

  it('in the writings of other programs (prefixes, inline and rich strings, no references) is read too', async () => {
    const [head, ...rest] = workbookParts([toSheet([])]);
    const text = (value: string) => `<x:c t="inlineStr"><x:is><x:r><x:t>${value}</x:t></x:r></x:is></x:c>`;
    const sheet = `<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row>${text('债权编号')}${text('债权人名称')}</x:row></x:sheetData></x:worksheet>`;
    const parts = rest.map((part) => (part.name.endsWith('sheet1.xml') ? { ...part, content: sheet } : part));
    const table = await readTable(writeZip(head === undefined ? parts : [head, ...parts]));
    expect(new Set(table.errors.map(({ code }) => code))).toEqual(new Set(['COLUMN_MISSING']));
  });

  it('the template has its sheet and columns, and no claims yet', async () => {
    const table = await readTable(await writeClaimsTemplate());
    expect(codes(table.errors)).toEqual(['NO_ROWS@A1']);
    expect(table.warnings).toEqual([]);
  });
});

describe('10 000 rows', () => {
  it('are read while the server goes on serving', async () => {
    const file = manyClaimsWorkbook(10_000);
    const { result: table, turns } = await turnsWhile(read(file));
    expect(table).toMatchObject({ status: 'read', rows: 10_000, errorCount: 0 });
    expect(table.status === 'read' && table.claims.length).toBe(10_000);
    expect(turns).toBeGreaterThan(ROWS_IN_SLICES_MIN_TURNS);
  });

  it('with one bad row name that row and hand nothing back', async () => {
    const rows = manyClaimRows(10_000).map((row, index) =>
      index === 7_654 ? change(row, { filed: '-1' }) : row,
    );
    const table = await readTable(toWorkbook(toSheet(rows)));
    expect(codes(table.errors)).toEqual([`AMOUNT_NEGATIVE@${columnOf('filed')}7656`]);
    expect(table.rows).toBe(10_000);
    expect(table.claims).toEqual([]);
    expect(table.creditors).toEqual([]);
  });
});

describe('a file that is no readable workbook', () => {
  const docx = () => writeZip([{ name: 'word/document.xml', content: '<w/>' }]);
  const macros = () =>
    writeZip([...workbookParts([toSheet([])]), { name: 'xl/vbaProject.bin', content: 'x' }]);
  const cut = () => manyClaimsWorkbook(50).subarray(0, 3000);

  it.each([
    ['a PDF', () => Buffer.from('%PDF-1.7\n'), 'FILE_NOT_XLSX', 'FILE_TYPE_WRONG'],
    ['a text', () => Buffer.from('债权编号,债权人名称\n'), 'FILE_NOT_XLSX', 'FILE_TYPE_WRONG'],
    ['nothing', () => Buffer.alloc(0), 'FILE_NOT_XLSX', 'FILE_TYPE_WRONG'],
    ['a document of Word', docx, 'FILE_NOT_XLSX', 'FILE_TYPE_WRONG'],
    ['a workbook of Excel 97', () => compoundFile(false), 'FILE_NOT_XLSX', 'FILE_TYPE_WRONG'],
    ['a workbook with macros', macros, 'FILE_NOT_XLSX', 'FILE_TYPE_WRONG'],
    ['a workbook with a password', () => compoundFile(true), 'FILE_ENCRYPTED', 'FILE_DAMAGED'],
    ['an archive with a password', encryptedWorkbook, 'FILE_ENCRYPTED', 'FILE_DAMAGED'],
    ['an archive that is cut off', cut, 'FILE_BROKEN', 'FILE_DAMAGED'],
    ['a part with a wrong checksum', wrongChecksumWorkbook, 'FILE_BROKEN', 'FILE_DAMAGED'],
    ['a part that is no XML', malformedWorkbook, 'FILE_BROKEN', 'FILE_DAMAGED'],
    ['a document type with entities', doctypeWorkbook, 'FILE_DOCTYPE', 'FILE_DAMAGED'],
    ['one cell at XFD1048576', farCellWorkbook, 'CELL_BEYOND_LIMITS', 'FILE_TOO_LARGE'],
    ['a cell in the 65th column', wideWorkbook, 'CELL_BEYOND_LIMITS', 'FILE_TOO_LARGE'],
    ['a sheet that inflates to gigabytes', inflatingWorkbook, 'FILE_INFLATES_TOO_LARGE', 'FILE_TOO_LARGE'],
    ['a sheet that hides that it does', lyingWorkbook, 'FILE_BROKEN', 'FILE_DAMAGED'],
  ] as const)('%s is refused', async (_, make, code, errorCode) => {
    const result = await read(make());
    expect(result).toMatchObject({ status: 'refused', errorCode, refusal: { code, sheet: '', cell: '' } });
    expect(result.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('a workbook without the sheet 债权表 names the sheets that it has', async () => {
    const table = await readTable(
      toWorkbook(toSheet([], { name: '出资人名册' }), toSheet([], { name: '说明' })),
    );
    expect(table.errors).toEqual([
      {
        code: 'SHEET_MISSING',
        sheet: '债权表',
        cell: '',
        params: { expected: '债权表', found: '出资人名册、说明' },
      },
    ]);
  });
});

describe('the limits of the child process', () => {
  it('a file that takes too long is stopped', async () => {
    const result = await read(manyClaimsWorkbook(2_000), { timeoutMs: 30 });
    expect(result).toMatchObject({ status: 'refused', refusal: { code: 'READ_TIMED_OUT' } });
  });

  it('a file that needs too much memory is stopped, and the next one is read', async () => {
    const result = await read(heavyWorkbook(), { memoryMb: 48 });
    expect(result).toMatchObject({
      status: 'refused',
      errorCode: 'FILE_TOO_LARGE',
      refusal: { code: 'READ_OUT_OF_MEMORY' },
    });
    expect(await read(manyClaimsWorkbook(10))).toMatchObject({ status: 'read', errorCount: 0 });
  });

  it('several files are read one after the other', async () => {
    const reader = createXlsxClaimsReader();
    const file = path.join(folder, 'several.xlsx');
    await writeFile(file, manyClaimsWorkbook(5));
    const results = await Promise.all([1, 2, 3].map(() => reader.read(file, CONTEXT)));
    expect(results.map(({ status }) => status)).toEqual(['read', 'read', 'read']);
  });

  it('a file that is not there is an error of the server, not of the table', async () => {
    await expect(createXlsxClaimsReader().read(path.join(folder, 'none.xlsx'), CONTEXT)).rejects.toThrow(
      'ENOENT',
    );
  });
});

describe('what goes out', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])(
    '“%s” is guarded against being run as a formula',
    (text) => {
      expect(guardCell(text)).toBe(`'${text}`);
    },
  );

  it('other texts stay as they are', () => {
    expect(guardCell('江南（虚构）有限公司')).toBe('江南（虚构）有限公司');
  });
});

const plain = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part));
