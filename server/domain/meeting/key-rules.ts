/**
 * Device keys in the meeting (record.md 9): who may bind one more, and whether a ballot is signed as it
 * must be. A first key makes signing a duty for that person: otherwise whoever takes over a session could
 * leave the signature out. Decided in ledger order; the signature itself was checked before.
 */
import type { ErrorCode, ErrorParams } from '../../protocol/errors.ts';
import type { BoundKey, MeetingState } from './state.ts';

/** Keys of one person in one meeting: devices, and browsers that forget. */
export const KEYS_MAX = 20;

type Keys = Pick<MeetingState, 'keys' | 'keyCounts'>;

export type KeyVerdict =
  | { readonly kind: 'accept'; readonly isFirst: boolean }
  | { readonly kind: 'repeat'; readonly key: BoundKey }
  | Refusal;

interface Refusal {
  readonly kind: 'refuse';
  readonly code: ErrorCode;
  readonly params?: ErrorParams;
}

/** One more key; the same key of the same person again is a repeated request. */
export function judgeKey(
  keys: Keys,
  asked: { readonly keyId: string; readonly personId: string },
): KeyVerdict {
  const known = keys.keys.get(asked.keyId);
  if (known?.personId === asked.personId) return { kind: 'repeat', key: known };
  if (known) return { kind: 'refuse', code: 'KEY_REFUSED', params: { reason: 'TAKEN' } };
  const count = keys.keyCounts.get(asked.personId) ?? 0;
  if (count >= KEYS_MAX) return { kind: 'refuse', code: 'KEY_LIMIT', params: { max: KEYS_MAX } };
  return { kind: 'accept', isFirst: count === 0 };
}

/** The signature that came with a ballot, after its check against the key that is bound. */
export interface CheckedSignature {
  readonly keyId: string;
  readonly signature: string;
  readonly isGenuine: boolean;
}

export type SignatureVerdict =
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'signed'; readonly key: BoundKey; readonly signature: string }
  | Refusal;

/** Undefined `signature`: the ballot came without one. */
export function judgeSignature(
  keys: Keys,
  personId: string,
  signature: CheckedSignature | undefined,
): SignatureVerdict {
  if (!signature) {
    const isBound = keys.keyCounts.has(personId);
    return isBound ? { kind: 'refuse', code: 'SIGNATURE_REQUIRED' } : { kind: 'unsigned' };
  }
  const key = keys.keys.get(signature.keyId);
  // Another person's key is as unknown as one that nobody has bound: nothing is told of others.
  if (key?.personId !== personId) return { kind: 'refuse', code: 'KEY_UNKNOWN' };
  if (!signature.isGenuine) return { kind: 'refuse', code: 'SIGNATURE_WRONG' };
  return { kind: 'signed', key, signature: signature.signature };
}
