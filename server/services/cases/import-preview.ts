/** What the administrator looks at before confirming: findings, control totals, difference. */
import { compareTables, type TableDifference, type TableFingerprints } from '../../domain/claims-table.ts';
import { NATURES, type ClaimsTotals, type ClaimSums } from '../../domain/claims/types.ts';
import type { ControlTotals, ImportFinding, ImportPreview } from '../../protocol/rest/case-routes.ts';
import type { ImportFinding as ReaderFinding } from '../../protocol/import-messages.ts';
import type { ClaimsFileRead } from '../ports/claims-reader-port.ts';

export interface PreviewInput {
  readonly importId: string;
  readonly fileName: string;
  readonly read: ClaimsFileRead;
  /** Of the table in force and of the new one. */
  readonly before: TableFingerprints;
  readonly after: TableFingerprints;
}

export function toPreview({ importId, fileName, read, before, after }: PreviewInput): ImportPreview {
  const hasErrors = read.errorCount > 0;
  return {
    importId,
    fileName,
    sha256: read.sha256,
    state: hasErrors ? 'has-errors' : 'ready',
    totals: toControlTotals(read.totals.overall),
    byNature: toNatureLines(read.totals),
    investors: {
      ...toInvestorTotals(read.totals),
      difference: hasErrors ? NO_DIFFERENCE : compareTables(before.investors, after.investors),
    },
    errors: read.errors.map(toWireFinding),
    errorCount: read.errorCount,
    warnings: read.warnings.map(toWireFinding),
    warningCount: read.warningCount,
    difference: hasErrors ? NO_DIFFERENCE : compareTables(before.claims, after.claims),
  };
}

/** A table with errors has no rows to compare. */
const NO_DIFFERENCE: TableDifference = { added: 0, changed: 0, removed: 0, unchanged: 0 };

export function toControlTotals(sums: ClaimSums): ControlTotals {
  return {
    rows: sums.rows,
    creditors: sums.creditors,
    filedFen: sums.filedFen.toString(),
    confirmedFen: sums.confirmedFen.toString(),
    temporaryFen: sums.temporaryFen.toString(),
  };
}

export function toInvestorTotals({
  investors,
}: ClaimsTotals): Pick<ImportPreview['investors'], 'persons' | 'contributionFen'> {
  return { persons: investors.persons, contributionFen: investors.contributionFen.toString() };
}

/** Whether the administrator has confirmed exactly these figures. */
export function areSameTotals(a: ControlTotals, b: ControlTotals): boolean {
  return (
    a.rows === b.rows &&
    a.creditors === b.creditors &&
    a.filedFen === b.filedFen &&
    a.confirmedFen === b.confirmedFen &&
    a.temporaryFen === b.temporaryFen
  );
}

function toNatureLines({ byNature }: ClaimsTotals): ImportPreview['byNature'] {
  return NATURES.filter((nature) => byNature[nature].rows > 0).map((nature) => ({
    nature,
    ...toControlTotals(byNature[nature]),
  }));
}

const toWireFinding = ({ code, sheet, cell, params }: ReaderFinding): ImportFinding => ({
  code,
  sheet: sheet ?? '',
  cell: cell ?? '',
  params: { ...params },
});
