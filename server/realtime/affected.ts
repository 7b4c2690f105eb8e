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

/** Persons whose whole view changes by these entries. Ballots change that of single units (`votedUnits`). */
export function affectedPersons(entries: readonly Entry[]): Set<string> {
  const persons = new Set<string>();
  for (const entry of entries) {
    if (entry.t === 'presence' || entry.t === 'floor') persons.add(entry.body.personId);
  }
  return persons;
}

/** A unit for which something was cast. */
export interface VotedUnit {
  readonly resolutionId: string;
  readonly unitId: string;
  readonly creditorId: string;
  /** Of the ballot. */
  readonly nonce: string;
}

export function votedUnits(
  entries: readonly Entry[],
  ownerOf: (unit: Pick<VotedUnit, 'resolutionId' | 'unitId'>) => string | undefined,
): VotedUnit[] {
  return entries.flatMap((entry) => {
    if (entry.t !== 'ballot.cast') return [];
    const { resolutionId, unitId, nonce } = entry.body.ballot;
    const creditorId = ownerOf({ resolutionId, unitId });
    return creditorId === undefined ? [] : [{ resolutionId, unitId, creditorId, nonce }];
  });
}

/** The same, together for each device that acts for one of the creditors, and there for each vote. */
export function byDevice<D>(
  voted: readonly VotedUnit[],
  devicesOf: (creditorId: string) => Iterable<D>,
): Map<D, Map<string, VotedUnit[]>> {
  const all = new Map<D, Map<string, VotedUnit[]>>();
  for (const unit of voted) {
    for (const device of devicesOf(unit.creditorId)) {
      const own = all.get(device) ?? new Map<string, VotedUnit[]>();
      all.set(device, own.set(unit.resolutionId, [...(own.get(unit.resolutionId) ?? []), unit]));
    }
  }
  return all;
}
