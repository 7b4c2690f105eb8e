/**
 * Commitments to what must not stand in an entry (record.md 2): names, texts, reasons. An entry carries
 * `HMAC-SHA-256(key, field || 0x00 || NFC(value))`; with key and value anyone can check it, without the
 * key nobody can guess the value. Erasing the key redacts, and no proof breaks.
 */
import { fromBase64, toBase64 } from './base64.ts';

export type HmacSha256 = (key: Uint8Array, data: Uint8Array) => Uint8Array;

/** Length of a commitment's key: the block of security of SHA-256. */
export const COMMITMENT_KEY_BYTES = 32;

const encoder = new TextEncoder();

/** Commitment to `value` under `field`, base64. A field name has no 0x00, so the pair is unambiguous. */
export function commitmentTo(
  hmac: HmacSha256,
  key: Uint8Array,
  { field, value }: { field: string; value: string },
): string {
  if (key.length !== COMMITMENT_KEY_BYTES) throw new RangeError('a commitment needs a key of 32 bytes');
  return toBase64(hmac(key, encoder.encode(committedText(field, value.normalize('NFC')))));
}

/** What is committed to; `value` is in NFC. For callers with a quicker way to UTF-8. */
export const committedText = (field: string, value: string): string => `${field}\0${value}`;

/** Whether a commitment of an entry is to this value. */
export function opensCommitment(
  hmac: HmacSha256,
  commitment: string,
  opening: { key: string; field: string; value: string },
): boolean {
  return commitmentTo(hmac, fromBase64(opening.key), opening) === commitment;
}
