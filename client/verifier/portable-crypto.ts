/** The verifier's hashes and signatures by plain arithmetic: no WebCrypto, which pages from files may not have. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { verifyPortably } from '../../server/domain/record/signing/portable-verify.ts';
import type { VerifierCrypto } from '../../server/domain/record/verify/context.ts';

export const portableCrypto: VerifierCrypto = {
  sha256: (data) => sha256(data),
  hmacSha256: (key, data) => hmac(sha256, key, data),
  verifySignature: verifyPortably,
  // Certificates bring algorithms of their own, for which WebCrypto is needed; pages from files may not have it.
  ...(typeof self.crypto?.subtle === 'object' && {
    // What reads certificates is looked at when it is needed: loading it asks for WebCrypto.
    verifyTimeStamp: async (check) =>
      (await import('../../server/domain/record/timestamp/verify-time-stamp.ts')).verifyTimeStamp(check),
  }),
};
