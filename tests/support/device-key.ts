/** A device's key as a browser would make it, with Node's WebCrypto. */
import { subtle } from 'node:crypto';
import { toBase64 } from '../../server/domain/record/base64.ts';
import { ballotMessage, keyMessage, toLowS, type KeyAlgorithm } from '../../server/domain/record/keys.ts';
import type { BallotBody, BallotSignature, RoomRequest } from '../../server/protocol/room.ts';

const schemes = {
  Ed25519: { generate: { name: 'Ed25519' }, sign: { name: 'Ed25519' } },
  ES256: { generate: { name: 'ECDSA', namedCurve: 'P-256' }, sign: { name: 'ECDSA', hash: 'SHA-256' } },
} as const;

export interface DeviceKey {
  readonly alg: KeyAlgorithm;
  /** Raw, base64. */
  readonly publicKey: string;
  sign(message: Uint8Array): Promise<Uint8Array>;
  /** The request that binds this key to the person. */
  binding(of: { readonly origin: string; readonly personId: string }): Promise<RoomRequest<'key:bind'>>;
  signBallot(keyId: string, ballot: BallotBody): Promise<BallotSignature>;
}

export async function createDeviceKey(alg: KeyAlgorithm = 'Ed25519'): Promise<DeviceKey> {
  const scheme = schemes[alg];
  const pair = (await subtle.generateKey(scheme.generate, false, ['sign', 'verify'])) as CryptoKeyPair;
  const publicKey = toBase64(new Uint8Array(await subtle.exportKey('raw', pair.publicKey)));
  const sign = async (message: Uint8Array): Promise<Uint8Array> => {
    const signature = new Uint8Array(await subtle.sign(scheme.sign, pair.privateKey, message));
    return alg === 'ES256' ? toLowS(signature) : signature;
  };
  return {
    alg,
    publicKey,
    sign,
    async binding({ origin, personId }) {
      const proof = toBase64(await sign(keyMessage({ origin, personId, alg, publicKey })));
      return { alg, publicKey, proof };
    },
    async signBallot(keyId, ballot) {
      return { keyId, signature: toBase64(await sign(ballotMessage(ballot))) };
    },
  };
}
