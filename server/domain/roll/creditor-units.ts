/**
 * 企业破产法 arts. 59, 82, 87(1), 110; 司法解释三 arts. 11(2), 14: what a creditor stands on the roll as.
 * Rule: one unit for a creditor with an amount in the vote, in a plan one in each group that votes; a
 * creditor without any is on the roll with the reason. It does not decide whether a group should vote.
 */
import type { Group, Nature } from '../../protocol/entry-parts.ts';
import type { NoVoteReason } from '../../protocol/roll.ts';
import type { ExcludedCreditor, RollClaim, RollDecisions, RollRequest, RollUnit } from '../roll.ts';
import type { RuleSettings } from '../rules/rule-set.ts';
import { standingOf, type ClaimPart } from './claim-parts.ts';
import { joinedHeadsOf } from './joined-heads.ts';
import { REASON_PRECEDENCE } from './totals.ts';

/** `unitId` of the employees' one vote. */
export const EMPLOYEES_UNIT_ID = 'employees';

export interface CreditorStanding {
  readonly units: readonly RollUnit[];
  readonly excluded: readonly ExcludedCreditor[];
}

/** Sums of one unit while its claims are added up. */
interface Sums {
  readonly natures: Set<Nature>;
  /** A claim of a 关联方 is in it, be it of the head or of one counted with it (E13). */
  isAffiliate: boolean;
  amountFen: bigint;
  unsecuredFen: bigint;
  confirmedFen: bigint;
  confirmedUnsecuredFen: bigint;
}

/** Every creditor with its units or the reason why it has none. */
export function* standUp(
  byCreditor: ReadonlyMap<string, readonly RollClaim[]>,
  request: RollRequest,
): Generator<CreditorStanding> {
  const { rule, decisions = {} } = request;
  if (rule.voters === 'MEMBERS') {
    yield* membersOf(decisions);
    return;
  }
  const employees = createEmployeesVote(request);
  for (const [creditorId, claims] of byCreditor) {
    const exclusion = decisions.exclusions?.get(creditorId);
    yield exclusion === undefined
      ? standingOfCreditor(creditorId, claims, { request, employees })
      : { units: [], excluded: [withoutVote(creditorId, claims, exclusion)] };
  }
  yield { units: employees.units(), excluded: joinedCreditors(request) };
}

/** One head a member; amounts are not tested (司法解释三 art. 14). */
function* membersOf({ members = [], affiliates }: RollDecisions): Generator<CreditorStanding> {
  for (const creditorId of new Set(members)) {
    const sums = { ...emptySums(), isAffiliate: affiliates?.has(creditorId) === true };
    yield { units: [toUnit({ creditorId, group: 'ALL' }, sums)], excluded: [] };
  }
}

interface Context {
  readonly request: RollRequest;
  readonly employees: EmployeesVote;
}

function standingOfCreditor(
  creditorId: string,
  claims: readonly RollClaim[],
  { request, employees }: Context,
): CreditorStanding {
  const { rule, settings, decisions = {} } = request;
  const byGroup = new Map<Group, Sums>();
  const reasons = new Set<NoVoteReason>();
  for (const claim of claims) {
    if (employees.take(claim)) {
      reasons.add('EMPLOYEES_VOTE_AS_ONE');
      continue;
    }
    const standing = standingOf(claim, rule, settings);
    if ('noVote' in standing) {
      reasons.add(standing.noVote);
      continue;
    }
    const isAffiliate = decisions.affiliates?.has(claim.creditorId) === true;
    for (const part of standing.parts) addPart(byGroup, part, { nature: claim.nature, isAffiliate });
  }
  applySmallClaims(byGroup, settings);
  const units: RollUnit[] = [];
  const excluded: ExcludedCreditor[] = [];
  for (const [group, sums] of byGroup) {
    const unit = toUnit({ creditorId, group }, sums);
    const reason = reasonOfGroup(group, decisions);
    if (reason === undefined) units.push(unit);
    else excluded.push({ unitId: unit.unitId, creditorId, group, natures: unit.natures, reason });
  }
  if (byGroup.size === 0) excluded.push(withoutVote(creditorId, claims, firstReason(reasons)));
  return { units, excluded };
}

function addPart(
  byGroup: Map<Group, Sums>,
  part: ClaimPart,
  { nature, isAffiliate }: { readonly nature: Nature; readonly isAffiliate: boolean },
): void {
  let sums = byGroup.get(part.group);
  if (sums === undefined) byGroup.set(part.group, (sums = emptySums()));
  sums.natures.add(nature);
  sums.isAffiliate ||= isAffiliate;
  sums.amountFen += part.whole.amountFen;
  sums.unsecuredFen += part.whole.unsecuredFen;
  sums.confirmedFen += part.confirmed.amountFen;
  sums.confirmedUnsecuredFen += part.confirmed.unsecuredFen;
}

/** Art. 82(2): the court may set up a group of small claims among the ordinary ones. */
function applySmallClaims(byGroup: Map<Group, Sums>, { smallClaimsMaxFen }: RuleSettings): void {
  const ordinary = byGroup.get('ORDINARY');
  if (smallClaimsMaxFen === null || ordinary === undefined || byGroup.has('SMALL')) return;
  if (ordinary.amountFen > BigInt(smallClaimsMaxFen)) return;
  byGroup.delete('ORDINARY');
  byGroup.set('SMALL', ordinary);
}

function reasonOfGroup(group: Group, decisions: RollDecisions): NoVoteReason | undefined {
  if (decisions.passedGroups?.includes(group) === true) return 'GROUP_PASSED_BEFORE';
  return decisions.unaffectedGroups?.includes(group) === true ? 'GROUP_NOT_FORMED' : undefined;
}

interface EmployeesVote {
  /** Whether the claim is voted on with all others of its kind. */
  take(claim: RollClaim): boolean;
  units(): RollUnit[];
}

/**
 * All employees' claims as one vote, cast by their representative (domain.md E14); not in a plan (art. 82). Whether
 * it is a 关联方's hangs on who casts it: one among the employees does not make it so for all.
 */
function createEmployeesVote({ rule, settings, decisions }: RollRequest): EmployeesVote {
  const representativeId = decisions?.employeeRepresentativeId ?? null;
  const isUsed =
    rule.voters === 'CREDITORS' && settings.employeeMode === 'COLLECTIVE_ONE' && representativeId !== null;
  const byGroup = new Map<Group, Sums>();
  return {
    take(claim) {
      if (!isUsed || claim.nature !== 'EMPLOYEE') return false;
      const standing = standingOf(claim, rule, settings);
      if ('noVote' in standing) return false;
      const isAffiliate = decisions?.affiliates?.has(representativeId) === true;
      for (const part of standing.parts) addPart(byGroup, part, { nature: claim.nature, isAffiliate });
      return true;
    },
    units() {
      const sums = byGroup.get('ALL');
      if (sums === undefined || representativeId === null) return [];
      const unit = toUnit({ creditorId: representativeId, group: 'ALL' }, sums);
      return [{ ...unit, unitId: EMPLOYEES_UNIT_ID }];
    },
  };
}

/** Who is counted with another stands on the roll with that reason. */
function joinedCreditors({ claims, decisions }: RollRequest): ExcludedCreditor[] {
  const heads = joinedHeadsOf(decisions ?? {});
  if (heads.size === 0) return [];
  const natures = new Map<string, RollClaim[]>();
  for (const claim of claims) {
    if ((heads.get(claim.creditorId) ?? claim.creditorId) === claim.creditorId) continue;
    natures.set(claim.creditorId, [...(natures.get(claim.creditorId) ?? []), claim]);
  }
  return [...natures].map(([creditorId, own]) => withoutVote(creditorId, own, 'JOINED_TO_OTHER_HEAD'));
}

function toUnit(
  { creditorId, group }: { readonly creditorId: string; readonly group: Group },
  sums: Sums,
): RollUnit {
  const temporaryFen = sums.amountFen - sums.confirmedFen;
  return {
    unitId: group === 'ALL' ? creditorId : `${creditorId}_${group}`,
    creditorId,
    group,
    natures: [...sums.natures].sort(),
    amountFen: sums.amountFen,
    unsecuredFen: sums.unsecuredFen,
    temporaryFen,
    temporaryUnsecuredFen: sums.unsecuredFen - sums.confirmedUnsecuredFen,
    status: temporaryFen > 0n ? 'temporary' : 'confirmed',
    ...(sums.isAffiliate && { isAffiliate: true as const }),
  };
}

function withoutVote(
  creditorId: string,
  claims: readonly RollClaim[],
  reason: NoVoteReason,
): ExcludedCreditor {
  const natures = [...new Set(claims.map((claim) => claim.nature))].sort();
  return { unitId: creditorId, creditorId, group: 'ALL', natures, reason };
}

function firstReason(reasons: ReadonlySet<NoVoteReason>): NoVoteReason {
  return REASON_PRECEDENCE.find((candidate) => reasons.has(candidate)) ?? 'ZERO_AMOUNT';
}

function emptySums(): Sums {
  return {
    natures: new Set(),
    isAffiliate: false,
    amountFen: 0n,
    unsecuredFen: 0n,
    confirmedFen: 0n,
    confirmedUnsecuredFen: 0n,
  };
}
