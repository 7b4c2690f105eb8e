/**
 * Cells of the claims table (债权表): the traps of spreadsheets, and the rule of each column. Every case names
 * the code and the cell that the administrator is shown.
 */
import { describe, expect, it } from '@jest/globals';
import { readClaimsTable } from '../../server/domain/claims/read-claims-table.ts';
import type { ClaimColumn } from '../../server/protocol/claims-import/columns.ts';
import { importTemplates } from '../../server/protocol/import-messages.ts';
import type { ImportCode } from '../../server/protocol/import-messages.ts';
import { TODAY, codes, columnOf, ordinaryRow, readRows, toSheet } from '../support/claims-sheet.ts';
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

  it('E24: amounts in other writings are read as they are meant, to the fen', () => {
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

  it('E23: a correct conversion, with the date as a number cell, passes and is kept', () => {
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

  it('E23: the rate of another day than that of acceptance is pointed out', () => {
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
