/**
 * The private values behind a frozen roll's commitments (record.md 2, 7): name, number and contact of every
 * row, in one document a chunk of rows, for a roll of 50 000 brings 150 000 of them. A line is
 * `[commitment, key, field, value]`. Erasing rewrites the document without the line.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import mongoose from 'mongoose';
import type { PrivateValue } from '../services/ledger-port.ts';
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

type Line = [commitment: string, key: string, field: string, value: string];

export function createRollPrivates(db: Db) {
  const documents = db.collection<RollPrivatesDocument>('roll_privates');
  const idOf = (meetingId: string, sha256: string) => `${meetingId}:${sha256}`;
  // `;` is the character after `:`, and no meeting id contains either.
  const rangeOf = (meetingId: string) => ({ _id: { $gte: `${meetingId}:`, $lt: `${meetingId};` } });

  return {
    async put(
      meetingId: string,
      { sha256, values }: { readonly sha256: string; readonly values: readonly PrivateValue[] },
    ): Promise<void> {
      await documents.updateOne(
        { _id: idOf(meetingId, sha256) },
        { $setOnInsert: { meetingId, lines: toBinary(values) } },
        { upsert: true, writeConcern: DURABLE },
      );
    },
    async drop(meetingId: string, sha256s: readonly string[]): Promise<void> {
      const ids = sha256s.map((sha256) => idOf(meetingId, sha256));
      await documents.deleteMany({ _id: { $in: ids } }, { writeConcern: DURABLE });
    },
    async *read(meetingId: string): AsyncGenerator<PrivateValue[]> {
      for await (const { lines } of documents.find(rangeOf(meetingId), { ...SETTLED, batchSize: 4 })) {
        yield fromBinary(lines);
        await nextTurn();
      }
    },
    async erase(meetingId: string, commitments: ReadonlySet<string>): Promise<void> {
      for await (const { _id, lines } of documents.find(rangeOf(meetingId), { ...SETTLED, batchSize: 4 })) {
        const values = fromBinary(lines);
        const kept = values.filter(({ commitment }) => !commitments.has(commitment));
        if (kept.length === values.length) continue;
        await documents.updateOne({ _id }, { $set: { lines: toBinary(kept) } }, { writeConcern: DURABLE });
      }
    },
  };
}

function toBinary(values: readonly PrivateValue[]): Binary {
  const lines = values.map(({ commitment, key, field, value }) => {
    // A `Line`; the first two are base64, which JSON does not escape. Six tenths of `JSON.stringify`'s time on all four.
    return `["${commitment}","${key}",${JSON.stringify(field)},${JSON.stringify(value)}]\n`;
  });
  return new Binary(Buffer.from(lines.join(''), 'utf8'));
}

function fromBinary(lines: Binary): PrivateValue[] {
  const text = Buffer.from(lines.value()).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [commitment, key, field, value] = JSON.parse(line) as Line;
      return { commitment, key, field, value };
    });
}
