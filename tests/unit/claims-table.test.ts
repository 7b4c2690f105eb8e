/**
 * The claims table (债权表, Enterprise Bankruptcy Law art. 57–59): its columns, and the traps of spreadsheets.
 * Every case names the code and the cell that the administrator is shown.
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
import { claimColumns } from '../../server/protocol/claim-columns.ts';
import type { ClaimColumn } from '../../server/protocol/claim-columns.ts';
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
const formula = (text: string): TestCell => ({
  kind: text === '' ? 'none' : 'number',
  text,
  isFormula: true,
});
const secured = { nature: '有财产担保债权', group: '担保债权组', collateral: '厂房' };
const person = { kind: '自然人', idType: '居民身份证', idNo: '110101199003070011' };

function expectFinding(over: Over, code: ImportCode, column: ClaimColumn): void {
  const table = readRows([ordinaryRow(over)]);
  const list = importTemplates[code].severity === 'error' ? table.errors : table.warnings;
  expect(codes(list)).toContain(`${code}@${columnOf(column)}2`);
  if (importTemplates[code].severity === 'error') expect(table.claims).toEqual([]);
  else expect(codes(table.errors)).toEqual([]);
}

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

describe('a cell with a trap in it', () => {
  const cases: Case[] = [
    [
      'identity number stored as a number',
      { ...person, idNo: number('1.10101199003070E+17') },
      'ID_STORED_AS_NUMBER',
      'idNo',
    ],
    ['credit code stored as a number', { idNo: number('123300000025000090') }, 'ID_STORED_AS_NUMBER', 'idNo'],
    [
      'identity number as the result of a formula',
      { ...person, idNo: formula('110101199003070011') },
      'ID_STORED_AS_NUMBER',
      'idNo',
    ],
    ['identity number in scientific notation', { ...person, idNo: '1.10101E+17' }, 'ID_SCIENTIFIC', 'idNo'],
    [
      'identity number that lost its last digits',
      { ...person, idNo: '110101199003070000' },
      'ID_LOST_DIGITS',
      'idNo',
    ],
    ['lower-case x', { ...person, idNo: '11010519491231002x' }, 'ID_LOWER_CASE', 'idNo'],
    ['15-digit card', { ...person, idNo: '110105491231002' }, 'ID_FIFTEEN_DIGITS', 'idNo'],
    ['wrong check digit of a card', { ...person, idNo: '110101199003070012' }, 'ID_CHECK_DIGIT', 'idNo'],
    ['birth date that does not exist', { ...person, idNo: '110101199002300010' }, 'ID_BIRTH_DATE', 'idNo'],
    ['wrong check character of a credit code', { idNo: '91330100MA2ABCD13K' }, 'USCC_CHECK_DIGIT', 'idNo'],
    ['letter that no credit code has', { idNo: '91330100MA2ABCDI3J' }, 'ID_FORM', 'idNo'],
    [
      'permit of a wrong form',
      { kind: '自然人', idType: '港澳居民来往内地通行证', idNo: 'X123' },
      'ID_FORM',
      'idNo',
    ],
    ['paper that is not usual for the kind', { ...person, kind: '法人' }, 'KIND_AND_PAPER', 'idType'],
    ['full-width digits', { mobile: '１３８１２３４５６７８' }, 'FULL_WIDTH', 'mobile'],
    ['no-break space', { name: '江南\u00A0（虚构）建材有限公司' }, 'HIDDEN_CHARACTERS', 'name'],
    ['zero-width space', { claimNo: 'PT-0001\u200B' }, 'HIDDEN_CHARACTERS', 'claimNo'],
    ['leading apostrophe', { mobile: "'13812345678" }, 'LEADING_APOSTROPHE', 'mobile'],
    ['line break in a name', { name: '江南（虚构）\n建材有限公司' }, 'LINE_BREAK', 'name'],
    ['third decimal', { filed: '12,345.678' }, 'AMOUNT_DECIMALS', 'filed'],
    ['float that is no whole fen', { filed: number('1234.567') }, 'AMOUNT_DECIMALS', 'filed'],
    ['万元', { filed: '123.45万元' }, 'AMOUNT_UNIT', 'filed'],
    ['negative amount', { filed: number('-5') }, 'AMOUNT_NEGATIVE', 'filed'],
    ['misplaced separators', { filed: '12,34,567' }, 'AMOUNT_GROUPING', 'filed'],
    ['no amount at all', { filed: '见附件' }, 'AMOUNT_NOT_A_NUMBER', 'filed'],
    ['amount beyond 10^17 fen', { filed: '1000000000000001' }, 'AMOUNT_TOO_LARGE', 'filed'],
    ['formula with its stored result', { note: formula('1') }, 'FORMULA_VALUE_USED', 'note'],
    ['formula without a result', { filed: formula('') }, 'FORMULA_WITHOUT_VALUE', 'filed'],
    ['error value', { filed: { kind: 'error', text: '#REF!' } }, 'CELL_ERROR_VALUE', 'filed'],
    ['claim number stored as a number', { claimNo: number('7') }, 'CODE_STORED_AS_NUMBER', 'claimNo'],
    ['claim number of a wrong form', { claimNo: 'pt_1' }, 'CLAIM_NO_FORMAT', 'claimNo'],
    [
      'creditor number stored as a number',
      { creditorNo: number('7') },
      'CODE_STORED_AS_NUMBER',
      'creditorNo',
    ],
  ];
  it.each(cases)('%s', (_, over, code, column) => expectFinding(over, code, column));

  it('amounts in other writings are read as they are meant', () => {
    const writings: TestCell[] = [
      '1,234,567.80',
      '¥1,234,567.8',
      '１２３４５６７．８０',
      number('1234567.7999999999'),
    ];
    for (const amount of writings) {
      const table = readRows([ordinaryRow({ filed: amount, confirmed: amount })]);
      expect(codes(table.errors)).toEqual([]);
      expect(table.claims[0]?.confirmedFen).toBe(123456780n);
    }
  });

  it('mobile numbers stored as numbers are whole and are taken', () => {
    const table = readRows([ordinaryRow({ mobile: number('1.3812345678E10') })]);
    expect(codes(table.errors)).toEqual([]);
    expect(table.creditors[0]?.mobile).toBe('13812345678');
  });
});

describe('a rule of a column that is broken', () => {
  const required: ClaimColumn[] = [
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
  it.each(required)('%s left out', (column) => expectFinding({ [column]: null }, 'REQUIRED', column));
  it.each(required)('%s filled with a zero-width space', (column) =>
    expectFinding({ [column]: '\u200B' }, 'REQUIRED', column),
  );

  const temporary = {
    status: '暂缓确认',
    confirmed: null,
    temporary: '5.00',
    filed: '10.00',
    courtDecisionNo: '(2026)浙01破12号',
  };
  const currency = {
    currency: 'USD',
    originalAmount: '100',
    exchangeRate: '7.1',
    conversionDate: '2026-08-03',
    filed: '710.00',
    confirmed: '710.00',
  };
  const cases: Case[] = [
    ['legal person without a representative', { legalRep: null }, 'REQUIRED_WHEN', 'legalRep'],
    ['confirmed without an amount', { confirmed: null }, 'REQUIRED_WHEN', 'confirmed'],
    ['secured without collateral', { ...secured, collateral: null }, 'REQUIRED_WHEN', 'collateral'],
    ['name of one character', { name: '甲' }, 'TEXT_LENGTH', 'name'],
    ['note too long', { note: '长'.repeat(501) }, 'TEXT_LENGTH', 'note'],
    ['kind that is not in the list', { kind: '公司' }, 'NOT_IN_LIST', 'kind'],
    ['nature that is not in the list', { nature: '一般债权' }, 'NOT_IN_LIST', 'nature'],
    ['sub-type that is not known', { nature: '普通债权（甲）' }, 'NOT_IN_LIST', 'nature'],
    ['status that is not in the list', { status: '同意' }, 'NOT_IN_LIST', 'status'],
    ['group that does not fit the nature', { group: '税款债权组' }, 'GROUP_UNUSUAL', 'group'],
    ['telephone that is not mobile', { mobile: '0571-87654321' }, 'MOBILE_FORM', 'mobile'],
    ['telephone abroad', { mobile: '+852 9123 4567' }, 'MOBILE_FOREIGN', 'mobile'],
    ['e-mail without a host', { email: 'a@b' }, 'EMAIL_FORM', 'email'],
    ['parts that do not add up', { principal: '1.00', interest: '1.00' }, 'FILED_SUM_DIFFERS', 'filed'],
    ['confirmed above filed', { filed: '1.00', confirmed: '2.00' }, 'CONFIRMED_ABOVE_FILED', 'confirmed'],
    ['confirmed while pending', { status: '待审' }, 'CONFIRMED_AGAINST_STATUS', 'confirmed'],
    ['review that does not add up', { rejected: '1.00' }, 'REVIEW_SUM_DIFFERS', 'filed'],
    [
      'temporary without a decision',
      { ...temporary, courtDecisionNo: null },
      'COURT_DECISION_REQUIRED',
      'courtDecisionNo',
    ],
    [
      'decision of a wrong form',
      { ...temporary, courtDecisionNo: '浙01破12号' },
      'COURT_DECISION_FORM',
      'courtDecisionNo',
    ],
    [
      'temporary on a confirmed claim',
      { temporary: '1.00', courtDecisionNo: '(2026)浙01破12号' },
      'TEMPORARY_ON_CONFIRMED',
      'temporary',
    ],
    ['temporary above filed', { ...temporary, temporary: '11.00' }, 'VOTE_ABOVE_FILED', 'temporary'],
    ['voting amount other than computed', { vote: '1.00' }, 'VOTE_AMOUNT_DIFFERS', 'vote'],
    [
      'priority above confirmed',
      { ...secured, filed: '10.00', confirmed: '10.00', securedPriority: '10.01' },
      'PRIORITY_ABOVE_CONFIRMED',
      'securedPriority',
    ],
    ['priority not assessed', secured, 'PRIORITY_NOT_ASSESSED', 'securedPriority'],
    [
      'priority without security',
      { securedPriority: '1.00' },
      'PRIORITY_WITHOUT_SECURITY',
      'securedPriority',
    ],
    ['waiver without security', { waived: '是' }, 'PRIORITY_WITHOUT_SECURITY', 'waived'],
    ['currency without a rate', { ...currency, exchangeRate: null }, 'CURRENCY_INCOMPLETE', 'exchangeRate'],
    ['currency of no code', { ...currency, currency: '美元' }, 'CURRENCY_CODE', 'currency'],
    ['rate of zero', { ...currency, exchangeRate: '0' }, 'DECIMAL_FORM', 'exchangeRate'],
    [
      'date that does not exist',
      { ...currency, conversionDate: '2026-02-30' },
      'DATE_FORM',
      'conversionDate',
    ],
    [
      'conversion that gives another amount',
      { ...currency, exchangeRate: '7.2' },
      'CONVERSION_DIFFERS',
      'originalAmount',
    ],
    [
      'proxy holder without a telephone',
      { proxyName: '李某', proxyIdNo: '110101199003070011', proxyScope: '一般授权' },
      'PROXY_INCOMPLETE',
      'proxyMobile',
    ],
    [
      'proxy holder with a wrong number',
      {
        proxyName: '李某',
        proxyIdNo: '110101199003070012',
        proxyScope: '一般授权',
        proxyMobile: '13812345678',
      },
      'ID_CHECK_DIGIT',
      'proxyIdNo',
    ],
  ];
  it.each(cases)('%s', (_, over, code, column) => expectFinding(over, code, column));

  it('a correct conversion, with the date as a number cell, passes and is kept', () => {
    const table = readRows([ordinaryRow({ ...currency, conversionDate: number('46237') })]);
    expect(codes([...table.errors, ...table.warnings])).toEqual([]);
    expect(table.claims[0]?.originalCurrency).toEqual({
      currency: 'USD',
      amount: '100',
      rate: '7.1',
      date: '2026-08-03',
    });
  });

  it('yuan alone needs no conversion', () => {
    const table = readRows([ordinaryRow({ currency: 'CNY' })]);
    expect(codes(table.errors)).toEqual([]);
    expect(table.claims[0]?.originalCurrency).toBeUndefined();
  });

  it('the rate of another day than that of acceptance is pointed out', () => {
    const sheet = toSheet([ordinaryRow(currency)]);
    const table = readClaimsTable([sheet], { today: TODAY, acceptanceDate: '2026-08-04' });
    expect(codes(table.warnings)).toEqual([`CONVERSION_DATE@${columnOf('conversionDate')}2`]);
  });

  it('a sub-type is read from the nature', () => {
    const table = readRows([
      ordinaryRow({ ...secured, nature: '有财产担保债权（建设工程优先）', securedPriority: '1' }),
    ]);
    expect(table.claims[0]).toMatchObject({ nature: 'SECURED', subtype: 'CONSTRUCTION_PRIORITY' });
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

  it('合计 is left out and agrees', () => {
    const table = withRow([
      ['claimNo', '合  计'],
      ['filed', totalText],
    ]);
    expect(codes(table.errors)).toEqual([]);
    expect(codes(table.warnings)).toEqual(['TOTAL_ROW_SKIPPED@A9']);
    expect(table.claims).toHaveLength(3);
  });

  it('合计 that is a fen off stops the import', () => {
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
    const name = String(first.name);
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
