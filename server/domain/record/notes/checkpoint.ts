/**
 * C2SP tlog-checkpoint: the text of a signed note with the log's origin, the number of leaves and the root. The
 * log's key has the origin for its name.
 */
import { parseBase64, toBase64 } from '../base64.ts';
import { RecordFormatError } from '../canonical.ts';
import { parseNote, type Note } from './note.ts';
import { isKeyName } from './vkey.ts';

export interface Checkpoint {
  readonly origin: string;
  /** Number of leaves. */
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

export interface ParsedCheckpoint extends Checkpoint {
  /** Lines after the third. We write none; another log's are kept, since they are signed. */
  readonly extensions: readonly string[];
}

export interface CheckpointNote {
  readonly note: Note;
  readonly checkpoint: ParsedCheckpoint;
}

const ROOT_BYTES = 32;
const DECIMAL = /^(?:0|[1-9][0-9]{0,15})$/;

/** Text of a checkpoint, ready to be signed. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (!isKeyName(origin)) throw new RecordFormatError('CHECKPOINT_FORMAT', 'origin');
  if (!Number.isSafeInteger(size) || size < 0) throw new RecordFormatError('CHECKPOINT_FORMAT', 'size');
  if (root.length !== ROOT_BYTES) throw new RecordFormatError('CHECKPOINT_FORMAT', 'root');
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** Reads a checkpoint's text (a note's text, not the note). Throws RecordFormatError (CHECKPOINT_FORMAT). */
export function parseCheckpoint(text: string): ParsedCheckpoint {
  const lines = text.split('\n');
  const end = lines.pop();
  const [origin = '', decimal = '', encoded = '', ...extensions] = lines;
  const size = parseDecimal(decimal);
  const root = parseBase64(encoded);
  if (end !== '' || origin === '' || extensions.includes('')) throw malformed();
  if (size === undefined || root?.length !== ROOT_BYTES) throw malformed();
  return { origin, size, root, extensions };
}

/** A whole signed checkpoint. Throws RecordFormatError; its signatures are not checked yet. */
export function parseCheckpointNote(text: string): CheckpointNote {
  const note = parseNote(text);
  return { note, checkpoint: parseCheckpoint(note.text) };
}

/** A counter in its one spelling, at most 2^53 - 1, or undefined. */
export function parseDecimal(text: string): number | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

function malformed(): RecordFormatError {
  return new RecordFormatError('CHECKPOINT_FORMAT');
}
