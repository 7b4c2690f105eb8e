/**
 * The device's key (record.md 9): made once per person and meeting, never readable by a script, and bound by
 * the server before it counts. Ed25519 where the browser has it, else P-256, else none: then ballots are sent
 * unsigned and the receipt says so. Loaded after the room is shown.
 */
import { fromBase64, toBase64 } from '../../server/domain/record/base64.ts';
import { ballotMessage, keyMessage, toLowS, type KeyAlgorithm } from '../../server/domain/record/keys.ts';
import type { BallotBody, BallotSignature } from '../../server/protocol/room.ts';
import { findKey, keepKey, keepNewKey, type KeptKey } from './key-store.ts';
import { request } from '../state/room.ts';

/** Whose key it is. */
export interface KeyOwner {
  readonly personId: string;
  /** Origin of the meeting's record. */
  readonly origin: string;
}

const SCHEMES = {
  Ed25519: { generate: { name: 'Ed25519' }, sign: { name: 'Ed25519' } },
  ES256: { generate: { name: 'ECDSA', namedCurve: 'P-256' }, sign: { name: 'ECDSA', hash: 'SHA-256' } },
} as const;

const toId = ({ personId, origin }: KeyOwner): string => `${origin} ${personId}`;

async function generate(alg: KeyAlgorithm): Promise<KeptKey | undefined> {
  try {
    const { subtle } = window.crypto;
    const pair = (await subtle.generateKey(SCHEMES[alg].generate, false, [
      'sign',
      'verify',
    ])) as CryptoKeyPair;
    const raw = await subtle.exportKey('raw', pair.publicKey);
    return { alg, publicKey: toBase64(new Uint8Array(raw)), privateKey: pair.privateKey, keyId: null };
  } catch {
    // Not in this browser, or not on a page without HTTPS.
    return undefined;
  }
}

async function sign({ alg, privateKey }: KeptKey, message: Uint8Array): Promise<string> {
  const made = await window.crypto.subtle.sign(SCHEMES[alg].sign, privateKey, new Uint8Array(message));
  const signature = new Uint8Array(made);
  return toBase64(alg === 'ES256' ? toLowS(signature) : signature);
}

async function findOrMakeKey(owner: KeyOwner): Promise<KeptKey | undefined> {
  const id = toId(owner);
  const known = await findKey(id);
  if (known !== undefined) return known;
  const made = (await generate('Ed25519')) ?? (await generate('ES256'));
  return made && keepNewKey(id, made);
}

async function bind(owner: KeyOwner, key: KeptKey): Promise<KeptKey> {
  const { alg, publicKey } = key;
  const proof = await sign(key, keyMessage({ ...owner, alg, publicKey }));
  const { keyId } = await request('key:bind', { alg, publicKey, proof });
  const bound = { ...key, keyId };
  await keepKey(toId(owner), bound);
  return bound;
}

/** Bindings under way: a ballot sent meanwhile waits for the same one. */
const underWay = new Map<string, Promise<KeptKey | undefined>>();

/**
 * The key of this browser, made and bound when it was not yet; undefined where the browser can sign nothing.
 * Throws AppError when the server did not answer or refused the key.
 */
export function bindDeviceKey(owner: KeyOwner): Promise<KeptKey | undefined> {
  const id = toId(owner);
  const running = underWay.get(id);
  if (running !== undefined) return running;
  const started = findOrMakeKey(owner)
    .then((key) => (key === undefined || key.keyId !== null ? key : bind(owner, key)))
    .finally(() => underWay.delete(id));
  underWay.set(id, started);
  return started;
}

/** The server does not know this key (any more): it is bound again before the next signature. */
export async function bindAnew(owner: KeyOwner): Promise<void> {
  const key = await findKey(toId(owner));
  if (key !== undefined) await keepKey(toId(owner), { ...key, keyId: null });
  await bindDeviceKey(owner);
}

/** Signs a ballot; undefined where this browser cannot. Throws AppError as `bindDeviceKey`. */
export async function signBallot(owner: KeyOwner, ballot: BallotBody): Promise<BallotSignature | undefined> {
  const key = await bindDeviceKey(owner);
  if (key === undefined || key.keyId === null) return undefined;
  return { keyId: key.keyId, signature: await sign(key, ballotMessage(ballot)) };
}

/** The public key with which this browser signs for the owner; undefined when it has none (any more). */
export async function findOwnPublicKey(
  owner: KeyOwner,
): Promise<{ alg: KeyAlgorithm; keyId: string | null; publicKey: Uint8Array } | undefined> {
  const key = await findKey(toId(owner));
  return key && { alg: key.alg, keyId: key.keyId, publicKey: fromBase64(key.publicKey) };
}
