/** What was entered twice. */
import type { ClaimDraft } from '../claim-draft.ts';
import type { GroupingContext } from '../group-creditors.ts';

/** Everything of a row but its number in the table and in the sheet. */
function fingerprint({ rowNumber: _row, claimNo: _no, ...content }: ClaimDraft): string {
  const parts = Object.values(content);
  return JSON.stringify(parts, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}

/** Numbers that stand twice in a table, and rows that differ in nothing else. */
export function reportDuplicates(
  drafts: readonly ClaimDraft[],
  { findings, place, address }: GroupingContext,
): void {
  const firstByNo = new Map<string, ClaimDraft>();
  const firstByContent = new Map<string, ClaimDraft>();
  for (const draft of drafts) {
    const sameNo = draft.claimNo === undefined ? undefined : firstByNo.get(draft.claimNo);
    if (sameNo !== undefined) {
      const params = { first: address(sameNo, 'claimNo') };
      findings.add('DUPLICATE_CLAIM_NO', params, place(draft, 'claimNo'));
    } else if (draft.claimNo !== undefined) firstByNo.set(draft.claimNo, draft);
    if (draft.creditor.idNo === undefined || draft.amounts.filedFen === undefined) continue;
    const content = fingerprint(draft);
    const same = firstByContent.get(content);
    if (same === undefined) firstByContent.set(content, draft);
    else findings.add('DUPLICATE_ROW', { first: String(same.rowNumber) }, place(draft, 'claimNo'));
  }
}
