/** A log for tests of witnesses: a tree that grows, checkpoints signed with its key, and a fork of it. */
import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { toBase64 } from '../../server/domain/record/base64.ts';
import { leafHash } from '../../server/domain/record/merkle.ts';
import { formatCheckpoint } from '../../server/domain/record/notes/checkpoint.ts';
import { formatNote, signatureBy } from '../../server/domain/record/notes/note.ts';
import { createNoteKey, formatVkey } from '../../server/domain/record/notes/vkey.ts';
import { createMerkleTree } from '../../server/domain/record/tree.ts';
import { sha256 } from '../../server/services/record-crypto.ts';

/** The key of an installation; each of its meetings is a log under the installation's name. */
export interface Installation {
  readonly name: string;
  readonly privateKey: KeyObject;
  readonly publicKey: Uint8Array;
  readonly vkey: string;
}

export function createTestInstallation(name: string): Installation {
  const { privateKey } = generateKeyPairSync('ed25519');
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  const publicKey = Buffer.from(x, 'base64url');
  return {
    name,
    privateKey,
    publicKey,
    vkey: formatVkey(createNoteKey(sha256, { name, type: 'log', publicKey })),
  };
}

export type TestLog = ReturnType<typeof createTestLog>;

export function createTestLog({ privateKey, publicKey }: Installation, origin: string) {
  const tree = createMerkleTree(sha256);
  const key = createNoteKey(sha256, { name: origin, type: 'log', publicKey });
  const checkpoint = (size = tree.size) => {
    const text = formatCheckpoint({ origin, size, root: tree.root(size) });
    return formatNote({ text, signatures: [signatureBy(key, sign(null, Buffer.from(text), privateKey))] });
  };
  return {
    origin,
    key,
    tree,
    checkpoint,
    /** Appends entries named by a word and their number: another word is another history. */
    append(count: number, word = 'entry'): void {
      for (let left = count; left > 0; left--) {
        tree.append(leafHash(sha256, Buffer.from(`${word} ${tree.size}`)));
      }
    },
    /** Body of an `add-checkpoint` request. */
    request({ oldSize, size = tree.size }: { readonly oldSize: number; readonly size?: number }): string {
      const proof = oldSize <= size ? tree.consistencyProof(oldSize, size) : [];
      return `old ${oldSize}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${checkpoint(size)}`;
    },
  };
}
