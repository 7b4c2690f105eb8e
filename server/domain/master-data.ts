/**
 * Master data: what exists before a meeting and beside its ledger. Every change is audited
 * (`AuditTrail` port). Amounts are bigint fen. Identifiers are opaque and never personal.
 */
import type { CaseSettings } from '../protocol/case-settings.ts';
import type { CaseDates } from '../protocol/rest/deadline-routes.ts';
import type { Role } from '../protocol/scalars.ts';
import type { ResolutionParticulars } from '../protocol/vote/particulars.ts';
import type { ProxyScope } from './claims/types.ts';
import type { ItemScope } from '../protocol/rest/proxy-routes.ts';

export type Procedure = 'liquidation' | 'reorganisation' | 'settlement';

/** One bankruptcy case before a court. */
export interface Case {
  readonly caseId: string;
  /** 案号, e.g. （2026）浙01破12号; unique in the installation. */
  readonly caseNumber: string;
  readonly debtor: string;
  readonly court: string;
  /** Province of the court by its GB/T 2260 two-digit code, e.g. `33`; reviewers see their own only. */
  readonly province: string;
  readonly procedure: Procedure;
  /** Calendar date, China Standard Time. */
  readonly acceptedOn: string;
  /** Telephone that every creditor page shows as 求助电话. */
  readonly helpPhone: string;
  readonly isDemonstration: boolean;
  readonly createdAt: Date;
  /** SHA-256 of the claims file last confirmed, or null before the first import. */
  readonly claimsFileSha256: string | null;
  /** What the law leaves open, as decided for this case. */
  readonly settings: CaseSettings;
  /** Dates that time limits count from; absent until somebody entered one. */
  readonly dates?: CaseDates;
}

/** Who works on a case in which role. */
export interface CaseMember {
  readonly caseId: string;
  readonly personId: string;
  readonly role: Extract<Role, 'administrator-lead' | 'administrator-staff' | 'judge' | 'clerk' | 'chair'>;
}

/** Who logs in. A person has creditors through capacities, or staff roles, or both. */
export interface Person {
  readonly personId: string;
  /** Full name; masked wherever it is shown to others. */
  readonly name: string;
  /** E.164 without `+86` for mainland numbers, e.g. `13800138000`; null for staff without one. */
  readonly mobile: string | null;
  /** Accepted answers of the second check: normalised name with the last four of the ID or credit code. */
  readonly identityChecks: readonly { readonly name: string; readonly idLast4: string }[];
  readonly staff: StaffAccount | null;
}

export interface StaffAccount {
  readonly username: string;
  readonly roles: readonly Exclude<Role, 'creditor' | 'chair'>[];
  /** Two-digit province code for reviewers, else null. */
  readonly province: string | null;
}

/** In whose name a person acts, and how. One row per person and creditor. */
export interface Capacity {
  readonly capacityId: string;
  readonly caseId: string;
  readonly personId: string;
  readonly creditorId: string;
  readonly kind: 'self' | 'legal-representative' | 'contact' | 'proxy';
  /** Null means no end. */
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** What an approved proxy allows; absent for the creditor's own side and for a proxy that nobody has reviewed. */
  readonly proxy?: ProxyTerms;
}

/** The part of an approved proxy on which each act under it depends. */
export interface ProxyTerms {
  readonly proxyId: string;
  /** Items that it covers. */
  readonly scope: ItemScope;
  /** SHA-256 of the document (授权委托书). */
  readonly documentSha256: string;
}

/** 一般授权 or 特别授权. */
export type ProxyAuthority = ProxyScope;

/** One principal's proxy (授权委托) to one holder, from its entry to its end. */
export interface Proxy {
  readonly proxyId: string;
  readonly caseId: string;
  readonly creditorId: string;
  readonly creditorName: string;
  readonly holder: ProxyHolder;
  readonly authority: ProxyAuthority;
  readonly scope: ItemScope;
  /** The first moment at which it is no longer in force; null means no end. */
  readonly expiresAt: Date | null;
  /** Null where the claims table named it and it was revoked before anybody saw a document. */
  readonly documentId: string | null;
  readonly documentSha256: string | null;
  readonly state: 'submitted' | 'approved' | 'returned' | 'revoked';
  readonly enteredBy: string;
  readonly enteredAt: Date;
  /** Who approved or returned it. */
  readonly reviewedBy: string | null;
  readonly reviewedAt: Date | null;
  readonly revokedBy: string | null;
  readonly revokedAt: Date | null;
  /** Why it was returned or revoked. */
  readonly reason: string | null;
  /** Capacity under which the holder acts; null before approval, unless the claims table gave it. */
  readonly capacityId: string | null;
}

/** The person who is to act; becomes a person with a sign-in by the approval. */
export interface ProxyHolder {
  readonly name: string;
  readonly idNo: string;
  /** As `Person.mobile`. */
  readonly mobile: string;
}

/** A stored file, addressed by its content. */
export interface StoredDocument {
  readonly documentId: string;
  readonly caseId: string;
  readonly title: string;
  /** SHA-256 of the bytes, lower-case hexadecimal. */
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly pages: number | null;
  readonly uploadedAt: Date;
}

export type AgendaKind = 'report' | 'verification' | 'questions' | 'vote' | 'formal';

export interface AgendaItem {
  readonly itemId: string;
  readonly title: string;
  readonly kind: AgendaKind;
  readonly documentIds: readonly string[];
  /** Set where the item is a vote. */
  readonly resolutionId: string | null;
  /** 临时议题: added during the meeting. Absent on items that were told in advance. */
  readonly isAdHoc?: boolean;
}

/** A resolution as prepared by the administrator. Its text is fixed once the meeting is published. */
export interface ResolutionDraft {
  readonly resolutionId: string;
  /** Registry id of the resolution type, e.g. `R03`. */
  readonly type: string;
  readonly title: string;
  /** Full text of what is put to the vote. */
  readonly text: string;
  readonly documentIds: readonly string[];
  /** What its type needs beside the text; absent where it needs nothing. */
  readonly particulars?: ResolutionParticulars;
}

/** A meeting as prepared; what happens in it is in its ledger. */
export interface Meeting {
  readonly meetingId: string;
  readonly caseId: string;
  /** `<installId>/<meetingId>`, demonstration meetings begin with `demo/`; fixed at creation (record.md 2). */
  readonly origin: string;
  /** Short code of the public link `/m/<code>`. */
  readonly linkCode: string;
  readonly title: string;
  readonly startsAt: Date;
  readonly agenda: readonly AgendaItem[];
  readonly resolutions: readonly ResolutionDraft[];
  /** Person who conducts at first; the administrator's lead. */
  readonly hostPersonId: string;
  readonly status: 'draft' | 'published';
  readonly publishedAt: Date | null;
  /** The meeting whose record was rolled back and that goes on here (record.md 5); absent for all others. */
  readonly continues?: string | null;
}
