/**
 * Public keys of logs and witnesses as they are written down (C2SP signed-note, "verifier keys"):
 * `<name>+<key id, 8 hex digits>+<base64 of type byte and key>`.
 */
import { concatBytes, fromHex, parseBase64, toBase64, toHex } from '../base64.ts';
import { RecordFormatError } from '../canonical.ts';
import { findPublicKeyFault } from '../keys.ts';
import type { Sha256 } from '../merkle.ts';

/** Types of C2SP signed-note: a log's Ed25519 key, and a witness's (cosignature/v1). */
export const NOTE_KEY_TYPES = { log: 0x01, witness: 0x04 } as const;
export type NoteKeyType = keyof typeof NOTE_KEY_TYPES;

export interface NoteKey {
  /** For a log its origin. */
  readonly name: string;
  readonly type: NoteKeyType;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** First four bytes of the hash over name, type and key, as 8 hex digits. */
  readonly keyId: string;
}

const KEY_ID_BYTES = 4;
const VKEY = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/u;
const MAX_NAME_CHARS = 255;

const encoder = new TextEncoder();

/** Key names have no Unicode space and no plus, or a signature line could be read in two ways. */
export function isKeyName(name: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is refused.
  const isPlain = !/[\s+\u0000-\u001f\u007f\u0085\u200b\ufeff]/u.test(name);
  return isPlain && name.length > 0 && name.length <= MAX_NAME_CHARS && name.isWellFormed();
}

/** Makes the key known by name and bytes. Throws RecordFormatError: KEY_FORMAT, or KEY_WEAK by our own checks. */
export function createNoteKey(
  sha256: Sha256,
  { name, type, publicKey }: { name: string; type: NoteKeyType; publicKey: Uint8Array },
): NoteKey {
  if (!isKeyName(name)) throw new RecordFormatError('KEY_FORMAT', 'name');
  const fault = findPublicKeyFault('Ed25519', publicKey);
  if (fault === 'LENGTH') throw new RecordFormatError('KEY_FORMAT', 'key');
  if (fault !== undefined) throw new RecordFormatError('KEY_WEAK', fault);
  const typed = concatBytes(Uint8Array.of(NOTE_KEY_TYPES[type]), publicKey);
  const hash = sha256(concatBytes(encoder.encode(`${name}\n`), typed));
  return { name, type, publicKey, keyId: toHex(hash.subarray(0, KEY_ID_BYTES)) };
}

export function formatVkey({ name, type, publicKey, keyId }: NoteKey): string {
  const typed = concatBytes(Uint8Array.of(NOTE_KEY_TYPES[type]), publicKey);
  return `${name}+${keyId}+${toBase64(typed)}`;
}

/** Reads a vkey strictly; the key id must be that of name and key. Throws RecordFormatError. */
export function parseVkey(sha256: Sha256, vkey: string): NoteKey {
  const [, name = '', keyId = '', encoded = ''] = VKEY.exec(vkey) ?? [];
  const typed = parseBase64(encoded);
  if (typed === undefined) throw new RecordFormatError('KEY_FORMAT');
  const type = (['log', 'witness'] as const).find((known) => NOTE_KEY_TYPES[known] === typed[0]);
  if (type === undefined) throw new RecordFormatError('KEY_FORMAT', 'type');
  const key = createNoteKey(sha256, { name, type, publicKey: typed.subarray(1) });
  if (key.keyId !== keyId) throw new RecordFormatError('KEY_FORMAT', 'id');
  return key;
}

/** The key id as it leads a signature. */
export function keyIdBytes(key: NoteKey): Uint8Array {
  return fromHex(key.keyId);
}
