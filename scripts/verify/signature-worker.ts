/** Worker thread: checks a batch of signatures with OpenSSL, of keys and forms that have passed our own checks. */
import { createPublicKey, verify } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { Signed } from '../../server/domain/record/keys.ts';

/** DER of a public key up to its raw bytes. */
const SPKI = {
  Ed25519: Buffer.from('302a300506032b6570032100', 'hex'),
  ES256: Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'),
} as const;

function holds({ alg, publicKey, message, signature }: Signed): boolean {
  try {
    const key = createPublicKey({ key: Buffer.concat([SPKI[alg], publicKey]), format: 'der', type: 'spki' });
    return alg === 'Ed25519'
      ? verify(null, message, key, signature)
      : verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    // OpenSSL throws for bytes that are no point of the curve.
    return false;
  }
}

parentPort?.on('message', (batch: readonly Signed[]) => {
  // eslint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin.
  parentPort?.postMessage(batch.map(holds));
});
