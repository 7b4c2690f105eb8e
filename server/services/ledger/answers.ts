/** How the writer answers: with receipts for what is durable and signed, and with what is known of the rest. */
import { formatTlogProof } from '../../domain/record/notes/tlog-proof.ts';
import type { AppendedEntry, PrivateValue, StoredCheckpoint } from '../ledger-port.ts';
import type { Batch, PendingEntry, QueuedCommand } from './batch.ts';
import type { View } from './view.ts';
import { unavailable, type RefusalDetail } from './writer-options.ts';

/** Answers the commands whose entries are all among the first `confirmed` of the batch and signed. */
export function settle<S>(batch: Batch<S>, confirmed: number, view: View<S>): void {
  const { checkpoint, unsigned } = view;
  for (const { queued, plan, first, count } of batch.decided) {
    if (first + count > confirmed || (count > 0 && unsigned.length > 0)) continue;
    const entries = batch.entries.slice(first, first + count);
    try {
      queued.resolve(plan.reply(entries.map((pending) => toAppended(pending, view, checkpoint))));
    } catch (error) {
      queued.reject(error);
    }
  }
}

/** Rejects what has no answer yet. A command of which a part is recorded is never told that nothing was. */
export function refuse<S>(batch: Batch<S>, detail: RefusalDetail, confirmed = 0): void {
  for (const { queued, first, count } of batch.decided) {
    const isPartial = count > 0 && first < confirmed;
    queued.reject(unavailable(isPartial ? 'outcome-unknown' : detail));
  }
}

/** Private values of the commands that write something, from entry `from` of the batch on. */
export function privatesOf<S>({ decided }: Batch<S>, from = 0): PrivateValue[] {
  return decided.flatMap(({ queued, first, count }) =>
    count > 0 && first >= from ? queued.command.privates : [],
  );
}

/** Commands that have waited too long for their turn; nothing of them was recorded. */
export function refuseOverdue<S>(queue: QueuedCommand<S>[], oldestMs: number): void {
  while ((queue[0]?.queuedAtMs ?? Infinity) < oldestMs) {
    queue.shift()?.reject(unavailable('nothing-recorded'));
  }
}

function toAppended<S>(
  { entry, leafHash, stored }: PendingEntry,
  { tree }: View<S>,
  checkpoint: StoredCheckpoint | undefined,
): AppendedEntry {
  return {
    seq: entry.seq,
    ts: entry.ts,
    leafHash,
    proof() {
      if (checkpoint === undefined) throw new Error('an entry was answered before it was signed');
      const proof = tree.inclusionProof(stored.seq, checkpoint.size);
      return formatTlogProof({ extra: stored.bytes, index: stored.seq, proof, checkpoint: checkpoint.note });
    },
  };
}
