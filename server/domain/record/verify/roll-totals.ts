/** Control totals of a roll's rows, to be compared with the frozen ones (record.md 7). */
import type { EntryBody } from '../../../protocol/entries.ts';
import type { RollRow } from '../../../protocol/roll.ts';

interface Sums {
  heads: number;
  amountFen: bigint;
  unsecuredFen: bigint;
  temporaryHeads: number;
  temporaryFen: bigint;
}

export interface RollTotals {
  /** False when the unit stood on the roll already. */
  add(row: RollRow): boolean;
  readonly rows: number;
  /** Whether these are the totals of the entry. A group without a row counts as zero. */
  equal(frozen: Pick<EntryBody<'roll.freeze'>, 'totals' | 'excluded'>): boolean;
}

const none = (): Sums => ({ heads: 0, amountFen: 0n, unsecuredFen: 0n, temporaryHeads: 0, temporaryFen: 0n });

export function createRollTotals(): RollTotals {
  const units = new Set<string>();
  const groups = new Map<string, Sums>();
  const excluded = new Map<string, number>();
  let rows = 0;

  function count(row: RollRow): void {
    if (row.status === 'excluded') {
      excluded.set(row.reason, (excluded.get(row.reason) ?? 0) + 1);
      return;
    }
    const sums = groups.get(row.group) ?? none();
    groups.set(row.group, sums);
    sums.heads += Number(row.heads);
    sums.amountFen += BigInt(row.amountFen);
    sums.unsecuredFen += BigInt(row.unsecuredFen);
    sums.temporaryHeads += row.status === 'temporary' ? 1 : 0;
    sums.temporaryFen += BigInt(row.temporaryFen);
  }

  return {
    add(row) {
      rows += 1;
      const isNew = !units.has(row.unitId);
      units.add(row.unitId);
      count(row);
      return isNew;
    },
    get rows() {
      return rows;
    },
    equal(frozen) {
      const stated = new Map(frozen.totals.map(({ group, ...sums }) => [group as string, sums]));
      const names = new Set([...stated.keys(), ...groups.keys()]);
      const areEqual = [...names].every((name) => {
        const own = groups.get(name) ?? none();
        const other: Partial<Record<keyof Sums, string>> = stated.get(name) ?? {};
        return (Object.keys(own) as (keyof Sums)[]).every(
          (field) => String(own[field]) === (other[field] ?? '0'),
        );
      });
      const reasons = new Map(frozen.excluded.map(({ reason, creditors }) => [reason as string, creditors]));
      return (
        areEqual &&
        [...new Set([...reasons.keys(), ...excluded.keys()])].every(
          (reason) => String(excluded.get(reason) ?? 0) === (reasons.get(reason) ?? '0'),
        )
      );
    },
  };
}
