/** Control totals of a claims table, and what a 合计 row of the sheet says against them. */
import type { ClaimColumn } from '../../protocol/claims-import/columns.ts';
import { MAX_FEN, formatYuan } from '../money.ts';
import type { ClaimDraft } from './claim-draft.ts';
import type { Findings } from './findings.ts';
import type { CreditorGroup } from './group-creditors.ts';
import type { Header } from './layout.ts';
import type { RawRow } from './raw-sheet.ts';
import { readAmountCell } from './row-cells.ts';
import { NATURES } from './types.ts';
import type { ClaimAmounts, ClaimSums, ClaimsTotals, Nature } from './types.ts';
import { unsecuredAmount, voteAmount } from './vote-amount.ts';

type Sums = { -readonly [K in keyof ClaimSums]: ClaimSums[K] };

const emptySums = (): Sums => ({
  rows: 0,
  creditors: 0,
  filedFen: 0n,
  confirmedFen: 0n,
  temporaryFen: 0n,
  voteFen: 0n,
  unsecuredFen: 0n,
});

function claimAmounts(draft: ClaimDraft, nature: Nature): ClaimAmounts {
  return {
    nature,
    confirmedFen: draft.amounts.confirmedFen,
    temporaryFen: draft.amounts.temporaryFen,
    securedPriorityFen: draft.security.securedPriorityFen,
    isPriorityWaived: draft.security.isPriorityWaived,
  };
}

function addRow(sums: Sums, draft: ClaimDraft): void {
  const amounts = claimAmounts(draft, draft.security.nature ?? 'ORDINARY');
  sums.rows += 1;
  sums.filedFen += draft.amounts.filedFen ?? 0n;
  sums.confirmedFen += draft.amounts.confirmedFen ?? 0n;
  sums.temporaryFen += draft.amounts.temporaryFen ?? 0n;
  sums.voteFen += voteAmount(amounts);
  sums.unsecuredFen += unsecuredAmount(amounts);
}

/** Sums over all rows, and by nature over those whose nature is known. */
export function sumClaims(groups: readonly CreditorGroup[]): ClaimsTotals {
  const overall = emptySums();
  const byNature = Object.fromEntries(NATURES.map((nature) => [nature, emptySums()])) as Record<Nature, Sums>;
  overall.creditors = groups.length;
  for (const { rows } of groups) {
    const natures = new Set<Nature>();
    for (const row of rows) {
      addRow(overall, row);
      const { nature } = row.security;
      if (nature === undefined) continue;
      addRow(byNature[nature], row);
      natures.add(nature);
    }
    for (const nature of natures) byNature[nature].creditors += 1;
  }
  return { overall, byNature, investors: { persons: 0, contributionFen: 0n } };
}

/** Columns that a 合计 row may add up. */
const SUMMED_COLUMNS: readonly {
  readonly column: ClaimColumn;
  readonly fen: (draft: ClaimDraft) => bigint;
}[] = [
  { column: 'principal', fen: ({ amounts }) => amounts.principalFen ?? 0n },
  { column: 'interest', fen: ({ amounts }) => amounts.interestFen ?? 0n },
  { column: 'otherFiled', fen: ({ amounts }) => amounts.otherFiledFen ?? 0n },
  { column: 'filed', fen: ({ amounts }) => amounts.filedFen ?? 0n },
  { column: 'confirmed', fen: ({ amounts }) => amounts.confirmedFen ?? 0n },
  { column: 'rejected', fen: ({ amounts }) => amounts.rejectedFen ?? 0n },
  { column: 'deferred', fen: ({ amounts }) => amounts.deferredFen ?? 0n },
  { column: 'temporary', fen: ({ amounts }) => amounts.temporaryFen ?? 0n },
  { column: 'securedPriority', fen: ({ security }) => security.securedPriorityFen ?? 0n },
];

export interface TotalRowCheck {
  readonly row: RawRow;
  readonly header: Header;
  readonly drafts: readonly ClaimDraft[];
  readonly findings: Findings;
}

/** Holds a 合计 row against the rows, to the fen. Cells that hold no amount are left alone. */
export function checkTotalRow({ row, header, drafts, findings }: TotalRowCheck): void {
  for (const { column, fen } of SUMMED_COLUMNS) {
    const number = header.columnOf.get(column);
    const cell = row.cells.find((candidate) => candidate.column === number);
    const reading = cell === undefined ? undefined : readAmountCell(cell);
    if (reading === undefined || !reading.ok) continue;
    const expected = drafts.reduce((sum, draft) => sum + fen(draft), 0n);
    if (expected === reading.fen) continue;
    const params = { column, found: formatYuan(reading.fen), expected: formatYuan(expected) };
    findings.add('TOTAL_DIFFERS', params, { column: number ?? 1, row: row.number });
  }
}

/** A sum beyond 10^17 fen could not be stored; each row alone is below it. */
export function checkTotalSize(totals: Pick<ClaimsTotals, 'overall'>, findings: Findings): void {
  if (totals.overall.filedFen > MAX_FEN) findings.add('TOTAL_TOO_LARGE', { column: 'filed' });
  if (totals.overall.voteFen > MAX_FEN) findings.add('TOTAL_TOO_LARGE', { column: 'confirmed' });
}
