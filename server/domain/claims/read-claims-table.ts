/**
 * The claims table of a case (债权表, Enterprise Bankruptcy Law art. 57) from the stored cells of a workbook:
 * one row per claim, several rows per creditor. Every problem of every row is reported at its cell; rows are
 * handed back only when the whole table is free of errors, so that a part of a table can never be stored.
 */
import { CLAIMS_SHEET_NAME } from '../../protocol/claims-import/columns.ts';
import type { ClaimDraft } from './claim-draft.ts';
import { checkTotalRow, checkTotalSize, sumClaims } from './claim-totals.ts';
import { createFindings, joinLists } from './findings.ts';
import type { FindingLists } from './findings.ts';
import { groupCreditors, groupingOf } from './group-creditors.ts';
import { checkHeads } from './heads/one-head.ts';
import { checkRecourse } from './heads/recourse.ts';
import { readRegister } from './investors/read-register.ts';
import { claimsLayout, findHeader, isSheetNamed } from './layout.ts';
import type { RawSheet } from './raw-sheet.ts';
import {
  checkVoteAmount,
  readAmounts,
  readClaimNo,
  readNote,
  readRecourse,
  readSecurity,
} from './read-claim-cells.ts';
import { readCreditorCells } from './read-creditor-cells.ts';
import { readOriginalCurrency } from './read-currency-cells.ts';
import type { RowCells } from './row-cells.ts';
import { reportDuplicates } from './sheet/duplicates.ts';
import { readRows } from './sheet/read-rows.ts';
import type { SheetReading } from './sheet/read-rows.ts';
import { toClaims, toCreditor } from './sheet/to-imported.ts';
import type { ClaimsTotals, ImportedClaim, ImportedCreditor } from './types.ts';

export interface ClaimsTableContext {
  /** Today in China, `YYYY-MM-DD`: no birth date lies after it. */
  readonly today: string;
  /** Acceptance date of the case, `YYYY-MM-DD`: claims in other currencies are converted at its rate. */
  readonly acceptanceDate?: string;
}

export interface ClaimsTable extends FindingLists {
  /** Rows with a claim in them, readable or not. */
  readonly rows: number;
  /** Empty while there are errors. */
  readonly creditors: readonly ImportedCreditor[];
  /** Empty while there are errors. */
  readonly claims: readonly ImportedClaim[];
  /** Over what could be read; control totals only when there are no errors. */
  readonly totals: ClaimsTotals;
}

/** Whether a worksheet's name is that of the claims table. */
export function isClaimsSheet(name: string): boolean {
  return isSheetNamed(name, CLAIMS_SHEET_NAME);
}

/** Reads the table out of the sheets of a workbook. Pure; errors and warnings are part of the result. */
export function readClaimsTable(sheets: readonly RawSheet[], context: ClaimsTableContext): ClaimsTable {
  const sheet = sheets.find(({ name }) => isClaimsSheet(name));
  const findings = createFindings(sheet?.name ?? CLAIMS_SHEET_NAME);
  if (sheet === undefined) {
    const found = sheets.map(({ name }) => name.slice(0, 31)).slice(0, 20);
    findings.add('SHEET_MISSING', { expected: CLAIMS_SHEET_NAME, found: found.join('、') });
    return { rows: 0, creditors: [], claims: [], totals: sumClaims([]), ...findings.lists() };
  }
  const header = findHeader(sheet, claimsLayout, findings);
  if (header === undefined) {
    return { rows: 0, creditors: [], claims: [], totals: sumClaims([]), ...findings.lists() };
  }
  return readBelowHeader({ sheets, sheet, header, findings, context });
}

interface TableReading extends SheetReading {
  readonly sheets: readonly RawSheet[];
  readonly context: ClaimsTableContext;
}

function readBelowHeader({ sheets, context, ...reading }: TableReading): ClaimsTable {
  const { header, findings } = reading;
  const { drafts, totalRow } = readRows(reading, (cells) => readDraft(cells, context));
  if (drafts.length === 0) findings.add('NO_ROWS', {}, { column: 1, row: header.rowNumber });
  const grouping = groupingOf(header, findings);
  reportDuplicates(drafts, grouping);
  const groups = groupCreditors(drafts, grouping);
  checkHeads(groups, grouping);
  checkRecourse(groups, grouping);
  // While an amount is unreadable the sums are wrong for that reason already.
  if (totalRow !== undefined && findings.errorCount() === 0) {
    checkTotalRow({ row: totalRow, header, drafts, findings });
  }
  const totals = sumClaims(groups);
  checkTotalSize(totals, findings);
  const register = readRegister({ sheets, today: context.today, drafts, groups, grouping });
  const lists = joinLists(findings.lists(), register.findings.lists());
  const isClean = lists.errorCount === 0;
  return {
    rows: drafts.length,
    creditors: isClean ? [...groups.map(toCreditor), ...register.investors()] : [],
    claims: isClean ? [...inOrder(groups.flatMap(toClaims)), ...inOrder(register.contributions())] : [],
    totals: { ...totals, investors: register.totals },
    ...lists,
  };
}

const inOrder = (claims: readonly ImportedClaim[]) => claims.toSorted((a, b) => a.rowNumber - b.rowNumber);

function readDraft(cells: RowCells, context: ClaimsTableContext): ClaimDraft {
  const claimNo = readClaimNo(cells);
  const creditor = readCreditorCells(cells, context.today);
  const amounts = readAmounts(cells);
  const security = readSecurity(cells, amounts);
  checkVoteAmount(cells, security, amounts);
  const { filedFen } = amounts;
  const currencyContext = { filedFen, acceptanceDate: context.acceptanceDate };
  const originalCurrency = readOriginalCurrency(cells, currencyContext);
  const recourseFor = readRecourse(cells);
  const note = readNote(cells);
  const { rowNumber } = cells;
  return { rowNumber, claimNo, creditor, amounts, security, originalCurrency, recourseFor, note };
}
