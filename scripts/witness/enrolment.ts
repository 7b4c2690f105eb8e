/** The keys of meeting systems that a witness was handed; which meetings they sign is told by `log-keys.ts`. */
import { sha256 } from '../../server/services/record-crypto.ts';
import { RecordFormatError } from '../../server/domain/record/canonical.ts';
import { formatVkey, parseVkey, type NoteKey } from '../../server/domain/record/notes/vkey.ts';
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

/** What was known and what is new, each once. */
export function mergeLogs(known: readonly NoteKey[], added: readonly NoteKey[]): NoteKey[] {
  return [...new Map([...known, ...added].map((key) => [formatVkey(key), key])).values()];
}
