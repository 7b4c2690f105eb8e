/**
 * The claims table (债权表, Enterprise Bankruptcy Law art. 57–59) as a whole: creditors, totals, voting amounts,
 * rows that are no claims. `claims-cells.test.ts` has the single cells.
 */
import { describe, expect, it } from '@jest/globals';
import {
  demonstrationClaimRows,
  fictitiousUscc,
  manyClaimRows,
} from '../../server/demo/fictitious-claims.ts';
import { MAX_LISTED_FINDINGS } from '../../server/domain/claims/findings.ts';
import { columnLetters, findPosition } from '../../server/domain/claims/raw-sheet.ts';
import { readClaimsTable } from '../../server/domain/claims/read-claims-table.ts';
import { unsecuredAmount, voteAmount, voteBasis } from '../../server/domain/claims/vote-amount.ts';
import { claimColumns } from '../../server/protocol/claims-import/columns.ts';
import type { ClaimColumn } from '../../server/protocol/claims-import/columns.ts';
import { importMessage, importTemplates } from '../../server/protocol/import-messages.ts';
import type { ImportCode } from '../../server/protocol/import-messages.ts';
import {
  TODAY,
  change,
  codes,
  columnOf,
  ordinaryRow,
  readRows,
  toCell,
  toSheet,
} from '../support/claims-sheet.ts';
import type { TestCell } from '../support/claims-sheet.ts';

type Over = Readonly<Partial<Record<ClaimColumn, TestCell | null>>>;
type Case = readonly [title: string, over: Over, code: ImportCode, column: ClaimColumn];

const number = (text: string): TestCell => ({ kind: 'number', text });

describe('the demonstration table', () => {
  const table = readRows(demonstrationClaimRows());

  it('has no errors, and 30 creditors of all natures in 31 rows', () => {
    expect(codes(table.errors)).toEqual([]);
    expect(table.totals.overall).toMatchObject({ rows: 31, creditors: 30 });
    expect(table.creditors).toHaveLength(30);
    expect(table.claims).toHaveLength(31);
    const natures = Object.values(table.totals.byNature);
    expect(natures.every(({ rows }) => rows > 0)).toBe(true);
    expect(natures.reduce((sum, { filedFen }) => sum + filedFen, 0n)).toBe(table.totals.overall.filedFen);
  });

  it('has one proxy holder for two creditors, one claim without a vote and one temporary amount', () => {
    const proxies = table.creditors.flatMap(({ proxy }) => (proxy === undefined ? [] : [proxy.idNo]));
    expect(proxies).toHaveLength(2);
    expect(new Set(proxies).size).toBe(1);
    const bases = table.claims.map(voteBasis);
    expect(bases.filter((basis) => basis === 'NONE')).toHaveLength(1);
    expect(bases.filter((basis) => basis === 'TEMPORARY')).toHaveLength(1);
  });

  it('counts a creditor with two natures once in all and once in each nature', () => {
    const { overall, byNature } = table.totals;
    expect(Object.values(byNature).reduce((sum, { creditors }) => sum + creditors, 0)).toBe(
      overall.creditors + 1,
    );
    expect(new Set(table.claims.map(({ creditorKey }) => creditorKey)).size).toBe(30);
  });

  it('is the same every time', () => {
    expect(demonstrationClaimRows()).toEqual(demonstrationClaimRows());
  });
});

describe('voting amounts (art. 59, 64, 110)', () => {
  const claim = { nature: 'SECURED', confirmedFen: 1000n, temporaryFen: undefined } as const;

  it.each([
    ['assessed: the rest is unsecured', { securedPriorityFen: 600n, isPriorityWaived: false }, 400n],
    ['not assessed: wholly secured', { securedPriorityFen: undefined, isPriorityWaived: false }, 0n],
    ['waived: wholly unsecured', { securedPriorityFen: 600n, isPriorityWaived: true }, 1000n],
    [
      'priority above the vote: nothing unsecured',
      { securedPriorityFen: 5000n, isPriorityWaived: false },
      0n,
    ],
  ])('of a secured claim, %s', (_, security, expected) => {
    expect(unsecuredAmount({ ...claim, ...security })).toBe(expected);
  });

  it('add the temporary part to the confirmed one', () => {
    const both = { ...claim, temporaryFen: 500n, securedPriorityFen: 600n, isPriorityWaived: false };
    expect(voteAmount(both)).toBe(1500n);
    expect(unsecuredAmount(both)).toBe(900n);
    expect(voteBasis(both)).toBe('TEMPORARY');
  });

  it('are nothing without a confirmed or temporary amount, or when confirmed at 0', () => {
    const none = { ...claim, confirmedFen: undefined, securedPriorityFen: 0n, isPriorityWaived: false };
    expect(voteAmount(none)).toBe(0n);
    expect(voteBasis(none)).toBe('NONE');
    expect(voteBasis({ ...none, confirmedFen: 0n })).toBe('NONE');
  });
});

describe('rows that are no claims', () => {
  const rows = manyClaimRows(3);
  const filed = ['合计', '1'];

  function withRow(cells: readonly [ClaimColumn, TestCell][]) {
    const sheet = toSheet(rows);
    const columns = Object.keys(claimColumns) as ClaimColumn[];
    const added = cells.map(([key, cell]) => toCell(columns.indexOf(key) + 1, cell));
    return readClaimsTable(
      [{ ...sheet, rows: [...sheet.rows, { number: 9, isHidden: false, cells: added }] }],
      { today: TODAY },
    );
  }

  const total = readRows(rows).totals.overall.filedFen;
  const totalText = `${total / 100n}.${String(total % 100n).padStart(2, '0')}`;

  it('E24: 合计 is left out and agrees', () => {
    const table = withRow([
      ['claimNo', '合  计'],
      ['filed', totalText],
    ]);
    expect(codes(table.errors)).toEqual([]);
    expect(codes(table.warnings)).toEqual(['TOTAL_ROW_SKIPPED@A9']);
    expect(table.claims).toHaveLength(3);
  });

  it('E24: 合计 that is a fen off stops the import', () => {
    const table = withRow([
      ['claimNo', filed[0] ?? ''],
      ['filed', number((Number(totalText) + 0.01).toFixed(2))],
    ]);
    expect(codes(table.errors)).toEqual([`TOTAL_DIFFERS@${columnOf('filed')}9`]);
  });

  it('小计 and the subtotals of natures are left out without being compared', () => {
    expect(
      codes(
        withRow([
          ['claimNo', '普通债权小计'],
          ['filed', '1'],
        ]).errors,
      ),
    ).toEqual([]);
    expect(
      codes(
        withRow([
          ['creditorNo', '本页小计'],
          ['filed', '1'],
        ]).errors,
      ),
    ).toEqual([]);
  });

  it('制表人 is left out', () => {
    const table = withRow([
      ['claimNo', '制表人：王某'],
      ['name', '审核：李某'],
    ]);
    expect(codes(table.errors)).toEqual([]);
    expect(codes(table.warnings)).toEqual(['FOOTER_ROW_SKIPPED@A9']);
  });

  it('merged titles above the headings are left out', () => {
    const sheet = toSheet(rows);
    const shifted = sheet.rows.map((row) => ({ ...row, number: row.number + 2 }));
    const title = { number: 1, isHidden: false, cells: [toCell(1, '某某公司债权表')] };
    const table = readClaimsTable([{ ...sheet, rows: [title, ...shifted], mergedRanges: ['A1:F2'] }], {
      today: TODAY,
    });
    expect(codes(table.errors)).toEqual([]);
    expect(codes(table.warnings)).toEqual(['MERGED_TITLE_SKIPPED@A1']);
    expect(table.claims[0]?.rowNumber).toBe(4);
  });

  it('merged cells among the data stop the import', () => {
    expect(codes(readRows(rows, { mergedRanges: ['C2:C3'] }).errors)).toEqual(['MERGED_CELLS@A2']);
  });

  it('hidden rows and columns are read and pointed out', () => {
    const sheet = toSheet(rows, { hiddenColumns: [3] });
    const hidden = sheet.rows.map((row) => ({ ...row, isHidden: row.number === 3 }));
    const table = readClaimsTable([{ ...sheet, rows: hidden }], { today: TODAY });
    expect(codes(table.errors)).toEqual([]);
    expect(codes(table.warnings)).toEqual(['HIDDEN_COLUMN_READ@C1', 'HIDDEN_ROW_READ@A3']);
    expect(table.claims).toHaveLength(3);
  });
});

describe('several rows of one creditor (one creditor, one head)', () => {
  const first = ordinaryRow();
  const second = (over: Over) =>
    readRows([first, ordinaryRow({ claimNo: 'PT-9999', note: '第二笔', ...over })]);

  it('make one creditor with two claims, by number or by paper', () => {
    for (const over of [{}, { creditorNo: null }]) {
      const table = second(over);
      expect(codes(table.errors)).toEqual([]);
      expect(table.creditors).toHaveLength(1);
      expect(table.claims.map(({ creditorKey }) => creditorKey)).toEqual(['c1', 'c1']);
    }
  });

  it('without any creditor numbers are put together by paper', () => {
    const table = readRows([
      ordinaryRow({ creditorNo: null }),
      ordinaryRow({ creditorNo: null, claimNo: 'PT-9999', note: '第二笔' }),
    ]);
    expect(table.creditors).toHaveLength(1);
    expect(table.creditors[0]?.creditorNo).toBeUndefined();
  });

  const cases: Case[] = [
    ['the same claim number', { claimNo: first.claimNo ?? '' }, 'DUPLICATE_CLAIM_NO', 'claimNo'],
    ['everything the same but the number', { note: null }, 'DUPLICATE_ROW', 'claimNo'],
    ['another mobile number', { mobile: '13812345678' }, 'CREDITOR_MOBILE_DIFFERS', 'mobile'],
    ['another name', { name: '另一家（虚构）有限公司' }, 'CREDITOR_NAME_DIFFERS', 'name'],
    ['another paper', { idNo: fictitiousUscc(777) }, 'CREDITOR_ID_DIFFERS', 'idNo'],
    ['another kind', { kind: '非法人组织' }, 'CREDITOR_KIND_DIFFERS', 'kind'],
    ['another contact', { contact: '王某' }, 'CREDITOR_FIELD_DIFFERS', 'contact'],
    ['the same paper under another number', { creditorNo: 'ZQR-777' }, 'ID_ON_TWO_CREDITORS', 'idNo'],
    [
      'the same name with another paper',
      { creditorNo: 'ZQR-777', idNo: fictitiousUscc(777), mobile: '13812345678' },
      'SAME_NAME',
      'name',
    ],
    [
      'the same telephone for two creditors',
      { creditorNo: 'ZQR-777', idNo: fictitiousUscc(777), name: '另一家（虚构）有限公司' },
      'MOBILE_SHARED',
      'mobile',
    ],
  ];
  it.each(cases)('%s', (_, over, code, column) => {
    const table = second(over);
    expect(codes([...table.errors, ...table.warnings])).toContain(`${code}@${columnOf(column)}3`);
    expect(table.errorCount > 0).toBe(importTemplates[code].severity === 'error');
  });

  it('names are compared with brackets of one kind', () => {
    const name = typeof first.name === 'string' ? first.name : '';
    expect(codes(second({ name: name.replace('（', '(').replace('）', ')') }).errors)).toEqual([]);
  });

  const proxy = {
    proxyName: '李某',
    proxyIdNo: '110101199003070011',
    proxyMobile: '13812345678',
    proxyScope: '一般授权',
  };

  it('a proxy holder may be named in one row; two different ones stop the import', () => {
    expect(second(proxy).creditors[0]?.proxy).toMatchObject({ name: '李某', scope: 'GENERAL' });
    const table = readRows([
      change(first as Record<string, string>, proxy),
      ordinaryRow({ ...proxy, claimNo: 'PT-9999', proxyScope: '特别授权' }),
    ]);
    expect(codes(table.errors)).toEqual([`CREDITOR_PROXY_DIFFERS@${columnOf('proxyName')}3`]);
  });

  it('one proxy holder has one telephone, whoever is represented', () => {
    const [one, other] = manyClaimRows(2);
    const table = readRows([
      change(one ?? {}, proxy),
      change(other ?? {}, { ...proxy, proxyMobile: '13912345678' }),
    ]);
    expect(codes(table.errors)).toEqual([`PROXY_IDENTITY_DIFFERS@${columnOf('proxyName')}3`]);
  });
});

describe('a workbook that is not a claims table', () => {
  const withHeadings = (edit: (text: string) => string) => {
    const sheet = toSheet(manyClaimRows(1));
    const [head, ...rest] = sheet.rows;
    const cells = (head?.cells ?? []).map((cell) => ({ ...cell, text: edit(cell.text) }));
    return readClaimsTable([{ ...sheet, rows: [{ number: 1, isHidden: false, cells }, ...rest] }], {
      today: TODAY,
    });
  };

  it('a sheet of another name is refused, naming what is there', () => {
    const table = readRows([], { name: '职工债权清单' });
    expect(codes(table.errors)).toEqual(['SHEET_MISSING@']);
    expect(table.errors[0]?.params).toEqual({ expected: '债权表', found: '职工债权清单' });
  });

  it('a sheet without headings', () => {
    expect(codes(readRows([], { rows: [] }).errors)).toEqual(['HEADER_MISSING@']);
  });

  it('a sheet without claims', () => {
    expect(codes(readRows([]).errors)).toEqual(['NO_ROWS@A1']);
  });

  it('a required column that is missing', () => {
    const table = withHeadings((text) => (text === '手机号码' ? '电话' : text));
    expect(codes(table.errors)).toEqual(['COLUMN_MISSING@A1']);
    expect(codes(table.warnings)).toEqual([`COLUMN_UNKNOWN@${columnOf('mobile')}1`]);
  });

  it('a column that stands there twice', () => {
    const table = withHeadings((text) => (text === '备注' ? '联系人' : text));
    expect(codes(table.errors)).toEqual([`COLUMN_REPEATED@${columnOf('note')}1`]);
  });

  it('a column in 万元', () => {
    const table = withHeadings((text) => (text === '申报利息' ? '申报利息（万元）' : text));
    expect(codes(table.errors)).toEqual([`COLUMN_IN_WAN@${columnOf('interest')}1`]);
  });

  it('headings with marks, units and line breaks are known', () => {
    const table = withHeadings((text) => (text === '申报金额' ? '*申报\n金额（元）' : text));
    expect(codes(table.errors)).toEqual([]);
  });
});

describe('the report', () => {
  it('goes on after the listed errors and counts them all', () => {
    const rows = manyClaimRows(MAX_LISTED_FINDINGS + 5).map((row) => change(row, { filed: '一万' }));
    const table = readRows(rows);
    expect(table.errors).toHaveLength(MAX_LISTED_FINDINGS);
    expect(table.errorCount).toBe(MAX_LISTED_FINDINGS + 5);
    expect(table.rows).toBe(MAX_LISTED_FINDINGS + 5);
  });

  it('finds the one bad row among many and hands back nothing', () => {
    const rows = manyClaimRows(500).map((row, index) =>
      index === 321 ? change(row, { mobile: '123' }) : row,
    );
    const table = readRows(rows);
    expect(codes(table.errors)).toEqual([`MOBILE_FORM@${columnOf('mobile')}323`]);
    expect(table.claims).toEqual([]);
    expect(table.creditors).toEqual([]);
  });

  it('stops a table whose sum could not be stored', () => {
    const rows = manyClaimRows(2).map((row) => change(row, { filed: '600000000000000', confirmed: '1' }));
    expect(codes(readRows(rows).errors)).toEqual(['TOTAL_TOO_LARGE@']);
  });

  it('says everything in Chinese and in English, with every placeholder filled from the same names', () => {
    for (const [code, { zh, en }] of Object.entries(importTemplates)) {
      const names = (text: string) => new Set(text.match(/\{\w+\}/g));
      expect([code, [...names(en)].filter((name) => !names(zh).has(name))]).toEqual([code, []]);
    }
    const params = { column: 'filed', found: '12.345' };
    expect(importMessage('zh-CN', 'AMOUNT_DECIMALS', params)).toContain('“申报金额”的值“12.345”超过两位小数');
    expect(importMessage('en', 'AMOUNT_DECIMALS', params)).toContain('“amount filed”: “12.345”');
    expect(importMessage('en', 'FROM_A_NEWER_SERVER')).toBe('Unknown problem');
  });

  it('addresses cells as Excel does', () => {
    expect([1, 26, 27, 64, 16_384].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'BL', 'XFD']);
    expect(findPosition('XFD1048576')).toEqual({ column: 16_384, row: 1_048_576 });
    expect(findPosition('A0')).toBeUndefined();
  });
});
