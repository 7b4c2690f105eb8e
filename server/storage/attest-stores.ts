/**
 * What others have put below a meeting's checkpoints, through the native driver like the ledger.
 *
 * - `cosignatures`: `{_id: '<meetingId>:<size, 12 digits>:<witness>', …}`, only ever inserted
 * - `timestamps`: `{_id: '<meetingId>:<seq, 12 digits>', …}`; the token is set once
 */
import mongoose from 'mongoose';
import type {
  CosignatureStore,
  StampedToken,
  StampReason,
  StoredCosignature,
  StoredTimeStamp,
  TimeStampStore,
} from '../services/attest/ports.ts';
import type { Db } from './connect.ts';
import { ledgerId } from './ledger-store.ts';

const { Binary } = mongoose.mongo;
type Binary = mongoose.mongo.Binary;

const DURABLE = { w: 'majority', journal: true } as const;

interface CosignatureDocument extends StoredCosignature {
  readonly _id: string;
  readonly meetingId: string;
}

interface TimeStampDocument {
  readonly _id: string;
  readonly meetingId: string;
  readonly seq: number;
  readonly reason: StampReason;
  readonly size: number;
  readonly note: string;
  readonly wantedAt: string;
  readonly attempts: number;
  readonly failure: string | null;
  readonly stamped: (Omit<StampedToken, 'token'> & { readonly token: Binary }) | null;
}

/** Ids of one meeting. `;` is the character after `:`, and no meeting id contains either. */
const ofMeeting = (meetingId: string) => ({ _id: { $gte: `${meetingId}:`, $lt: `${meetingId};` } });

export function createCosignatureStore(db: Db): CosignatureStore {
  const cosignatures = db.collection<CosignatureDocument>('cosignatures');
  const toStored = ({ size, witness, timeSeconds, line }: CosignatureDocument): StoredCosignature => ({
    size,
    witness,
    timeSeconds,
    line,
  });
  return {
    async put(meetingId, cosignature) {
      const _id = `${ledgerId(meetingId, cosignature.size)}:${cosignature.witness}`;
      await cosignatures.updateOne(
        { _id },
        { $setOnInsert: { meetingId, ...cosignature } },
        { upsert: true, writeConcern: DURABLE },
      );
    },
    async findBySize(meetingId, size) {
      const prefix = `${ledgerId(meetingId, size)}:`;
      const found = cosignatures.find({ _id: { $gte: prefix, $lt: `${prefix.slice(0, -1)};` } });
      return (await found.sort({ timeSeconds: 1 }).toArray()).map(toStored);
    },
    newestFirst: (meetingId) => cosignatures.find(ofMeeting(meetingId)).sort({ _id: -1 }).map(toStored),
    async all(meetingId) {
      return (await cosignatures.find(ofMeeting(meetingId)).sort({ _id: 1 }).toArray()).map(toStored);
    },
  };
}

export function createTimeStampStore(db: Db): TimeStampStore {
  const stamps = db.collection<TimeStampDocument>('timestamps');
  return {
    async want(meetingId, wanted) {
      await stamps.updateOne(
        { _id: ledgerId(meetingId, wanted.seq) },
        { $setOnInsert: { meetingId, ...wanted, attempts: 0, failure: null, stamped: null } },
        { upsert: true, writeConcern: DURABLE },
      );
    },
    async failed(meetingId, seq, failure) {
      const update = { $set: { failure }, $inc: { attempts: 1 } };
      await stamps.updateOne({ _id: ledgerId(meetingId, seq), stamped: null }, update);
    },
    async stamped(meetingId, seq, { token, ...stamp }) {
      const stamped = { ...stamp, token: new Binary(token) };
      const update = { $set: { stamped, failure: null }, $inc: { attempts: 1 } };
      const options = { writeConcern: DURABLE };
      await stamps.updateOne({ _id: ledgerId(meetingId, seq), stamped: null }, update, options);
    },
    async all(meetingId) {
      return (await stamps.find(ofMeeting(meetingId)).sort({ _id: 1 }).toArray()).map(toStoredTimeStamp);
    },
    meetingsWithPending: () => stamps.distinct('meetingId', { stamped: null }),
  };
}

function toStoredTimeStamp(document: TimeStampDocument): StoredTimeStamp {
  const { seq, reason, size, note, wantedAt, attempts, failure, stamped } = document;
  const token = stamped && { ...stamped, token: stamped.token.value() };
  return { seq, reason, size, note, wantedAt, attempts, failure, stamped: token };
}
