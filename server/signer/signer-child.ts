/**
 * The signer's process: `node signer-child.ts <directory>`. Requests that arrive in one turn share one write and
 * one sync; answers follow it. It ends with the channel to its parent, and by itself when it cannot know what
 * is on the disk.
 */
import { sign } from 'node:crypto';
import process from 'node:process';
import { formatCheckpoint } from '../domain/record/notes/checkpoint.ts';
import { formatNote, signatureBy } from '../domain/record/notes/note.ts';
import { createNoteKey, type NoteKey } from '../domain/record/notes/vkey.ts';
import { sha256 } from '../services/record-crypto.ts';
import type { SignedHead, SignRequest, SignVerdict } from '../services/ports/signer-port.ts';
import { judge } from './judge.ts';
import { DAMAGED_EXIT_CODE, type FromSigner, type SignerAnswer, type ToSigner } from './messages.ts';
import { openSignedHeads } from './signed-heads.ts';
import { openSigningKey, signerFiles, SignerDamagedError, type SigningKey } from './signing-key.ts';

const ROOT_BYTES = 32;

function start(directory: string): void {
  const key = openSigningKey(directory);
  const heads = openSignedHeads(signerFiles(directory).heads);
  const signNote = createNoteSigner(key);
  let waiting: ToSigner[] = [];

  function answerAll(): void {
    const messages = waiting;
    waiting = [];
    const signed = new Map<string, SignedHead>();
    const headOf = (origin: string) => signed.get(origin) ?? heads.get(origin);
    const answers = messages.map((message) => {
      const answer = answerTo(message, { headOf, signed, signNote });
      return { ...answer, id: message.id };
    });
    if (signed.size > 0) heads.put(signed);
    send({ answers });
  }

  process.on('message', (message: ToSigner) => {
    waiting.push(message);
    if (waiting.length === 1) setImmediate(answerAll);
  });
  process.on('disconnect', () => {
    heads.close();
    process.exit(0);
  });
  send({ publicKey: key.publicKey });
}

interface Answering {
  readonly headOf: (origin: string) => SignedHead | undefined;
  /** Heads that are about to be made durable. */
  readonly signed: Map<string, SignedHead>;
  readonly signNote: (request: SignRequest) => string;
}

function answerTo(message: ToSigner, answering: Answering): SignerAnswer {
  if (message.ask === 'head') return { head: answering.headOf(message.origin) };
  try {
    return { verdict: verdictOn(message.request, answering) };
  } catch (error) {
    return { refused: String(error) };
  }
}

function verdictOn(request: SignRequest, { headOf, signed, signNote }: Answering): SignVerdict {
  const { origin, size, root } = request;
  if (root.length !== ROOT_BYTES) throw new RangeError('a root has 32 bytes');
  const head = headOf(origin);
  const code = judge(head, request);
  if (code !== 'SIGN') return { ok: false, code, head: head ?? { size: 0, root: sha256(new Uint8Array(0)) } };
  const note = signNote(request);
  if (size !== head?.size) signed.set(origin, { size, root });
  return { ok: true, note };
}

function createNoteSigner({ privateKey, publicKey }: SigningKey) {
  const keys = new Map<string, NoteKey>();
  const keyOf = (origin: string): NoteKey => {
    const key = keys.get(origin) ?? createNoteKey(sha256, { name: origin, type: 'log', publicKey });
    keys.set(origin, key);
    return key;
  };
  return ({ origin, size, root }: SignRequest): string => {
    const text = formatCheckpoint({ origin, size, root });
    const signature = sign(null, Buffer.from(text), privateKey);
    return formatNote({ text, signatures: [signatureBy(keyOf(origin), signature)] });
  };
}

function send(message: FromSigner): void {
  // The parent may have gone in between; then nobody is answered, and the process ends by itself.
  process.send?.(message, undefined, undefined, () => undefined);
}

try {
  start(process.argv[2] ?? '');
} catch (error) {
  console.error(`signer: ${String(error)}`);
  process.exit(error instanceof SignerDamagedError ? DAMAGED_EXIT_CODE : 1);
}
