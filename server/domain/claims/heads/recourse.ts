/**
 * 企业破产法 art. 51(2): a guarantor or another joint debtor files with its future recourse, except where the
 * creditor has filed the whole claim with the administrator; then the recourse claim has no vote (domain.md E19).
 * Rule: such a row names the principal claim, which stands in the same table and belongs to somebody else. It
 * does not decide whether the principal creditor has filed all; it points out where the figures speak against it.
 */
import { formatYuan } from '../../money.ts';
import type { ClaimDraft } from '../claim-draft.ts';
import type { CreditorGroup, GroupingContext } from '../group-creditors.ts';

interface PrincipalClaim {
  readonly draft: ClaimDraft;
  readonly creditorKey: string;
}

/** Holds the recourse claims of a table against the principal claims that they name. */
export function checkRecourse(groups: readonly CreditorGroup[], context: GroupingContext): void {
  const byNumber = new Map<string, PrincipalClaim>();
  for (const { key, rows } of groups) {
    for (const draft of rows) {
      if (draft.claimNo !== undefined) byNumber.set(draft.claimNo, { draft, creditorKey: key });
    }
  }
  for (const { key, rows } of groups) {
    for (const draft of rows) {
      if (draft.recourseFor === undefined) continue;
      checkClaim({ draft, creditorKey: key }, byNumber.get(draft.recourseFor), context);
    }
  }
}

function checkClaim(
  { draft, creditorKey }: PrincipalClaim,
  principal: PrincipalClaim | undefined,
  context: GroupingContext,
): void {
  const { findings, place } = context;
  const found = (draft.recourseFor ?? '').slice(0, 32);
  const at = place(draft, 'recourseFor');
  if (principal === undefined) {
    findings.add('RECOURSE_CLAIM_UNKNOWN', { found }, at);
    return;
  }
  const first = context.address(principal.draft, 'claimNo');
  if (principal.creditorKey === creditorKey) findings.add('RECOURSE_OWN_CLAIM', { found, first }, at);
  const filedFen = draft.amounts.filedFen ?? 0n;
  const principalFen = principal.draft.amounts.filedFen;
  if (principalFen === undefined || filedFen <= principalFen) return;
  const params = { found: formatYuan(filedFen), expected: formatYuan(principalFen), first };
  findings.add('RECOURSE_NOT_IN_FULL', params, at);
}
