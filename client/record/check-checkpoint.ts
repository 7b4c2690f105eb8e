/**
 * Whether a checkpoint is the log's, and continues the last one that this browser saw (record.md 4 and 6). By
 * plain arithmetic, so that old browsers can do it; loaded when something is checked.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { parseBase64 } from '../../server/domain/record/base64.ts';
import {
  parseCheckpointNote,
  type CheckpointNote,
  type ParsedCheckpoint,
} from '../../server/domain/record/notes/checkpoint.ts';
import { verifyNote } from '../../server/domain/record/notes/note.ts';
import { parseVkey, type NoteKey } from '../../server/domain/record/notes/vkey.ts';
import { verifyConsistency } from '../../server/domain/record/proofs.ts';
import { verifyPortably } from '../../server/domain/record/signing/portable-verify.ts';
import { failed, ok, unchecked, type Finding } from './findings.ts';
import type { SeenRecord } from './seen-record.ts';

/**
 * Sibling hashes, base64, from the tree of `from` leaves to that of `to`. A server that has signed both and
 * refuses the proof has something to hide; one that is not reached has not.
 */
export type FetchConsistency = (
  from: number,
  to: number,
) => Promise<readonly string[] | 'refused' | 'no-answer'>;

export interface CheckpointQuestion {
  /** Origin of the meeting's record. */
  readonly origin: string;
  /** The signed checkpoint. */
  readonly note: string;
  /** The log's public key as the server says it now. */
  readonly vkey: string;
  readonly seen: SeenRecord | undefined;
  readonly fetchConsistency: FetchConsistency;
}

export interface CheckpointAnswer {
  readonly findings: readonly Finding[];
  /** What to remember from now on: the larger of the two checkpoints. Undefined after a failure. */
  readonly remember: SeenRecord | undefined;
}

export async function checkCheckpoint(question: CheckpointQuestion): Promise<CheckpointAnswer> {
  const { vkey, seen } = question;
  if (seen !== undefined && seen.vkey !== vkey) return refused(failed('checkpoint', 'KEY_CHANGED'));
  const signed = await readSigned(question.note, question);
  if (signed === undefined) return refused(failed('checkpoint', 'CHECKPOINT_WRONG'));
  const earlier = seen?.checkpoint ? readCheckpoint(seen.checkpoint) : undefined;
  if (earlier === undefined) {
    const remember = { vkey, checkpoint: question.note };
    return { findings: [ok('checkpoint'), unchecked('consistency', 'FIRST_SIGHT')], remember };
  }
  const isLater = signed.size > earlier.size;
  const [old, young] = isLater ? [earlier, signed] : [signed, earlier];
  const consistency = await compare(old, young, question.fetchConsistency);
  if (consistency.outcome === 'failed') return refused(consistency, [ok('checkpoint')]);
  const remember = isLater && consistency.outcome === 'ok' ? { vkey, checkpoint: question.note } : undefined;
  return { findings: [ok('checkpoint'), consistency], remember };
}

const refused = (finding: Finding, before: readonly Finding[] = []): CheckpointAnswer => ({
  findings: [...before, finding],
  remember: undefined,
});

/** The checkpoint, when the log has signed it for this record. */
async function readSigned(
  note: string,
  { vkey, origin }: Pick<CheckpointQuestion, 'vkey' | 'origin'>,
): Promise<ParsedCheckpoint | undefined> {
  const key = readKey(vkey);
  const read = readNote(note);
  if (key?.type !== 'log' || key.name !== origin || read?.checkpoint.origin !== origin) return undefined;
  const verdict = await verifyNote(verifyPortably, read.note, [key]);
  return verdict.ok ? read.checkpoint : undefined;
}

async function compare(
  old: ParsedCheckpoint,
  young: ParsedCheckpoint,
  fetchConsistency: FetchConsistency,
): Promise<Finding> {
  const hashes = old.size === young.size ? [] : await fetchConsistency(old.size, young.size);
  if (hashes === 'no-answer') return unchecked('consistency', 'NO_ANSWER');
  if (hashes === 'refused') return failed('consistency', 'REFUSED');
  const proof = hashes.map(parseBase64).filter((hash) => hash !== undefined);
  const holds =
    proof.length === hashes.length &&
    verifyConsistency(sha256, {
      oldSize: old.size,
      oldRoot: old.root,
      newSize: young.size,
      newRoot: young.root,
      proof,
    });
  return holds ? ok('consistency') : failed('consistency', 'INCONSISTENT');
}

function readCheckpoint(note: string): ParsedCheckpoint | undefined {
  return readNote(note)?.checkpoint;
}

function readNote(note: string): CheckpointNote | undefined {
  try {
    return parseCheckpointNote(note);
  } catch {
    return undefined;
  }
}

function readKey(vkey: string): NoteKey | undefined {
  try {
    return parseVkey(sha256, vkey);
  } catch {
    return undefined;
  }
}
