/** What the conduct of a meeting needs of the master data. Read-only; implemented by storage. */
import type { ImportedProxy } from '../../domain/claims/types.ts';
import type { Capacity, Case, CaseMember, Meeting, StoredDocument } from '../../domain/master-data.ts';
import type { RollClaim } from '../../domain/roll.ts';
import type { Nature } from '../../protocol/entry-parts.ts';

/** A creditor as rosters and rolls need it. */
export interface CreditorFacts {
  readonly creditorId: string;
  readonly name: string;
  readonly isIndividual: boolean;
  readonly idNumber: string;
  readonly mobile: string;
  readonly email?: string;
  readonly natures: readonly Nature[];
  /** Proxy holder whom the claims table names. */
  readonly proxy?: ImportedProxy;
}

export interface MeetingFacts {
  readonly meeting: Meeting;
  readonly case: Case;
  readonly members: readonly CaseMember[];
  readonly documents: ReadonlyMap<string, StoredDocument>;
}

/** Creditors and claims of one version of the claims table. */
export interface ClaimsBook {
  readonly creditors: ReadonlyMap<string, CreditorFacts>;
  readonly claims: readonly RollClaim[];
  readonly claimsOf: (creditorId: string) => readonly RollClaim[];
  /** 关联方 of the debtor. */
  readonly affiliates: ReadonlySet<string>;
  /** Creditor → the one with whose head the table counts it (E5, E18, E21). */
  readonly joinedTo: ReadonlyMap<string, string>;
}

export interface ConductData {
  findMeeting(meetingId: string): Promise<MeetingFacts | undefined>;
  /** A link leads on to the meeting in which the one that it was given out for is continued. */
  findMeetingByLink(linkCode: string): Promise<MeetingFacts | undefined>;
  /** Ids of all published meetings, to take them up again at start. */
  publishedMeetingIds(): Promise<readonly string[]>;
  /** Meetings of cases on which the person works or has a capacity, newest first. */
  meetingsOfPerson(personId: string): Promise<readonly MeetingFacts[]>;
  /** Published meetings before courts of a province. */
  meetingsOfProvince(province: string): Promise<readonly MeetingFacts[]>;
  /** The claims table in force. */
  claimsBook(caseId: string): Promise<ClaimsBook>;
  /** Its creditors: investors without a claim are parties of the case, and none of them. */
  creditorsOf(caseId: string): Promise<{ has(creditorId: string): boolean }>;
  /**
   * Capacities of a person on a case, also those that have ended; the caller looks at their ends. Answered
   * from memory where nothing has changed, for every ballot asks.
   */
  capacities(personId: string, caseId: string): Promise<readonly Capacity[]>;
  /** Full name; undefined when the person does not exist. */
  personName(personId: string): Promise<string | undefined>;
  /** A document of the case. */
  findDocument(caseId: string, documentId: string): Promise<StoredDocument | undefined>;
  /** Head of the audit trail of the master data, SHA-256 hexadecimal. */
  auditHead(): Promise<string>;
}
