/**
 * 企业破产法 arts. 59(1)(2), 64(1), 110: what a claim counts for.
 * Rule: the confirmed amount and the part that the court determined for voting; of that, what the
 * collateral is expected to pay is secured unless priority was waived.
 *   voteAmount = confirmed + temporary; unsecured = voteAmount - (waived ? 0 : min(voteAmount, secured))
 * It does not decide who votes with these amounts on which resolution.
 */
import type { RollClaim } from '../roll.ts';

/** The part of a claim from which its amounts for voting follow. */
export type RollAmounts = Pick<RollClaim, 'confirmedFen' | 'temporaryFen' | 'securedFen' | 'priorityWaived'>;

/** Fen. `unsecuredFen` is the part of `amountFen` without security. */
export interface VotingAmounts {
  readonly amountFen: bigint;
  readonly unsecuredFen: bigint;
}

/** Amount of a claim for voting and the part of it without security, in fen. */
export function votingAmounts(claim: RollAmounts): VotingAmounts {
  const amountFen = (claim.confirmedFen ?? 0n) + (claim.temporaryFen ?? 0n);
  return { amountFen, unsecuredFen: unsecuredPart(claim, amountFen) };
}

function unsecuredPart(claim: RollAmounts, amountFen: bigint): bigint {
  if (claim.priorityWaived) return amountFen;
  // Secured and not assessed: all of it is (domain.md E16).
  if (claim.securedFen === null) return 0n;
  return amountFen > claim.securedFen ? amountFen - claim.securedFen : 0n;
}
