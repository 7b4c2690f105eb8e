/** What the accounts need of the outside. Implemented by the storage edge; tests give their own. */
import type { Person, StaffAccount } from '../../domain/master-data.ts';
import type { Role } from '../../protocol/scalars.ts';
import type { Session } from '../session.ts';

/** An accepted answer, with the case whose claims table it comes from. */
export interface SourcedCheck {
  readonly source: string;
  readonly name: string;
  readonly idLast4: string;
}

export interface StaffRecord extends StaffAccount {
  readonly state: 'invited' | 'active' | 'disabled';
  /** Argon2id in PHC form; null until set up. */
  readonly passwordHash: string | null;
  /** Encrypted; null until set up. */
  readonly totpSealed: string | null;
  /** Last 30-second step used; a code of it or before is a replay. */
  readonly totpLastStep: number;
  /** The person's own telephone, as `Person.mobile`: nobody may hold a creditor's proxy with it. */
  readonly mobile?: string;
}

export interface PersonRecord extends Person {
  readonly identityChecks: readonly SourcedCheck[];
  readonly staff: StaffRecord | null;
  /** Hashes of browsers that have completed a sign-in. */
  readonly knownBrowsers: readonly string[];
}

export interface PersonStore {
  findById(personId: string): Promise<PersonRecord | undefined>;
  findByIds(personIds: readonly string[]): Promise<readonly PersonRecord[]>;
  findByMobile(mobile: string): Promise<PersonRecord | undefined>;
  findByMobiles(mobiles: readonly string[]): Promise<readonly PersonRecord[]>;
  findByCheckSource(source: string): Promise<readonly PersonRecord[]>;
  findByUsername(username: string): Promise<PersonRecord | undefined>;
  listStaff(): Promise<readonly PersonRecord[]>;
  hasOperator(): Promise<boolean>;
  /** Inserts or replaces name, mobile and checks; staff part and known browsers stay. */
  saveIdentities(
    persons: readonly Pick<PersonRecord, 'personId' | 'name' | 'mobile' | 'identityChecks'>[],
  ): Promise<void>;
  /** @throws DomainError USERNAME_TAKEN */
  insertStaff(person: { personId: string; name: string; staff: StaffRecord }): Promise<void>;
  updateStaff(personId: string, change: Partial<StaffRecord>): Promise<void>;
  /** Atomic: false when this step or a later one has been used. */
  useTotpStep(personId: string, step: number): Promise<boolean>;
  addKnownBrowser(personId: string, browserHash: string): Promise<void>;
}

export interface SessionRecord extends Session {
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  /** Ends then, whatever happens. */
  readonly expiresAt: Date;
  /** Ends when not seen for this long. */
  readonly idleMs: number;
}

/** What one deletion has ended. */
export interface EndedSessions {
  /** Those that existed. */
  readonly sessionIds: readonly string[];
  /** Endings counted in the database, this one included; undefined when it ended none and so was not counted. */
  readonly count: number | undefined;
}

export interface SessionStore {
  insert(session: SessionRecord): Promise<void>;
  /** Those that exist, in any order. */
  findMany(sessionIds: readonly string[]): Promise<readonly SessionRecord[]>;
  touch(sessionId: string, at: Date): Promise<void>;
  deleteMany(filter: { sessionId: string } | { personId: string }): Promise<EndedSessions>;
  /** Removes what has expired or idled out. */
  deleteExpired(now: Date): Promise<EndedSessions>;
  /** How often sessions were ended, by whichever process; never less than before. */
  countEndings(): Promise<number>;
  /** Atomic; the count including this try, or 0 when the session is gone. */
  countNameTry(sessionId: string): Promise<number>;
}

export interface SmsCodeRecord {
  readonly codeId: string;
  /** Hash of browser and number together. */
  readonly key: string;
  readonly codeHash: string;
  /** Null for a number that nobody has: the record exists all the same, so that the answer is the same. */
  readonly personId: string | null;
  readonly expiresAt: Date;
}

export interface SmsCodeStore {
  insert(record: SmsCodeRecord): Promise<void>;
  /** Unused and unexpired, newest first. */
  findLive(key: string, now: Date): Promise<readonly SmsCodeRecord[]>;
  hasAny(key: string): Promise<boolean>;
  /** Atomic: false when `maxTries` have been made at this code, or it has been used. */
  takeTry(codeId: string, maxTries: number): Promise<boolean>;
  /** Atomic: false when it has been used already. All codes of the key end with it. */
  use(record: SmsCodeRecord): Promise<boolean>;
}

/** Counters over fixed windows; keys are hashes. */
export interface ThrottleStore {
  /** Adds one and returns the count of the window. */
  hit(key: string, expiresAt: Date): Promise<number>;
  peek(key: string): Promise<number>;
}

export interface EnrolmentRecord {
  readonly enrolmentId: string;
  readonly purpose: 'operator' | 'staff' | 'reset';
  readonly codeHash: string;
  /** Null for the first operator, who does not exist yet. */
  readonly personId: string | null;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  /** What has been entered so far. */
  readonly pending: PendingEnrolment | null;
}

export interface PendingEnrolment {
  readonly username: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly totpSealed: string;
}

export interface EnrolmentStore {
  insert(record: EnrolmentRecord): Promise<void>;
  /** Unused and unexpired. */
  findLive(codeHash: string, now: Date): Promise<EnrolmentRecord | undefined>;
  setPending(enrolmentId: string, pending: PendingEnrolment): Promise<void>;
  /** Atomic: false when it has been used already. */
  use(enrolmentId: string, at: Date): Promise<boolean>;
  /** Ends all unused ones for the operator (`null`) or a person. */
  endFor(personId: string | null, at: Date): Promise<void>;
}

export interface ResetRecord {
  readonly requestId: string;
  readonly personId: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
}

export interface ResetStore {
  insert(record: ResetRecord): Promise<void>;
  listOpen(): Promise<readonly ResetRecord[]>;
  findOpen(requestId: string): Promise<ResetRecord | undefined>;
  /** Atomic: false when it has been decided already. */
  confirm(requestId: string, by: string, at: Date): Promise<boolean>;
}

export interface AccountStores {
  readonly people: PersonStore;
  readonly sessions: SessionStore;
  readonly smsCodes: SmsCodeStore;
  readonly throttle: ThrottleStore;
  readonly enrolments: EnrolmentStore;
  readonly resets: ResetStore;
}

/** Where a request comes from; used for limits only. */
export interface Requester {
  readonly address: string;
  /** Token of the browser cookie. */
  readonly browserToken: string;
}

/** The little logging that services do: no personal data in `fields`. */
export interface AccountLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Result of every step of a sign-in: the new cookie. */
export interface OpenedSession {
  readonly token: string;
  readonly session: Session;
  /** Lifetime of the cookie, seconds. */
  readonly maxAgeS: number;
}

export const CREDITOR_ROLES: readonly Role[] = ['creditor'];
