/**
 * Enterprise Bankruptcy Law art. 59(1)(2) and 64(1): what a claim counts for in a vote.
 * Rule: a claim votes with its confirmed amount and with the part that the court has determined
 * temporarily; of that only the part without security counts towards the total of unsecured claims.
 *   voteAmount      = confirmed + temporary
 *   unsecuredAmount = voteAmount − (waived ? 0 : min(voteAmount, securedPriority))
 * A secured claim whose priority is not yet assessed is wholly secured. Not decided here: who may vote on
 * which resolution (art. 59(3)), and what happens to a claim that is corrected after the roll is frozen.
 */
import { votingAmounts, type RollAmounts } from '../roll/voting-amounts.ts';
import type { ClaimAmounts, VoteBasis } from './types.ts';

/** A claim of the table as the roll counts it: the formula itself stands there once. */
export function toRollAmounts(claim: ClaimAmounts): RollAmounts {
  return {
    confirmedFen: claim.confirmedFen ?? null,
    temporaryFen: claim.temporaryFen ?? null,
    securedFen: claim.securedPriorityFen ?? (claim.nature === 'SECURED' ? null : 0n),
    priorityWaived: claim.isPriorityWaived,
  };
}

/** Voting amount in fen; 0 when neither part exists, and then there is no vote (art. 59(2)). */
export function voteAmount(claim: ClaimAmounts): bigint {
  return votingAmounts(toRollAmounts(claim)).amountFen;
}

export function voteBasis(claim: ClaimAmounts): VoteBasis {
  if ((claim.temporaryFen ?? 0n) > 0n) return 'TEMPORARY';
  return (claim.confirmedFen ?? 0n) > 0n ? 'CONFIRMED' : 'NONE';
}

/** Part of the voting amount that counts towards the total of unsecured claims, in fen. */
export function unsecuredAmount(claim: ClaimAmounts): bigint {
  return votingAmounts(toRollAmounts(claim)).unsecuredFen;
}
