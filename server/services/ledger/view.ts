import type { FoldedLedger } from '../ledger-fold.ts';
import type { StoredCheckpoint } from '../ledger-port.ts';
import { encodePending, type PendingEntry } from './batch.ts';
import type { MeetingWriterOptions } from './writer-options.ts';

/** The writer's own view of the ledger; it moves with every durable batch. */
export type View<S> = { -readonly [K in keyof FoldedLedger<S>]: FoldedLedger<S>[K] } & {
  /** Durable, and not yet under a signed checkpoint: nobody is told of them. */
  unsigned: PendingEntry[];
  /** The newest one; none before entry 0. */
  checkpoint: StoredCheckpoint | undefined;
};

/** Entries are durable. Nobody is told before they are signed. */
export function record<S>(entries: readonly PendingEntry[], view: View<S>): void {
  for (const pending of entries) advance(view, pending);
  view.unsigned.push(...entries);
}

/** Moves the view behind an entry that is durable. */
export function advance<S>(view: View<S>, { entry, stored, leaf }: PendingEntry): void {
  view.tree.append(leaf);
  view.size = stored.seq + 1;
  view.epoch = Number(entry.epoch);
  view.lastTsMs = Date.parse(entry.ts);
  if (stored.key !== undefined) view.keys.add(stored.key);
}

/** The entry with which a writer begins its term; not yet durable. */
export function encodeEpoch<S>(
  { epoch, size }: View<S>,
  { origin, nodeId, ids }: Pick<MeetingWriterOptions<S>, 'origin' | 'nodeId' | 'ids'>,
  tsMs: number,
): PendingEntry {
  const term = epoch + 1;
  return encodePending({ t: 'writer.epoch', body: { term: String(term), nodeId } }, size, {
    origin,
    epoch: term,
    tsMs,
    randomBytes: (length) => ids.bytes(length),
  });
}
