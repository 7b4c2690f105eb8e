/** What the record asks of others: witnesses that cosign it, and an authority that states the time. */
import type { Policy } from '../../domain/record/notes/policy.ts';
import type { TimeStamp } from '../../domain/record/timestamp/time-stamp.ts';

/** The witnesses of all meetings of this server, from outside (WITNESS_POLICY). */
export interface WitnessPolicy {
  readonly policy: Policy;
  /** Of the part that entry 0 promises, lower-case hexadecimal. */
  readonly sha256: string;
}

export interface WitnessAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export interface WitnessPort {
  /** One `add-checkpoint` request (C2SP tlog-witness). Rejects when the witness cannot be reached in time. */
  addCheckpoint(url: string, body: string): Promise<WitnessAnswer>;
}

export interface TimeStampPort {
  /** A token over these bytes that was checked against the configured root. @throws TimeStampError, or unreachable */
  stamp(data: Uint8Array): Promise<StampedToken>;
}

export interface StampedToken extends TimeStamp {
  /** DER of the token. */
  readonly token: Uint8Array;
}

/** A line of a witness below a checkpoint. */
export interface StoredCosignature {
  readonly size: number;
  /** Name in the policy. */
  readonly witness: string;
  /** Seconds since 1970, as the witness states it. */
  readonly timeSeconds: number;
  /** The signature line with its newline. */
  readonly line: string;
}

export interface CosignatureStore {
  put(meetingId: string, cosignature: StoredCosignature): Promise<void>;
  /** Below one checkpoint, in the order in which they came. */
  findBySize(meetingId: string, size: number): Promise<StoredCosignature[]>;
  /** All of a meeting's, the largest checkpoints first: what is looked for is near the end. */
  newestFirst(meetingId: string): AsyncIterable<StoredCosignature>;
  /** All of a meeting's, by size. */
  all(meetingId: string): Promise<StoredCosignature[]>;
}

/** What a stamp is asked for (record.md 13). */
export type StampReason = 'freeze' | 'close' | 'seal';

export interface StoredTimeStamp {
  /** Entry that it was asked for, e.g. the `ballot.close`. */
  readonly seq: number;
  readonly reason: StampReason;
  /** The checkpoint that covers it. */
  readonly size: number;
  readonly note: string;
  /** RFC 3339: since when it is wanted. */
  readonly wantedAt: string;
  readonly attempts: number;
  /** Why the last attempt failed, for staff; null before the first and after success. */
  readonly failure: string | null;
  readonly stamped: StampedToken | null;
}

export interface TimeStampStore {
  /** Repeatable: what is wanted already stays as it is. */
  want(meetingId: string, wanted: Omit<StoredTimeStamp, 'attempts' | 'failure' | 'stamped'>): Promise<void>;
  failed(meetingId: string, seq: number, failure: string): Promise<void>;
  stamped(meetingId: string, seq: number, token: StampedToken): Promise<void>;
  /** By entry. */
  all(meetingId: string): Promise<StoredTimeStamp[]>;
  /** Meetings with stamps that are still wanted. */
  meetingsWithPending(): Promise<string[]>;
}
