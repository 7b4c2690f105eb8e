/**
 * What the use cases of the case desk and of preparation need of storage. Everything returned is a copy;
 * amounts are bigint fen. A write that depends on what was read takes the version that was read and says
 * whether it took place.
 */
import type { Readable } from 'node:stream';
import type {
  ClaimEntry,
  CreditorEntry,
  KnownCreditor,
  TableFingerprints,
} from '../../domain/claims-table.ts';
import type { ClaimsTotals, EntryNature } from '../../domain/claims/types.ts';
import type {
  AgendaItem,
  Case,
  CaseMember,
  Meeting,
  Person,
  ResolutionDraft,
  StoredDocument,
} from '../../domain/master-data.ts';
import type { CaseSettings } from '../../protocol/case-settings.ts';
import type { CaseDates } from '../../protocol/rest/deadline-routes.ts';
import type { ImportPreview } from '../../protocol/rest/case-routes.ts';

/** Page of a list; `page` counts from 1. */
export interface PageRequest {
  readonly page: number;
  readonly pageSize: number;
}

export interface PageOf<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

/** A case with its team and the claims table in force. */
export interface CaseRecord extends Case {
  readonly members: readonly CaseMember[];
  /** Version of the claims table in force, the id of the import that brought it; null before the first. */
  readonly claimsVersion: string | null;
  readonly claimsTotals: ClaimsTotals | null;
  /** Grows with every change of the settings. */
  readonly settingsRevision: number;
}

export interface SettingsChange {
  readonly caseId: string;
  readonly fromRevision: number;
  readonly settings: CaseSettings;
}

/** Replaces one claims table by another, all of it at once. */
export interface ClaimsSwitch {
  readonly caseId: string;
  readonly fromVersion: string | null;
  readonly toVersion: string;
  readonly fileSha256: string;
  readonly totals: ClaimsTotals;
}

export interface CaseStore {
  /** False when the case number is taken. */
  create(record: CaseRecord): Promise<boolean>;
  find(caseId: string): Promise<CaseRecord | undefined>;
  /** Newest first. */
  listOfMember(personId: string, page: PageRequest): Promise<PageOf<CaseRecord>>;
  listOfProvince(province: string, page: PageRequest): Promise<PageOf<CaseRecord>>;
  /** Adds the member, or changes the role of one who is there. */
  putMember(member: CaseMember): Promise<void>;
  /** False when another table has come into force since `fromVersion`. */
  switchClaims(change: ClaimsSwitch): Promise<boolean>;
  /** False when the settings were changed since `fromRevision`. */
  changeSettings(change: SettingsChange): Promise<boolean>;
  changeDates(caseId: string, dates: CaseDates): Promise<void>;
  /** Claims versions of all cases that have one. */
  versionsInForce(): Promise<readonly string[]>;
}

/** An uploaded claims table and what was found in it. */
export interface ClaimsImport {
  readonly importId: string;
  readonly caseId: string;
  /** Table in force when the difference was computed. */
  readonly baseVersion: string | null;
  readonly preview: ImportPreview;
  readonly uploadedBy: string;
  readonly uploadedAt: Date;
}

/** The rows of one version; written before any case points at it. */
export interface ClaimsVersion {
  readonly caseId: string;
  readonly version: string;
  readonly creditors: readonly CreditorEntry[];
  readonly claims: readonly ClaimEntry[];
}

export interface CreditorQuery extends PageRequest {
  readonly search: string | undefined;
  readonly nature: EntryNature | undefined;
  readonly sort: 'number' | 'amount' | 'name';
}

export interface ClaimsStore {
  createImport(record: ClaimsImport): Promise<void>;
  findImport(importId: string): Promise<ClaimsImport | undefined>;
  markConfirmed(importId: string): Promise<void>;
  /** Those of the imports that are not marked confirmed. */
  unconfirmedAmong(importIds: readonly string[]): Promise<readonly ClaimsImport[]>;
  /** Repeatable: what an interrupted attempt left behind is replaced. */
  writeVersion(version: ClaimsVersion): Promise<void>;
  /** Claim number → fingerprint. */
  fingerprints(version: string): Promise<TableFingerprints>;
  /** Removes the rows of a version that did not come into force. */
  dropVersion(version: string): Promise<void>;
  /** Creditors of the version in force, then of those before it, newest first. */
  knownCreditors(caseId: string, inForce: string | null): Promise<readonly KnownCreditor[]>;
  /**
   * One after the other: a table of 50 000 rows must not lie in memory twice. Of a row that has some forty fields
   * only those are read that are asked for, by default all.
   */
  creditors<F extends keyof CreditorEntry = keyof CreditorEntry>(
    version: string,
    fields?: readonly F[],
  ): AsyncIterable<Pick<CreditorEntry, F>>;
  claims<F extends keyof ClaimEntry = keyof ClaimEntry>(
    version: string,
    fields?: readonly F[],
  ): AsyncIterable<Pick<ClaimEntry, F>>;
  /** Claims of some creditors, those of a page. */
  claimsOf(version: string, creditorIds: readonly string[]): Promise<readonly ClaimEntry[]>;
  /** `onlyInvestors`: how many of `total` have no claim. */
  pageOfCreditors(
    version: string,
    query: CreditorQuery,
  ): Promise<PageOf<CreditorEntry> & { readonly onlyInvestors: number }>;
}

export interface DocumentStore {
  create(document: StoredDocument): Promise<void>;
  find(documentId: string): Promise<StoredDocument | undefined>;
  findMany(documentIds: readonly string[]): Promise<readonly StoredDocument[]>;
  /** Oldest first. */
  listOfCase(caseId: string): Promise<readonly StoredDocument[]>;
}

/** A meeting with what only its preparation needs. */
export interface MeetingRecord extends Meeting {
  readonly createdAt: Date;
  /** Grows with every saved draft. */
  readonly revision: number;
  /** Set while the ledger is being opened; from then on the texts are fixed. */
  readonly publishingSince: Date | null;
}

export type MeetingDraft = Pick<
  MeetingRecord,
  'meetingId' | 'revision' | 'title' | 'startsAt' | 'agenda' | 'resolutions'
>;

export interface MeetingStore {
  /** False when the link code is taken. */
  create(record: MeetingRecord): Promise<boolean>;
  find(meetingId: string): Promise<MeetingRecord | undefined>;
  findByLink(linkCode: string): Promise<MeetingRecord | undefined>;
  /** The one that goes on from this meeting after a rollback, a draft or published. */
  findContinuation(meetingId: string): Promise<MeetingRecord | undefined>;
  /** False when the draft was changed or published since `revision`. */
  saveDraft(draft: MeetingDraft): Promise<boolean>;
  /** Fixes the texts of a draft at `revision`; false when it was changed or is being published already. */
  beginPublishing(meetingId: string, revision: number, at: Date): Promise<boolean>;
  finishPublishing(meetingId: string, at: Date): Promise<void>;
  /** 临时议题: adds a matter to a meeting that is published. Repeatable. */
  addAdHoc(
    meetingId: string,
    added: { readonly item: AgendaItem; readonly resolution: ResolutionDraft },
  ): Promise<void>;
  /** Newest first. */
  listOfCases(caseIds: readonly string[]): Promise<readonly MeetingRecord[]>;
  countByCase(caseIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  publishedIds(): Promise<readonly string[]>;
}

/** Bytes of documents and claims files, addressed by their SHA-256. */
export interface FileVault {
  /** @throws DomainError STORAGE_FULL when too little space is left */
  requireSpace(): Promise<void>;
  /** Copies a received file into the vault; durable when it returns. Keeping the same bytes twice is fine. */
  keep(file: { readonly path: string; readonly sha256: string }, kind: FileKind): Promise<void>;
  /** Path of a kept file, for a reader that takes one. */
  pathOf(sha256: string, kind: FileKind): string;
  /** Bytes of a kept file. @throws DomainError NOT_FOUND when they are gone */
  read(sha256: string, kind: FileKind): Promise<Readable>;
}

export type FileKind = 'pdf' | 'xlsx' | 'jpg' | 'png';

/** Judges a received file by its content. */
export interface PdfInspector {
  /**
   * Number of pages, null where it cannot be told.
   * @throws DomainError FILE_TYPE_WRONG when it is no PDF, FILE_DAMAGED when it is cut off
   */
  inspect(path: string): Promise<{ readonly pages: number | null }>;
}

/** A file as the HTTP edge has received it. */
export interface ReceivedFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly fileName: string;
}

/** People as the accounts keep them. */
export interface PeopleReader {
  findById(personId: string): Promise<Person | undefined>;
  findByIds(personIds: readonly string[]): Promise<readonly Person[]>;
  listStaff(): Promise<readonly Person[]>;
}
