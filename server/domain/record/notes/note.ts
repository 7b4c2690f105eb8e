/**
 * C2SP signed-note: a text that ends in a newline, an empty line, and signature lines
 * `— <key name> <base64 of key id and signature>`. Nothing of a note's text may be believed before a signature
 * by a known key has been checked.
 */
import { concatBytes, parseBase64, toBase64, toHex } from '../base64.ts';
import { RecordFormatError } from '../canonical.ts';
import { isGenuine, type VerifySignature } from '../keys.ts';
import { cosignatureOf, cosignedMessage } from './cosignature.ts';
import { isKeyName, keyIdBytes, type NoteKey } from './vkey.ts';

export interface NoteSignature {
  readonly name: string;
  /** 8 hex digits. */
  readonly keyId: string;
  /** Without the key id. */
  readonly signature: Uint8Array;
}

export interface Note {
  /** With its last newline, without the empty line. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** The specification asks for at least 16; a policy names at most 32 witnesses. */
const MAX_SIGNATURES = 100;
const MAX_NOTE_CHARS = 1_000_000;
const KEY_ID_BYTES = 4;
const SIGNATURE_LINE = /^\u2014 (\S+) (\S+)$/u;
// eslint-disable-next-line no-control-regex -- control characters are what is refused.
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/;

const encoder = new TextEncoder();

/** Reads a note. Throws RecordFormatError (NOTE_FORMAT). */
export function parseNote(note: string): Note {
  if (note.length > MAX_NOTE_CHARS || CONTROL.test(note) || !note.isWellFormed()) throw malformed();
  const split = note.lastIndexOf('\n\n');
  if (split < 1 || !note.endsWith('\n')) throw malformed();
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw malformed();
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignature) };
}

export function formatNote({ text, signatures }: Note): string {
  if (!text.endsWith('\n') || CONTROL.test(text) || !text.isWellFormed()) throw malformed();
  return `${text}\n${signatures.map(formatSignature).join('')}`;
}

/** One signature line with its newline, as a witness answers. */
export function formatSignature({ name, keyId, signature }: NoteSignature): string {
  if (!isKeyName(name)) throw malformed();
  const id = Uint8Array.from({ length: KEY_ID_BYTES }, (_, at) =>
    Number.parseInt(keyId.slice(at * 2, at * 2 + 2), 16),
  );
  return `\u2014 ${name} ${toBase64(concatBytes(id, signature))}\n`;
}

/** Signature lines alone, as a witness answers them. Throws RecordFormatError (NOTE_FORMAT). */
export function parseSignatureLines(text: string): NoteSignature[] {
  if (!text.endsWith('\n') || CONTROL.test(text) || text.length > MAX_NOTE_CHARS) throw malformed();
  const lines = text.slice(0, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw malformed();
  return lines.map(parseSignature);
}

/** A note's signature by a key, from the signature alone. */
export function signatureBy(key: NoteKey, signature: Uint8Array): NoteSignature {
  return { name: key.name, keyId: toHex(keyIdBytes(key)), signature };
}

/** A known key whose signature holds; for a witness with the time of its cosignature. */
export interface NoteSigner {
  readonly key: NoteKey;
  /** Seconds since 1970; only of a witness. */
  readonly cosignedAtSeconds?: number;
}

export type NoteVerdict =
  | { readonly ok: true; readonly signers: readonly NoteSigner[] }
  /** A line by a known key that does not hold damns the note; with none of a known key there is nothing to believe. */
  | { readonly ok: false; readonly code: 'SIGNATURE_INVALID' | 'NO_KNOWN_SIGNATURE'; readonly name?: string };

/**
 * Checks every line by a known key. Lines by other keys are passed over, as the specification says; a key that
 * signed twice counts once.
 */
export async function verifyNote(
  verify: VerifySignature,
  note: Note,
  keys: readonly NoteKey[],
): Promise<NoteVerdict> {
  const signers = new Map<string, NoteSigner>();
  for (const line of note.signatures) {
    const key = keys.find(({ name, keyId }) => name === line.name && keyId === line.keyId);
    if (key === undefined) continue;
    const signer = await signerOf(verify, { key, text: note.text, signature: line.signature });
    if (signer === undefined) return { ok: false, code: 'SIGNATURE_INVALID', name: key.name };
    const id = `${key.name} ${key.keyId}`;
    if (!signers.has(id)) signers.set(id, signer);
  }
  if (signers.size === 0) return { ok: false, code: 'NO_KNOWN_SIGNATURE' };
  return { ok: true, signers: [...signers.values()] };
}

async function signerOf(
  verify: VerifySignature,
  { key, text, signature }: { key: NoteKey; text: string; signature: Uint8Array },
): Promise<NoteSigner | undefined> {
  const signed = { alg: 'Ed25519', publicKey: key.publicKey } as const;
  if (key.type === 'log') {
    const holds = await isGenuine({ ...signed, message: encoder.encode(text), signature }, verify);
    return holds ? { key } : undefined;
  }
  const cosignature = cosignatureOf(signature);
  if (cosignature === undefined) return undefined;
  const message = cosignedMessage(text, cosignature.timeSeconds);
  const holds = await isGenuine({ ...signed, message, signature: cosignature.signature }, verify);
  return holds ? { key, cosignedAtSeconds: cosignature.timeSeconds } : undefined;
}

function parseSignature(line: string): NoteSignature {
  const [, name = '', encoded = ''] = SIGNATURE_LINE.exec(line) ?? [];
  const bytes = parseBase64(encoded);
  if (!isKeyName(name) || bytes === undefined || bytes.length <= KEY_ID_BYTES) throw malformed();
  return { name, keyId: toHex(bytes.subarray(0, KEY_ID_BYTES)), signature: bytes.slice(KEY_ID_BYTES) };
}

function malformed(): RecordFormatError {
  return new RecordFormatError('NOTE_FORMAT');
}
