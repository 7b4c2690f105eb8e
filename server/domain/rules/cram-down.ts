/**
 * 强制批准的条件, 企业破产法 art. 87(2).
 *
 * Where a group has not passed the plan and has refused to vote once more, or has failed again, the debtor or
 * the administrator may ask the court to approve it when six conditions are met. This is the list that goes
 * with the application: which conditions concern the groups of this vote, and which of them a passed group
 * has already met. It decides nothing: whether a condition is met is argued by the applicant and found by the
 * court, whose decision is recorded.
 */
import type { Group } from '../../protocol/entry-parts.ts';
import type { Outcome } from '../../protocol/tally.ts';

export interface CramDownCondition {
  /** Item of art. 87(2), `1` to `6`. */
  readonly item: string;
  /** Text of the condition: `cramDown.<id>` in the catalogues. */
  readonly textId: string;
  /** Groups whose consent makes the condition met; none where consent does not help. */
  readonly groups: readonly Group[];
}

export const CRAM_DOWN_CONDITIONS: readonly CramDownCondition[] = [
  { item: '1', textId: 'SECURED_PAID_IN_FULL', groups: ['SECURED'] },
  { item: '2', textId: 'EMPLOYEES_AND_TAXES_PAID_IN_FULL', groups: ['EMPLOYEE', 'TAX'] },
  { item: '3', textId: 'ORDINARY_NOT_BELOW_LIQUIDATION', groups: ['ORDINARY', 'SMALL'] },
  { item: '4', textId: 'INVESTORS_ADJUSTED_FAIRLY', groups: ['INVESTOR'] },
  { item: '5', textId: 'EQUAL_TREATMENT_AND_ORDER_OF_113', groups: [] },
  { item: '6', textId: 'BUSINESS_PLAN_FEASIBLE', groups: [] },
];

export interface CramDownLine extends CramDownCondition {
  /** `MET_BY_CONSENT`: all its groups passed. `NOT_CONCERNED`: none of its groups was formed. */
  readonly state: 'MET_BY_CONSENT' | 'NOT_CONCERNED' | 'TO_BE_SHOWN';
}

/** The list for a plan with these groups; a group that passed in the first round counts as passed. */
export function cramDownChecklist(outcomes: ReadonlyMap<Group, Outcome>): CramDownLine[] {
  return CRAM_DOWN_CONDITIONS.map((condition) => ({ ...condition, state: stateOf(condition, outcomes) }));
}

function stateOf(
  { groups }: CramDownCondition,
  outcomes: ReadonlyMap<Group, Outcome>,
): CramDownLine['state'] {
  if (groups.length === 0) return 'TO_BE_SHOWN';
  const formed = groups.flatMap((group) => outcomes.get(group) ?? []);
  if (formed.length === 0) return 'NOT_CONCERNED';
  return formed.every((outcome) => outcome === 'PASSED') ? 'MET_BY_CONSENT' : 'TO_BE_SHOWN';
}
