import { MAX_FEN } from '../../domain/money.ts';

/**
 * Amounts as BSON int64. The driver hands small ones out as `number` and large ones as `Long`, and wraps
 * what does not fit without a word: amounts are decoded and encoded here and nowhere else.
 */
type StoredInt64 = bigint | number | { toBigInt(): bigint };

/** @throws RangeError when the amount cannot have come from a checked table */
export function toStoredFen(fen: bigint): bigint {
  if (fen < 0n || fen > MAX_FEN) throw new RangeError('amount outside 0…10^17 fen');
  return fen;
}

export function toStoredFenOrNull(fen: bigint | undefined): bigint | null {
  return fen === undefined ? null : toStoredFen(fen);
}

export function fromStoredFen(stored: StoredInt64): bigint {
  if (typeof stored === 'bigint') return stored;
  if (typeof stored === 'number') return BigInt(stored);
  return stored.toBigInt();
}

export function fromStoredFenOrNull(stored: StoredInt64 | null | undefined): bigint | undefined {
  return stored === null || stored === undefined ? undefined : fromStoredFen(stored);
}

export type { StoredInt64 };
