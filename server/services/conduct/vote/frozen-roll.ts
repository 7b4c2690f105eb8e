import { toTallyUnit, type TallyUnit } from '../../../domain/record/tally.ts';
import type { Roll } from '../../../domain/roll.ts';
import type { Group } from '../../../protocol/entry-parts.ts';
import type { RollRow } from '../../../protocol/roll.ts';

/** Sums of one group, or of the whole roll. Amounts in fen. */
export interface RollSums {
  readonly heads: number;
  readonly amountFen: bigint;
  readonly unsecuredFen: bigint;
}

/** Who stands on a roll without a vote, or without one in a group, and why. */
export interface ExcludedUnit {
  readonly unitId: string;
  readonly creditorId: string;
  readonly group: Group;
  readonly reason: string;
}

/** A roll in memory, indexed for ballots and counts. Amounts in fen. */
export interface FrozenRoll {
  readonly version: string;
  /** Units with a vote. */
  readonly units: ReadonlyMap<string, TallyUnit>;
  readonly excluded: ReadonlyMap<string, ExcludedUnit>;
  /** Units of a creditor, in the order of the roll: one for each group in a vote by classes. */
  readonly unitsOf: (creditorId: string) => readonly string[];
  readonly excludedOf: (creditorId: string) => readonly ExcludedUnit[];
  readonly totals: RollSums;
  readonly groups: ReadonlyMap<Group, RollSums>;
}

/** Rows indexed between two pauses; about a millisecond. */
const SLICE_ROWS = 1_000;

/** Rows as they were stored. */
export function* indexRoll(version: string, rows: Iterable<RollRow>): Generator<void, FrozenRoll> {
  const index = createIndex(version);
  let read = 0;
  for (const row of rows) {
    if (row.status === 'excluded') index.exclude(row);
    else index.add(toTallyUnit(row));
    if (++read % SLICE_ROWS === 0) yield;
  }
  return index.finish();
}

/** A roll that was just built: about to be frozen, or as it would be now. */
export function* indexBuilt(version: string, roll: Roll): Generator<void, FrozenRoll> {
  const index = createIndex(version);
  let read = 0;
  for (const unit of roll.units) {
    index.add(unit);
    if (++read % SLICE_ROWS === 0) yield;
  }
  for (const row of roll.excluded) {
    index.exclude(row);
    if (++read % SLICE_ROWS === 0) yield;
  }
  return index.finish();
}

function createIndex(version: string) {
  const units = new Map<string, TallyUnit>();
  const excluded = new Map<string, ExcludedUnit>();
  // Most creditors have one unit whose id is their own; only the others are kept here.
  const named = new Map<string, string[]>();
  const excludedBy = new Map<string, ExcludedUnit[]>();
  const groups = new Map<Group, { heads: number; amountFen: bigint; unsecuredFen: bigint }>();
  return {
    add(unit: TallyUnit): void {
      units.set(unit.unitId, unit);
      if (unit.unitId !== unit.creditorId) push(named, unit.creditorId, unit.unitId);
      let sums = groups.get(unit.group);
      if (sums === undefined) groups.set(unit.group, (sums = { heads: 0, amountFen: 0n, unsecuredFen: 0n }));
      sums.heads += 1;
      sums.amountFen += unit.amountFen;
      sums.unsecuredFen += unit.unsecuredFen;
    },
    exclude({ unitId, creditorId, group, reason }: ExcludedUnit): void {
      const row = { unitId, creditorId, group, reason };
      excluded.set(unitId, row);
      push(excludedBy, creditorId, row);
    },
    finish: (): FrozenRoll => ({
      version,
      units,
      excluded,
      unitsOf(creditorId) {
        const others = named.get(creditorId) ?? [];
        return units.has(creditorId) ? [creditorId, ...others] : others;
      },
      excludedOf: (creditorId) => excludedBy.get(creditorId) ?? [],
      totals: sumOf(groups.values()),
      groups,
    }),
  };
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function sumOf(groups: Iterable<RollSums>): RollSums {
  let [heads, amountFen, unsecuredFen] = [0, 0n, 0n];
  for (const group of groups) {
    heads += group.heads;
    amountFen += group.amountFen;
    unsecuredFen += group.unsecuredFen;
  }
  return { heads, amountFen, unsecuredFen };
}
