/** The checkpoints of a bundle: lines `{"note":"…"}`, oldest first. */
import { MEMBERS } from '../bundle/layout.ts';
import { linesOf } from '../bundle/lines.ts';
import type { Archive } from '../bundle/read-archive.ts';
import { parseCanonical, RecordFormatError } from '../canonical.ts';
import { parseCheckpointNote, type CheckpointNote } from '../notes/checkpoint.ts';

export interface BundledCheckpoint {
  /** Line, from 1. */
  readonly at: string;
  /** Undefined when it cannot be read. */
  readonly signed: CheckpointNote | undefined;
}

export function* readCheckpoints(archive: Archive): Generator<BundledCheckpoint> {
  let number = 0;
  for (const line of linesOf(archive.pieces(MEMBERS.checkpoints), MEMBERS.checkpoints)) {
    number += 1;
    yield { at: `${MEMBERS.checkpoints}:${number}`, signed: findCheckpoint(() => noteOf(line)) };
  }
}

/** A checkpoint from a text, or undefined when it is none. */
export function findCheckpoint(text: () => string): CheckpointNote | undefined {
  try {
    return parseCheckpointNote(text());
  } catch (error) {
    if (error instanceof RecordFormatError) return undefined;
    throw error;
  }
}

function noteOf(line: Uint8Array): string {
  const value = parseCanonical(line);
  const isLine = typeof value === 'object' && value !== null && !Array.isArray(value);
  const { note, ...others } = (isLine ? value : {}) as { readonly note?: unknown };
  if (typeof note !== 'string' || Object.keys(others).length > 0)
    throw new RecordFormatError('SCHEMA', 'checkpoint');
  return note;
}
