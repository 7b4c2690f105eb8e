/**
 * The private values behind a frozen roll's commitments (record.md 2, 7): name, number and contact of every
 * row, in one document a chunk of rows, for a roll of 50 000 brings 150 000 of them. Erasing rewrites the document
 * without the line.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import mongoose from 'mongoose';
import type { PrivateValue } from '../services/ledger-port.ts';
import { readPrivateLines, toPrivateLines } from '../services/private-lines.ts';
import type { Db } from './connect.ts';

const { Binary } = mongoose.mongo;
type Binary = mongoose.mongo.Binary;

const DURABLE = { w: 'majority', journal: true } as const;
const SETTLED = { readConcern: { level: 'majority' }, readPreference: 'primary' } as const;

interface RollPrivatesDocument {
  /** `<meetingId>:<sha256 of the chunk>` */
  readonly _id: string;
  readonly meetingId: string;
  readonly lines: Binary;
}

export function createRollPrivates(db: Db) {
  const documents = db.collection<RollPrivatesDocument>('roll_privates');
  const idOf = (meetingId: string, sha256: string) => `${meetingId}:${sha256}`;
  // `;` is the character after `:`, and no meeting id contains either.
  const rangeOf = (meetingId: string) => ({ _id: { $gte: `${meetingId}:`, $lt: `${meetingId};` } });

  return {
    async put(
      meetingId: string,
      { sha256, lines }: { readonly sha256: string; readonly lines: Uint8Array },
    ): Promise<void> {
      await documents.updateOne(
        { _id: idOf(meetingId, sha256) },
        { $setOnInsert: { meetingId, lines: new Binary(lines) } },
        { upsert: true, writeConcern: DURABLE },
      );
    },
    async drop(meetingId: string, sha256s: readonly string[]): Promise<void> {
      const ids = sha256s.map((sha256) => idOf(meetingId, sha256));
      await documents.deleteMany({ _id: { $in: ids } }, { writeConcern: DURABLE });
    },
    async *read(meetingId: string): AsyncGenerator<PrivateValue[]> {
      for await (const { lines } of documents.find(rangeOf(meetingId), { ...SETTLED, batchSize: 4 })) {
        yield readPrivateLines(lines.value());
        await nextTurn();
      }
    },
    async erase(meetingId: string, commitments: ReadonlySet<string>): Promise<void> {
      for await (const { _id, lines } of documents.find(rangeOf(meetingId), { ...SETTLED, batchSize: 4 })) {
        const values = readPrivateLines(lines.value());
        const kept = values.filter(({ commitment }) => !commitments.has(commitment));
        if (kept.length === values.length) continue;
        const rest = new Binary(toPrivateLines(kept));
        await documents.updateOne({ _id }, { $set: { lines: rest } }, { writeConcern: DURABLE });
      }
    },
  };
}
