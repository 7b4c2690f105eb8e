/** Merkle proofs (RFC 6962, 2.1) against transparency-dev/merkle and golang.org/x/mod sumdb/tlog. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromBase64, fromHex, toHex } from '../../server/domain/record/base64.ts';
import { leafHash, merkleRoot } from '../../server/domain/record/merkle.ts';
import {
  verifyConsistency,
  verifyInclusion,
  type ConsistencyClaim,
  type InclusionClaim,
} from '../../server/domain/record/proofs.ts';
import { createMerkleTree } from '../../server/domain/record/tree.ts';
import { sha256 } from '../../server/services/record-crypto.ts';
import { readVectors } from '../support/vectors.ts';

const vectors = readVectors<{
  leaves: string[];
  roots: string[];
  inclusion: { index: number; size: number; proof: string[] }[];
  consistency: { oldSize: number; newSize: number; proof: string[] }[];
  someHash: string;
  emptyRoot: string;
}>('transparency-dev-merkle/proofs.json');

const LEAVES = vectors.leaves.map(fromHex);
const ROOTS = vectors.roots.map(fromHex);
const SOME_HASH = fromHex(vectors.someHash);
const EMPTY_ROOT = fromHex(vectors.emptyRoot);
const GARBAGE = new Uint8Array(0);
const WRONG = new TextEncoder().encode('WrongRoot');

const rootOf = (size: number): Uint8Array => ROOTS[size - 1]!;

function treeOf(leaves: readonly Uint8Array[]) {
  const tree = createMerkleTree(sha256);
  for (const leaf of leaves) tree.append(leafHash(sha256, leaf));
  return tree;
}

function withFlippedBit(proof: readonly Uint8Array[], at: number, bit: number): Uint8Array[] {
  return proof.map((hash, index) => {
    const copy = Uint8Array.from(hash);
    if (index === at) copy[0]! ^= bit;
    return copy;
  });
}

function corruptInclusion(claim: InclusionClaim): [string, InclusionClaim][] {
  const { index, size, proof, root } = claim;
  const changed = (desc: string, change: Partial<InclusionClaim>): [string, InclusionClaim] => [
    desc,
    { ...claim, ...change },
  ];
  const [first, ...rest] = proof;
  return [
    changed('leafIndex - 1', { index: index - 1 }),
    changed('leafIndex + 1', { index: index + 1 }),
    changed('leafIndex ^ 2', { index: index ^ 2 }),
    changed('treeSize * 2', { size: size * 2 }),
    changed('treeSize / 2', { size: Math.floor(size / 2) }),
    changed('wrong leaf', { leafHash: new TextEncoder().encode('WrongLeaf') }),
    changed('empty root', { root: EMPTY_ROOT }),
    changed('random root', { root: SOME_HASH }),
    changed('trailing garbage', { proof: [...proof, GARBAGE] }),
    changed('trailing root', { proof: [...proof, root] }),
    changed('preceding garbage', { proof: [GARBAGE, ...proof] }),
    changed('preceding root', { proof: [root, ...proof] }),
    ...proof.map((_, at) => changed(`modified proof[${at}] bit 3`, { proof: withFlippedBit(proof, at, 8) })),
    ...(proof.length > 0 ? [changed('removed component', { proof: proof.slice(0, -1) })] : []),
    ...(proof.length > 1 ? [changed('inserted component', { proof: [first!, SOME_HASH, ...rest] })] : []),
  ];
}

function corruptConsistency(claim: ConsistencyClaim): [string, ConsistencyClaim][] {
  const { oldSize, newSize, oldRoot, newRoot, proof } = claim;
  const changed = (desc: string, change: Partial<ConsistencyClaim>): [string, ConsistencyClaim] => [
    desc,
    { ...claim, ...change },
  ];
  return [
    changed('size1 - 1', { oldSize: oldSize - 1 }),
    changed('size1 + 1', { oldSize: oldSize + 1 }),
    changed('size1 ^ 2', { oldSize: oldSize ^ 2 }),
    changed('size2 * 2', { newSize: newSize * 2 }),
    changed('size2 / 2', { newSize: Math.floor(newSize / 2) }),
    changed('wrong root1', { oldRoot: WRONG }),
    changed('wrong root2', { newRoot: WRONG }),
    changed('swapped roots', { oldRoot: newRoot, newRoot: oldRoot }),
    changed('empty proof', { proof: [] }),
    changed('trailing garbage', { proof: [...proof, GARBAGE] }),
    changed('trailing root1', { proof: [...proof, oldRoot] }),
    changed('trailing root2', { proof: [...proof, newRoot] }),
    changed('preceding garbage', { proof: [GARBAGE, ...proof] }),
    changed('preceding root1', { proof: [oldRoot, ...proof] }),
    changed('preceding root2', { proof: [newRoot, ...proof] }),
    changed('preceding proof[0]', { proof: [proof[0]!, ...proof] }),
    changed('truncated proof', { proof: proof.slice(0, -1) }),
    ...proof.map((_, at) => changed(`modified proof[${at}] bit 4`, { proof: withFlippedBit(proof, at, 16) })),
  ];
}

describe('transparency-dev/merkle: inclusion', () => {
  it.each(vectors.inclusion)(
    'of leaf $index in $size, and of none of its corruptions',
    ({ index, size, proof }) => {
      const claim = {
        index,
        size,
        leafHash: leafHash(sha256, LEAVES[index]!),
        proof: proof.map(fromHex),
        root: rootOf(size),
      };
      expect(verifyInclusion(sha256, claim)).toBe(true);
      const wrong = corruptInclusion(claim).filter(([, probe]) => verifyInclusion(sha256, probe));
      expect(wrong.map(([desc]) => desc)).toEqual([]);
      expect(treeOf(LEAVES).inclusionProof(index, size).map(toHex)).toEqual(proof);
    },
  );

  it.each([
    [0, 0],
    [0, 1],
    [1, 0],
    [2, 1],
  ])('refuses index %i of %i without a proof', (index, size) => {
    for (const [leaf, root] of [
      [SOME_HASH, GARBAGE],
      [GARBAGE, EMPTY_ROOT],
      [SOME_HASH, EMPTY_ROOT],
    ] as const) {
      expect(verifyInclusion(sha256, { index, size, leafHash: leaf, proof: [], root })).toBe(false);
    }
  });
});

describe('transparency-dev/merkle: consistency', () => {
  it.each(vectors.consistency)('of $oldSize and $newSize, and of none of its corruptions', (vector) => {
    const { oldSize, newSize } = vector;
    const claim = {
      ...vector,
      oldRoot: rootOf(oldSize),
      newRoot: rootOf(newSize),
      proof: vector.proof.map(fromHex),
    };
    expect(verifyConsistency(sha256, claim)).toBe(true);
    const probes = claim.proof.length === 0 ? [] : corruptConsistency(claim);
    const wrong = probes.filter(([, probe]) => verifyConsistency(sha256, probe));
    expect(wrong.map(([desc]) => desc)).toEqual([]);
    expect(treeOf(LEAVES).consistencyProof(oldSize, newSize).map(toHex)).toEqual(vector.proof);
  });

  it.each([
    [0, 0, ROOTS[0], ROOTS[1], [], false],
    [1, 1, ROOTS[0], ROOTS[1], [], false],
    [0, 0, ROOTS[0], ROOTS[0], [], true],
    [0, 1, ROOTS[0], ROOTS[1], [], true],
    [1, 1, ROOTS[1], ROOTS[1], [], true],
    [1, 0, ROOTS[0], ROOTS[1], [], false],
    [2, 1, ROOTS[0], ROOTS[1], [], false],
    [1, 2, ROOTS[0], ROOTS[1], [], false],
    [0, 0, EMPTY_ROOT, ROOTS[1], [], false],
    [1, 1, EMPTY_ROOT, ROOTS[1], [], false],
    [0, 0, EMPTY_ROOT, EMPTY_ROOT, [EMPTY_ROOT], false],
    [0, 1, EMPTY_ROOT, EMPTY_ROOT, [EMPTY_ROOT], false],
    [1, 1, EMPTY_ROOT, EMPTY_ROOT, [EMPTY_ROOT], false],
  ] as const)('row of sizes %i and %i', (oldSize, newSize, oldRoot, newRoot, proof, holds) => {
    const claim = { oldSize, newSize, oldRoot: oldRoot!, newRoot: newRoot!, proof };
    expect(verifyConsistency(sha256, claim)).toBe(holds);
  });
});

describe('golang.org/x/mod sumdb/tlog: a real log', () => {
  const head = readVectors<{ tree_size: number; sha256_root_hash: string }>('golang-tlog/sth.json');
  const size = head.tree_size;
  const root = fromBase64(head.sha256_root_hash);

  it('has leaf 10000', () => {
    const { entries } = readVectors<{ entries: { leaf_input: string }[] }>('golang-tlog/entries.json');
    const { audit_path } = readVectors<{ audit_path: string[] }>('golang-tlog/proof.json');
    const leaf = leafHash(sha256, fromBase64(entries[0]!.leaf_input));
    const claim = { index: 10000, size, leafHash: leaf, proof: audit_path.map(fromBase64), root };
    expect(verifyInclusion(sha256, claim)).toBe(true);
    expect(verifyInclusion(sha256, { ...claim, index: 10001 })).toBe(false);
  });

  it('begins with what it was at 3 654 490 leaves', () => {
    const { consistency } = readVectors<{ consistency: string[] }>('golang-tlog/consistency.json');
    const oldRoot = fromBase64('AuIZ5V6sDUj1vn3Y1K85oOaQ7y+FJJKtyRTl1edIKBQ=');
    const claim = {
      oldSize: 3654490,
      oldRoot,
      newSize: size,
      newRoot: root,
      proof: consistency.map(fromBase64),
    };
    expect(verifyConsistency(sha256, claim)).toBe(true);
    expect(verifyConsistency(sha256, { ...claim, oldSize: 3654491 })).toBe(false);
  });
});

describe('the whole tree', () => {
  const leaves = Array.from({ length: 130 }, (_, at) => Uint8Array.of(at));
  const tree = treeOf(leaves);

  it('has the root of the accumulator at every size', () => {
    for (let size = 0; size <= leaves.length; size++) {
      expect(toHex(tree.root(size))).toBe(toHex(merkleRoot(sha256, leaves.slice(0, size))));
    }
  });

  it('proves every leaf in trees of every size', () => {
    fc.assert(
      fc.property(fc.nat(129), fc.nat(129), (a, b) => {
        const [index, size] = [Math.min(a, b), Math.max(a, b) + 1];
        const leaf = leafHash(sha256, leaves[index]!);
        const proof = tree.inclusionProof(index, size);
        expect(verifyInclusion(sha256, { index, size, leafHash: leaf, proof, root: tree.root(size) })).toBe(
          true,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('proves that it only grew, between any two sizes', () => {
    for (let oldSize = 0; oldSize <= 40; oldSize++) {
      for (let newSize = oldSize; newSize <= 40; newSize++) {
        const proof = tree.consistencyProof(oldSize, newSize);
        const claim = { oldSize, oldRoot: tree.root(oldSize), newSize, newRoot: tree.root(newSize), proof };
        expect(verifyConsistency(sha256, claim)).toBe(true);
        if (oldSize > 0 && oldSize < newSize) {
          expect(verifyConsistency(sha256, { ...claim, oldRoot: SOME_HASH })).toBe(false);
        }
      }
    }
  });

  it('refuses what is outside of it', () => {
    expect(() => tree.root(131)).toThrow(RangeError);
    expect(() => tree.inclusionProof(5, 5)).toThrow(RangeError);
    expect(() => tree.consistencyProof(6, 5)).toThrow(RangeError);
    expect(() => tree.append(new Uint8Array(31))).toThrow(RangeError);
  });
});
