/**
 * Checking proofs of the Merkle tree (RFC 9162, sections 2.1.3.2 and 2.1.4.2). A verdict, never an exception:
 * proofs come from outside. Every hash has 32 bytes and a proof has exactly the hashes that its sizes ask for.
 */
import { equalBytes } from './base64.ts';
import { nodeHash, type Sha256 } from './merkle.ts';

export interface InclusionClaim {
  /** Place of the leaf, from 0. */
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

export interface ConsistencyClaim {
  readonly oldSize: number;
  readonly oldRoot: Uint8Array;
  readonly newSize: number;
  readonly newRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

const HASH_BYTES = 32;

const isSize = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const areHashes = (hashes: readonly Uint8Array[]): boolean =>
  hashes.every(({ length }) => length === HASH_BYTES);
const isOdd = (value: number): boolean => value % 2 === 1;
const half = (value: number): number => Math.floor(value / 2);

/** Whether the leaf stands at `index` of the tree of `size` leaves under `root`. */
export function verifyInclusion(sha256: Sha256, claim: InclusionClaim): boolean {
  const { index, size, leafHash, proof, root } = claim;
  if (!isSize(index) || !isSize(size) || index >= size || !areHashes([leafHash, root, ...proof]))
    return false;
  let place = index;
  let last = size - 1;
  let hash = leafHash;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      hash = nodeHash(sha256, sibling, hash);
      while (!isOdd(place) && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      hash = nodeHash(sha256, hash, sibling);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 && equalBytes(hash, root);
}

/** Whether the tree of `newSize` begins with the tree of `oldSize`. Every tree begins with the empty one. */
export function verifyConsistency(sha256: Sha256, claim: ConsistencyClaim): boolean {
  const { oldSize, oldRoot, newSize, newRoot, proof } = claim;
  if (!isSize(oldSize) || !isSize(newSize) || oldSize > newSize) return false;
  if (!areHashes([oldRoot, newRoot, ...proof])) return false;
  if (oldSize === newSize) return proof.length === 0 && equalBytes(oldRoot, newRoot);
  if (oldSize === 0) return proof.length === 0;
  const roots = foldConsistency(sha256, claim);
  return roots !== undefined && equalBytes(roots.old, oldRoot) && equalBytes(roots.new, newRoot);
}

/** Both roots as the proof gives them, or undefined when it is too short or too long. */
function foldConsistency(
  sha256: Sha256,
  { oldSize, oldRoot, newSize, proof }: ConsistencyClaim,
): { old: Uint8Array; new: Uint8Array } | undefined {
  // A whole power of two is a subtree of the new tree, and its root is left out of the proof.
  const [first, ...rest] = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof;
  if (first === undefined) return undefined;
  let place = oldSize - 1;
  let last = newSize - 1;
  while (isOdd(place)) {
    place = half(place);
    last = half(last);
  }
  const roots = { old: first, new: first };
  for (const sibling of rest) {
    if (last === 0) return undefined;
    if (isOdd(place) || place === last) {
      roots.old = nodeHash(sha256, sibling, roots.old);
      roots.new = nodeHash(sha256, sibling, roots.new);
      while (!isOdd(place) && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      roots.new = nodeHash(sha256, roots.new, sibling);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 ? roots : undefined;
}

function isPowerOfTwo(size: number): boolean {
  return Number.isInteger(Math.log2(size));
}
