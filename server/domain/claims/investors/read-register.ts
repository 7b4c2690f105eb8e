/**
 * The register of investors (出资人名册): who votes in the group of investors where a plan adjusts their rights,
 * 企业破产法 art. 85(2). It stands beside the claims table in the same workbook and is confirmed with it; a case
 * without one has no such group. An investor who is a creditor too, by its paper, is one party with both.
 * Rule: votes are weighed by the contribution, 公司法 art. 65. What a company's articles provide otherwise is not
 * decided here: the administrator enters contributions that weigh as the articles say.
 */
import {
  CLAIMS_SHEET_NAME,
  INVESTORS_SHEET_NAME,
  investorColumns,
} from '../../../protocol/claims-import/columns.ts';
import type { ClaimColumn, InvestorColumn } from '../../../protocol/claims-import/columns.ts';
import type { ClaimDraft } from '../claim-draft.ts';
import { checkTotalRow } from '../claim-totals.ts';
import { createFindings } from '../findings.ts';
import type { ColumnNames, Findings } from '../findings.ts';
import { compareRows, groupCreditors, groupingOf, paperOf } from '../group-creditors.ts';
import type { CreditorGroup, GroupingContext } from '../group-creditors.ts';
import { findHeader, isSheetNamed } from '../layout.ts';
import type { SheetLayout } from '../layout.ts';
import type { RawSheet } from '../raw-sheet.ts';
import { readClaimNo, readNote } from '../read-claim-cells.ts';
import { readCreditorCells } from '../read-creditor-cells.ts';
import type { RowCells } from '../row-cells.ts';
import { reportDuplicates } from '../sheet/duplicates.ts';
import { readRows } from '../sheet/read-rows.ts';
import { present, toCreditor } from '../sheet/to-imported.ts';
import type { ImportedClaim, ImportedCreditor, InvestorTotals } from '../types.ts';

/** Whether a worksheet's name is that of the register. */
export function isInvestorsSheet(name: string): boolean {
  return isSheetNamed(name, INVESTORS_SHEET_NAME);
}

/** Each column of the register is read as the one of the same meaning in the claims table. */
const READ_AS = {
  investorNo: 'claimNo',
  investorName: 'name',
  investorKind: 'kind',
  idType: 'idType',
  idNo: 'idNo',
  legalRep: 'legalRep',
  contact: 'contact',
  mobile: 'mobile',
  email: 'email',
  address: 'address',
  contribution: 'confirmed',
  note: 'note',
} as const satisfies Record<InvestorColumn, ClaimColumn>;

const OWN_COLUMNS = Object.keys(READ_AS) as InvestorColumn[];
const COLUMN_NAMES: ColumnNames = Object.fromEntries(OWN_COLUMNS.map((key) => [READ_AS[key], key]));

/** Headings in use for the same column, beside that of the template. */
const ALIASES: Readonly<Record<string, InvestorColumn>> = {
  出资人名称: 'investorName',
  出资人姓名: 'investorName',
  股东名称: 'investorName',
  '股东名称/姓名': 'investorName',
  股东类型: 'investorKind',
  法定代表人: 'legalRep',
  手机: 'mobile',
};

const OPTIONAL_COLUMNS: readonly InvestorColumn[] = ['legalRep', 'email', 'address', 'note'];

const registerLayout: SheetLayout = {
  columnByHeading: new Map([
    ...Object.entries(ALIASES).map(([heading, key]) => [heading, READ_AS[key]] as const),
    ...OWN_COLUMNS.map((key) => [investorColumns[key].zh, READ_AS[key]] as const),
  ]),
  required: OWN_COLUMNS.filter((key) => !OPTIONAL_COLUMNS.includes(key)).map((key) => READ_AS[key]),
};

export interface RegisterRequest {
  readonly sheets: readonly RawSheet[];
  /** `YYYY-MM-DD` in China. */
  readonly today: string;
  /** Of the claims table in the same workbook. */
  readonly drafts: readonly ClaimDraft[];
  readonly groups: readonly CreditorGroup[];
  readonly grouping: GroupingContext;
}

export interface Register {
  readonly totals: InvestorTotals;
  readonly findings: Findings;
  /** Parties who are investors and nothing else; to be asked for when both sheets are free of errors. */
  investors(): ImportedCreditor[];
  /** One for each row, of nature `INVESTOR`; as above. */
  contributions(): ImportedClaim[];
}

/** A workbook without the sheet, and a sheet with nothing below its headings, are a register of nobody. */
export function readRegister(request: RegisterRequest): Register {
  const sheet = request.sheets.find(({ name }) => isInvestorsSheet(name));
  const findings = createFindings(sheet?.name ?? INVESTORS_SHEET_NAME, COLUMN_NAMES);
  if (sheet === undefined || sheet.rows.length === 0) return registerOf([], findings);
  const header = findHeader(sheet, registerLayout, findings);
  if (header === undefined) return registerOf([], findings);
  const { drafts, totalRow } = readRows({ sheet, header, findings }, (cells) =>
    readDraft(cells, request.today),
  );
  const grouping = groupingOf(header, findings);
  reportDuplicates(drafts, grouping);
  const groups = groupCreditors(drafts, grouping);
  if (totalRow !== undefined && findings.errorCount() === 0) {
    checkTotalRow({ row: totalRow, header, drafts, findings });
  }
  return registerOf(joinToCreditors(groups, { ...request, own: grouping }), findings);
}

/** An investor with the key of the creditor that it is too. */
interface Investor {
  readonly group: CreditorGroup;
  readonly creditorKey: string | undefined;
}

interface Joining extends Pick<RegisterRequest, 'drafts' | 'groups' | 'grouping'> {
  readonly own: GroupingContext;
}

/** One paper is one party: what both sheets say of it must agree, and no number may mean a claim and an investor. */
function joinToCreditors(
  investors: readonly CreditorGroup[],
  { drafts, groups, grouping, own }: Joining,
): Investor[] {
  const context: GroupingContext = {
    ...own,
    address: (draft, column) => `${CLAIMS_SHEET_NAME}!${grouping.address(draft, column)}`,
  };
  const claimsByNo = new Map(drafts.map((draft) => [draft.claimNo, draft]));
  const byPaper = new Map(groups.map((group) => [paperOf(group.first.creditor), group]));
  return investors.map((group) => {
    for (const row of group.rows) {
      const claim = row.claimNo === undefined ? undefined : claimsByNo.get(row.claimNo);
      if (claim === undefined) continue;
      const params = { first: context.address(claim, 'claimNo') };
      own.findings.add('DUPLICATE_CLAIM_NO', params, own.place(row, 'claimNo'));
    }
    const paper = paperOf(group.first.creditor);
    const creditor = paper === undefined ? undefined : byPaper.get(paper);
    if (creditor !== undefined) compareRows(creditor.first, group.first, context);
    return { group, creditorKey: creditor?.key };
  });
}

function registerOf(investors: readonly Investor[], findings: Findings): Register {
  const rows = investors.flatMap(({ group }) => group.rows);
  const keyOf = ({ group, creditorKey }: Investor) => creditorKey ?? `investor-${group.key}`;
  return {
    totals: {
      persons: investors.length,
      contributionFen: rows.reduce((sum, { amounts }) => sum + (amounts.confirmedFen ?? 0n), 0n),
    },
    findings,
    investors: () =>
      investors.flatMap((investor) =>
        investor.creditorKey === undefined ? [{ ...toCreditor(investor.group), key: keyOf(investor) }] : [],
      ),
    contributions: () =>
      investors.flatMap((investor) => investor.group.rows.map((row) => toContribution(row, keyOf(investor)))),
  };
}

function readDraft(cells: RowCells, today: string): ClaimDraft {
  cells.require('confirmed');
  const contributionFen = cells.amount('confirmed');
  return {
    rowNumber: cells.rowNumber,
    claimNo: readClaimNo(cells),
    creditor: readCreditorCells(cells, today),
    amounts: { ...NO_AMOUNTS, filedFen: contributionFen, confirmedFen: contributionFen },
    security: NO_SECURITY,
    originalCurrency: undefined,
    recourseFor: undefined,
    note: readNote(cells),
  };
}

const NO_AMOUNTS = {
  principalFen: undefined,
  interestFen: undefined,
  otherFiledFen: undefined,
  status: 'CONFIRMED',
  rejectedFen: undefined,
  deferredFen: undefined,
  temporaryFen: undefined,
  courtDecisionNo: undefined,
} as const;

const NO_SECURITY = {
  nature: undefined,
  subtype: undefined,
  group: undefined,
  collateral: undefined,
  securedPriorityFen: undefined,
  isPriorityWaived: false,
} as const;

function toContribution(
  { rowNumber, claimNo, amounts, note }: ClaimDraft,
  creditorKey: string,
): ImportedClaim {
  return {
    ...NO_AMOUNTS,
    ...NO_SECURITY,
    claimNo: present(claimNo, rowNumber),
    creditorKey,
    nature: 'INVESTOR',
    securedPriorityFen: 0n,
    filedFen: present(amounts.filedFen, rowNumber),
    confirmedFen: present(amounts.confirmedFen, rowNumber),
    originalCurrency: undefined,
    recourseFor: undefined,
    note,
    rowNumber,
  };
}
