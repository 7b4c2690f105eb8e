/**
 * Forms one batch: commands are decided one after the other, each against a state in which the entries of
 * the commands before it already stand, so that two ballots for one unit in one batch cannot both be
 * accepted. Nothing here touches the database.
 */
import { toBase64, toHex } from '../../domain/record/base64.ts';
import { encodeEntry } from '../../domain/record/entry.ts';
import { leafHash } from '../../domain/record/merkle.ts';
import { uniqueKeyOf, type Entry, type NewEntry } from '../../protocol/entries.ts';
import type { LedgerCommand, LedgerFold, LedgerPlan, StoredEntry } from '../ledger-port.ts';
import { sha256 } from '../record-crypto.ts';

/** Above about 500 documents or 256 KB a batch was seen half-visible (record.md 3). */
export const BATCH_MAX_ENTRIES = 256;
export const BATCH_MAX_BYTES = 200 * 1024;
/** Deciding a batch, and later moving the state and answering, each hold the event loop for about as long. */
const BATCH_MAX_MS = 15;

const SALT_BYTES = 16;

/** An entry that has its place in the ledger and is not yet known to be durable. */
export interface PendingEntry {
  readonly entry: Entry;
  readonly leafHash: string;
  /** The same, 32 bytes. */
  readonly leaf: Uint8Array;
  readonly stored: StoredEntry;
}

/** A command in the writer's queue. */
export interface QueuedCommand<S> {
  readonly command: LedgerCommand<S, unknown>;
  readonly queuedAtMs: number;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

interface DecidedCommand<S> {
  readonly queued: QueuedCommand<S>;
  readonly plan: LedgerPlan<unknown>;
  /** Entries of this command: `entries[first]` to `entries[first + count - 1]` of the batch. */
  readonly first: number;
  readonly count: number;
}

export interface Batch<S> {
  readonly entries: PendingEntry[];
  readonly decided: DecidedCommand<S>[];
}

export interface BatchContext<S> {
  readonly origin: string;
  readonly epoch: number;
  /** Number of the first entry. */
  readonly firstSeq: number;
  readonly tsMs: number;
  /** State ahead of the durable one by what is decided here. */
  readonly ahead: S;
  readonly fold: LedgerFold<S>;
  /** Keys of what exists, durable or in this batch. */
  readonly keys: Set<string>;
  randomBytes(length: number): Uint8Array;
}

/** Raised when the state ahead can no longer be trusted and is to be folded anew. */
export class FoldFailedError extends Error {
  override readonly name = 'FoldFailedError';
}

/**
 * Takes commands from the front of the queue until the batch is full. Refused commands are rejected at once
 * and take no place. A command that no longer fits goes back to the front and is decided anew next time.
 * Throws FoldFailedError after rejecting the command whose entry cannot be folded; the batch so far stands.
 */
export function fillBatch<S>(batch: Batch<S>, queue: QueuedCommand<S>[], context: BatchContext<S>): void {
  const endsAt = performance.now() + BATCH_MAX_MS;
  let bytes = 0;
  let taken = 0;
  try {
    for (; taken < queue.length && batch.entries.length < BATCH_MAX_ENTRIES; taken++) {
      if (batch.entries.length > 0 && performance.now() > endsAt) break;
      const added = decideNext(batch, queue[taken] as QueuedCommand<S>, { context, bytes });
      if (added === undefined) break;
      bytes += added;
    }
  } catch (error) {
    taken += 1;
    throw error;
  } finally {
    queue.splice(0, taken);
  }
}

interface Room<S> {
  readonly context: BatchContext<S>;
  /** Already in the batch. */
  readonly bytes: number;
}

/** Bytes added, 0 for a refused command; undefined when the command must wait for the next batch. */
function decideNext<S>(batch: Batch<S>, queued: QueuedCommand<S>, room: Room<S>): number | undefined {
  const { context } = room;
  let plan: LedgerPlan<unknown>;
  let pending: PendingEntry[];
  try {
    plan = queued.command.decide(context.ahead, { tsMs: context.tsMs });
    pending = encodeAll(plan.entries, context.firstSeq + batch.entries.length, context);
  } catch (error) {
    queued.reject(error);
    return 0;
  }
  const size = pending.reduce((sum, { stored }) => sum + stored.bytes.length, 0);
  if (exceedsBatch(pending.length, size)) {
    queued.reject(new RangeError('a command larger than a batch'));
    return 0;
  }
  if (exceedsBatch(batch.entries.length + pending.length, room.bytes + size)) return undefined;
  applyAhead(pending, queued, context);
  batch.decided.push({ queued, plan, first: batch.entries.length, count: pending.length });
  batch.entries.push(...pending);
  return size;
}

function exceedsBatch(entries: number, bytes: number): boolean {
  return entries > BATCH_MAX_ENTRIES || bytes > BATCH_MAX_BYTES;
}

function encodeAll<S>(
  added: readonly NewEntry[],
  firstSeq: number,
  context: BatchContext<S>,
): PendingEntry[] {
  const own = new Set<string>();
  return added.map((one, index) => {
    const key = uniqueKeyOf(one);
    // Decisions refuse what exists with words of their own; this keeps a mistake there out of the ledger.
    if (key !== undefined && (context.keys.has(key) || own.has(key))) {
      throw new RangeError(`an entry with the key ${key} exists`);
    }
    if (key !== undefined) own.add(key);
    return encodePending(one, firstSeq + index, context);
  });
}

/** Gives an entry its place, time and salt. Throws RecordFormatError when it is not in its schema. */
export function encodePending(
  added: NewEntry,
  seq: number,
  place: Pick<BatchContext<unknown>, 'origin' | 'epoch' | 'tsMs' | 'randomBytes'>,
): PendingEntry {
  const salt = toBase64(place.randomBytes(SALT_BYTES));
  const { entry, bytes } = encodeEntry(added, {
    origin: place.origin,
    epoch: place.epoch,
    seq,
    tsMs: place.tsMs,
    salt,
  });
  const leaf = leafHash(sha256, bytes);
  return {
    entry,
    leafHash: toHex(leaf),
    leaf,
    stored: { seq, key: uniqueKeyOf(added), bytes },
  };
}

function applyAhead<S>(
  pending: readonly PendingEntry[],
  queued: QueuedCommand<S>,
  { fold, ahead, keys }: BatchContext<S>,
): void {
  try {
    for (const { entry, leafHash: hash, stored } of pending) {
      fold.apply(ahead, entry, hash);
      if (stored.key !== undefined) keys.add(stored.key);
    }
  } catch (error) {
    queued.reject(error);
    throw new FoldFailedError('an entry that cannot be folded was kept out', { cause: error });
  }
}
