/**
 * Entries as bytes (record.md 2). `encodeEntry` writes one, `parseEntry` reads one strictly; the leaf is
 * the RFC 6962 hash of the bytes as they are stored.
 */
import { Compile, type Validator } from 'typebox/compile';
import {
  entryBodies,
  entrySchema,
  ENTRY_VERSION,
  type Entry,
  type EntryType,
  type NewEntry,
} from '../../protocol/entries.ts';
import { canonicalText, parseCanonical, RecordFormatError } from './canonical.ts';

/** What the writer adds to a body. */
export interface EntryEnvelope {
  readonly origin: string;
  readonly epoch: number;
  /** Position in the ledger, from 0. */
  readonly seq: number;
  /** Milliseconds since 1970; written as RFC 3339 UTC. */
  readonly tsMs: number;
  /** 128 random bits, base64. */
  readonly salt: string;
}

const encoder = new TextEncoder();
/** Schemas are compiled once, at first use: at start nobody pays for types that are not met. */
const validators = new Map<EntryType, Validator>();

function validatorOf(t: EntryType): Validator {
  const known = validators.get(t);
  if (known !== undefined) return known;
  const compiled: Validator = Compile(entrySchema(t));
  validators.set(t, compiled);
  return compiled;
}

export function isEntryType(t: unknown): t is EntryType {
  return typeof t === 'string' && Object.hasOwn(entryBodies, t);
}

/** Builds an entry and its canonical bytes. Throws RecordFormatError (SCHEMA) when the body is not in its schema. */
export function encodeEntry(added: NewEntry, envelope: EntryEnvelope): { entry: Entry; bytes: Uint8Array } {
  const entry = {
    v: ENTRY_VERSION,
    t: added.t,
    origin: envelope.origin,
    epoch: String(envelope.epoch),
    seq: String(envelope.seq),
    ts: new Date(envelope.tsMs).toISOString(),
    salt: envelope.salt,
    body: added.body,
  } as Entry;
  assertSchema(entry);
  return { entry, bytes: encoder.encode(canonicalText(entry)) };
}

/** Reads an entry from its stored bytes. Throws RecordFormatError; TYPE_UNKNOWN for a type or version not known. */
export function parseEntry(bytes: Uint8Array): Entry {
  const value = parseCanonical(bytes) as unknown as Entry;
  if (typeof value !== 'object' || value === null) throw new RecordFormatError('SCHEMA');
  if (value.v !== ENTRY_VERSION || !isEntryType(value.t)) throw new RecordFormatError('TYPE_UNKNOWN');
  assertSchema(value);
  return value;
}

function assertSchema(entry: Entry): void {
  const validator = validatorOf(entry.t);
  const isValid: boolean = validator.Check(entry);
  if (isValid) return;
  const [first] = validator.Errors(entry);
  // The path names the field; the value stays out, since it may be what must not be shown.
  throw new RecordFormatError('SCHEMA', `${entry.t}${first?.instancePath ?? ''}`);
}
