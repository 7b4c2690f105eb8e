/**
 * The Merkle tree of RFC 6962, section 2.1: leaf `H(0x00 || data)`, node `H(0x01 || left || right)`, the
 * left subtree is the largest power of two smaller than the whole, odd nodes are never duplicated. The
 * prefixes keep a leaf from passing as a node. The hash is a parameter: node and browser bring theirs.
 */

/** SHA-256 of some bytes, synchronous. */
export type Sha256 = (data: Uint8Array) => Uint8Array;

const LEAF_PREFIX = 0x00;
const NODE_PREFIX = 0x01;

/** What is hashed is put together here and read before the next call writes: a roll brings 100 000 of them. */
let scratch = new Uint8Array(1024);

function scratchOf(length: number): Uint8Array {
  if (scratch.length < length) scratch = new Uint8Array(length);
  return scratch.subarray(0, length);
}

export function leafHash(sha256: Sha256, data: Uint8Array): Uint8Array {
  const prefixed = scratchOf(1 + data.length);
  prefixed[0] = LEAF_PREFIX;
  prefixed.set(data, 1);
  return sha256(prefixed);
}

export function nodeHash(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  const joined = scratchOf(1 + left.length + right.length);
  joined[0] = NODE_PREFIX;
  joined.set(left, 1);
  joined.set(right, 1 + left.length);
  return sha256(joined);
}

/** Collects leaves one at a time with a memory of log2(n) hashes, so that a big roll can be cut in slices. */
export interface MerkleAccumulator {
  /** Adds a leaf by its data. */
  add(data: Uint8Array): void;
  readonly size: number;
  /** Root over the leaves so far; of none it is the hash of nothing. */
  root(): Uint8Array;
}

export function createMerkleAccumulator(sha256: Sha256): MerkleAccumulator {
  /** Roots of the perfect subtrees from the largest to the smallest: the binary digits of `size`. */
  const peaks: Uint8Array[] = [];
  let size = 0;
  return {
    add(data) {
      let hash = leafHash(sha256, data);
      // Each trailing one of the old size is a perfect subtree as large as the one just completed.
      for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
        hash = nodeHash(sha256, peaks.pop() as Uint8Array, hash);
      }
      peaks.push(hash);
      size += 1;
    },
    get size() {
      return size;
    },
    root() {
      if (peaks.length === 0) return sha256(new Uint8Array(0));
      return peaks.reduceRight((right, left) => nodeHash(sha256, left, right));
    },
  };
}

/** Root over the leaves' data. */
export function merkleRoot(sha256: Sha256, leaves: Iterable<Uint8Array>): Uint8Array {
  const accumulator = createMerkleAccumulator(sha256);
  for (const leaf of leaves) accumulator.add(leaf);
  return accumulator.root();
}
