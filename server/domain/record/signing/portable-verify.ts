/**
 * Signatures checked by plain arithmetic, for old browsers and for the page that works from a USB stick. The
 * Ed25519 equation is the one without cofactor (RFC 8032, 5.1.7; OpenSSL): the library's own `verify` multiplies
 * by the cofactor and would take signatures that the server refuses.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, equalBytes } from '../base64.ts';
import { isSignatureWellFormed, type Signed, type VerifySignature } from '../keys.ts';

export const verifyPortably: VerifySignature = (signed) => {
  if (!isSignatureWellFormed(signed.alg, signed.signature)) return false;
  try {
    return signed.alg === 'Ed25519' ? verifyEd25519(signed) : verifyP256(signed);
  } catch {
    // The library throws for a key that is no point of the curve.
    return false;
  }
};

function verifyEd25519({ publicKey, message, signature }: Signed): boolean {
  const encodedR = signature.subarray(0, 32);
  const s = littleEndian(signature.subarray(32));
  const key = ed25519.Point.fromBytes(publicKey, false);
  const order = ed25519.Point.Fn.ORDER;
  const k = littleEndian(sha512(concatBytes(encodedR, publicKey, message))) % order;
  const r = ed25519.Point.BASE.multiplyUnsafe(s).subtract(key.multiplyUnsafe(k));
  return equalBytes(r.toBytes(), encodedR);
}

function verifyP256({ publicKey, message, signature }: Signed): boolean {
  return p256.verify(signature, message, publicKey, { lowS: true, prehash: true, format: 'compact' });
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let at = bytes.length - 1; at >= 0; at--) value = value * 256n + BigInt(bytes[at] ?? 0);
  return value;
}
