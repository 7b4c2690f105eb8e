/**
 * What a witness has cosigned: one line a checkpoint, appended and synced before the cosignature leaves the house.
 * The first line binds the file to the witness's key. A last line without its end was cut off by a crash before
 * anything was answered, and is dropped; anything else that cannot be read is damage, and the witness stays shut.
 */
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { parseCheckpointNote } from '../../server/domain/record/notes/checkpoint.ts';
import { WitnessRefusal } from './refusal.ts';
import { replaceFile } from './state-files.ts';

/** The last checkpoint of a log that was cosigned. */
export interface Head {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** The note as the log signed it. */
  readonly note: string;
  /** RFC 3339. */
  readonly at: string;
}

/** A log that showed two histories: nothing of it is cosigned any more. */
export interface Stop {
  readonly origin: string;
  readonly at: string;
}

export interface Journal {
  readonly heads: ReadonlyMap<string, Head>;
  readonly stops: ReadonlyMap<string, Stop>;
  /** Resolves once the line is on the disk. After a failure the journal takes nothing more. */
  addHead(head: Head): Promise<void>;
  addStop(stop: Stop): Promise<void>;
  close(): Promise<void>;
}

/** Beyond this many lines the file is written anew at start, with the last line of each log. */
const COMPACT_LINES = 20_000;

export const journalHeader = (vkey: string) => `${JSON.stringify({ v: '1', vkey })}\n`;

/** @throws WitnessRefusal when the file belongs to another key or is damaged */
export async function openJournal(path: string, vkey: string): Promise<Journal> {
  const text = await readFile(path, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const [header, ...lines] = whole.split('\n').slice(0, -1);
  if (`${header}\n` !== journalHeader(vkey)) {
    throw new WitnessRefusal(`${path} belongs to another witness, or is damaged.`);
  }
  const heads = new Map<string, Head>();
  const stops = new Map<string, Stop>();
  for (const [index, line] of lines.entries()) {
    const read = readLine(line);
    if (!read) throw new WitnessRefusal(`${path} is damaged in line ${index + 2}. ${RETIRE}`);
    if ('note' in read) heads.set(read.origin, read);
    else stops.set(read.origin, read);
  }
  if (lines.length > COMPACT_LINES) {
    const kept = [...[...heads.values()].map(headLine), ...[...stops.values()].map(stopLine)];
    await replaceFile(path, journalHeader(vkey) + kept.join(''));
  } else if (whole.length < text.length) await cutOff(path, Buffer.byteLength(whole));
  return startJournal(await open(path, 'a'), heads, stops);
}

export const RETIRE =
  'This key must not sign any more: move the folder away, start again under a new name, and hand the new key to ' +
  'the meeting system.';

function startJournal(file: FileHandle, heads: Map<string, Head>, stops: Map<string, Stop>): Journal {
  let failure: unknown;
  async function append(line: string): Promise<void> {
    if (failure !== undefined) throw failure;
    try {
      await file.appendFile(line);
      await file.datasync();
    } catch (error) {
      // Half a line may be there; a later one after it would be damage.
      failure = error;
      throw error;
    }
  }
  return {
    heads,
    stops,
    async addHead(head) {
      await append(headLine(head));
      heads.set(head.origin, head);
    },
    async addStop(stop) {
      await append(stopLine(stop));
      stops.set(stop.origin, stop);
    },
    close: () => file.close(),
  };
}

const headLine = ({ note, at }: Head) => `${JSON.stringify({ at, note })}\n`;
const stopLine = ({ origin, at }: Stop) => `${JSON.stringify({ at, stopped: origin })}\n`;

function readLine(line: string): Head | Stop | undefined {
  try {
    const { at, note, stopped } = JSON.parse(line) as Record<string, unknown>;
    if (typeof at !== 'string') return undefined;
    if (typeof stopped === 'string') return { origin: stopped, at };
    if (typeof note !== 'string') return undefined;
    const { origin, size, root } = parseCheckpointNote(note).checkpoint;
    return { origin, size, root, note, at };
  } catch {
    return undefined;
  }
}

async function cutOff(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.truncate(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
