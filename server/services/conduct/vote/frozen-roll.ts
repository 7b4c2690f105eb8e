import { toTallyUnit, type TallyUnit } from '../../../domain/record/tally.ts';
import type { Roll } from '../../../domain/roll.ts';
import type { RollRow } from '../../../protocol/roll.ts';

/** A frozen roll in memory, indexed for ballots and counts. Amounts in fen. */
export interface FrozenRoll {
  readonly version: string;
  /** Units with a vote. */
  readonly units: ReadonlyMap<string, TallyUnit>;
  /** Reasons of those on the roll without a vote. */
  readonly excluded: ReadonlyMap<string, string>;
  readonly totals: { readonly heads: number; readonly amountFen: bigint; readonly unsecuredFen: bigint };
}

export function indexRoll(version: string, rows: Iterable<RollRow>): FrozenRoll {
  const units = new Map<string, TallyUnit>();
  const excluded = new Map<string, string>();
  let amountFen = 0n;
  let unsecuredFen = 0n;
  for (const row of rows) {
    if (row.status === 'excluded') {
      excluded.set(row.unitId, row.reason);
      continue;
    }
    const unit = toTallyUnit(row);
    units.set(unit.unitId, unit);
    amountFen += unit.amountFen;
    unsecuredFen += unit.unsecuredFen;
  }
  return { version, units, excluded, totals: { heads: units.size, amountFen, unsecuredFen } };
}

/** The roll as it would be frozen now, in the same form: what rights look like before opening. */
export function indexPreview(roll: Roll): FrozenRoll {
  const [totals] = roll.totals;
  return {
    version: 'preview',
    units: new Map(roll.units.map((unit) => [unit.unitId, unit])),
    excluded: new Map(roll.excluded.map((row) => [row.unitId, row.reason])),
    totals: {
      heads: roll.units.length,
      amountFen: BigInt(totals?.amountFen ?? '0'),
      unsecuredFen: BigInt(totals?.unsecuredFen ?? '0'),
    },
  };
}
