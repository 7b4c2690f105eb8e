import { parseCheckpointNote, type CheckpointNote } from '../../domain/record/notes/checkpoint.ts';
import { verifyNote } from '../../domain/record/notes/note.ts';
import type { NoteKey } from '../../domain/record/notes/vkey.ts';
import { verifySignature } from '../record-crypto.ts';

/** The checkpoint when the key has signed it under its own name; undefined for any other text. */
export async function readOwnCheckpoint(note: string, key: NoteKey): Promise<CheckpointNote | undefined> {
  let signed: CheckpointNote;
  try {
    signed = parseCheckpointNote(note);
  } catch {
    return undefined;
  }
  if (signed.checkpoint.origin !== key.name) return undefined;
  const verdict = await verifyNote(verifySignature, signed.note, [key]);
  return verdict.ok ? signed : undefined;
}
