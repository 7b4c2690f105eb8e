/**
 * Which meetings are witnessed. A meeting system has one key for all its meetings and signs each record under the
 * meeting's origin, `<installation>/<meeting>`; so a log is taken in by its installation's name and key, and each
 * origin below that name is trusted with that key alone. A key named by a whole origin is for that meeting alone.
 * Demonstrations have `demo/` before the installation's name.
 */
import { sha256 } from '../../server/services/record-crypto.ts';
import { RecordFormatError } from '../../server/domain/record/canonical.ts';
import { createNoteKey, formatVkey, parseVkey, type NoteKey } from '../../server/domain/record/notes/vkey.ts';
import { WitnessRefusal } from './refusal.ts';

/** Reads a log's key as it was handed over. @throws WitnessRefusal */
export function readLogKey(vkey: string): NoteKey {
  const key = parse(vkey.trim());
  if (key?.type !== 'log') throw new WitnessRefusal(`This is not the key of a meeting system: ${vkey}`);
  return key;
}

function parse(vkey: string): NoteKey | undefined {
  try {
    return parseVkey(sha256, vkey);
  } catch (error) {
    if (error instanceof RecordFormatError) return undefined;
    throw error;
  }
}

/** The keys, under the origin's own name, that may sign for it; none for an unknown origin. */
export function keysForOrigin(logs: readonly NoteKey[], origin: string): NoteKey[] {
  return logs
    .filter(({ name }) => covers(name, origin))
    .map(({ publicKey }) => createNoteKey(sha256, { name: origin, type: 'log', publicKey }));
}

function covers(name: string, origin: string): boolean {
  return origin === name || origin.startsWith(`${name}/`) || origin.startsWith(`demo/${name}/`);
}

/** What was known and what is new, each once. */
export function mergeLogs(known: readonly NoteKey[], added: readonly NoteKey[]): NoteKey[] {
  return [...new Map([...known, ...added].map((key) => [formatVkey(key), key])).values()];
}
