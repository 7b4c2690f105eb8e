/**
 * record.md 9: public keys and signatures in their one spelling, refused by our own check whatever the
 * library takes. RFC 8032 5.1 (encoding), C2SP CCTV Ed25519 (points of small order), FIPS 186-5 (P-256).
 */
import { subtle } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { describe, expect, it } from '@jest/globals';
import { fromHex, toHex } from '../../server/domain/record/base64.ts';
import {
  ballotMessage,
  findPublicKeyFault,
  isGenuine,
  isSignatureWellFormed,
  keyIdOf,
  toLowS,
  type KeyAlgorithm,
  type Signed,
} from '../../server/domain/record/keys.ts';
import { sha256, verifySignature } from '../../server/services/record-crypto.ts';
import { createDeviceKey } from '../support/device-key.ts';
import { fromBase64 } from '../../server/domain/record/base64.ts';

const fill = (byte: string, count: number) => byte.repeat(count);
/** y = p - 1, p, p + 1 and 2^255 - 1, little-endian. */
const P_MINUS_1 = `ec${fill('ff', 30)}7f`;
const P = `ed${fill('ff', 30)}7f`;
const P_PLUS_1 = `ee${fill('ff', 30)}7f`;
const Y8_A = '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05';
const Y8_B = 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a';
const otherSign = (hex: string) => hex.slice(0, 62) + toHex(Uint8Array.of(fromHex(hex.slice(62))[0]! ^ 0x80));

describe('a public key of Ed25519', () => {
  it.each<[string, string, string | undefined]>([
    [
      'of RFC 8032 7.1, test 1',
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      undefined,
    ],
    ['too short', fill('11', 31), 'LENGTH'],
    ['too long', fill('11', 33), 'LENGTH'],
    ['neutral (y = 1)', `01${fill('00', 31)}`, 'LOW_ORDER'],
    ['neutral with the sign set', `01${fill('00', 30)}80`, 'LOW_ORDER'],
    ['of order 2 (y = -1)', P_MINUS_1, 'LOW_ORDER'],
    ['of order 4 (y = 0)', fill('00', 32), 'LOW_ORDER'],
    ['of order 4, other sign', `${fill('00', 31)}80`, 'LOW_ORDER'],
    ['of order 8, one', Y8_A, 'LOW_ORDER'],
    ['of order 8, two', Y8_B, 'LOW_ORDER'],
    ['of order 8, three', otherSign(Y8_A), 'LOW_ORDER'],
    ['of order 8, four', otherSign(Y8_B), 'LOW_ORDER'],
    ['of order 4 in another spelling (y = p)', P, 'LOW_ORDER'],
    ['neutral in another spelling (y = p + 1)', P_PLUS_1, 'LOW_ORDER'],
    ['not reduced (y = p + 3)', `f0${fill('ff', 30)}7f`, 'NOT_CANONICAL'],
    ['not reduced (y = 2^255 - 1)', `${fill('ff', 31)}7f`, 'NOT_CANONICAL'],
    ['off the curve (y = 2)', `02${fill('00', 31)}`, 'NOT_ON_CURVE'],
  ])('%s', (_what, hex, fault) => {
    expect(findPublicKeyFault('Ed25519', fromHex(hex))).toBe(fault);
  });
});

describe('a public key of P-256', () => {
  const point = p256.Point.BASE.toBytes(false);
  const changed = (at: number, byte: number) => point.map((each, index) => (index === at ? byte : each));
  it.each<[string, Uint8Array, string | undefined]>([
    ['the generator', point, undefined],
    ['compressed', p256.Point.BASE.toBytes(true), 'LENGTH'],
    ['hybrid (06)', changed(0, 6), 'LENGTH'],
    ['infinity (one byte 00)', new Uint8Array(1), 'LENGTH'],
    ['the origin', changed(0, 4).map((each, index) => (index === 0 ? each : 0)), 'NOT_ON_CURVE'],
    ['off the curve', changed(64, 0), 'NOT_ON_CURVE'],
    [
      'with a coordinate beyond the field',
      new Uint8Array(65).fill(255).map((b, i) => (i ? b : 4)),
      'NOT_CANONICAL',
    ],
  ])('%s', (_what, bytes, fault) => {
    expect(findPublicKeyFault('ES256', bytes)).toBe(fault);
  });
});

describe('keys that a device makes', () => {
  it.each<KeyAlgorithm>(['Ed25519', 'ES256'])(
    'of %s are taken, and both libraries verify them',
    async (alg) => {
      for (let round = 0; round < 20; round++) {
        const key = await createDeviceKey(alg);
        const publicKey = fromBase64(key.publicKey);
        expect(findPublicKeyFault(alg, publicKey)).toBeUndefined();
        const message = ballotMessage({ v: '1', nonce: String(round) });
        const signature = await key.sign(message);
        const signed: Signed = { alg, publicKey, message, signature };
        expect(await isGenuine(signed, verifySignature)).toBe(true);
        expect(await isGenuine(signed, verifyByNoble)).toBe(true);
        const other = { ...signed, message: ballotMessage({ v: '1', nonce: 'x' }) };
        expect(await isGenuine(other, verifySignature)).toBe(false);
      }
    },
  );

  it('are named by algorithm and bytes', async () => {
    const { publicKey } = await createDeviceKey();
    const keyId = keyIdOf(sha256, 'Ed25519', fromBase64(publicKey));
    expect(keyId).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(keyIdOf(sha256, 'ES256', fromBase64(publicKey))).not.toBe(keyId);
  });
});

function verifyByNoble({ alg, publicKey, message, signature }: Signed): boolean {
  if (alg === 'Ed25519') return ed25519.verify(signature, message, publicKey, { zip215: false });
  return p256.verify(signature, message, publicKey, { lowS: true });
}

describe('a signature', () => {
  const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
  const littleEndian = (value: bigint) => fromHex(value.toString(16).padStart(64, '0')).reverse();
  const withS = (s: bigint) => Uint8Array.from([...new Uint8Array(32).fill(2), ...littleEndian(s)]);

  it.each<[string, boolean, Uint8Array]>([
    ['with S just below the order', true, withS(ORDER - 1n)],
    ['with S equal to the order (RFC 8032 5.1.7)', false, withS(ORDER)],
    ['with S beyond it', false, withS(ORDER + 1n)],
    ['with an R of small order', false, new Uint8Array(64)],
    ['too short', false, new Uint8Array(63)],
    ['too long', false, new Uint8Array(65)],
  ])('of Ed25519 %s: %s', (_what, isTaken, signature) => {
    expect(isSignatureWellFormed('Ed25519', signature)).toBe(isTaken);
  });

  it('of ES256 is taken with s in the lower half alone, though the library takes both', async () => {
    const { privateKey, publicKey } = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ]);
    const message = ballotMessage({ v: '1' });
    const made = await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, message);
    const low = toLowS(new Uint8Array(made));
    const s = BigInt(`0x${toHex(low.subarray(32))}`);
    const high = Uint8Array.from([
      ...low.subarray(0, 32),
      ...fromHex((p256.Point.Fn.ORDER - s).toString(16).padStart(64, '0')),
    ]);
    const raw = new Uint8Array(await subtle.exportKey('raw', publicKey));
    const signed = { alg: 'ES256', publicKey: raw, message } as const;
    expect(await verifySignature({ ...signed, signature: high })).toBe(true);
    expect(await isGenuine({ ...signed, signature: high }, verifySignature)).toBe(false);
    expect(await isGenuine({ ...signed, signature: low }, verifySignature)).toBe(true);
    expect(toLowS(high)).toEqual(low);
    expect(toLowS(low)).toEqual(low);
  });

  it.each([
    ['r = 0', 0, 32],
    ['s = 0', 32, 64],
  ])('of ES256 with %s is not taken', (_what, from, to) => {
    expect(isSignatureWellFormed('ES256', new Uint8Array(64).fill(1).fill(0, from, to))).toBe(false);
  });
});
