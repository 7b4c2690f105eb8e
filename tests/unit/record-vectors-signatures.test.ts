/** Ed25519 and ECDSA on P-256 against RFC 8032, Wycheproof, Go's set and CCTV, by OpenSSL and plain arithmetic. */
import { createHash, createPrivateKey, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ed25519 } from '@noble/curves/ed25519.js';
import { fromHex, toHex } from '../../server/domain/record/base64.ts';
import {
  findPublicKeyFault,
  isGenuine,
  isSignatureWellFormed,
  toLowS,
  type KeyAlgorithm,
  type Signed,
  type VerifySignature,
} from '../../server/domain/record/keys.ts';
import { verifyPortably } from '../../server/domain/record/signing/portable-verify.ts';
import { verifySignature } from '../../server/services/record-crypto.ts';
import { readEdgeCases, readVectors, type EdgeCase } from '../support/vectors.ts';

const VERIFIERS: [string, VerifySignature][] = [
  ['OpenSSL', verifySignature],
  ['plain arithmetic', verifyPortably],
];

interface WycheproofFile {
  readonly testGroups: readonly {
    readonly publicKey: { readonly pk?: string; readonly uncompressed?: string };
    readonly tests: readonly {
      readonly tcId: number;
      readonly comment: string;
      readonly msg: string;
      readonly sig: string;
      readonly result: 'valid' | 'invalid' | 'acceptable';
    }[];
  }[];
}

interface Rfc8032Vector {
  readonly name: string;
  readonly secretKey: string;
  readonly publicKey: string;
  readonly message: string;
  readonly signature: string;
}

const PKCS8_ED25519 = '302e020100300506032b657004220420';
const P256_HALF_ORDER = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;

const rfc8032 = readVectors<Rfc8032Vector[]>('rfc8032/ed25519.json');
const { lowOrder } = readVectors<{ lowOrder: string[] }>('cctv-ed25519/vectors.json');
const CCTV = readEdgeCases('cctv-ed25519/vectors.json');

/** The two sets of edge cases, and how each names its flags. */
const EDGE_CASES = [
  {
    set: 'the 768 edge cases that Go runs',
    vectors: readEdgeCases('go-ed25519vectors/vectors.json'),
    size: 768,
    names: {
      low: ['LowOrderA', 'LowOrderR'],
      component: ['LowOrderComponentA', 'LowOrderComponentR'],
      second: ['NonCanonicalA', 'NonCanonicalR'],
      residue: 'LowOrderResidue',
    },
  },
  {
    set: 'the 914 of CCTV',
    vectors: CCTV,
    size: 914,
    names: {
      low: ['low_order_A', 'low_order_R'],
      component: ['low_order_component_A', 'low_order_component_R'],
      second: ['non_canonical_A', 'non_canonical_R'],
      residue: 'low_order_residue',
    },
  },
] as const;

function wycheproof(file: string, algorithm: KeyAlgorithm) {
  return readVectors<WycheproofFile>(`wycheproof/${file}`).testGroups.flatMap(({ publicKey, tests }) =>
    tests.map((test) => ({
      id: test.tcId,
      result: test.result,
      signed: {
        alg: algorithm,
        publicKey: fromHex(publicKey.pk ?? publicKey.uncompressed ?? ''),
        message: fromHex(test.msg),
        signature: fromHex(test.sig),
      } satisfies Signed,
    })),
  );
}

/** What is bound and accepted: the key passes at its binding, the signature at every use. */
async function isTaken(verify: VerifySignature, signed: Signed): Promise<boolean> {
  return findPublicKeyFault(signed.alg, signed.publicKey) === undefined && (await isGenuine(signed, verify));
}

async function idsWhere(
  vectors: readonly { id: number; signed: Signed }[],
  verify: VerifySignature,
): Promise<number[]> {
  const accepted: number[] = [];
  for (const { id, signed } of vectors) if (await isTaken(verify, signed)) accepted.push(id);
  return accepted;
}

type EdwardsPoint = InstanceType<typeof ed25519.Point>;
type FlagNames = Pick<(typeof EDGE_CASES)[number]['names'], 'low' | 'component' | 'second'>;

const isReencoded = ({ flags }: EdgeCase): boolean => flags.includes('reencoded_k');

/** Any encoding is read here, unlike by both verifiers. */
const pointOf = (encoding: Uint8Array): EdwardsPoint => ed25519.Point.fromBytes(encoding, true);

function flagsOfPoint(hex: string, { low, component, second }: FlagNames, at: number): string[] {
  const point = pointOf(fromHex(hex));
  const flags: (string | undefined)[] = [];
  if (point.isSmallOrder()) flags.push(low[at]);
  if (!point.isTorsionFree()) flags.push(component[at]);
  if (toHex(point.toBytes()) !== hex) flags.push(second[at]);
  return flags.filter((flag) => flag !== undefined);
}

/** S·B - k·A - R, with the k of the encodings as sent or of those that a verifier would write itself. */
function remainderOf({ publicKey, message, signature }: Signed, hashed: 'SENT' | 'CANONICAL'): EdwardsPoint {
  const encodedR = signature.slice(0, 32);
  const [r, key] = [pointOf(encodedR), pointOf(publicKey)];
  const encodings = hashed === 'SENT' ? [encodedR, publicKey] : [r.toBytes(), key.toBytes()];
  const hash = createHash('sha512');
  for (const part of [...encodings, message]) hash.update(part);
  const k = littleEndian(hash.digest()) % ed25519.Point.Fn.ORDER;
  const s = littleEndian(signature.slice(32));
  return ed25519.Point.BASE.multiplyUnsafe(s).subtract(key.multiplyUnsafe(k)).subtract(r);
}

const littleEndian = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes.toReversed())}`);

describe.each(VERIFIERS)('signatures checked by %s', (_, verify) => {
  it.each(rfc8032)('RFC 8032, 7.1, $name', async ({ publicKey, message, signature }) => {
    const signed = {
      alg: 'Ed25519',
      publicKey: fromHex(publicKey),
      message: fromHex(message),
      signature: fromHex(signature),
    } as const;
    expect(await isTaken(verify, signed)).toBe(true);
    const changed = Uint8Array.from([...signed.message, 0]);
    expect(await isTaken(verify, { ...signed, message: changed })).toBe(false);
  });

  it('Wycheproof, Ed25519: every one of its verdicts', async () => {
    const vectors = wycheproof('ed25519_test.json', 'Ed25519');
    expect(vectors).toHaveLength(151);
    const valid = vectors.filter(({ result }) => result === 'valid').map(({ id }) => id);
    expect(await idsWhere(vectors, verify)).toEqual(valid);
  });

  it('Wycheproof, ECDSA P-256 as r || s: what is valid and has the low s, and nothing else', async () => {
    const vectors = wycheproof('ecdsa_secp256r1_sha256_p1363_test.json', 'ES256');
    const s = ({ signature }: Signed): bigint => BigInt(`0x0${toHex(signature.slice(32))}`);
    const expected = vectors
      .filter(({ result, signed }) => result === 'valid' && s(signed) <= P256_HALF_ORDER)
      .map(({ id }) => id);
    expect(expected.length).toBeGreaterThan(60);
    expect(await idsWhere(vectors, verify)).toEqual(expected);
  });

  it('Wycheproof, ECDSA P-256: valid ones with the high s hold once it is turned into the low one', async () => {
    const vectors = wycheproof('ecdsa_secp256r1_sha256_p1363_test.json', 'ES256').filter(
      ({ result, signed }) => result === 'valid' && !isSignatureWellFormed('ES256', signed.signature),
    );
    expect(vectors.length).toBeGreaterThan(60);
    for (const { signed } of vectors) {
      expect(await isTaken(verify, { ...signed, signature: toLowS(signed.signature) })).toBe(true);
    }
  });
});

describe.each(EDGE_CASES)('$set', ({ vectors, size, names }) => {
  const without = (...flags: string[]): number[] =>
    vectors.filter((vector) => flags.every((flag) => !vector.flags.includes(flag))).map(({ id }) => id);

  it.each(VERIFIERS)(
    'by %s: taken is what has no low-order point and no second encoding, and holds without the cofactor',
    async (_, verify) => {
      const expected = without(...names.low, ...names.second, names.residue);
      expect(vectors).toHaveLength(size);
      expect(expected).toHaveLength(43);
      expect(await idsWhere(vectors, verify)).toEqual(expected);
    },
  );

  // An R of small order is refused as well, since WebCrypto refuses it. Only this verifier reads low-order keys.
  it('the portable equation is that of RFC 8032 without cofactor, under low-order keys as well', async () => {
    const holding = without(names.low[1], ...names.second, names.residue);
    expect(holding).toHaveLength(86);
    const held: number[] = [];
    for (const { id, signed } of vectors) if (await verifyPortably(signed)) held.push(id);
    expect(held).toEqual(holding);
  });

  // The vectors themselves, so that no refusal above is that of a signature miscopied.
  it('flagged is what their points are, and what the equation leaves of small order', () => {
    const cached = new Map<string, string[]>();
    const flagsOf = (hex: string, at: number): string[] => {
      const flags = cached.get(`${at}${hex}`) ?? flagsOfPoint(hex, names, at);
      cached.set(`${at}${hex}`, flags);
      return flags;
    };
    const otherwise = vectors.filter(({ flags, signed }) => {
      const encodings = [signed.publicKey, signed.signature.slice(0, 32)];
      const computed = encodings.flatMap((encoding, at) => flagsOf(toHex(encoding), at));
      if (!remainderOf(signed, 'SENT').isTorsionFree()) computed.push(names.residue);
      const published = flags.filter((flag) => flag !== 'reencoded_k');
      return computed.toSorted().join() !== published.toSorted().join();
    });
    expect(otherwise.map(({ id }) => id)).toEqual([]);
  });

  it('S fits with the cofactor, unless it is for a re-encoded k and the key is not of small order', () => {
    const expected = vectors.filter((vector) => !isReencoded(vector) || vector.flags.includes(names.low[0]));
    expect(vectors.filter(({ signed }) => remainderOf(signed, 'SENT').isSmallOrder())).toEqual(expected);
  });
});

/** Each has a second encoding: a verifier that refuses those, as ours do, does not show by these which k it takes. */
describe('the 146 of CCTV with an S for the k that is hashed from canonical encodings', () => {
  const reencoded = CCTV.filter(isReencoded);

  it('fit that k, and 58 of them, by a key of small order, the k of what was sent as well', () => {
    expect(reencoded).toHaveLength(146);
    expect(reencoded.filter(({ signed }) => !remainderOf(signed, 'CANONICAL').isSmallOrder())).toEqual([]);
    const fitting = reencoded.filter(({ signed }) => remainderOf(signed, 'SENT').isSmallOrder());
    expect(fitting).toHaveLength(58);
    expect(fitting).toEqual(reencoded.filter(({ flags }) => flags.includes('low_order_A')));
  });

  it('ten of them also without the cofactor', () => {
    const exact = reencoded.filter(({ signed }) => remainderOf(signed, 'SENT').is0());
    expect(exact.map(({ id }) => id)).toEqual([35, 166, 167, 188, 255, 308, 311, 314, 838, 904]);
  });
});

describe('public keys', () => {
  it.each(lowOrder)('CCTV: refuses the low-order encoding %s', (key) => {
    expect(findPublicKeyFault('Ed25519', fromHex(key))).toBe('LOW_ORDER');
  });
});

describe('the check of a key', () => {
  it('leaves the bytes of a Buffer as they are', () => {
    const key = Buffer.from(rfc8032[0]!.publicKey, 'hex');
    expect(findPublicKeyFault('Ed25519', key)).toBeUndefined();
    expect(key.toString('hex')).toBe(rfc8032[0]!.publicKey);
  });
});

describe('signing by OpenSSL', () => {
  it.each(rfc8032)('RFC 8032, 7.1, $name gives the known signature', ({ secretKey, message, signature }) => {
    const der = Buffer.from(PKCS8_ED25519 + secretKey, 'hex');
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    expect(toHex(sign(null, fromHex(message), key))).toBe(signature);
  });
});
