/**
 * Enterprise Bankruptcy Law art. 59(1)(2) and 64(1): what a claim counts for in a vote.
 * Rule: a claim votes with its confirmed amount and with the part that the court has determined
 * temporarily; of that only the part without security counts towards the total of unsecured claims.
 *   voteAmount      = confirmed + temporary
 *   unsecuredAmount = voteAmount − (waived ? 0 : min(voteAmount, securedPriority))
 * A secured claim whose priority is not yet assessed is wholly secured. Not decided here: who may vote on
 * which resolution (art. 59(3)), and what happens to a claim that is corrected after the roll is frozen.
 */
import type { ClaimAmounts, VoteBasis } from './types.ts';

/** Voting amount in fen; 0 when neither part exists, and then there is no vote (art. 59(2)). */
export function voteAmount(claim: ClaimAmounts): bigint {
  return (claim.confirmedFen ?? 0n) + (claim.temporaryFen ?? 0n);
}

export function voteBasis(claim: ClaimAmounts): VoteBasis {
  if ((claim.temporaryFen ?? 0n) > 0n) return 'TEMPORARY';
  return (claim.confirmedFen ?? 0n) > 0n ? 'CONFIRMED' : 'NONE';
}

/** Part of the voting amount that stands behind security, in fen. */
export function securedAmount(claim: ClaimAmounts): bigint {
  const vote = voteAmount(claim);
  if (claim.isPriorityWaived) return 0n;
  if (claim.securedPriorityFen === undefined) return claim.nature === 'SECURED' ? vote : 0n;
  return claim.securedPriorityFen < vote ? claim.securedPriorityFen : vote;
}

/** Part of the voting amount that counts towards the total of unsecured claims, in fen. */
export function unsecuredAmount(claim: ClaimAmounts): bigint {
  return voteAmount(claim) - securedAmount(claim);
}
