/**
 * The installation's key: made once, readable by its owner alone, never in the database and never in a message.
 * Key and state belong together: a key whose state is gone would sign a second history.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Files of the signer that do not belong together. Signing with them could contradict what was signed. */
export class SignerDamagedError extends Error {
  override readonly name = 'SignerDamagedError';
}

export interface SigningKey {
  readonly privateKey: KeyObject;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

export interface SignerFiles {
  readonly key: string;
  readonly heads: string;
}

/** Bytes before the raw key in SubjectPublicKeyInfo (RFC 8410). */
const SPKI_PREFIX_BYTES = 12;

export function signerFiles(directory: string): SignerFiles {
  return { key: join(directory, 'key.pem'), heads: join(directory, 'heads.log') };
}

/** Reads the key, or makes it together with an empty state. @throws SignerDamagedError */
export function openSigningKey(directory: string): SigningKey {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const files = signerFiles(directory);
  if (!existsSync(files.key)) makeKey(directory, files);
  if (!existsSync(files.heads)) throw new SignerDamagedError('the key is there and what it signed is not');
  const privateKey = createPrivateKey(readFileSync(files.key));
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { privateKey, publicKey: Uint8Array.from(spki.subarray(SPKI_PREFIX_BYTES)) };
}

function makeKey(directory: string, files: SignerFiles): void {
  // A state without its key: the key was lost, and another one must not go on under the same origins.
  if (existsSync(files.heads) && readFileSync(files.heads).length > 0) {
    throw new SignerDamagedError('what was signed is there and the key is not');
  }
  const { privateKey } = generateKeyPairSync('ed25519');
  writeDurably(files.heads, '');
  // Last: a crash in between leaves an empty state, and the next start makes both.
  writeDurably(files.key, privateKey.export({ format: 'pem', type: 'pkcs8' }));
  syncDirectory(directory);
}

function writeDurably(path: string, text: string | Buffer): void {
  const file = openSync(path, 'w', 0o600);
  try {
    writeSync(file, text.toString());
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A new or renamed file is only there after a crash when its directory is written, too. */
export function syncDirectory(directory: string): void {
  const file = openSync(directory, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
