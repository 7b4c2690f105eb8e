/**
 * The roll (表决权名册): who may vote on one resolution, with which amount, and who may not and why.
 * 企业破产法 arts. 59, 64(1), 110; domain.md 2.1.
 *
 * voteAmount = confirmed + temporary; unsecured = voteAmount - (waived ? 0 : min(voteAmount, secured)).
 * A creditor is one head whatever the number of its claims (E4); an undetermined claim without a
 * temporary amount is in neither denominator (E1). The roll does not decide what a claim is worth: the
 * administrator and the court did that before.
 */
import type { Nature } from '../protocol/entry-parts.ts';
import type { ExcludedTotal, GroupTotals, NoVoteReason } from '../protocol/roll.ts';
import type { Rule, RuleSettings } from './rules/rule-set.ts';

/** What the roll needs to know of a claim. Amounts in fen. */
export interface RollClaim {
  readonly creditorId: string;
  readonly nature: Nature;
  /** Null while not determined. */
  readonly confirmedFen: bigint | null;
  /** Determined by the court for voting only; null without a decision. */
  readonly temporaryFen: bigint | null;
  /** Expected to be paid from the collateral. Null: secured but not assessed, then all of it is (E16). */
  readonly securedFen: bigint | null;
  readonly priorityWaived: boolean;
}

/** The part of a claim from which its amounts for voting follow. */
export type RollAmounts = Pick<RollClaim, 'confirmedFen' | 'temporaryFen' | 'securedFen' | 'priorityWaived'>;

/** One head. Amounts in fen, summed over the creditor's claims that vote. */
export interface RollUnit {
  readonly unitId: string;
  readonly creditorId: string;
  readonly group: 'ALL';
  readonly natures: readonly Nature[];
  readonly amountFen: bigint;
  readonly unsecuredFen: bigint;
  readonly temporaryFen: bigint;
  /** By how much `unsecuredFen` falls when temporary amounts are left out. */
  readonly temporaryUnsecuredFen: bigint;
  readonly status: 'confirmed' | 'temporary';
}

/** A creditor without a vote on this item. */
export interface ExcludedCreditor {
  readonly unitId: string;
  readonly creditorId: string;
  readonly group: 'ALL';
  readonly natures: readonly Nature[];
  readonly reason: NoVoteReason;
}

export interface Roll {
  /** Ordered by unitId, so that the same claims give the same root. */
  readonly units: readonly RollUnit[];
  readonly excluded: readonly ExcludedCreditor[];
  readonly totals: readonly GroupTotals[];
  readonly excludedTotals: readonly ExcludedTotal[];
}

/** The reason told first when a creditor's claims are barred for several. */
const REASON_PRECEDENCE: readonly NoVoteReason[] = [
  'NOT_DETERMINED',
  'SECURED_NOT_WAIVED',
  'EMPLOYEE_NO_VOTE',
  'SUBORDINATED',
  'SOCIAL_POOL',
  'ZERO_AMOUNT',
];

/** Amount of a claim for voting and the part of it without security, in fen. */
export function votingAmounts(claim: RollAmounts): { amountFen: bigint; unsecuredFen: bigint } {
  const amountFen = (claim.confirmedFen ?? 0n) + (claim.temporaryFen ?? 0n);
  return { amountFen, unsecuredFen: unsecuredPart(claim, amountFen) };
}

function unsecuredPart(claim: RollAmounts, amountFen: bigint): bigint {
  if (claim.priorityWaived) return amountFen;
  if (claim.securedFen === null) return 0n;
  return amountFen > claim.securedFen ? amountFen - claim.securedFen : 0n;
}

/** Why a claim carries no vote under this rule, or undefined when it does. */
export function noVoteReasonOf(
  claim: RollClaim,
  rule: Rule,
  settings: RuleSettings,
): NoVoteReason | undefined {
  if (claim.confirmedFen === null && claim.temporaryFen === null) return 'NOT_DETERMINED';
  if (claim.nature === 'EMPLOYEE' && settings.employeeMode === 'NONE') return 'EMPLOYEE_NO_VOTE';
  if (claim.nature === 'SUBORDINATED' && !settings.subordinatedVotes) return 'SUBORDINATED';
  if (claim.nature === 'SOCIAL_INSURANCE_POOL' && rule.barredNatures.includes(claim.nature)) {
    return 'SOCIAL_POOL';
  }
  const { amountFen, unsecuredFen } = votingAmounts(claim);
  if (amountFen === 0n) return 'ZERO_AMOUNT';
  if (rule.secured === 'ONLY_UNSECURED_PART' && unsecuredFen === 0n) return 'SECURED_NOT_WAIVED';
  return undefined;
}

/** Builds the roll of a vote that is not by classes: one unit a creditor, `unitId` = `creditorId`. */
export function buildRoll(claims: Iterable<RollClaim>, rule: Rule, settings: RuleSettings): Roll {
  const units: RollUnit[] = [];
  const excluded: ExcludedCreditor[] = [];
  for (const [creditorId, own] of claimsByCreditor(claims)) {
    const reasons = own.map((claim) => noVoteReasonOf(claim, rule, settings));
    const voting = own.filter((_, index) => reasons[index] === undefined);
    if (voting.length > 0) units.push(toUnit(creditorId, voting, rule));
    else excluded.push(toExcluded(creditorId, own, reasons));
  }
  units.sort(byUnitId);
  excluded.sort(byUnitId);
  return { units, excluded, totals: [totalsOf(units)], excludedTotals: excludedTotalsOf(excluded) };
}

function claimsByCreditor(claims: Iterable<RollClaim>): Map<string, RollClaim[]> {
  const byCreditor = new Map<string, RollClaim[]>();
  for (const claim of claims) {
    const own = byCreditor.get(claim.creditorId);
    if (own === undefined) byCreditor.set(claim.creditorId, [claim]);
    else own.push(claim);
  }
  return byCreditor;
}

function toUnit(creditorId: string, claims: readonly RollClaim[], rule: Rule): RollUnit {
  let amountFen = 0n;
  let unsecuredFen = 0n;
  let temporaryFen = 0n;
  let temporaryUnsecuredFen = 0n;
  for (const claim of claims) {
    const whole = countedAmounts(claim, rule);
    const hasTemporary = (claim.temporaryFen ?? 0n) > 0n;
    const withoutTemporary = hasTemporary ? countedAmounts({ ...claim, temporaryFen: null }, rule) : whole;
    amountFen += whole.amountFen;
    unsecuredFen += whole.unsecuredFen;
    temporaryFen += whole.amountFen - withoutTemporary.amountFen;
    temporaryUnsecuredFen += whole.unsecuredFen - withoutTemporary.unsecuredFen;
  }
  return {
    unitId: creditorId,
    creditorId,
    group: 'ALL',
    natures: naturesOf(claims),
    amountFen,
    unsecuredFen,
    temporaryFen,
    temporaryUnsecuredFen,
    status: temporaryFen > 0n ? 'temporary' : 'confirmed',
  };
}

/** Where only the unsecured part votes (arts. 59(3), 110) it is also the whole voting amount. */
function countedAmounts(claim: RollClaim, rule: Rule): { amountFen: bigint; unsecuredFen: bigint } {
  const amounts = votingAmounts(claim);
  if (rule.secured === 'VOTE_HEAD_UNSECURED_AMOUNT') return amounts;
  return { amountFen: amounts.unsecuredFen, unsecuredFen: amounts.unsecuredFen };
}

function toExcluded(
  creditorId: string,
  claims: readonly RollClaim[],
  reasons: readonly (NoVoteReason | undefined)[],
): ExcludedCreditor {
  const reason = REASON_PRECEDENCE.find((candidate) => reasons.includes(candidate)) ?? 'ZERO_AMOUNT';
  return { unitId: creditorId, creditorId, group: 'ALL', natures: naturesOf(claims), reason };
}

function naturesOf(claims: readonly RollClaim[]): Nature[] {
  return [...new Set(claims.map((claim) => claim.nature))].sort();
}

function byUnitId(a: { unitId: string }, b: { unitId: string }): number {
  return a.unitId < b.unitId ? -1 : a.unitId > b.unitId ? 1 : 0;
}

function totalsOf(units: readonly RollUnit[]): GroupTotals {
  let amountFen = 0n;
  let unsecuredFen = 0n;
  let temporaryFen = 0n;
  let temporaryHeads = 0;
  for (const unit of units) {
    amountFen += unit.amountFen;
    unsecuredFen += unit.unsecuredFen;
    temporaryFen += unit.temporaryFen;
    if (unit.status === 'temporary') temporaryHeads += 1;
  }
  return {
    group: 'ALL',
    heads: String(units.length),
    amountFen: String(amountFen),
    unsecuredFen: String(unsecuredFen),
    temporaryHeads: String(temporaryHeads),
    temporaryFen: String(temporaryFen),
  };
}

function excludedTotalsOf(excluded: readonly ExcludedCreditor[]): ExcludedTotal[] {
  return REASON_PRECEDENCE.map((reason) => ({
    reason,
    creditors: String(excluded.filter((creditor) => creditor.reason === reason).length),
  })).filter((total) => total.creditors !== '0');
}
