/** The register of investors beside the claims table: 企业破产法 art. 85(2). */
import { describe, expect, it } from '@jest/globals';
import {
  fictitiousMobile,
  fictitiousResidentId,
  fictitiousUscc,
} from '../../server/demo/fictitious-claims.ts';
import { readClaimsTable } from '../../server/domain/claims/read-claims-table.ts';
import type { RawRow, RawSheet } from '../../server/domain/claims/raw-sheet.ts';
import { importMessage } from '../../server/protocol/import-messages.ts';
import { investorColumns, type InvestorColumn } from '../../server/protocol/claims-import/columns.ts';
import { codes, ordinaryRow, TODAY, toCell, toSheet } from '../support/claims-sheet.ts';

type InvestorRow = Readonly<Partial<Record<InvestorColumn, string>>>;

const KEYS = Object.keys(investorColumns) as InvestorColumn[];

const owner: InvestorRow = {
  investorNo: 'CZ-1',
  investorName: '林（虚构）某',
  investorKind: '自然人',
  idType: '居民身份证',
  idNo: fictitiousResidentId(901),
  contact: '林（虚构）某',
  mobile: fictitiousMobile(901),
  contribution: '600000.00',
};
const holding: InvestorRow = {
  ...owner,
  investorNo: 'CZ-2',
  investorName: '云溪（虚构）控股有限公司',
  investorKind: '法人',
  idType: '统一社会信用代码',
  idNo: fictitiousUscc(902),
  legalRep: '何某',
  mobile: fictitiousMobile(902),
  contribution: '400000.00',
};

function register(rows: readonly InvestorRow[], keys = KEYS): RawSheet {
  const toRow = (number: number, texts: readonly (string | undefined)[]): RawRow => ({
    number,
    isHidden: false,
    cells: texts.flatMap((text, index) => (text === undefined ? [] : [toCell(index + 1, text)])),
  });
  return {
    name: '出资人名册',
    rows: [
      toRow(
        1,
        keys.map((key) => investorColumns[key].zh),
      ),
      ...rows.map((row, index) =>
        toRow(
          index + 2,
          keys.map((key) => row[key]),
        ),
      ),
    ],
    mergedRanges: [],
    hiddenColumns: [],
  };
}

const read = (rows: readonly InvestorRow[], claims = [ordinaryRow()], keys = KEYS) =>
  readClaimsTable([toSheet(claims), register(rows, keys)], { today: TODAY });

describe('the register of investors', () => {
  it('gives a party and a contribution for each investor, and leaves the sums of claims alone', () => {
    const without = readClaimsTable([toSheet([ordinaryRow()])], { today: TODAY });
    const table = read([owner, holding, { ...owner, investorNo: 'CZ-3', contribution: '100' }]);
    expect(codes(table.errors)).toEqual([]);
    expect(table.totals).toEqual({
      ...without.totals,
      investors: { persons: 2, contributionFen: 100_010_000n },
    });
    expect(table.creditors.map(({ name }) => name).slice(1)).toEqual([
      owner.investorName,
      holding.investorName,
    ]);
    const contributions = table.claims.filter(({ nature }) => nature === 'INVESTOR');
    expect(contributions.map(({ claimNo, confirmedFen }) => [claimNo, confirmedFen])).toEqual([
      ['CZ-1', 60_000_000n],
      ['CZ-2', 40_000_000n],
      ['CZ-3', 10_000n],
    ]);
    expect(contributions[0]?.creditorKey).toBe(contributions[2]?.creditorKey);
  });

  it('is of nobody where there is no such sheet or nothing below its headings', () => {
    for (const sheets of [[toSheet([ordinaryRow()])], [toSheet([ordinaryRow()]), register([])]]) {
      const table = readClaimsTable(sheets, { today: TODAY });
      expect(codes(table.errors)).toEqual([]);
      expect(table.totals.investors).toEqual({ persons: 0, contributionFen: 0n });
    }
  });

  it('makes one party of who is a creditor and an investor, by the paper', () => {
    const [creditor] = readClaimsTable([toSheet([ordinaryRow()])], { today: TODAY }).creditors;
    const both: InvestorRow = {
      ...holding,
      investorName: creditor?.name ?? '',
      idNo: creditor?.idNo ?? '',
      mobile: creditor?.mobile ?? '',
    };
    const table = read([both]);
    expect(codes(table.errors)).toEqual([]);
    expect(table.creditors).toHaveLength(1);
    expect(table.claims.map(({ nature, creditorKey }) => [nature, creditorKey])).toEqual([
      ['ORDINARY', table.creditors[0]?.key],
      ['INVESTOR', table.creditors[0]?.key],
    ]);
    const other = read([{ ...both, investorName: '别的（虚构）有限公司', mobile: fictitiousMobile(77) }]);
    expect(codes(other.errors)).toEqual(['CREDITOR_NAME_DIFFERS@B2', 'CREDITOR_MOBILE_DIFFERS@H2']);
    expect(other.errors[0]).toMatchObject({ sheet: '出资人名册', params: { first: '债权表!C2' } });
    expect(other.creditors).toEqual([]);
  });

  it('names its own columns where something is wrong, and imports nothing of either sheet', () => {
    const table = read([
      { ...owner, contribution: '60万' },
      { ...holding, investorName: undefined as never, idNo: '91330000000000000X' },
    ]);
    expect(table.errors.map(({ sheet }) => sheet)).toEqual(table.errors.map(() => '出资人名册'));
    expect(codes(table.errors)).toContain('REQUIRED@B3');
    const words = table.errors.map(({ code, params }) => importMessage('zh-CN', code, params)).join('');
    expect(words).toContain('出资额');
    expect(words).toContain('出资人名称/姓名');
    expect(words).not.toContain('债权人名称');
    expect([table.creditors, table.claims]).toEqual([[], []]);
  });

  it('wants the heading row and every required column', () => {
    const noNumber = read(
      [owner],
      undefined,
      KEYS.filter((key) => key !== 'investorNo'),
    );
    const [finding] = noNumber.errors;
    expect(codes(noNumber.errors)).toEqual(['HEADER_MISSING@']);
    expect(importMessage('zh-CN', finding?.code ?? '', finding?.params)).toContain('出资人编号');
    const noAmount = read(
      [owner],
      undefined,
      KEYS.filter((key) => key !== 'contribution'),
    );
    expect(codes(noAmount.errors)).toEqual(['COLUMN_MISSING@A1']);
  });

  it('takes no number twice, in the register or from the claims table', () => {
    const claimNo = 'PT-77';
    const table = read(
      [owner, { ...holding, investorNo: 'CZ-1' }, { ...owner, investorNo: claimNo, contribution: '5' }],
      [ordinaryRow({ claimNo })],
    );
    expect(table.errors.map(({ code, cell, params }) => [code, cell, params['first']])).toEqual([
      ['DUPLICATE_CLAIM_NO', 'A3', 'A2'],
      ['DUPLICATE_CLAIM_NO', 'A4', '债权表!A2'],
    ]);
  });

  it('is held against its own row of totals', () => {
    const table = read([owner, holding, { investorNo: '合计', contribution: '1000001' }]);
    expect(codes(table.errors)).toEqual(['TOTAL_DIFFERS@K4']);
    expect(codes(read([owner, holding, { investorNo: '合计', contribution: '1000000' }]).errors)).toEqual([]);
  });
});
