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
import type { CramDownConditionId } from '../../protocol/entry-bodies/vote.ts';
import type { Outcome } from '../../protocol/tally.ts';

export interface CramDownCondition {
  /** Item of art. 87(2), `1` to `6`. */
  readonly item: string;
  /** Its words: `cramDown.condition.<condition>` in the catalogues. */
  readonly condition: CramDownConditionId;
  /** Groups whose consent makes the condition met; none where consent does not help. */
  readonly groups: readonly Group[];
}

const CRAM_DOWN_CONDITIONS: readonly CramDownCondition[] = [
  { item: '1', condition: 'SECURED_PAID', groups: ['SECURED'] },
  { item: '2', condition: 'EMPLOYEE_TAX_PAID', groups: ['EMPLOYEE', 'TAX'] },
  { item: '3', condition: 'ORDINARY_NOT_LESS', groups: ['ORDINARY', 'SMALL'] },
  { item: '4', condition: 'INVESTORS_FAIR', groups: ['INVESTOR'] },
  { item: '5', condition: 'EQUAL_TREATMENT', groups: [] },
  { item: '6', condition: 'FEASIBLE', groups: [] },
];

export interface CramDownLine extends CramDownCondition {
  /** `MET_BY_CONSENT`: all its groups passed. `NOT_CONCERNED`: none of its groups was formed. */
  readonly state: 'MET_BY_CONSENT' | 'NOT_CONCERNED' | 'TO_BE_SHOWN';
}

/** The list for a plan with these groups; a group that passed in the first round counts as passed. */
export function cramDownChecklist(outcomes: ReadonlyMap<Group, Outcome>): CramDownLine[] {
  return CRAM_DOWN_CONDITIONS.map((condition) => ({ ...condition, state: stateOf(condition, outcomes) }));
}

/**
 * The conditions of the list that an application leaves unanswered: each of the six needs its answer, and one
 * that is neither met by consent nor beside the point needs the reasons and figures that it rests on.
 */
export function unansweredConditions(
  lines: readonly CramDownLine[],
  answers: readonly { readonly condition: CramDownConditionId; readonly statement?: string }[],
): CramDownConditionId[] {
  const given = new Map(answers.map((answer) => [answer.condition, answer]));
  return lines
    .filter(({ condition, state }) => {
      const answer = given.get(condition);
      return answer === undefined || (state === 'TO_BE_SHOWN' && (answer.statement ?? '') === '');
    })
    .map(({ condition }) => condition);
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
