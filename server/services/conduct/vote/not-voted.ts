import type { ResolutionState } from '../../../domain/meeting/state.ts';
import type { TallyUnit } from '../../../domain/record/tally.ts';
import { sortedInSlices } from '../../../domain/roll/sorted-in-slices.ts';
import type { Group } from '../../../protocol/entry-parts.ts';
import { countedFenOf } from '../rights.ts';
import type { FrozenRoll } from './frozen-roll.ts';

/** Units looked at between two pauses; about a millisecond. */
const SLICE_UNITS = 2_000;
/** Wide enough for every amount, so that amounts sort as text. */
const DIGITS = 19;
const LARGEST = 10n ** BigInt(DIGITS) - 1n;

/** Units without a ballot in this round, the one that counts most first. */
export function* notVotedUnits(
  resolution: ResolutionState,
  roll: FrozenRoll,
  group: Group | undefined,
): Generator<void, TallyUnit[]> {
  const missing: TallyUnit[] = [];
  let seen = 0;
  for (const unit of roll.units.values()) {
    if (++seen % SLICE_UNITS === 0) yield;
    const isWanted = group === undefined || unit.group === group;
    if (isWanted && !resolution.ballots.has(unit.unitId)) missing.push(unit);
  }
  return yield* sortedInSlices(missing, (unit) =>
    String(LARGEST - countedFenOf(resolution, unit)).padStart(DIGITS, '0'),
  );
}
