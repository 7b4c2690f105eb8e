/** RFC 6962 section 2.1, with the leaves and roots that its implementations test against. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromHex, toHex } from '../../server/domain/record/base64.ts';
import {
  createMerkleAccumulator,
  leafHash,
  merkleRoot,
  nodeHash,
} from '../../server/domain/record/merkle.ts';
import { sha256 } from '../../server/services/record-crypto.ts';

const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** The definition of RFC 6962 word for word, as an oracle. */
function rootByDefinition(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256(new Uint8Array(0));
  if (leaves.length === 1) return leafHash(sha256, leaves[0]!);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(sha256, rootByDefinition(leaves.slice(0, split)), rootByDefinition(leaves.slice(split)));
}

describe('the Merkle tree of RFC 6962', () => {
  it.each(ROOTS.map((root, size) => [size, root] as const))(
    'of %i known leaves has its known root',
    (size, root) => {
      expect(toHex(merkleRoot(sha256, LEAVES.slice(0, size).map(fromHex)))).toBe(root);
    },
  );

  it('agrees with the definition for every number of leaves', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 70 }), (leaves) => {
        expect(toHex(merkleRoot(sha256, leaves))).toBe(toHex(rootByDefinition(leaves)));
      }),
    );
  });

  it('gives the root at any moment and goes on', () => {
    const accumulator = createMerkleAccumulator(sha256);
    LEAVES.forEach((leaf, index) => {
      expect(toHex(accumulator.root())).toBe(ROOTS[index]);
      accumulator.add(fromHex(leaf));
      expect(accumulator.size).toBe(index + 1);
    });
  });

  it('does not take an odd leaf twice', () => {
    const [a, b, c] = LEAVES.map(fromHex);
    expect(toHex(merkleRoot(sha256, [a!, b!, c!]))).not.toBe(toHex(merkleRoot(sha256, [a!, b!, c!, c!])));
  });
});
