/**
 * Which keys sign for an origin. A meeting system has one key for all its meetings and signs each record under the
 * meeting's origin, `<installation>/<meeting>`; demonstrations have `demo/` before the installation's name. So a key
 * that is trusted under the installation's name is trusted for each origin below it, and one under a whole origin
 * for that meeting alone.
 */
import type { Sha256 } from '../merkle.ts';
import { createNoteKey, type NoteKey } from './vkey.ts';

/** The keys, under the origin's own name, that may sign for it; none for an unknown origin. */
export function keysForOrigin(sha256: Sha256, logs: readonly NoteKey[], origin: string): NoteKey[] {
  return logs
    .filter(({ name }) => covers(name, origin))
    .map(({ publicKey }) => createNoteKey(sha256, { name: origin, type: 'log', publicKey }));
}

function covers(name: string, origin: string): boolean {
  return origin === name || origin.startsWith(`${name}/`) || origin.startsWith(`demo/${name}/`);
}
