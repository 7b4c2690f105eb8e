/** Reads every signed checkpoint of a ledger in order, for its bundle (record.md 12). */
import type { StoredCheckpoint } from '../services/ledger-port.ts';
import type { Db } from './connect.ts';

const SETTLED = { readConcern: { level: 'majority' }, readPreference: 'primary' } as const;

interface CheckpointDocument {
  readonly _id: string;
  readonly size: number;
  readonly note: string;
}

export function createCheckpointList(db: Db) {
  return async function* checkpointsOf(meetingId: string): AsyncGenerator<StoredCheckpoint> {
    // `;` is the character after `:`, and no meeting id contains either.
    const range = { _id: { $gte: `${meetingId}:`, $lt: `${meetingId};` } };
    const cursor = db
      .collection<CheckpointDocument>('checkpoints')
      .find(range, { ...SETTLED, sort: { _id: 1 }, batchSize: 500 });
    for await (const { size, note } of cursor) yield { size, note };
  };
}
