/** Ed25519 and ECDSA on P-256 against RFC 8032, Wycheproof and CCTV, by OpenSSL and by plain arithmetic. */
import { createPrivateKey, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
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
import { readVectors } from '../support/vectors.ts';

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

/** A set whose strings repeat: indexes into the lists of encodings and messages; flags are bits. */
interface IndexedVectors {
  readonly A: readonly string[];
  readonly R: readonly string[];
  readonly S: readonly string[];
  readonly M: readonly string[];
  readonly flags: readonly string[];
  readonly vectors: readonly (readonly [number, number, number, number, number])[];
}

const PKCS8_ED25519 = '302e020100300506032b657004220420';
const P256_HALF_ORDER = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;

/** With the equation without cofactor (RFC 8032, 5.1.7), and with WebCrypto's refusal of an R of small order. */
const REFUSED_BY_WEBCRYPTO = ['low_order_R', 'low_order_residue', 'non_canonical_A', 'non_canonical_R'];

const rfc8032 = readVectors<Rfc8032Vector[]>('rfc8032/ed25519.json');
const go = expand(readVectors<IndexedVectors>('go-ed25519vectors/vectors.json'));
const cctvFile = readVectors<IndexedVectors & { lowOrder: string[] }>('cctv-ed25519/vectors.json');
const cctv = expand(cctvFile);

function expand({ A, R, S, M, flags, vectors }: IndexedVectors) {
  return vectors.map(([a, r, s, m, bits], id) => ({
    id,
    flags: flags.filter((_, bit) => (bits >> bit) % 2 === 1),
    signed: {
      alg: 'Ed25519',
      publicKey: fromHex(A[a] ?? ''),
      message: new TextEncoder().encode(M[m]),
      signature: fromHex(`${R[r]}${S[s]}`),
    } satisfies Signed,
  }));
}

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

describe.each(VERIFIERS)('edge cases of Ed25519, by %s', (_, verify) => {
  it('the 768 that Go runs: takes what has no low-order point, no second encoding, and holds without the cofactor', async () => {
    const refused = ['LowOrderA', 'NonCanonicalA', 'LowOrderR', 'LowOrderResidue', 'NonCanonicalR'];
    expect(go).toHaveLength(768);
    const expected = go.filter(({ flags }) => refused.every((flag) => !flags.includes(flag)));
    expect(expected.length).toBeGreaterThan(10);
    expect(await idsWhere(go, verify)).toEqual(expected.map(({ id }) => id));
  });

  it('the 914 of CCTV: the same, and none whose hash is over encodings other than those that were sent', async () => {
    const refused = ['low_order_A', ...REFUSED_BY_WEBCRYPTO];
    expect(cctv).toHaveLength(914);
    const expected = cctv.filter(({ flags }) => refused.every((flag) => !flags.includes(flag)));
    expect(expected.length).toBeGreaterThan(10);
    const taken = await idsWhere(cctv, verify);
    expect(taken).toEqual(expected.map(({ id }) => id));
    const reencoded = cctv.filter(({ flags }) => flags.includes('reencoded_k'));
    expect(reencoded).toHaveLength(146);
    expect(reencoded.filter(({ id }) => taken.includes(id))).toEqual([]);
  });
});

describe('the portable equation', () => {
  it('Go’s edge cases: is that of RFC 8032 without cofactor, as on the server', async () => {
    const refused = ['LowOrderR', 'LowOrderResidue', 'NonCanonicalR'];
    for (const { flags, signed } of go.filter((vector) => !vector.flags.includes('NonCanonicalA'))) {
      expect(await verifyPortably(signed)).toBe(refused.every((flag) => !flags.includes(flag)));
    }
  });

  it('CCTV: is that of RFC 8032 without cofactor, as on the server', async () => {
    for (const { flags, signed } of cctv.filter((vector) => !vector.flags.includes('non_canonical_A'))) {
      const holds = REFUSED_BY_WEBCRYPTO.every((flag) => !flags.includes(flag));
      expect(await verifyPortably(signed)).toBe(holds);
    }
  });
});

describe('public keys', () => {
  it.each(cctvFile.lowOrder)('CCTV: refuses the low-order encoding %s', (key) => {
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
