/**
 * C2SP tlog-witness, `add-checkpoint`: a log shows a new checkpoint with a proof that it continues the one this
 * witness cosigned last. Checked, kept on the disk, and only then cosigned.
 */
import { equalBytes, parseBase64 } from '../../server/domain/record/base64.ts';
import { RecordFormatError } from '../../server/domain/record/canonical.ts';
import {
  parseCheckpointNote,
  parseDecimal,
  type CheckpointNote,
} from '../../server/domain/record/notes/checkpoint.ts';
import { cosignedMessage, toCosignatureBytes } from '../../server/domain/record/notes/cosignature.ts';
import { keysForOrigin } from '../../server/domain/record/notes/log-keys.ts';
import { formatSignature, signatureBy, verifyNote } from '../../server/domain/record/notes/note.ts';
import { verifyConsistency } from '../../server/domain/record/proofs.ts';
import { sha256, verifySignature } from '../../server/services/record-crypto.ts';
import type { Head } from './journal.ts';
import type { WitnessState } from './state.ts';

export interface WitnessReply {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly contentType: 'text/plain' | 'text/x.tlog.size';
  readonly body: string;
}

/** What the person in charge is told. */
export type WitnessEvent =
  | { readonly kind: 'cosigned'; readonly origin: string; readonly size: number; readonly isFirst: boolean }
  | { readonly kind: 'conflict'; readonly origin: string; readonly size: number; readonly folder: string };

export interface Witness {
  /** Judges one request body. Requests are taken one at a time, so that check and state never part. */
  addCheckpoint(body: string): Promise<WitnessReply>;
}

/** A tree of 2^63 leaves has proofs of at most 63 hashes. */
const PROOF_LINES_MAX = 63;
const HASH_BYTES = 32;

interface Submission {
  readonly oldSize: number;
  readonly proof: readonly Uint8Array[];
  /** The checkpoint as sent, byte for byte. */
  readonly noteText: string;
  readonly signed: CheckpointNote;
}

export interface WitnessDeps {
  readonly state: WitnessState;
  readonly now: () => number;
  readonly tell: (event: WitnessEvent) => void;
}

export function createWitness(deps: WitnessDeps): Witness {
  let last: Promise<unknown> = Promise.resolve();
  return {
    addCheckpoint(body) {
      const reply = last.then(() => judge(deps, body));
      last = reply.catch(() => undefined);
      return reply;
    },
  };
}

async function judge(deps: WitnessDeps, body: string): Promise<WitnessReply> {
  const submission = parseSubmission(body);
  if (!submission) return plain(400, 'This is not an add-checkpoint request.');
  const { checkpoint, note } = submission.signed;
  const keys = keysForOrigin(sha256, deps.state.logs, checkpoint.origin);
  if (keys.length === 0) return plain(404, 'This log is not known here.');
  const verdict = await verifyNote(verifySignature, note, keys);
  if (!verdict.ok) return plain(403, 'The checkpoint is not signed by the key that is known here.');
  if (submission.oldSize > checkpoint.size) return plain(400, 'The old size is larger than the checkpoint.');
  return judgeSigned(deps, submission);
}

/** From here on the log's own key vouches for the checkpoint: two that contradict each other prove its fault. */
async function judgeSigned(deps: WitnessDeps, submission: Submission): Promise<WitnessReply> {
  const { checkpoint } = submission.signed;
  const head = deps.state.journal.heads.get(checkpoint.origin);
  if (deps.state.journal.stops.has(checkpoint.origin)) return conflict(head?.size ?? 0);
  if (head && head.size === checkpoint.size && !equalBytes(head.root, checkpoint.root)) {
    const folder = await deps.state.keepConflict(head, submission.noteText);
    deps.tell({ kind: 'conflict', origin: head.origin, size: head.size, folder });
    return conflict(head.size);
  }
  if (submission.oldSize !== (head?.size ?? 0)) return conflict(head?.size ?? 0);
  if (!continues(head, submission))
    return plain(422, 'The proof does not show that the record was continued.');
  return cosign(deps, submission, head);
}

function continues(head: Head | undefined, { proof, signed: { checkpoint } }: Submission): boolean {
  if (!head) return proof.length === 0;
  return verifyConsistency(sha256, {
    oldSize: head.size,
    oldRoot: head.root,
    newSize: checkpoint.size,
    newRoot: checkpoint.root,
    proof,
  });
}

async function cosign(
  { state, now, tell }: WitnessDeps,
  { signed: { checkpoint, note }, noteText }: Submission,
  head: Head | undefined,
): Promise<WitnessReply> {
  const { origin, size, root } = checkpoint;
  const nowMs = now();
  // The same checkpoint again is a lost answer: there is nothing new to keep.
  if (size !== head?.size) {
    await state.journal.addHead({ origin, size, root, note: noteText, at: new Date(nowMs).toISOString() });
  }
  const timeSeconds = Math.floor(nowMs / 1000);
  const signature = state.sign(cosignedMessage(note.text, timeSeconds));
  tell({ kind: 'cosigned', origin, size, isFirst: head === undefined });
  const line = formatSignature(signatureBy(state.key, toCosignatureBytes({ timeSeconds, signature })));
  return { status: 200, contentType: 'text/plain', body: line };
}

/** Undefined for anything that is not in the format. */
function parseSubmission(body: string): Submission | undefined {
  const split = body.indexOf('\n\n');
  const [first = '', ...lines] = body.slice(0, Math.max(split, 0)).split('\n');
  const oldSize = first.startsWith('old ') ? parseDecimal(first.slice('old '.length)) : undefined;
  if (oldSize === undefined || lines.length > PROOF_LINES_MAX) return undefined;
  const proof = lines.map(parseBase64).filter((hash) => hash?.length === HASH_BYTES);
  if (proof.length !== lines.length) return undefined;
  const noteText = body.slice(split + 2);
  const signed = parseNoteOrNothing(noteText);
  return signed && { oldSize, proof: proof as Uint8Array[], noteText, signed };
}

function parseNoteOrNothing(text: string): CheckpointNote | undefined {
  try {
    return parseCheckpointNote(text);
  } catch (error) {
    if (error instanceof RecordFormatError) return undefined;
    throw error;
  }
}

const plain = (status: 400 | 403 | 404 | 422, body: string): WitnessReply => ({
  status,
  contentType: 'text/plain',
  body: `${body}\n`,
});

/** The size that this witness cosigned last; to a log that it has stopped for, the same for ever. */
const conflict = (size: number): WitnessReply => ({
  status: 409,
  contentType: 'text/x.tlog.size',
  body: `${size}\n`,
});
