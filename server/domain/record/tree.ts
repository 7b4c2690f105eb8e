/**
 * The meeting's whole Merkle tree (RFC 6962, section 2.1): every complete subtree's root is kept, so that a
 * root, an inclusion proof (2.1.1) or a consistency proof (2.1.2) costs log2(n) hashes at any size. 64 bytes
 * a leaf: 50 000 ballots are 3 MB.
 */
import { nodeHash, type Sha256 } from './merkle.ts';

export interface MerkleTree {
  readonly size: number;
  /** Adds a leaf by its hash. */
  append(leafHash: Uint8Array): void;
  /** Hash of the leaf `index`. */
  leaf(index: number): Uint8Array;
  /** Root over the first `size` leaves; over all of them when left out. */
  root(size?: number): Uint8Array;
  /** Sibling hashes from the leaf up, of leaf `index` in the tree of `size` leaves. */
  inclusionProof(index: number, size: number): Uint8Array[];
  /** What shows that the tree of `newSize` begins with the tree of `oldSize`. Empty for 0 and for equal sizes. */
  consistencyProof(oldSize: number, newSize: number): Uint8Array[];
}

const HASH_BYTES = 32;
const FIRST_CAPACITY_HASHES = 64;

/** Roots of the complete subtrees of one height, one after the other in one buffer that doubles. */
class Level {
  count = 0;
  #bytes = new Uint8Array(FIRST_CAPACITY_HASHES * HASH_BYTES);

  push(hash: Uint8Array): void {
    if (hash.length !== HASH_BYTES) throw new RangeError('a hash of the tree has 32 bytes');
    const start = this.count * HASH_BYTES;
    if (start === this.#bytes.length) {
      const grown = new Uint8Array(this.#bytes.length * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes.set(hash, start);
    this.count += 1;
  }

  /** A copy, so that a proof stays what it was while the tree grows. */
  at(index: number): Uint8Array {
    if (index < 0 || index >= this.count) throw new RangeError('outside the tree');
    return this.#bytes.slice(index * HASH_BYTES, (index + 1) * HASH_BYTES);
  }
}

export function createMerkleTree(sha256: Sha256): MerkleTree {
  const levels: Level[] = [new Level()];

  const levelAt = (height: number): Level => (levels[height] ??= new Level());

  function append(leafHash: Uint8Array): void {
    let hash = leafHash;
    for (let height = 0; ; height++) {
      const level = levelAt(height);
      level.push(hash);
      if (level.count % 2 === 1) return;
      hash = nodeHash(sha256, level.at(level.count - 2), hash);
    }
  }

  /** MTH(D[start:end]); `start` is a multiple of the largest power of two below the length, as in the RFC. */
  function range(start: number, end: number): Uint8Array {
    const length = end - start;
    const split = splitOf(length);
    if (length === split * 2 || length === 1) {
      return levelAt(Math.log2(length)).at(start / length);
    }
    return nodeHash(sha256, range(start, start + split), range(start + split, end));
  }

  const checked = (size: number): number => {
    if (!Number.isSafeInteger(size) || size < 0 || size > levelAt(0).count)
      throw new RangeError('outside the tree');
    return size;
  };

  return {
    get size() {
      return levelAt(0).count;
    },
    append,
    leaf: (index) => levelAt(0).at(index),
    root(size = levelAt(0).count) {
      return checked(size) === 0 ? sha256(new Uint8Array(0)) : range(0, size);
    },
    inclusionProof(index, size) {
      if (!Number.isSafeInteger(index) || index < 0 || index >= checked(size))
        throw new RangeError('outside the tree');
      return pathTo(range, index, size);
    },
    consistencyProof(oldSize, newSize) {
      if (checked(oldSize) > checked(newSize)) throw new RangeError('the tree does not shrink');
      return oldSize === 0 || oldSize === newSize ? [] : proofBetween(range, oldSize, newSize);
    },
  };
}

/** The largest power of two smaller than `length`; 1 for 1, where nothing is split. */
function splitOf(length: number): number {
  let split = 1;
  while (split * 2 < length) split *= 2;
  return split;
}

type RangeHash = (start: number, end: number) => Uint8Array;

/** PATH(m, D[n]) of RFC 6962, 2.1.1. */
function pathTo(range: RangeHash, index: number, size: number): Uint8Array[] {
  const path: Uint8Array[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      path.push(range(middle, end));
      end = middle;
    } else {
      path.push(range(start, middle));
      start = middle;
    }
  }
  return path.reverse();
}

/** PROOF(m, D[n]) of RFC 6962, 2.1.2, for 0 < m < n. */
function proofBetween(range: RangeHash, oldSize: number, newSize: number): Uint8Array[] {
  const proof: Uint8Array[] = [];
  let start = 0;
  let end = newSize;
  while (oldSize !== end) {
    const middle = start + splitOf(end - start);
    if (oldSize <= middle) {
      proof.push(range(middle, end));
      end = middle;
    } else {
      proof.push(range(start, middle));
      start = middle;
    }
  }
  // The old tree's own subtree is known to who holds its root only when it is that whole root.
  if (start !== 0) proof.push(range(start, end));
  return proof.reverse();
}
