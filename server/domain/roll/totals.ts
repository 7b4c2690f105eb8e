/** Control totals of a roll: heads and fen of each group, and how many have no vote for which reason. */
import type { Group } from '../../protocol/entry-parts.ts';
import type { ExcludedTotal, GroupTotals, NoVoteReason } from '../../protocol/roll.ts';
import type { ExcludedCreditor, RollUnit } from '../roll.ts';

/** The reason told first when a creditor's claims are barred for several. */
export const REASON_PRECEDENCE: readonly NoVoteReason[] = [
  'EXCLUDED_BY_COURT',
  'RECOURSE_FILED_IN_FULL',
  'JOINED_TO_OTHER_HEAD',
  'NOT_DETERMINED',
  'SECURED_NOT_WAIVED',
  'GROUP_PASSED_BEFORE',
  'GROUP_NOT_FORMED',
  'EMPLOYEES_VOTE_AS_ONE',
  'EMPLOYEE_NO_VOTE',
  'SUBORDINATED',
  'SOCIAL_POOL',
  'INVESTOR_ONLY_IN_PLAN',
  'ZERO_AMOUNT',
];

interface Sums {
  heads: number;
  amountFen: bigint;
  unsecuredFen: bigint;
  temporaryHeads: number;
  temporaryFen: bigint;
}

/** Adds up units as they are made; `finish` prints the totals in the given order of groups. */
export function createTotals() {
  const byGroup = new Map<Group, Sums>();
  return {
    add(unit: RollUnit): void {
      let sums = byGroup.get(unit.group);
      if (sums === undefined) byGroup.set(unit.group, (sums = emptySums()));
      sums.heads += 1;
      sums.amountFen += unit.amountFen;
      sums.unsecuredFen += unit.unsecuredFen;
      sums.temporaryFen += unit.temporaryFen;
      if (unit.status === 'temporary') sums.temporaryHeads += 1;
    },
    has: (group: Group) => byGroup.has(group),
    finish: (groups: readonly Group[]): GroupTotals[] =>
      groups.map((group) => printed(group, byGroup.get(group) ?? emptySums())),
  };
}

/** Creditors without any vote, and those without one in a group, by reason. */
export function excludedTotalsOf(excluded: readonly ExcludedCreditor[]): ExcludedTotal[] {
  const counts = new Map<NoVoteReason, number>();
  for (const { reason } of excluded) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return REASON_PRECEDENCE.flatMap((reason) => {
    const creditors = counts.get(reason);
    return creditors === undefined ? [] : [{ reason, creditors: String(creditors) }];
  });
}

function emptySums(): Sums {
  return { heads: 0, amountFen: 0n, unsecuredFen: 0n, temporaryHeads: 0, temporaryFen: 0n };
}

function printed(group: Group, sums: Sums): GroupTotals {
  return {
    group,
    heads: String(sums.heads),
    amountFen: String(sums.amountFen),
    unsecuredFen: String(sums.unsecuredFen),
    temporaryHeads: String(sums.temporaryHeads),
    temporaryFen: String(sums.temporaryFen),
  };
}
