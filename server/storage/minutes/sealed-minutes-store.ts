/** `sealed_minutes`: `{_id: '<meetingId>:<sha256>', bytes}`, the documents that seals name; only ever inserted. */
import mongoose from 'mongoose';
import type { SealedMinutesStore } from '../../services/ports/sealed-minutes-port.ts';
import type { Db } from '../connect.ts';

const { Binary } = mongoose.mongo;
type Binary = mongoose.mongo.Binary;

const DURABLE = { w: 'majority', journal: true } as const;

interface SealedDocument {
  readonly _id: string;
  readonly bytes: Binary;
}

export function createSealedMinutesStore(db: Db): SealedMinutesStore {
  const sealed = db.collection<SealedDocument>('sealed_minutes');
  return {
    async put(meetingId, { sha256, bytes }) {
      await sealed.updateOne(
        { _id: `${meetingId}:${sha256}` },
        { $setOnInsert: { bytes: new Binary(bytes) } },
        { upsert: true, writeConcern: DURABLE },
      );
    },
    async find(meetingId, sha256) {
      const found = await sealed.findOne({ _id: `${meetingId}:${sha256}` });
      return found === null ? undefined : Buffer.from(found.bytes.value());
    },
  };
}
