/** One row of the claims table as far as it could be read; a field with an error is undefined. */
import type {
  CreditorKind,
  GroupCode,
  IdType,
  ImportedHead,
  ImportedProxy,
  NatureSubtype,
  Nature,
  OriginalCurrency,
  ReviewStatus,
} from './types.ts';

export interface CreditorDraft {
  readonly creditorNo: string | undefined;
  readonly name: string | undefined;
  readonly kind: CreditorKind | undefined;
  readonly idType: IdType | undefined;
  readonly idNo: string | undefined;
  readonly legalRep: string | undefined;
  readonly contact: string | undefined;
  readonly mobile: string | undefined;
  readonly email: string | undefined;
  readonly address: string | undefined;
  readonly isAffiliate: boolean;
  readonly proxy: ImportedProxy | undefined;
  readonly head: ImportedHead | undefined;
}

export interface AmountsDraft {
  readonly principalFen: bigint | undefined;
  readonly interestFen: bigint | undefined;
  readonly otherFiledFen: bigint | undefined;
  readonly filedFen: bigint | undefined;
  readonly status: ReviewStatus | undefined;
  readonly confirmedFen: bigint | undefined;
  readonly rejectedFen: bigint | undefined;
  readonly deferredFen: bigint | undefined;
  readonly temporaryFen: bigint | undefined;
  readonly courtDecisionNo: string | undefined;
}

export interface SecurityDraft {
  readonly nature: Nature | undefined;
  readonly subtype: NatureSubtype | undefined;
  readonly group: GroupCode | undefined;
  readonly collateral: string | undefined;
  readonly securedPriorityFen: bigint | undefined;
  readonly isPriorityWaived: boolean;
}

export interface ClaimDraft {
  readonly rowNumber: number;
  readonly claimNo: string | undefined;
  readonly creditor: CreditorDraft;
  readonly amounts: AmountsDraft;
  readonly security: SecurityDraft;
  readonly originalCurrency: OriginalCurrency | undefined;
  readonly recourseFor: string | undefined;
  readonly note: string | undefined;
}
