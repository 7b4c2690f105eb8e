/**
 * The ledger as the use cases see it, and what it needs of storage (record.md 2 and 3). Storage keeps
 * bytes and knows nothing of their meaning; `MeetingLedger` is one meeting's writer and its folded state.
 */
import type { Entry, NewEntry } from '../protocol/entries.ts';

/** An entry as it lies in the database. */
export interface StoredEntry {
  /** Position from 0, without gaps. */
  readonly seq: number;
  /** Set for what may exist once in a meeting. */
  readonly key: string | undefined;
  /** Canonical bytes; they are what is hashed. */
  readonly bytes: Uint8Array;
}

/** What lies in `ledger_private` under a commitment of an entry. Erasable, never changed. */
export interface PrivateValue {
  readonly commitment: string;
  /** 32 random bytes, base64. */
  readonly key: string;
  readonly field: string;
  readonly value: string;
}

/** Entries in order of `seq`, in bounded portions, so that a long ledger is folded in slices. */
export type EntryPortions = AsyncIterable<readonly StoredEntry[]>;

export interface LedgerStore {
  /**
   * Inserts in order with majority and journal. Any error means that the outcome is unknown: a part may be
   * there, and the rest may still arrive until something else stands at its `seq`.
   */
  append(meetingId: string, entries: readonly StoredEntry[], timeoutMs: number): Promise<void>;
  /** Reads from `fromSeq` on, on the primary and with majority: what it returns cannot vanish again. */
  read(meetingId: string, fromSeq: number): EntryPortions;
  /** Bytes of one entry, read alike. */
  readOne(meetingId: string, seq: number, timeoutMs?: number): Promise<Uint8Array | undefined>;
  /** Resolves once the values are durable. Repeatable. */
  putPrivates(meetingId: string, values: readonly PrivateValue[]): Promise<void>;
  /** Values by commitment; all of the meeting's when none are named. Erased ones are missing. */
  readPrivates(meetingId: string, commitments?: readonly string[]): Promise<Map<string, PrivateValue>>;
  /** Redacts: key and value are gone, the entries and every proof stay as they are. */
  erasePrivates(meetingId: string, commitments: readonly string[]): Promise<void>;
}

/**
 * Chunks of frozen rolls: immutable, at most 1 MB, named by the SHA-256 of their bytes. The private values of
 * a chunk's rows lie beside it in one piece, erasable through `LedgerStore.erasePrivates` like all others.
 */
export interface RollStore {
  putChunk(meetingId: string, chunk: { sha256: string; bytes: Uint8Array }): Promise<void>;
  findChunk(meetingId: string, sha256: string): Promise<Uint8Array | undefined>;
  /** Stored before the chunk that they belong to. */
  putPrivates(
    meetingId: string,
    /** The values as `private-lines.ts` writes them. */
    chunk: { readonly sha256: string; readonly lines: Uint8Array },
  ): Promise<void>;
  /** Takes back the values of chunks that no entry names. */
  dropPrivates(meetingId: string, sha256s: readonly string[]): Promise<void>;
}

/** A signed checkpoint as it is stored. */
export interface StoredCheckpoint {
  /** Number of entries that it covers. */
  readonly size: number;
  /** C2SP signed note. */
  readonly note: string;
}

/** Why a ledger is not written any more, with what shows it. */
export interface LedgerHalt {
  /** Who knew more than the database: the signer, a stored checkpoint, or a client with a signed one. */
  readonly by: 'signer' | 'checkpoint' | 'client';
  /** The signed note that the ledger does not continue; null where only the signer's memory speaks. */
  readonly note: string | null;
  /** Entries that were signed, and entries that were found. */
  readonly signedSize: number;
  readonly foundSize: number;
  /** RFC 3339. */
  readonly detectedAt: string;
}

/** Signed checkpoints, by ledger. Immutable: what is there stays. */
export interface CheckpointStore {
  /** Resolves once it is durable. Repeatable. */
  put(ledgerId: string, checkpoint: StoredCheckpoint, timeoutMs: number): Promise<void>;
  findNewest(ledgerId: string): Promise<StoredCheckpoint | undefined>;
  /** The first one that covers the entry. */
  findCovering(ledgerId: string, seq: number): Promise<StoredCheckpoint | undefined>;
  findHalt(ledgerId: string): Promise<LedgerHalt | undefined>;
  /** The first one stays. */
  putHalt(ledgerId: string, halt: LedgerHalt): Promise<void>;
}

/** Who writes a meeting's ledger, by the database's clock. It saves work; the fence is the index on `_id`. */
export interface LeaseStore {
  /** Takes or renews the lease for `leaseMs`; false while another holder has it. */
  claim(meetingId: string, holder: string, leaseMs: number): Promise<boolean>;
  /** Gives it up, when it is still the holder's. */
  release(meetingId: string, holder: string): Promise<void>;
}

/** How the ledger becomes a state. `apply` changes the state in place and takes the entry as true. */
export interface LedgerFold<S> {
  initial(): S;
  apply(state: S, entry: Entry, leafHash: string): void;
}

/** An entry that is durable. */
export interface DurableEntry {
  readonly seq: string;
  readonly ts: string;
  /** SHA-256 leaf hash of the bytes, hexadecimal. */
  readonly leafHash: string;
  readonly entry: Entry;
}

/** An entry once it is durable and under a signed checkpoint. */
export interface AppendedEntry extends Omit<DurableEntry, 'entry'> {
  /** Its receipt: tlog-proof@v1 with the entry's bytes and the checkpoint that first covers it. */
  proof(): string;
}

/** What a command appends, each entry valid alone, and how it answers once that is durable. */
export interface LedgerPlan<R> {
  readonly entries: readonly NewEntry[];
  readonly reply: (appended: readonly AppendedEntry[]) => R;
}

/** What a decision knows beside the state. */
export interface DecisionContext {
  /** Time that the entries will carry, milliseconds since 1970: never before the last entry's. */
  readonly tsMs: number;
}

/**
 * A command is decided at the head of the queue, against everything that is durable and everything decided
 * earlier in the same batch. `decide` is pure, may be called again for a later batch, and throws DomainError
 * to refuse. `privates` are stored before the entries.
 */
export interface LedgerCommand<S, R> {
  readonly decide: (state: S, context: DecisionContext) => LedgerPlan<R>;
  readonly privates: readonly PrivateValue[];
}

/** One meeting's ledger. */
export interface MeetingLedger<S> {
  readonly meetingId: string;
  /** Takes over as the writer and folds what is there. Repeatable; after a fence it starts anew. */
  open(): Promise<void>;
  readonly isOpen: boolean;
  /** State of what is durable; not to be changed. @throws DomainError UNAVAILABLE when not open */
  readonly state: S;
  /**
   * Resolves once the command's entries are durable and under a signed checkpoint, which is durable, too.
   * @throws DomainError as decided; UNAVAILABLE with detail `nothing-recorded` when it certainly was not,
   *   `outcome-unknown` when that could not be found out in time: ask again with the same nonce
   */
  submit<R>(command: LedgerCommand<S, R>): Promise<R>;
  /**
   * A signed checkpoint that somebody has. When it is by our key, for this ledger, and not part of its history,
   * the ledger is not written any more. @throws DomainError ROLLBACK then
   */
  compare(note: string): Promise<void>;
  /** Called with each batch once it is durable, signed and in the state, before its commands are answered. */
  onDurable(listener: (entries: readonly DurableEntry[]) => void): () => void;
  /** Called when this process is no longer the writer: the state is dropped. */
  onStepDown(listener: () => void): () => void;
  /** Finishes what is queued and gives the lease up. */
  close(): Promise<void>;
}
