/**
 * Creditors and claims as the claims table (债权表) gives them. Enterprise Bankruptcy Law art. 57–59:
 * the administrator registers, reviews and lists the claims; the list carries the voting right.
 * Amounts are fen (bigint). A field that the table leaves empty is `undefined`.
 */
import type { JoinedHead } from '../../protocol/case-settings.ts';
import type { IdType } from '../identity-numbers.ts';

export type { IdType };

/** Nature of a claim (债权性质): secured, employee, tax, pooled social insurance, ordinary, subordinated. */
export type Nature = 'SECURED' | 'EMPLOYEE' | 'TAX' | 'SOCIAL_INSURANCE_POOL' | 'ORDINARY' | 'SUBORDINATED';

/** What a row is: a claim, or the contribution of an investor (art. 85), who is no creditor by it. */
export type EntryNature = Nature | 'INVESTOR';

export const NATURES: readonly Nature[] = [
  'SECURED',
  'EMPLOYEE',
  'TAX',
  'SOCIAL_INSURANCE_POOL',
  'ORDINARY',
  'SUBORDINATED',
];

/** Priorities inside a nature that the courts recognise: construction price, buyers of homes. */
export type NatureSubtype = 'CONSTRUCTION_PRIORITY' | 'HOME_BUYER';

/** Voting group of a plan (art. 82, 85). */
export type GroupCode = 'SECURED' | 'EMPLOYEE' | 'TAX' | 'ORDINARY' | 'SMALL' | 'INVESTOR';

export type CreditorKind =
  'NATURAL_PERSON' | 'LEGAL_PERSON' | 'UNINCORPORATED' | 'SOLE_TRADER' | 'PUBLIC_BODY' | 'OTHER';

/** Review status (审查状态). */
export type ReviewStatus = 'CONFIRMED' | 'PARTIAL' | 'DEFERRED' | 'REJECTED' | 'PENDING';

/** 一般授权, 特别授权. */
export type ProxyScope = 'GENERAL' | 'SPECIAL';

/** What a claim's vote rests on: its confirmed amount, with a temporary part, or nothing (art. 59(2)). */
export type VoteBasis = 'CONFIRMED' | 'TEMPORARY' | 'NONE';

export interface ImportedProxy {
  readonly name: string;
  readonly idNo: string;
  /** Eleven digits, or `+` and country code. */
  readonly mobile: string;
  readonly scope: ProxyScope;
}

/** Why a creditor is counted with another: joint creditors (E18), a claim split up (E21), branches (E5). */
export type HeadReason = JoinedHead['reason'];

/** The creditor with whose head one is counted, as the table says it. */
export interface ImportedHead {
  /** `creditorNo` of the one who votes for both. */
  readonly creditorNo: string;
  readonly reason: HeadReason;
  /** Number of the decision, of the original claim, or what else it rests on. */
  readonly basis: string;
}

export interface ImportedCreditor {
  /** Unique in this reading and meaningless outside it; `ImportedClaim.creditorKey` refers to it. */
  readonly key: string;
  /** Number given by the administrator; the table may leave it out. */
  readonly creditorNo: string | undefined;
  readonly name: string;
  readonly kind: CreditorKind;
  readonly idType: IdType;
  readonly idNo: string;
  readonly legalRep: string | undefined;
  readonly contact: string;
  readonly mobile: string;
  readonly email: string | undefined;
  readonly address: string | undefined;
  readonly isAffiliate: boolean;
  readonly proxy: ImportedProxy | undefined;
  /** Undefined: a head of its own. */
  readonly head: ImportedHead | undefined;
  /** First row of the creditor in the sheet. */
  readonly rowNumber: number;
}

/** The amounts from which the voting right of a claim is computed (2.1 of the rules, `vote-amount.ts`). */
export interface ClaimAmounts {
  readonly nature: EntryNature;
  readonly confirmedFen: bigint | undefined;
  /** Set by the court for voting, for the part not yet determined (art. 59(2)). */
  readonly temporaryFen: bigint | undefined;
  /** Expected to be paid out of the collateral; undefined on a secured claim while it is not assessed. */
  readonly securedPriorityFen: bigint | undefined;
  readonly isPriorityWaived: boolean;
}

/** A claim in another currency, converted at the middle rate of the acceptance date (art. 46). */
export interface OriginalCurrency {
  /** ISO 4217. */
  readonly currency: string;
  /** Decimal text in units of that currency. */
  readonly amount: string;
  /** Yuan per unit, decimal text. */
  readonly rate: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

export interface ImportedClaim extends ClaimAmounts {
  readonly claimNo: string;
  readonly creditorKey: string;
  readonly subtype: NatureSubtype | undefined;
  readonly group: GroupCode | undefined;
  readonly collateral: string | undefined;
  readonly principalFen: bigint | undefined;
  readonly interestFen: bigint | undefined;
  readonly otherFiledFen: bigint | undefined;
  readonly filedFen: bigint;
  readonly status: ReviewStatus;
  readonly rejectedFen: bigint | undefined;
  readonly deferredFen: bigint | undefined;
  readonly courtDecisionNo: string | undefined;
  readonly originalCurrency: OriginalCurrency | undefined;
  /** Claim number of the principal creditor, who has filed all: a recourse claim without a vote (art. 51(2)). */
  readonly recourseFor: string | undefined;
  readonly note: string | undefined;
  readonly rowNumber: number;
}

/** Sums over rows; fen. */
export interface ClaimSums {
  readonly rows: number;
  readonly creditors: number;
  readonly filedFen: bigint;
  readonly confirmedFen: bigint;
  readonly temporaryFen: bigint;
  /** Σ voteAmount. */
  readonly voteFen: bigint;
  /** Σ unsecuredAmount: what the table contributes to the total of unsecured claims. */
  readonly unsecuredFen: bigint;
}

/** Control totals of the register of investors. */
export interface InvestorTotals {
  /** Parties, not rows. */
  readonly persons: number;
  readonly contributionFen: bigint;
}

/** The control totals that the administrator confirms. A creditor with two natures stands in both lines. */
export interface ClaimsTotals {
  readonly overall: ClaimSums;
  readonly byNature: Readonly<Record<Nature, ClaimSums>>;
  readonly investors: InvestorTotals;
}
