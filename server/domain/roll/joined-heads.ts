/**
 * 企业破产法 art. 50 (E18), domain.md E13, E21: with whom a creditor is counted as one head. A creditor that the court
 * has excluded takes its own claims out of the vote and nobody else's: counted with another it leaves that head,
 * and where it was the head itself, the first of the others by id stands for them.
 */
import type { RollDecisions } from '../roll.ts';

const NOBODY: ReadonlyMap<string, string> = new Map();

/** Creditor → the creditor whose head it is counted with; who is a head of its own need not be in it. */
export function joinedHeadsOf({ joinedTo = NOBODY, exclusions }: RollDecisions): ReadonlyMap<string, string> {
  if (exclusions === undefined || exclusions.size === 0 || joinedTo.size === 0) return joinedTo;
  const remaining = [...joinedTo].filter(([creditorId]) => !exclusions.has(creditorId));
  const standIns = new Map<string, string>();
  for (const [creditorId, headId] of remaining) {
    if (!exclusions.has(headId)) continue;
    const first = standIns.get(headId);
    if (first === undefined || creditorId < first) standIns.set(headId, creditorId);
  }
  return new Map(remaining.map(([creditorId, headId]) => [creditorId, standIns.get(headId) ?? headId]));
}
