/** Whose own view entries change: everybody's, or that of persons. */
import type { Entry } from '../protocol/entries.ts';

/** Entries after which everybody's own rights look different. */
const changesEverybody: ReadonlySet<Entry['t']> = new Set([
  'ballot.open',
  'ballot.close',
  'ballot.interrupt',
  'ballot.resume',
  'roll.freeze',
  'resolution.publish',
  'host.assign',
]);

/** Everybody's own view may have changed: by these entries, or because the state was folded anew. */
export function isAnew(entries: readonly Entry[]): boolean {
  return entries.length === 0 || entries.some((entry) => changesEverybody.has(entry.t));
}

/** Persons whose own view changes by these entries. */
export function affectedPersons(entries: readonly Entry[]): Set<string> {
  const persons = new Set<string>();
  for (const entry of entries) {
    if (entry.t === 'presence' || entry.t === 'floor') persons.add(entry.body.personId);
    if (entry.t === 'ballot.cast' && entry.body.auth.method !== 'entered')
      persons.add(entry.body.auth.personId);
  }
  return persons;
}
