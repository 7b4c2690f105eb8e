/**
 * 企业破产法 art. 85(2): a plan that adjusts the rights of investors is voted on by a group of investors too;
 * it must be set up. Rule: named as one that votes and without an investor on the roll, the group has not
 * been set up, and what the other groups decide is not the plan's adoption (art. 86(1): every group adopts).
 * It does not decide whether a plan adjusts those rights: the draft says so. Groups of art. 82(1) without a
 * claim are not formed and are missed by nobody.
 */
import type { GroupNotFormed } from '../../protocol/tally.ts';

/** Whether a group that the law prescribes has nobody in it. */
export function isMandatoryGroupMissing(notFormed: readonly GroupNotFormed[]): boolean {
  return notFormed.some(({ group, reason }) => group === 'INVESTOR' && reason === 'EMPTY');
}
