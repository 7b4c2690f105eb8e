import { createHash } from 'node:crypto';
import { Schema, type Connection } from 'mongoose';
import canonicalize from 'canonicalize';
import type { AuditEvent, AuditTrail } from '../services/ports/audit-port.ts';

const DUPLICATE_KEY = 11_000;
/** Another process may append between reading the end and writing: so often it is tried again. */
const ATTEMPTS = 20;
const START_HASH = '0'.repeat(64);

interface AuditDocument {
  /** Position, from 1; unique, so that two writers cannot both continue the same record. */
  _id: number;
  at: Date;
  /** Canonical JSON of the event as it was hashed. */
  event: string;
  previousHash: string;
  /** SHA-256 of previous hash and event, hexadecimal. */
  hash: string;
}

const schema = new Schema<AuditDocument>(
  {
    _id: { type: Number, required: true },
    at: { type: Date, required: true },
    event: { type: String, required: true },
    previousHash: { type: String, required: true },
    hash: { type: String, required: true },
  },
  { collection: 'audit_trail', versionKey: false, autoIndex: false },
);

export interface VerifiableAuditTrail extends AuditTrail {
  /** Hash of the last record, SHA-256 hexadecimal; zeros before the first. */
  head(): Promise<string>;
  /** Position of the first record that does not continue the one before it; undefined when all do. */
  findBreak(): Promise<number | undefined>;
}

/** The append-only trail of changes to master data. */
export function createAuditTrail(connection: Connection): VerifiableAuditTrail {
  const Records = connection.model<AuditDocument>('AuditRecord', schema);
  let tail: Promise<void> = Promise.resolve();

  async function write(event: AuditEvent): Promise<void> {
    const text = toCanonical(event);
    for (let attempt = 1; ; attempt++) {
      const last = await Records.findOne().sort({ _id: -1 }).lean<AuditDocument>();
      const previousHash = last?.hash ?? START_HASH;
      const hash = hashOf(previousHash, text);
      try {
        await Records.create({ _id: (last?._id ?? 0) + 1, at: event.at, event: text, previousHash, hash });
        return;
      } catch (error) {
        if ((error as { code?: unknown }).code !== DUPLICATE_KEY || attempt === ATTEMPTS) throw error;
      }
    }
  }

  return {
    append: (event) => {
      const mine = tail.then(() => write(event));
      tail = mine.catch(() => undefined);
      return mine;
    },
    head: async () => (await Records.findOne().sort({ _id: -1 }).lean<AuditDocument>())?.hash ?? START_HASH,
    findBreak: async () => {
      let previousHash = START_HASH;
      let position = 0;
      for await (const record of Records.find().sort({ _id: 1 }).lean<AuditDocument[]>().cursor()) {
        position += 1;
        const isWhole =
          record._id === position &&
          record.previousHash === previousHash &&
          record.hash === hashOf(previousHash, record.event);
        if (!isWhole) return position;
        previousHash = record.hash;
      }
      return undefined;
    },
  };
}

const hashOf = (previousHash: string, event: string) =>
  createHash('sha256').update(previousHash).update(event).digest('hex');

function toCanonical(event: AuditEvent): string {
  // Dates and bigint amounts as they stand on the wire.
  const plain: unknown = JSON.parse(
    JSON.stringify(event, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
  );
  return canonicalize(plain) ?? '';
}
