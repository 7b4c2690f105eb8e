/**
 * The ledger's collections, through the native driver: mongoose would drop undeclared fields and empty
 * objects and add `__v` (record.md 2).
 *
 * - `ledger`: `{_id: '<meetingId>:<seq, 12 digits>', meetingId, seq, key?, bytes}`, only ever inserted
 * - `ledger_private`: `{_id: '<meetingId>:<commitment>', …}`, inserted before the entry; deleting redacts
 * - `roll_chunks`: `{_id: '<meetingId>:<sha256>', meetingId, bytes}`, immutable
 * - `roll_privates`: the private values of a chunk's rows (`roll-privates.ts`)
 * - `leases`: `{_id: meetingId, holder, expiresAt}`, by the database's clock
 */
import mongoose from 'mongoose';
import type {
  EntryPortions,
  LeaseStore,
  LedgerStore,
  PrivateValue,
  RollStore,
  StoredEntry,
} from '../services/ledger-port.ts';
import type { Db } from './connect.ts';
import { createRollPrivates } from './roll-privates.ts';

const { Binary, MongoBulkWriteError, MongoServerError } = mongoose.mongo;
type Binary = mongoose.mongo.Binary;

const SEQ_DIGITS = 12;
/** Entries a portion: about half a megabyte. */
const PORTION_ENTRIES = 500;
const PRIVATES_SLICE = 500;
const ROLL_CHUNK_MAX_BYTES = 1024 * 1024;
const DUPLICATE_KEY = 11000;
const DURABLE = { w: 'majority', journal: true } as const;
const SETTLED = { readConcern: { level: 'majority' }, readPreference: 'primary' } as const;

interface LedgerDocument {
  readonly _id: string;
  readonly meetingId: string;
  readonly seq: number;
  readonly key?: string;
  readonly bytes: Binary;
}

interface PrivateDocument {
  readonly _id: string;
  readonly meetingId: string;
  readonly commitment: string;
  readonly key: string;
  readonly field: string;
  readonly value: string;
}

interface RollChunkDocument {
  readonly _id: string;
  readonly meetingId: string;
  readonly bytes: Binary;
}

interface LeaseDocument {
  readonly _id: string;
  readonly holder: string;
  readonly expiresAt: Date;
}

/** `m:000000000011`: padded, because an unpadded `m:9` sorts after `m:11`. */
export function ledgerId(meetingId: string, seq: number): string {
  return `${meetingId}:${String(seq).padStart(SEQ_DIGITS, '0')}`;
}

/** Makes the indexes that the ledger relies on. Repeatable; run once at start, before any writer. */
export async function prepareLedger(db: Db): Promise<void> {
  // Partial: a plain unique index would refuse the second entry that has no key.
  await db
    .collection('ledger')
    .createIndex(
      { meetingId: 1, key: 1 },
      { name: 'once', unique: true, partialFilterExpression: { key: { $type: 'string' } } },
    );
}

export function createLedgerStore(db: Db): LedgerStore {
  const ledger = db.collection<LedgerDocument>('ledger');
  const privates = db.collection<PrivateDocument>('ledger_private');
  const rollPrivates = createRollPrivates(db);
  return {
    async append(meetingId, entries, timeoutMs) {
      const documents = entries.map((entry) => toDocument(meetingId, entry));
      const { n } = await writeOnce(db, { insert: 'ledger', documents, ordered: true }, timeoutMs);
      if (n !== documents.length) throw new Error('not every entry was written');
    },
    read: (meetingId, fromSeq) => readPortions(db, meetingId, fromSeq),
    async readOne(meetingId, seq, timeoutMs) {
      const finding = ledger.findOne({ _id: ledgerId(meetingId, seq) }, SETTLED);
      const found = await (timeoutMs === undefined ? finding : endWithin(finding, timeoutMs));
      return found?.bytes.value();
    },
    async putPrivates(meetingId, values) {
      // In slices: a roll of 10 000 creditors brings 30 000 values, encoded by the driver in one go.
      for (let start = 0; start < values.length; start += PRIVATES_SLICE) {
        const slice = values.slice(start, start + PRIVATES_SLICE);
        const documents = slice.map((value) => ({
          _id: `${meetingId}:${value.commitment}`,
          meetingId,
          ...value,
        }));
        await privates
          .insertMany(documents, { ordered: false, writeConcern: DURABLE })
          .catch(ignoreDuplicates);
      }
    },
    async readPrivates(meetingId, commitments) {
      const filter = {
        _id: commitments
          ? { $in: commitments.map((commitment) => `${meetingId}:${commitment}`) }
          : { $gte: `${meetingId}:`, $lt: `${meetingId};` },
      };
      const found = new Map<string, PrivateValue>();
      for await (const { commitment, key, field, value } of privates.find(filter, SETTLED)) {
        found.set(commitment, { commitment, key, field, value });
      }
      // Rolls bring three values a creditor: only who asks for everything gets them.
      if (commitments === undefined) {
        for await (const values of rollPrivates.read(meetingId)) {
          for (const value of values) found.set(value.commitment, value);
        }
      }
      return found;
    },
    async erasePrivates(meetingId, commitments) {
      const ids = commitments.map((commitment) => `${meetingId}:${commitment}`);
      const { deletedCount } = await privates.deleteMany({ _id: { $in: ids } }, { writeConcern: DURABLE });
      if (deletedCount < commitments.length) await rollPrivates.erase(meetingId, new Set(commitments));
    },
  };
}

/** Answer of a write command. */
interface Written {
  /** Documents inserted, matched or upserted. */
  readonly n: number;
  readonly writeErrors?: readonly unknown[];
  readonly writeConcernError?: unknown;
}

/**
 * A durable write that the driver never repeats by itself: whoever asks for it looks at what came of it. As a bare
 * command, because `insertMany` takes half as long again on the event loop, and a transaction number for the
 * repetition that is not wanted costs the database a write of its own. @throws Error when anything of it failed
 */
export async function writeOnce(db: Db, command: object, timeoutMs: number): Promise<Written> {
  const writeConcern = { w: 'majority', j: true };
  const writing = db.command({ ...command, writeConcern, maxTimeMS: timeoutMs });
  const written = (await endWithin(writing, timeoutMs)) as unknown as Written;
  const fault = written.writeErrors?.[0] ?? written.writeConcernError;
  if (fault !== undefined) throw new Error('the database did not write', { cause: fault });
  return written;
}

/**
 * Rejects after `timeoutMs`. The driver's own `timeoutMS` does not bound the wait for a server: with the
 * database restarted in between, an insert given 200 ms answered after 1 s. What lands later is met by the
 * writer's fence like any other late copy.
 */
export async function endWithin<T>(operation: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the database took too long')), timeoutMs);
  });
  try {
    return await Promise.race([operation, overdue]);
  } finally {
    clearTimeout(timer);
  }
}

/** What is there already stays as it is: a repeated write of the same values has nothing to add. */
function ignoreDuplicates(error: unknown): void {
  if (!(error instanceof MongoBulkWriteError)) throw error;
  const failures = [error.writeErrors].flat();
  const isDuplicatesOnly = failures.length > 0 && failures.every(({ code }) => code === DUPLICATE_KEY);
  if (!isDuplicatesOnly || error.result.getWriteConcernError() !== undefined) throw error;
}

function toDocument(meetingId: string, { seq, key, bytes }: StoredEntry): LedgerDocument {
  const document = { _id: ledgerId(meetingId, seq), meetingId, seq, bytes: new Binary(bytes) };
  return key === undefined ? document : { ...document, key };
}

async function* readPortions(db: Db, meetingId: string, fromSeq: number): EntryPortions {
  // `;` is the character after `:`, and no meeting id contains either.
  const range = { _id: { $gte: ledgerId(meetingId, fromSeq), $lt: `${meetingId};` } };
  const cursor = db
    .collection<LedgerDocument>('ledger')
    .find(range, { ...SETTLED, sort: { _id: 1 }, batchSize: PORTION_ENTRIES });
  let portion: StoredEntry[] = [];
  for await (const { seq, key, bytes } of cursor) {
    portion.push({ seq, key, bytes: bytes.value() });
    if (portion.length < PORTION_ENTRIES) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}

export function createRollStore(db: Db): RollStore {
  const chunks = db.collection<RollChunkDocument>('roll_chunks');
  const rollPrivates = createRollPrivates(db);
  return {
    async putChunk(meetingId, { sha256, bytes }) {
      if (bytes.length > ROLL_CHUNK_MAX_BYTES) throw new RangeError('a roll chunk over 1 MB');
      await chunks.updateOne(
        { _id: `${meetingId}:${sha256}` },
        { $setOnInsert: { meetingId, bytes: new Binary(bytes) } },
        { upsert: true, writeConcern: DURABLE },
      );
    },
    async findChunk(meetingId, sha256) {
      const found = await chunks.findOne({ _id: `${meetingId}:${sha256}` }, SETTLED);
      return found?.bytes.value();
    },
    putPrivates: rollPrivates.put,
    dropPrivates: rollPrivates.drop,
  };
}

export function createLeaseStore(db: Db): LeaseStore {
  const leases = db.collection<LeaseDocument>('leases');
  return {
    async claim(meetingId, holder, leaseMs) {
      const update = [{ $set: { holder, expiresAt: { $add: ['$$NOW', leaseMs] } } }];
      const options = { writeConcern: DURABLE };
      const taken = await leases.updateOne(
        { _id: meetingId, $expr: { $or: [{ $eq: ['$holder', holder] }, { $lt: ['$expiresAt', '$$NOW'] }] } },
        update,
        options,
      );
      if (taken.matchedCount > 0) return true;
      try {
        // `$expr` is not allowed in an upsert: this one makes the first lease, or collides with another's.
        await leases.updateOne({ _id: meetingId, holder }, update, { ...options, upsert: true });
        return true;
      } catch (error) {
        if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false;
        throw error;
      }
    },
    async release(meetingId, holder) {
      await leases.deleteOne({ _id: meetingId, holder }, { writeConcern: DURABLE });
    },
  };
}
