/**
 * 企业破产法 arts. 50, 59(1), 64(1): heads are creditors. Joint creditors are one (domain.md E18), and so are the
 * assignees among whom one claim was split up (E21), unless the court says otherwise; branches of one legal
 * person count as they filed, and are named to be decided on (E5).
 * Rule: the representative is in the table, is another creditor, and is a head itself. It does not decide
 * whether creditors are to be counted as one: the administrator writes it into the table with its basis.
 */
import { comparableName } from '../clean-text.ts';
import type { CreditorGroup, GroupingContext } from '../group-creditors.ts';

/** Holds what the table says of heads against the table itself. */
export function checkHeads(groups: readonly CreditorGroup[], context: GroupingContext): void {
  const byNumber = new Map<string, CreditorGroup>();
  for (const group of groups) {
    for (const { creditor } of group.rows) {
      if (creditor.creditorNo !== undefined) byNumber.set(creditor.creditorNo, group);
    }
  }
  for (const group of groups) checkHead(group, byNumber, context);
  reportBranches(groups, context);
}

function checkHead(
  { key, headRow }: CreditorGroup,
  byNumber: ReadonlyMap<string, CreditorGroup>,
  context: GroupingContext,
): void {
  const { findings, place } = context;
  const head = headRow?.creditor.head;
  if (headRow === undefined || head === undefined) return;
  const at = place(headRow, 'headNo');
  const representative = byNumber.get(head.creditorNo);
  if (representative === undefined) findings.add('HEAD_UNKNOWN', { found: head.creditorNo }, at);
  else if (representative.key === key) findings.add('HEAD_IS_SELF', {}, at);
  else if (representative.headRow !== undefined) {
    const first = context.address(representative.headRow, 'headNo');
    findings.add('HEAD_IS_JOINED', { found: head.creditorNo, first }, at);
  }
}

/** What stands before the branch in a name such as 江南商业银行股份有限公司云溪支行; the rest names the branch. */
const LEGAL_PERSON =
  /^(.{3,}?(?<!分)公司|.{3,}?(?:银行|合作社|联社))(?:.{0,30}(?:分公司|分行|支行|营业部|分理处|办事处))?$/u;

/** One warning a branch that votes apart from a creditor of the same legal person. */
function reportBranches(groups: readonly CreditorGroup[], context: GroupingContext): void {
  const firstByPerson = new Map<string, CreditorGroup>();
  for (const group of groups) {
    const { name } = group.first.creditor;
    const person = name === undefined ? undefined : LEGAL_PERSON.exec(comparableName(name))?.[1];
    if (person === undefined || group.headRow !== undefined) continue;
    const other = firstByPerson.get(person);
    if (other === undefined) firstByPerson.set(person, group);
    // Two of the very same name have a warning of their own.
    else if (comparableName(other.first.creditor.name ?? '') !== comparableName(name ?? '')) {
      const params = { first: context.address(other.first, 'name') };
      context.findings.add('BRANCH_FILED_ALONE', params, context.place(group.first, 'name'));
    }
  }
}
