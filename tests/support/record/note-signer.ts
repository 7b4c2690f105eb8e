/** Logs and witnesses with keys made from a seed, so that tests and benchmarks repeat. */
import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { formatCheckpoint } from '../../../server/domain/record/notes/checkpoint.ts';
import { cosignedMessage, toCosignatureBytes } from '../../../server/domain/record/notes/cosignature.ts';
import { formatNote, signatureBy, type NoteSignature } from '../../../server/domain/record/notes/note.ts';
import { createNoteKey, formatVkey, type NoteKey } from '../../../server/domain/record/notes/vkey.ts';
import { sha256 } from '../../../server/services/record-crypto.ts';

/** DER of an Ed25519 private key in PKCS #8, up to the seed. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Private key whose 32-byte seed is the hash of a text. */
export function ed25519Of(text: string): { readonly privateKey: KeyObject; readonly publicKey: Uint8Array } {
  const seed = createHash('sha256').update(text).digest();
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { privateKey, publicKey: new Uint8Array(spki.subarray(-32)) };
}

export interface NoteSigner {
  readonly key: NoteKey;
  readonly vkey: string;
  sign(text: string, timeSeconds?: number): NoteSignature;
}

export function createLog(origin: string, seed: string): NoteSigner {
  const { privateKey, publicKey } = ed25519Of(seed);
  const key = createNoteKey(sha256, { name: origin, type: 'log', publicKey });
  return {
    key,
    vkey: formatVkey(key),
    sign: (text) => signatureBy(key, sign(null, Buffer.from(text), privateKey)),
  };
}

export function createWitness(name: string): NoteSigner {
  const { privateKey, publicKey } = ed25519Of(`witness ${name}`);
  const key = createNoteKey(sha256, { name, type: 'witness', publicKey });
  return {
    key,
    vkey: formatVkey(key),
    sign(text, timeSeconds = 1_795_330_000) {
      const signature = sign(null, cosignedMessage(text, timeSeconds), privateKey);
      return signatureBy(key, toCosignatureBytes({ timeSeconds, signature }));
    },
  };
}

/** A checkpoint with the log's line and those of the witnesses. */
export function signCheckpoint(
  checkpoint: { readonly origin: string; readonly size: number; readonly root: Uint8Array },
  log: NoteSigner,
  witnesses: readonly NoteSigner[] = [],
): string {
  const text = formatCheckpoint(checkpoint);
  return formatNote({ text, signatures: [log, ...witnesses].map((signer) => signer.sign(text)) });
}

/** Two of these three witnesses must have signed. */
export function policyText(log: NoteSigner, witnesses: readonly NoteSigner[], threshold = 2): string {
  const names = witnesses.map((_, index) => `w${index + 1}`);
  return [
    `log ${log.vkey}`,
    ...witnesses.map(({ vkey }, index) => `witness w${index + 1} ${vkey}`),
    `group all-witnesses ${threshold} ${names.join(' ')}`,
    'quorum all-witnesses',
    '',
  ].join('\n');
}
