/**
 * The claims table of a case (债权表, Enterprise Bankruptcy Law art. 57) from the stored cells of a workbook:
 * one row per claim, several rows per creditor. Every problem of every row is reported at its cell; rows are
 * handed back only when the whole table is free of errors, so that a part of a table can never be stored.
 */
import { CLAIMS_SHEET_NAME } from '../../protocol/claims-import/columns.ts';
import type { ClaimColumn } from '../../protocol/claims-import/columns.ts';
import type { ClaimDraft } from './claim-draft.ts';
import { cleanText } from './clean-text.ts';
import { checkTotalRow, checkTotalSize, sumClaims } from './claim-totals.ts';
import { createFindings } from './findings.ts';
import type { FindingLists, Findings } from './findings.ts';
import { groupCreditors } from './group-creditors.ts';
import type { CreditorGroup, GroupingContext } from './group-creditors.ts';
import { checkHeads } from './heads/one-head.ts';
import { checkRecourse } from './heads/recourse.ts';
import { classifyRow, findHeader } from './layout.ts';
import type { Header } from './layout.ts';
import { cellAddress, findRowSpan } from './raw-sheet.ts';
import type { RawRow, RawSheet } from './raw-sheet.ts';
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
import { RowCells } from './row-cells.ts';
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
  return cleanText(name).text.replace(/\s+/g, '') === CLAIMS_SHEET_NAME;
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
  const header = findHeader(sheet, findings);
  if (header === undefined) {
    return { rows: 0, creditors: [], claims: [], totals: sumClaims([]), ...findings.lists() };
  }
  return readBelowHeader({ sheet, header, findings, context });
}

interface TableReading {
  readonly sheet: RawSheet;
  readonly header: Header;
  readonly findings: Findings;
  readonly context: ClaimsTableContext;
}

function readBelowHeader({ sheet, header, findings, context }: TableReading): ClaimsTable {
  const { drafts, totalRow } = readRows({ sheet, header, findings, context });
  if (drafts.length === 0) findings.add('NO_ROWS', {}, { column: 1, row: header.rowNumber });
  reportMergedCells(sheet, drafts, findings);
  const grouping: GroupingContext = {
    findings,
    place: (draft, column) => ({ column: header.columnOf.get(column) ?? 1, row: draft.rowNumber }),
  };
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
  const isClean = findings.errorCount() === 0;
  return {
    rows: drafts.length,
    creditors: isClean ? groups.map(toCreditor) : [],
    claims: isClean ? groups.flatMap(toClaims).toSorted((a, b) => a.rowNumber - b.rowNumber) : [],
    totals,
    ...findings.lists(),
  };
}

interface RowsReading {
  readonly drafts: readonly ClaimDraft[];
  /** The last 合计 row: earlier ones add up parts. */
  readonly totalRow: RawRow | undefined;
}

function readRows({ sheet, header, findings, context }: TableReading): RowsReading {
  const drafts: ClaimDraft[] = [];
  let totalRow: RawRow | undefined;
  for (const row of sheet.rows) {
    if (row.number <= header.rowNumber) continue;
    const special = classifyRow(row, header);
    const place = { column: 1, row: row.number };
    if (special.kind === 'EMPTY') continue;
    if (special.kind === 'CLAIM') {
      if (row.isHidden) findings.add('HIDDEN_ROW_READ', { row: String(row.number) }, place);
      drafts.push(readDraft(new RowCells(row, header, findings), context));
      continue;
    }
    const code = special.kind === 'FOOTER' ? 'FOOTER_ROW_SKIPPED' : 'TOTAL_ROW_SKIPPED';
    findings.add(code, { row: String(row.number), label: special.label }, place);
    if (special.kind === 'GRAND_TOTAL') totalRow = row;
  }
  return { drafts, totalRow };
}

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

/** A merged cell keeps its value in the first row only: the others would be read as empty. */
function reportMergedCells(sheet: RawSheet, drafts: readonly ClaimDraft[], findings: Findings): void {
  const rowNumbers = drafts.map(({ rowNumber }) => rowNumber);
  for (const range of sheet.mergedRanges) {
    const span = findRowSpan(range);
    const touched = span === undefined ? undefined : firstFrom(rowNumbers, span.first);
    if (span === undefined || touched === undefined || touched > span.last) continue;
    findings.add('MERGED_CELLS', { range }, { column: 1, row: touched });
  }
}

/** The first of ascending numbers that is not below `from`; by halving, as both lists may be 60 000 long. */
function firstFrom(ascending: readonly number[], from: number): number | undefined {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? from) < from) low = middle + 1;
    else high = middle;
  }
  return ascending[low];
}

/** Everything of a row but its number in the table and in the sheet. */
function fingerprint({ rowNumber: _row, claimNo: _no, ...content }: ClaimDraft): string {
  const parts = Object.values(content);
  return JSON.stringify(parts, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}

function reportDuplicates(drafts: readonly ClaimDraft[], { findings, place }: GroupingContext): void {
  const firstByNo = new Map<string, ClaimDraft>();
  const firstByContent = new Map<string, ClaimDraft>();
  const addressOf = (draft: ClaimDraft, column: ClaimColumn): string => {
    const { column: number, row } = place(draft, column);
    return cellAddress(number, row);
  };
  for (const draft of drafts) {
    const sameNo = draft.claimNo === undefined ? undefined : firstByNo.get(draft.claimNo);
    if (sameNo !== undefined) {
      const params = { first: addressOf(sameNo, 'claimNo') };
      findings.add('DUPLICATE_CLAIM_NO', params, place(draft, 'claimNo'));
    } else if (draft.claimNo !== undefined) firstByNo.set(draft.claimNo, draft);
    if (draft.creditor.idNo === undefined || draft.amounts.filedFen === undefined) continue;
    const content = fingerprint(draft);
    const same = firstByContent.get(content);
    if (same === undefined) firstByContent.set(content, draft);
    else findings.add('DUPLICATE_ROW', { first: String(same.rowNumber) }, place(draft, 'claimNo'));
  }
}

/** A required field of a table without errors: its absence is a mistake of this file, not of the table. */
function present<T>(value: T | undefined, rowNumber: number): T {
  if (value === undefined) throw new Error(`row ${rowNumber} passed the checks with a required field empty`);
  return value;
}

function toCreditor({ key, first, rows, proxyRow, headRow }: CreditorGroup): ImportedCreditor {
  const { creditor, rowNumber } = first;
  return {
    ...creditor,
    key,
    name: present(creditor.name, rowNumber),
    kind: present(creditor.kind, rowNumber),
    idType: present(creditor.idType, rowNumber),
    idNo: present(creditor.idNo, rowNumber),
    contact: present(creditor.contact, rowNumber),
    mobile: present(creditor.mobile, rowNumber),
    // A row without the number may come first; the creditor has it all the same.
    creditorNo: rows.find((row) => row.creditor.creditorNo !== undefined)?.creditor.creditorNo,
    proxy: proxyRow?.creditor.proxy,
    head: headRow?.creditor.head,
    rowNumber,
  };
}

function toClaims({ key, rows }: CreditorGroup): ImportedClaim[] {
  return rows.map(({ rowNumber, claimNo, amounts, security, originalCurrency, recourseFor, note }) => ({
    ...amounts,
    ...security,
    claimNo: present(claimNo, rowNumber),
    creditorKey: key,
    nature: present(security.nature, rowNumber),
    // Only a secured claim can wait for the assessment of its priority.
    securedPriorityFen: security.securedPriorityFen ?? (security.nature === 'SECURED' ? undefined : 0n),
    filedFen: present(amounts.filedFen, rowNumber),
    status: present(amounts.status, rowNumber),
    originalCurrency,
    recourseFor,
    note,
    rowNumber,
  }));
}
