/**
 * The roll (表决权名册): who may vote on one resolution, with which amount, and who may not and why.
 * 企业破产法 arts. 59, 62(2), 64(1), 82-85, 110; 司法解释三 art. 14; domain.md 2.1, 2.4.
 *
 * A creditor is one head whatever the number of its claims (E4), in a plan one head in each group (E5);
 * an undetermined claim without a temporary amount is in neither denominator (E1). The roll does not
 * decide what a claim is worth: the administrator and the court did that before.
 */
import type { Group, Nature } from '../protocol/entry-parts.ts';
import type { ExcludedTotal, GroupTotals, NoVoteReason } from '../protocol/roll.ts';
import type { GroupNotFormed } from '../protocol/tally.ts';
import { standUp } from './roll/creditor-units.ts';
import { withExclusionsFromVotes } from './roll/exclusions.ts';
import { joinedHeadsOf } from './roll/joined-heads.ts';
import { SLICE, sortedInSlices } from './roll/sorted-in-slices.ts';
import { createTotals, excludedTotalsOf } from './roll/totals.ts';
import type { Rule, RuleSettings } from './rules/rule-set.ts';

/** What the roll needs to know of a claim. Amounts in fen. */
export interface RollClaim {
  readonly creditorId: string;
  readonly nature: Nature;
  /** Null while not determined. Of an investor: the contribution. */
  readonly confirmedFen: bigint | null;
  /** Determined by the court for voting only; null without a decision. */
  readonly temporaryFen: bigint | null;
  /** Expected to be paid from the collateral. Null: secured but not assessed, then all of it is (E16). */
  readonly securedFen: bigint | null;
  readonly priorityWaived: boolean;
  /** 将来求偿权 for a claim that the principal creditor has filed in full (art. 51(2)): no vote (E19). */
  readonly isRecourseFiledInFull?: boolean;
  /** Group of a plan as the claims table names it; absent: by nature. */
  readonly group?: Group | undefined;
}

/** What was decided besides the claims: by the court, for the case, or for this vote. */
export interface RollDecisions {
  /** Creditors without a vote (E13, E19). */
  readonly exclusions?: ReadonlyMap<string, 'EXCLUDED_BY_COURT' | 'RECOURSE_FILED_IN_FULL'>;
  /** Creditor → the creditor whose head it is counted with (E18, E21), before exclusions: see `joinedHeadsOf`. */
  readonly joinedTo?: ReadonlyMap<string, string>;
  /** Creditor who casts the employees' one vote (E14). */
  readonly employeeRepresentativeId?: string | null;
  /** 关联方 of the debtor: marked, not excluded (E13). */
  readonly affiliates?: ReadonlySet<string>;
  /** Groups that the plan does not touch (司法解释三 art. 11(2)). */
  readonly unaffectedGroups?: readonly Group[];
  /** The plan adjusts the rights of investors: their group must be set up (art. 85(2)). */
  readonly adjustsInvestors?: boolean;
  /** Groups that passed in the round before (art. 87(1)). */
  readonly passedGroups?: readonly Group[];
  /** Members of the committee, by the id of the creditor or representative (司法解释三 art. 14). */
  readonly members?: readonly string[];
}

export interface RollRequest {
  readonly claims: readonly RollClaim[];
  readonly rule: Rule;
  readonly settings: RuleSettings;
  readonly decisions?: RollDecisions;
}

/** One head. Amounts in fen, summed over the creditor's claims that vote in the group. */
export interface RollUnit {
  /** The creditor's id, in a plan with the group: `abc_SECURED`. */
  readonly unitId: string;
  readonly creditorId: string;
  readonly group: Group;
  readonly natures: readonly Nature[];
  readonly amountFen: bigint;
  readonly unsecuredFen: bigint;
  readonly temporaryFen: bigint;
  /** By how much `unsecuredFen` falls when temporary amounts are left out. */
  readonly temporaryUnsecuredFen: bigint;
  readonly status: 'confirmed' | 'temporary';
  readonly isAffiliate?: true;
}

/** A creditor without a vote on this item, or without one in the group. */
export interface ExcludedCreditor {
  readonly unitId: string;
  readonly creditorId: string;
  readonly group: Group;
  readonly natures: readonly Nature[];
  readonly reason: NoVoteReason;
}

export interface Roll {
  /** Ordered by unitId, so that the same claims give the same root. */
  readonly units: readonly RollUnit[];
  readonly excluded: readonly ExcludedCreditor[];
  /** Of every group that votes. */
  readonly totals: readonly GroupTotals[];
  readonly excludedTotals: readonly ExcludedTotal[];
  /** Groups of a plan that do not vote. */
  readonly notFormed: readonly GroupNotFormed[];
}

/** The roll in one go, for small cases, tests and commands. */
export function buildRoll(request: RollRequest): Roll {
  const slices = buildRollSlices(request);
  for (;;) {
    const step = slices.next();
    if (step.done === true) return step.value;
  }
}

/**
 * The roll in slices of about a millisecond: the caller lets other work have its turn at every step, for
 * 50 000 creditors must not hold a meeting. Returns what `buildRoll` returns.
 */
export function* buildRollSlices(requested: RollRequest): Generator<void, Roll> {
  const request = withExclusionsFromVotes(requested);
  const { rule, decisions = {} } = request;
  const byCreditor = yield* claimsByCreditor(request);
  const units: RollUnit[] = [];
  const excluded: ExcludedCreditor[] = [];
  const totals = createTotals();
  let done = 0;
  for (const creditor of standUp(byCreditor, request)) {
    for (const unit of creditor.units) {
      units.push(unit);
      totals.add(unit);
    }
    excluded.push(...creditor.excluded);
    if (++done % SLICE === 0) yield;
  }
  const groups: readonly Group[] =
    rule.voters === 'GROUPS'
      ? rule.groupRules.map(({ group }) => group).filter((group) => totals.has(group))
      : ['ALL'];
  return {
    units: yield* sortedInSlices(units, ({ unitId }) => unitId),
    excluded: yield* sortedInSlices(excluded, ({ unitId }) => unitId),
    totals: totals.finish(groups),
    excludedTotals: excludedTotalsOf(excluded),
    notFormed: rule.voters === 'GROUPS' ? notFormedOf(groups, decisions) : [],
  };
}

/** Claims by the creditor whose head they are counted with. */
function* claimsByCreditor({ claims, decisions }: RollRequest): Generator<void, Map<string, RollClaim[]>> {
  const byCreditor = new Map<string, RollClaim[]>();
  let read = 0;
  const heads = joinedHeadsOf(decisions ?? {});
  for (const claim of claims) {
    const headId = heads.get(claim.creditorId) ?? claim.creditorId;
    const own = byCreditor.get(headId);
    if (own === undefined) byCreditor.set(headId, [claim]);
    else own.push(claim);
    if (++read % SLICE === 0) yield;
  }
  return byCreditor;
}

/** A group that the law names and that has nobody in it is named too; one of small claims is set up at will. */
function notFormedOf(formed: readonly Group[], decisions: RollDecisions): GroupNotFormed[] {
  const passed = decisions.passedGroups ?? [];
  const unaffected = decisions.unaffectedGroups ?? [];
  return ALL_GROUPS.flatMap((group): GroupNotFormed[] => {
    if (formed.includes(group)) return [];
    if (passed.includes(group)) return [{ group, reason: 'PASSED_BEFORE' }];
    if (unaffected.includes(group)) return [{ group, reason: 'UNAFFECTED' }];
    const isOptional = group === 'SMALL' || (group === 'INVESTOR' && decisions.adjustsInvestors !== true);
    return isOptional ? [] : [{ group, reason: 'EMPTY' }];
  });
}

const ALL_GROUPS: readonly Group[] = ['SECURED', 'EMPLOYEE', 'TAX', 'ORDINARY', 'SMALL', 'INVESTOR'];
