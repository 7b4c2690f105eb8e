/** What a corrected roll changes, unit by unit: the summary of it stands in the ledger (record.md 7). */
import { createHash } from 'node:crypto';
import { canonicalText } from '../../../domain/record/canonical.ts';
import type { TallyUnit } from '../../../domain/record/tally.ts';
import type { Roll } from '../../../domain/roll.ts';
import type { RollDifference } from '../../../protocol/vote/roll-difference.ts';
import type { FrozenRoll } from './frozen-roll.ts';

export interface ComparedRolls {
  readonly difference: RollDifference;
  /** Units that are new, gone or changed, ordered. */
  readonly changed: readonly string[];
}

/** A unit as it stands on one version, for display. */
export interface RowFigures {
  readonly group: string;
  readonly amountFen: string;
  readonly unsecuredFen: string;
  readonly status: string;
}

/** Units compared between two pauses; about a millisecond. */
const SLICE_UNITS = 1_000;

export function* compareRolls(before: FrozenRoll, after: Roll): Generator<void, ComparedRolls> {
  const counts = { added: 0, removed: 0, changed: 0 };
  const lines: { readonly unitId: string; readonly line: string }[] = [];
  const seen = new Set<string>();
  let compared = 0;
  for (const unit of after.units) {
    const earlier = before.units.get(unit.unitId);
    const [is, was] = [figuresOf(unit), earlier ? figuresOf(earlier) : null];
    seen.add(unit.unitId);
    if (++compared % SLICE_UNITS === 0) yield;
    if (was && canonicalText(was) === canonicalText(is)) continue;
    counts[was ? 'changed' : 'added'] += 1;
    lines.push({ unitId: unit.unitId, line: lineOf(unit.unitId, was, is) });
  }
  for (const unit of before.units.values()) {
    if (++compared % SLICE_UNITS === 0) yield;
    if (seen.has(unit.unitId)) continue;
    counts.removed += 1;
    lines.push({ unitId: unit.unitId, line: lineOf(unit.unitId, figuresOf(unit), null) });
  }
  lines.sort((a, b) => (a.unitId < b.unitId ? -1 : 1));
  const hash = createHash('sha256');
  for (const { line } of lines) hash.update(`${line}\n`);
  const difference: RollDifference = {
    added: String(counts.added),
    removed: String(counts.removed),
    changed: String(counts.changed),
    sha256: hash.digest('hex'),
  };
  return { difference, changed: lines.map(({ unitId }) => unitId) };
}

export function toBeforeAndAfter(unitId: string, before: FrozenRoll, after: FrozenRoll) {
  const creditorId = (after.units.get(unitId) ?? before.units.get(unitId))?.creditorId ?? unitId;
  return { unitId, creditorId, before: rowOf(before, unitId), after: rowOf(after, unitId) };
}

function rowOf(roll: FrozenRoll, unitId: string): RowFigures | null {
  const unit = roll.units.get(unitId);
  if (unit) return figuresOf(unit);
  const excluded = roll.excluded.get(unitId);
  return excluded ? { group: excluded.group, amountFen: '0', unsecuredFen: '0', status: 'excluded' } : null;
}

function figuresOf({ group, amountFen, unsecuredFen, temporaryFen }: TallyUnit): RowFigures {
  return {
    group,
    amountFen: String(amountFen),
    unsecuredFen: String(unsecuredFen),
    status: temporaryFen > 0n ? 'temporary' : 'confirmed',
  };
}

function lineOf(unitId: string, before: RowFigures | null, after: RowFigures | null): string {
  return canonicalText({ unitId, before: before && { ...before }, after: after && { ...after } });
}
