import type { Nature, ReviewStatus } from '../../domain/claims/types.ts';
import type { PageOf, PageRequest } from './master-data-ports.ts';

/** A row of the claims table in force with its creditor, as it is verified. Amounts in fen. */
export interface ClaimRow {
  readonly claimNo: string;
  readonly creditorId: string;
  readonly creditorName: string;
  readonly isIndividual: boolean;
  readonly nature: Nature;
  readonly status: ReviewStatus;
  readonly filedFen: bigint;
  readonly confirmedFen: bigint | undefined;
  readonly temporaryFen: bigint | undefined;
  readonly securedPriorityFen: bigint | undefined;
  readonly note: string | undefined;
}

/** Reads the claims table in force of a case row by row, without taking all of it into memory. */
export interface ClaimRowReader {
  ofCreditors(caseId: string, creditorIds: readonly string[]): Promise<readonly ClaimRow[]>;
  find(caseId: string, claimNo: string): Promise<ClaimRow | undefined>;
  /** By part of the creditor's name or by the number of the claim, in the order of the table. */
  page(
    caseId: string,
    query: PageRequest & { readonly search: string | undefined },
  ): Promise<PageOf<ClaimRow>>;
  count(caseId: string): Promise<number>;
  all(caseId: string): AsyncIterable<ClaimRow>;
}
