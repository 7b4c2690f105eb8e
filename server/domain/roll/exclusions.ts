import type { RollRequest } from '../roll.ts';

/**
 * What the court excludes a creditor from is a vote (E13). Every creditor that filed verifies the claims (art. 58),
 * and a proposal is measured by all claims (art. 62(2)): there an excluded one stands with the others.
 */
export function withExclusionsFromVotes(request: RollRequest): RollRequest {
  const { rule, decisions } = request;
  const isVote = rule.voters !== 'EVERY_CREDITOR' && rule.voters !== 'ALL_CLAIMS';
  if (isVote || decisions?.exclusions === undefined) return request;
  const exclusions = new Map(
    [...decisions.exclusions].filter(([, reason]) => reason !== 'EXCLUDED_BY_COURT'),
  );
  return { ...request, decisions: { ...decisions, exclusions } };
}
