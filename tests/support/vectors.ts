import { readFileSync } from 'node:fs';
import { fromHex } from '../../server/domain/record/base64.ts';
import type { Signed } from '../../server/domain/record/keys.ts';

/** A published set of test vectors (tests/vectors/README.md). */
export function readVectors<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`../vectors/${path}`, import.meta.url), 'utf8')) as T;
}

/** The tables of edge cases of Ed25519: indexes into lists of encodings, messages and flags; flags are bits. */
interface EdgeCaseTable {
  readonly A: readonly string[];
  readonly R: readonly string[];
  readonly S: readonly string[];
  readonly M: readonly string[];
  readonly flags: readonly string[];
  readonly vectors: readonly (readonly [number, number, number, number, number])[];
}

export interface EdgeCase {
  /** The place in the published list. */
  readonly id: number;
  readonly flags: readonly string[];
  readonly signed: Signed;
}

export function readEdgeCases(path: string): EdgeCase[] {
  const { A, R, S, M, flags, vectors } = readVectors<EdgeCaseTable>(path);
  return vectors.map(([a, r, s, m, bits], id) => ({
    id,
    flags: flags.filter((_, bit) => (bits >> bit) % 2 === 1),
    signed: {
      alg: 'Ed25519',
      publicKey: fromHex(A[a] ?? ''),
      message: new TextEncoder().encode(M[m]),
      signature: fromHex(`${R[r]}${S[s]}`),
    },
  }));
}
