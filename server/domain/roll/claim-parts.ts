/**
 * 企业破产法 arts. 51(2), 59, 62(2), 82, 83, 85, 110: which part of a claim stands where in a vote.
 * Rule: outside a plan a claim stands on the roll as a whole, or not at all for a reason; in a plan its
 * secured part stands with the secured creditors and its shortfall with the ordinary ones (art. 110).
 *   secured part = voteAmount - unsecured; shortfall = unsecured
 * It does not decide what the parts of several claims make of a creditor: `build-roll.ts` adds them up.
 */
import type { Group } from '../../protocol/entry-parts.ts';
import type { NoVoteReason } from '../../protocol/roll.ts';
import type { RollClaim } from '../roll.ts';
import type { Rule, RuleSettings } from '../rules/rule-set.ts';
import { votingAmounts, type VotingAmounts } from './voting-amounts.ts';

/** An amount in a group; `confirmed` is what remains of it when temporary amounts are left out. */
export interface ClaimPart {
  readonly group: Group;
  readonly whole: VotingAmounts;
  readonly confirmed: VotingAmounts;
}

export type ClaimStanding =
  { readonly parts: readonly ClaimPart[] } | { readonly noVote: NoVoteReason; readonly group?: Group };

/** Where a claim stands under a rule. */
export function standingOf(claim: RollClaim, rule: Rule, settings: RuleSettings): ClaimStanding {
  switch (rule.voters) {
    case 'GROUPS':
      return standingInGroups(claim, rule, settings);
    case 'ALL_CLAIMS':
      return standingWithAllClaims(claim);
    case 'EVERY_CREDITOR':
      return claim.nature === 'INVESTOR' ? noVote('INVESTOR_ONLY_IN_PLAN') : wholeClaim(claim, votingAmounts);
    case 'CREDITORS':
    case 'MEMBERS':
      return standingOfCreditor(claim, rule, settings);
  }
}

function standingOfCreditor(claim: RollClaim, rule: Rule, settings: RuleSettings): ClaimStanding {
  if (claim.nature === 'INVESTOR') return noVote('INVESTOR_ONLY_IN_PLAN');
  const reason = reasonByNature(claim, rule, settings);
  if (reason !== undefined) return noVote(reason);
  const { amountFen, unsecuredFen } = votingAmounts(claim);
  if (amountFen === 0n) return noVote('ZERO_AMOUNT');
  if (rule.secured === 'VOTE_HEAD_UNSECURED_AMOUNT') return wholeClaim(claim, votingAmounts);
  if (unsecuredFen === 0n) return noVote('SECURED_NOT_WAIVED');
  // Where only the unsecured part votes (arts. 59(3), 110) it is also the whole voting amount.
  return wholeClaim(claim, unsecuredAmounts);
}

function reasonByNature(claim: RollClaim, rule: Rule, settings: RuleSettings): NoVoteReason | undefined {
  if (claim.isRecourseFiledInFull === true) return 'RECOURSE_FILED_IN_FULL';
  if (isUndetermined(claim)) return 'NOT_DETERMINED';
  if (claim.nature === 'EMPLOYEE' && rule.voters === 'CREDITORS' && settings.employeeMode === 'NONE') {
    return 'EMPLOYEE_NO_VOTE';
  }
  if (claim.nature === 'SUBORDINATED' && !settings.subordinatedVotes) return 'SUBORDINATED';
  return rule.barredNatures.includes(claim.nature) ? 'SOCIAL_POOL' : undefined;
}

/** Art. 62(2): all claims, secured ones included; what is not determined has no amount to propose with. */
function standingWithAllClaims(claim: RollClaim): ClaimStanding {
  if (claim.nature === 'INVESTOR') return noVote('INVESTOR_ONLY_IN_PLAN');
  // Counted with it, one debt would stand in the total twice.
  if (claim.isRecourseFiledInFull === true) return noVote('RECOURSE_FILED_IN_FULL');
  if (isUndetermined(claim)) return noVote('NOT_DETERMINED');
  return votingAmounts(claim).amountFen === 0n ? noVote('ZERO_AMOUNT') : wholeClaim(claim, votingAmounts);
}

function standingInGroups(claim: RollClaim, rule: Rule, settings: RuleSettings): ClaimStanding {
  const group = groupOfUnsecured(claim);
  const reason = reasonByNature(claim, rule, settings);
  if (reason !== undefined) return { noVote: reason, group };
  const parts = [partOf(claim, 'SECURED', securedAmounts), partOf(claim, group, unsecuredAmounts)].filter(
    (part) => part.whole.amountFen > 0n,
  );
  return parts.length > 0 ? { parts } : { noVote: 'ZERO_AMOUNT', group };
}

/**
 * Art. 82(1) by the nature of the claim. The sheet's column may say otherwise, e.g. for surcharges on
 * taxes, which are ordinary claims; security is not the column's to decide.
 */
function groupOfUnsecured(claim: RollClaim): Group {
  if (claim.nature === 'INVESTOR') return 'INVESTOR';
  if (claim.group !== undefined && COLUMN_GROUPS.includes(claim.group)) return claim.group;
  return claim.nature === 'EMPLOYEE' || claim.nature === 'TAX' ? claim.nature : 'ORDINARY';
}

const COLUMN_GROUPS: readonly Group[] = ['EMPLOYEE', 'TAX', 'ORDINARY', 'SMALL'];

function wholeClaim(claim: RollClaim, amountsOf: (claim: RollClaim) => VotingAmounts): ClaimStanding {
  return { parts: [partOf(claim, 'ALL', amountsOf)] };
}

function partOf(claim: RollClaim, group: Group, amountsOf: (claim: RollClaim) => VotingAmounts): ClaimPart {
  const whole = amountsOf(claim);
  const hasTemporary = (claim.temporaryFen ?? 0n) > 0n;
  return { group, whole, confirmed: hasTemporary ? amountsOf({ ...claim, temporaryFen: null }) : whole };
}

function unsecuredAmounts(claim: RollClaim): VotingAmounts {
  const { unsecuredFen } = votingAmounts(claim);
  return { amountFen: unsecuredFen, unsecuredFen };
}

function securedAmounts(claim: RollClaim): VotingAmounts {
  const { amountFen, unsecuredFen } = votingAmounts(claim);
  return { amountFen: amountFen - unsecuredFen, unsecuredFen: 0n };
}

/** Art. 59(2): neither confirmed nor temporarily determined. */
function isUndetermined({ confirmedFen, temporaryFen }: RollClaim): boolean {
  return confirmedFen === null && temporaryFen === null;
}

function noVote(reason: NoVoteReason): ClaimStanding {
  return { noVote: reason };
}
