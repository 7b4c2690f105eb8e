/** The record's hashes from Node's OpenSSL; the browser brings its own to the same functions. */
import { hash, subtle, type webcrypto } from 'node:crypto';
import { COMMITMENT_KEY_BYTES, committedText, type HmacSha256 } from '../domain/record/commitments.ts';
import type { KeyAlgorithm, VerifySignature } from '../domain/record/keys.ts';
import type { Sha256 } from '../domain/record/merkle.ts';

/**
 * One call without a hash object, and its answer as text: a buffer of OpenSSL's own making takes twice as long as
 * the hash. Of 100 bytes: 0.9 µs, `hash` to a buffer 2.3 µs, `createHash` 3.2 µs.
 */
export const sha256: Sha256 = (data) => Buffer.from(hash('sha256', data, 'binary'), 'binary');

const HASH_BYTES = 32;
const HMAC_BLOCK_BYTES = 64;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

/** Reused from call to call: the padded key, and behind it what is hashed. Read before the next call writes here. */
let innerPart = Buffer.alloc(1024);
const outerPart = Buffer.alloc(HMAC_BLOCK_BYTES + HASH_BYTES);

function makeRoom(dataBytes: number): void {
  const length = HMAC_BLOCK_BYTES + dataBytes;
  if (innerPart.length < length) innerPart = Buffer.alloc(length);
}

/**
 * RFC 2104 over the one-shot hash, of data that lies in `innerPart` behind the block: `createHmac` takes 25 µs or
 * more to look at its key, and a roll of 50 000 creditors brings 150 000 commitments. The key is of a block at most.
 */
function hmacOfPart(key: Uint8Array, dataBytes: number, encoding: 'base64' | 'binary'): string {
  for (let index = 0; index < HMAC_BLOCK_BYTES; index++) {
    const byte = key[index] ?? 0;
    innerPart[index] = byte ^ INNER_PAD;
    outerPart[index] = byte ^ OUTER_PAD;
  }
  const inner = hash('sha256', innerPart.subarray(0, HMAC_BLOCK_BYTES + dataBytes), 'binary');
  outerPart.write(inner, HMAC_BLOCK_BYTES, 'binary');
  return hash('sha256', outerPart, encoding);
}

export const hmacSha256: HmacSha256 = (key, data) => {
  makeRoom(data.length);
  innerPart.set(data, HMAC_BLOCK_BYTES);
  const short = key.length > HMAC_BLOCK_BYTES ? sha256(key) : key;
  return Buffer.from(hmacOfPart(short, data.length, 'binary'), 'binary');
};

/** UTF-8 takes at most three bytes for each unit of UTF-16. */
const UNIT_MAX_BYTES = 3;

/** What `commitmentTo` gives with `hmacSha256`, base64 and without a copy of the text; `value` is in NFC. */
export function commitmentOf(key: Uint8Array, field: string, value: string): string {
  if (key.length !== COMMITMENT_KEY_BYTES) throw new RangeError('a commitment needs a key of 32 bytes');
  const text = committedText(field, value);
  makeRoom(text.length * UNIT_MAX_BYTES);
  return hmacOfPart(key, innerPart.write(text, HMAC_BLOCK_BYTES), 'base64');
}

const algorithms = {
  Ed25519: { key: { name: 'Ed25519' }, signature: { name: 'Ed25519' } },
  ES256: {
    key: { name: 'ECDSA', namedCurve: 'P-256' },
    signature: { name: 'ECDSA', hash: 'SHA-256' },
  },
} as const;

/** Imported keys by their bytes: reading a raw key holds the loop for as long as four checks of a signature. */
const importedKeys = new Map<string, Promise<webcrypto.CryptoKey>>();
const IMPORTED_KEYS_MAX = 16_384;

function importKey(alg: KeyAlgorithm, publicKey: Uint8Array<ArrayBuffer>): Promise<webcrypto.CryptoKey> {
  const name = `${alg} ${Buffer.from(publicKey).toString('latin1')}`;
  const known = importedKeys.get(name);
  if (known !== undefined) return known;
  const imported = subtle.importKey('raw', publicKey, algorithms[alg].key, false, ['verify']);
  importedKeys.set(name, imported);
  const [oldest] = importedKeys.keys();
  if (importedKeys.size > IMPORTED_KEYS_MAX && oldest !== undefined) importedKeys.delete(oldest);
  return imported;
}

/**
 * In the thread pool: about 170 µs that must not hold up the event loop. WebCrypto, because it takes raw keys
 * in 20 µs where `createPublicKey` reads a DER or JWK in 100 µs, on the loop.
 */
export const verifySignature: VerifySignature = async ({ alg, publicKey, message, signature }) => {
  const imported = await importKey(alg, publicKey as Uint8Array<ArrayBuffer>);
  return subtle.verify(algorithms[alg].signature, imported, signature, message);
};
