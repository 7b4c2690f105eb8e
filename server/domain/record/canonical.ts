/**
 * Canonical bytes: RFC 8785 (JCS) over a restricted profile (record.md 1). Objects with ASCII keys,
 * strings in NFC, arrays, booleans and null; no JSON numbers, because 1e3 and 2^53+1 are where parsers
 * part ways. What is hashed are these bytes, and a stored entry is never serialised again.
 */
import canonicalize from 'canonicalize';

export type CanonicalValue =
  string | boolean | null | readonly CanonicalValue[] | { readonly [key: string]: CanonicalValue };

/** Why bytes or a value are not in the profile. */
export type RecordFormatCode =
  | 'NOT_UTF8'
  | 'NOT_JSON'
  | 'NUMBER'
  | 'LONE_SURROGATE'
  | 'NOT_NFC'
  | 'KEY_NOT_ASCII'
  | 'UNSUPPORTED_VALUE'
  | 'TOO_DEEP'
  /** Duplicate keys, white space, order of keys, or another spelling of an escape. */
  | 'NOT_CANONICAL'
  | 'TYPE_UNKNOWN'
  | 'SCHEMA'
  /** Signed notes, what they carry, and what names their keys (notes/). */
  | 'NOTE_FORMAT'
  | 'KEY_FORMAT'
  | 'KEY_WEAK'
  | 'CHECKPOINT_FORMAT'
  | 'PROOF_FORMAT'
  | 'POLICY_FORMAT';

/** The record is not in its format: never a user's mistake. `at` is a path of keys, without values. */
export class RecordFormatError extends Error {
  readonly code: RecordFormatCode;

  constructor(code: RecordFormatCode, at = '') {
    super(at === '' ? code : `${code} at ${at}`);
    this.name = 'RecordFormatError';
    this.code = code;
  }
}

/** Nesting of an entry is at most 8; the bound keeps a hostile bundle from exhausting the stack. */
const MAX_DEPTH = 16;
// eslint-disable-next-line no-control-regex -- the whole of ASCII is meant.
const ASCII = /^[\x00-\x7f]*$/;
const ASCII_KEY = /^[\x20-\x7e]{1,64}$/;

const encoder = new TextEncoder();
// Without ignoreBOM a leading byte order mark would be dropped silently and two inputs be one text.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Throws RecordFormatError unless the value is in the profile. */
export function assertProfile(value: unknown): asserts value is CanonicalValue {
  checkValue(value, '', 0);
}

/** JCS text of a value in the profile; throws RecordFormatError on any other. */
export function canonicalText(value: unknown): string {
  assertProfile(value);
  const text = canonicalize(value);
  if (text === undefined) throw new RecordFormatError('UNSUPPORTED_VALUE');
  return text;
}

/** JCS bytes (UTF-8) of a value in the profile. */
export function canonicalBytes(value: unknown): Uint8Array {
  return encoder.encode(canonicalText(value));
}

/**
 * Reads bytes that must be canonical. `JSON.parse` alone keeps the last of two equal keys and takes
 * many spellings of one value, so the value is written again and compared: equal text means that the
 * input was the only spelling of what was read.
 */
export function parseCanonical(bytes: Uint8Array): CanonicalValue {
  const text = decodeUtf8(bytes);
  const value = parseJson(text);
  if (canonicalText(value) !== text) throw new RecordFormatError('NOT_CANONICAL');
  return value as CanonicalValue;
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new RecordFormatError('NOT_UTF8');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RecordFormatError('NOT_JSON');
  }
}

function checkValue(value: unknown, at: string, depth: number): void {
  if (typeof value === 'string') return checkString(value, at);
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'number' || typeof value === 'bigint') throw new RecordFormatError('NUMBER', at);
  if (typeof value !== 'object') throw new RecordFormatError('UNSUPPORTED_VALUE', at);
  if (depth >= MAX_DEPTH) throw new RecordFormatError('TOO_DEEP', at);
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) checkValue(value[index], `${at}/${index}`, depth + 1);
    return;
  }
  checkObject(value, at, depth);
}

function checkString(value: string, at: string): void {
  if (ASCII.test(value)) return;
  if (!value.isWellFormed()) throw new RecordFormatError('LONE_SURROGATE', at);
  if (value.normalize('NFC') !== value) throw new RecordFormatError('NOT_NFC', at);
}

function checkObject(value: object, at: string, depth: number): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new RecordFormatError('UNSUPPORTED_VALUE', at);
  }
  for (const key of Object.keys(value)) {
    if (!ASCII_KEY.test(key)) throw new RecordFormatError('KEY_NOT_ASCII', at);
    checkValue((value as Record<string, unknown>)[key], `${at}/${key}`, depth + 1);
  }
}
