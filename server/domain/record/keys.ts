/**
 * Device keys and what they sign (record.md 9). The checks here come before any library's: what a library
 * takes differs from version to version (Node 20 verifies under low-order Ed25519 keys, Node 24 does not),
 * and a key or signature that one reader takes and another refuses has no place in a record.
 *
 * Ed25519: RFC 8032 5.1. ES256: ECDSA on P-256 with SHA-256 (FIPS 186-5), signature r||s, point uncompressed.
 */
import { canonicalBytes } from './canonical.ts';
import { toBase64, toHex } from './base64.ts';
import type { Sha256 } from './merkle.ts';

export type KeyAlgorithm = 'Ed25519' | 'ES256';

/** Verifies a signature over a message whose key and form have passed the checks below. */
export type VerifySignature = (signed: Signed) => boolean | Promise<boolean>;

export interface Signed {
  readonly alg: KeyAlgorithm;
  /** Raw: 32 bytes for Ed25519, 65 (04 || x || y) for ES256. */
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  /** 64 bytes: R || S for Ed25519, r || s for ES256. */
  readonly signature: Uint8Array;
}

/** Why a public key is not taken. */
export type PublicKeyFault = 'LENGTH' | 'NOT_CANONICAL' | 'LOW_ORDER' | 'NOT_ON_CURVE';

const SIGNATURE_BYTES = 64;
const encoder = new TextEncoder();
const BALLOT_PREFIX = encoder.encode('creditors-meeting/ballot/v1\n');
const KEY_PREFIX = encoder.encode('creditors-meeting/key/v1\n');
const KEY_ID_PREFIX = encoder.encode('creditors-meeting/key-id/v1\n');

/** What a device signs: prefix, line feed, JCS of the ballot. */
export function ballotMessage(ballot: object): Uint8Array {
  return concat(BALLOT_PREFIX, canonicalBytes(ballot));
}

export interface KeyStatement {
  readonly origin: string;
  readonly personId: string;
  readonly alg: KeyAlgorithm;
  /** Raw public key, base64. */
  readonly publicKey: string;
}

/** What a new key signs, to show that its holder asks for the binding, for this person and meeting. */
export function keyMessage({ origin, personId, alg, publicKey }: KeyStatement): Uint8Array {
  return concat(KEY_PREFIX, canonicalBytes({ origin, personId, alg, publicKey }));
}

/** Name of a key: SHA-256 over prefix, algorithm, line feed, raw key; base64url without padding. */
export function keyIdOf(sha256: Sha256, alg: KeyAlgorithm, publicKey: Uint8Array): string {
  const hash = sha256(concat(KEY_ID_PREFIX, encoder.encode(`${alg}\n`), publicKey));
  return toBase64(hash).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Undefined for a public key that is taken. */
export function findPublicKeyFault(alg: KeyAlgorithm, publicKey: Uint8Array): PublicKeyFault | undefined {
  return alg === 'Ed25519' ? findEd25519Fault(publicKey) : findP256Fault(publicKey);
}

/**
 * The same but for whether the point is on the curve, which takes an Ed25519 key half a millisecond here: enough
 * for a key under which a signature has been found genuine, since none is for a point that is not there.
 */
export function findPublicKeyFormFault(alg: KeyAlgorithm, publicKey: Uint8Array): PublicKeyFault | undefined {
  return alg === 'Ed25519' ? findEd25519FormFault(publicKey) : findP256Fault(publicKey);
}

/**
 * The one spelling of a signature: S below the group's order, s in the lower half of it. An R of small order is
 * refused as well, because WebCrypto refuses it and OpenSSL does not.
 */
export function isSignatureWellFormed(alg: KeyAlgorithm, signature: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false;
  if (alg === 'Ed25519') {
    const y = fromLittleEndian(signature.subarray(0, 32)) & (2n ** 255n - 1n);
    return !LOW_ORDER_Y.has(y % ED25519_FIELD) && fromLittleEndian(signature.subarray(32)) < ED25519_ORDER;
  }
  const r = fromBigEndian(signature.subarray(0, 32));
  const s = fromBigEndian(signature.subarray(32));
  return r > 0n && r < P256_ORDER && s > 0n && s <= P256_ORDER / 2n;
}

/** The same ES256 signature with s in the lower half: browsers return either. */
export function toLowS(signature: Uint8Array): Uint8Array {
  const s = fromBigEndian(signature.subarray(32));
  if (s <= P256_ORDER / 2n) return signature;
  const low = Uint8Array.from(signature);
  const hex = (P256_ORDER - s).toString(16).padStart(64, '0');
  for (let at = 0; at < 32; at++) low[32 + at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16);
  return low;
}

/** Own check of the form first, then the mathematics. The key itself is checked once, when it is bound. */
export async function isGenuine(signed: Signed, verify: VerifySignature): Promise<boolean> {
  return isSignatureWellFormed(signed.alg, signed.signature) && (await verify(signed));
}

// ---- Ed25519: -x² + y² = 1 + d x² y² over p = 2^255 - 19 ---------------------------------------------

const ED25519_FIELD = 2n ** 255n - 19n;
const ED25519_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const ED25519_D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
/** y of the eight points of small order: 1, -1, 0, and two more (each with either sign of x). */
const LOW_ORDER_Y: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  ED25519_FIELD - 1n,
  2707385501144840649318225287225658788936804267575313519463743609750303402022n,
  55188659117513257062467267217118295137698188065244968500265048394206261417927n,
]);

function findEd25519Fault(publicKey: Uint8Array): PublicKeyFault | undefined {
  const fault = findEd25519FormFault(publicKey);
  if (fault !== undefined) return fault;
  const y = ordinateOf(publicKey);
  // x² = (y² - 1) / (d y² + 1) has a root exactly when numerator times denominator is a square.
  const y2 = (y * y) % ED25519_FIELD;
  const product = ((y2 - 1n) * (ED25519_D * y2 + 1n)) % ED25519_FIELD;
  return isSquare(product, ED25519_FIELD) ? undefined : 'NOT_ON_CURVE';
}

function findEd25519FormFault(publicKey: Uint8Array): PublicKeyFault | undefined {
  if (publicKey.length !== 32) return 'LENGTH';
  const y = ordinateOf(publicKey);
  if (LOW_ORDER_Y.has(y % ED25519_FIELD)) return 'LOW_ORDER';
  return y >= ED25519_FIELD ? 'NOT_CANONICAL' : undefined;
}

const ordinateOf = (publicKey: Uint8Array): bigint => fromLittleEndian(publicKey) & (2n ** 255n - 1n);

// ---- P-256: y² = x³ - 3x + b over p -----------------------------------------------------------------

const P256_FIELD = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const P256_B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const UNCOMPRESSED = 4;

function findP256Fault(publicKey: Uint8Array): PublicKeyFault | undefined {
  if (publicKey.length !== 65 || publicKey[0] !== UNCOMPRESSED) return 'LENGTH';
  const x = fromBigEndian(publicKey.subarray(1, 33));
  const y = fromBigEndian(publicKey.subarray(33));
  if (x >= P256_FIELD || y >= P256_FIELD) return 'NOT_CANONICAL';
  // The group's order is prime: a point on the curve has full order, and infinity has no such encoding.
  const difference = y * y - (x * x * x - 3n * x + P256_B);
  return difference % P256_FIELD === 0n ? undefined : 'NOT_ON_CURVE';
}

// ---- numbers ----------------------------------------------------------------------------------------

/** Euler's criterion; zero counts as a square. Public values only: nothing here runs in constant time. */
function isSquare(value: bigint, field: bigint): boolean {
  let base = ((value % field) + field) % field;
  let result = 1n;
  for (let exponent = (field - 1n) / 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % field;
    base = (base * base) % field;
  }
  return result !== field - 1n;
}

function fromBigEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes)}`);
}

function fromLittleEndian(bytes: Uint8Array): bigint {
  // A copy: `slice` of a Buffer is not one, and the key would be turned round where it lies.
  return fromBigEndian(Uint8Array.from(bytes).reverse());
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
