/**
 * Finding out what became of a batch whose insert ended in an error (record.md 3). The error says nothing:
 * with the reply cut, the driver reported no document inserted although every one was durable. What counts
 * is what a majority read finds, compared byte by byte.
 *
 * Where nothing stands yet, a late copy of the insert may still land. So a `writer.epoch` is put at that
 * place; since an insert is ordered and `_id` unique, nothing of the batch can land behind it.
 */
import { LedgerDamagedError } from '../ledger-fold.ts';
import type { EntryPortions, StoredEntry } from '../ledger-port.ts';
import type { PendingEntry } from './batch.ts';

/** The part of a batch without an answer, and the fence that was last tried. */
export interface Recovery {
  /** Entries of the batch that have not been found yet. */
  missing: readonly PendingEntry[];
  fence: PendingEntry | undefined;
}

/** What the writer lends to its recovery. */
export interface RecoveryHost {
  /** Number of entries known to be durable. */
  size(): number;
  read(fromSeq: number): EntryPortions;
  append(entries: readonly StoredEntry[]): Promise<void>;
  encodeEpoch(): PendingEntry;
  /** These are durable. */
  accept(entries: readonly PendingEntry[]): void;
}

/**
 * `complete`: all of the batch is recorded. `cut-off`: what was not found never will be. `foreign`: the
 * same, and another writer has taken over.
 */
export type RecoveryOutcome = 'complete' | 'cut-off' | 'foreign';

/** One round of reading, comparing and fencing. Rejects while the outcome is still unknown: try again. */
export async function settleUnknown(recovery: Recovery, host: RecoveryHost): Promise<RecoveryOutcome> {
  const tail = await readTail(host);
  const own = countOwn(recovery.missing, tail);
  host.accept(recovery.missing.slice(0, own));
  recovery.missing = recovery.missing.slice(own);
  const others = tail.slice(own);
  if (recovery.fence !== undefined && others.length === 1 && isSame(recovery.fence.stored, others[0])) {
    host.accept([recovery.fence]);
    return 'cut-off';
  }
  if (others.length > 0) return 'foreign';
  if (recovery.missing.length === 0) return 'complete';
  // Entry 0 is the convening and nothing may stand before it: a late copy will be met as a foreign entry.
  if (host.size() === 0) return 'cut-off';
  await putFence(recovery, host);
  return 'cut-off';
}

/** The same bytes as long as the place is the same: an earlier copy of the fence may still land, too. */
async function putFence(recovery: Recovery, host: RecoveryHost): Promise<void> {
  if (recovery.fence?.stored.seq !== host.size()) recovery.fence = host.encodeEpoch();
  const { fence } = recovery;
  await host.append([fence.stored]);
  host.accept([fence]);
}

async function readTail(host: RecoveryHost): Promise<StoredEntry[]> {
  const fromSeq = host.size();
  const tail: StoredEntry[] = [];
  for await (const portion of host.read(fromSeq)) tail.push(...portion);
  tail.forEach(({ seq }, index) => {
    if (seq !== fromSeq + index) throw new LedgerDamagedError(`entry ${fromSeq + index} is missing`);
  });
  return tail;
}

/** How many of the entries stand at the head of what was found. */
function countOwn(entries: readonly PendingEntry[], found: readonly StoredEntry[]): number {
  let count = 0;
  while (count < entries.length && isSame((entries[count] as PendingEntry).stored, found[count])) count += 1;
  return count;
}

function isSame(own: StoredEntry, found: StoredEntry | undefined): boolean {
  return found !== undefined && own.seq === found.seq && Buffer.compare(own.bytes, found.bytes) === 0;
}
