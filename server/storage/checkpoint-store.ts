/**
 * Signed checkpoints and halted ledgers (record.md 4 and 5), through the native driver:
 *
 * - `checkpoints`: `{_id: '<ledgerId>:<size, 12 digits>', meetingId, size, note}`, only ever inserted
 * - `ledger_halts`: `{_id: ledgerId, …}`, the first one stays
 */
import type { CheckpointStore, LedgerHalt, StoredCheckpoint } from '../services/ledger-port.ts';
import type { Db } from './connect.ts';
import { ledgerId as paddedId, writeOnce } from './ledger-store.ts';

const DURABLE = { w: 'majority', journal: true } as const;
const SETTLED = { readConcern: { level: 'majority' }, readPreference: 'primary' } as const;

interface CheckpointDocument {
  readonly _id: string;
  readonly meetingId: string;
  readonly size: number;
  readonly note: string;
}

type HaltDocument = LedgerHalt & { readonly _id: string };

export function createCheckpointStore(db: Db): CheckpointStore {
  const checkpoints = db.collection<CheckpointDocument>('checkpoints');
  const halts = db.collection<HaltDocument>('ledger_halts');
  const toStored = ({ size, note }: CheckpointDocument): StoredCheckpoint => ({ size, note });
  return {
    async put(ledgerId, { size, note }, timeoutMs) {
      const q = { _id: paddedId(ledgerId, size) };
      const u = { $setOnInsert: { meetingId: ledgerId, size, note } };
      await writeOnce(db, { update: 'checkpoints', updates: [{ q, u, upsert: true }] }, timeoutMs);
    },
    async findNewest(ledgerId) {
      const range = { _id: { $gte: `${ledgerId}:`, $lt: `${ledgerId};` } };
      const found = await checkpoints.findOne(range, { ...SETTLED, sort: { _id: -1 } });
      return found === null ? undefined : toStored(found);
    },
    async findCovering(ledgerId, seq) {
      const range = { _id: { $gte: paddedId(ledgerId, seq + 1), $lt: `${ledgerId};` } };
      const found = await checkpoints.findOne(range, { ...SETTLED, sort: { _id: 1 } });
      return found === null ? undefined : toStored(found);
    },
    async findHalt(ledgerId) {
      const found = await halts.findOne({ _id: ledgerId }, SETTLED);
      if (found === null) return undefined;
      const { _id, ...halt } = found;
      return halt;
    },
    async putHalt(ledgerId, halt) {
      const { by, note, signedSize, foundSize, detectedAt } = halt;
      await halts.updateOne(
        { _id: ledgerId },
        { $setOnInsert: { by, note, signedSize, foundSize, detectedAt } },
        { upsert: true, writeConcern: DURABLE },
      );
    },
  };
}
