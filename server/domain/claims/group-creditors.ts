/**
 * Several rows, one creditor: who is one head. Enterprise Bankruptcy Law art. 59, 64: heads are creditors,
 * not claims. Rows with the same creditor number belong together; a row without a number belongs to the
 * creditor with the same identity paper. One paper under two numbers would be two heads and is an error.
 */
import type { ClaimColumn } from '../../protocol/claims-import/columns.ts';
import type { ClaimDraft, CreditorDraft } from './claim-draft.ts';
import { comparableName } from './clean-text.ts';
import type { Findings, Place } from './findings.ts';
import type { Header } from './layout.ts';
import { cellAddress } from './raw-sheet.ts';

export interface CreditorGroup {
  readonly key: string;
  /** First row of the creditor: what it says holds. */
  readonly first: ClaimDraft;
  readonly rows: readonly ClaimDraft[];
  /** From the first row that names one. */
  readonly proxyRow: ClaimDraft | undefined;
  /** From the first row that says with whom the creditor is counted. */
  readonly headRow: ClaimDraft | undefined;
}

export interface GroupingContext {
  readonly findings: Findings;
  place(draft: ClaimDraft, column: ClaimColumn): Place;
  /** Where a cell of an earlier row stands, such as `C7`, for what a finding elsewhere refers to. */
  address(draft: ClaimDraft, column: ClaimColumn): string;
}

/** The context of one sheet. */
export function groupingOf({ columnOf }: Header, findings: Findings): GroupingContext {
  const place = (draft: ClaimDraft, column: ClaimColumn) => ({
    column: columnOf.get(column) ?? 1,
    row: draft.rowNumber,
  });
  return {
    findings,
    place,
    address(draft, column) {
      const { column: number, row } = place(draft, column);
      return cellAddress(number, row);
    },
  };
}

export const paperOf = ({ idType, idNo }: CreditorDraft): string | undefined =>
  idType === undefined || idNo === undefined ? undefined : `${idType}:${idNo}`;

/** First row of each creditor number that shows a paper: a row without a number is joined to it. */
function numbersByPaper(drafts: readonly ClaimDraft[], context: GroupingContext): Map<string, ClaimDraft> {
  const firstByPaper = new Map<string, ClaimDraft>();
  for (const draft of drafts) {
    const paper = paperOf(draft.creditor);
    if (paper === undefined || draft.creditor.creditorNo === undefined) continue;
    const first = firstByPaper.get(paper);
    if (first === undefined) firstByPaper.set(paper, draft);
    else if (first.creditor.creditorNo !== draft.creditor.creditorNo) {
      const params = { first: context.address(first, 'idNo') };
      context.findings.add('ID_ON_TWO_CREDITORS', params, context.place(draft, 'idNo'));
    }
  }
  return firstByPaper;
}

function identityOf(draft: ClaimDraft, firstByPaper: ReadonlyMap<string, ClaimDraft>): string {
  const paper = paperOf(draft.creditor);
  const number =
    draft.creditor.creditorNo ??
    (paper === undefined ? undefined : firstByPaper.get(paper)?.creditor.creditorNo);
  if (number !== undefined) return `number:${number}`;
  return paper === undefined ? `row:${draft.rowNumber}` : `paper:${paper}`;
}

/** What must be the same in every row of a creditor, and what is said when it is not. */
const STRICT_FIELDS = [
  {
    column: 'name',
    code: 'CREDITOR_NAME_DIFFERS',
    value: (c: CreditorDraft) => c.name && comparableName(c.name),
  },
  { column: 'idNo', code: 'CREDITOR_ID_DIFFERS', value: paperOf },
  { column: 'kind', code: 'CREDITOR_KIND_DIFFERS', value: (c: CreditorDraft) => c.kind },
  { column: 'mobile', code: 'CREDITOR_MOBILE_DIFFERS', value: (c: CreditorDraft) => c.mobile },
] as const;

const LOOSE_FIELDS = [
  { column: 'legalRep', value: (c: CreditorDraft) => c.legalRep },
  { column: 'contact', value: (c: CreditorDraft) => c.contact },
  { column: 'email', value: (c: CreditorDraft) => c.email },
  { column: 'address', value: (c: CreditorDraft) => c.address },
  { column: 'affiliate', value: (c: CreditorDraft) => String(c.isAffiliate) },
] as const;

const differ = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && a !== b;

/** What two rows of one party say of it must agree. */
export function compareRows(first: ClaimDraft, other: ClaimDraft, context: GroupingContext): void {
  for (const { column, code, value } of STRICT_FIELDS) {
    if (!differ(value(first.creditor), value(other.creditor))) continue;
    context.findings.add(code, { first: context.address(first, column) }, context.place(other, column));
  }
  for (const { column, value } of LOOSE_FIELDS) {
    if (!differ(value(first.creditor), value(other.creditor))) continue;
    const params = { column, first: context.address(first, column) };
    context.findings.add('CREDITOR_FIELD_DIFFERS', params, context.place(other, column));
  }
}

/** What a creditor may say in one of its rows for all: in which columns it stands, and how rows that differ are named. */
const SAID_ONCE = {
  head: {
    column: 'headNo',
    code: 'CREDITOR_HEAD_DIFFERS',
    value: ({ head }: CreditorDraft) => head && [head.creditorNo, head.reason, head.basis].join('\n'),
  },
  proxy: {
    column: 'proxyName',
    code: 'CREDITOR_PROXY_DIFFERS',
    value: ({ proxy }: CreditorDraft) =>
      proxy && [proxy.name, proxy.idNo, proxy.mobile, proxy.scope].join('\n'),
  },
} as const;

/** The first row that says it holds for all; rows that leave it out agree. */
function findSayingRow(
  rows: readonly ClaimDraft[],
  said: keyof typeof SAID_ONCE,
  context: GroupingContext,
): ClaimDraft | undefined {
  const { column, code, value } = SAID_ONCE[said];
  const saying = rows.find(({ creditor }) => creditor[said] !== undefined);
  if (saying === undefined) return undefined;
  for (const row of rows) {
    if (!differ(value(saying.creditor), value(row.creditor))) continue;
    context.findings.add(code, { first: context.address(saying, column) }, context.place(row, column));
  }
  return saying;
}

function reportSameNames(groups: readonly CreditorGroup[], context: GroupingContext): void {
  const firstByName = new Map<string, ClaimDraft>();
  for (const { first } of groups) {
    if (first.creditor.name === undefined) continue;
    const name = comparableName(first.creditor.name);
    const other = firstByName.get(name);
    if (other === undefined) firstByName.set(name, first);
    else {
      const params = { first: context.address(other, 'name') };
      context.findings.add('SAME_NAME', params, context.place(first, 'name'));
    }
  }
}

/** One warning for each number, at its second creditor: a contact for several is common and must be meant. */
function reportSharedMobiles(groups: readonly CreditorGroup[], context: GroupingContext): void {
  const rowsByMobile = new Map<string, ClaimDraft[]>();
  for (const { first } of groups) {
    const { mobile } = first.creditor;
    if (mobile === undefined) continue;
    const rows = rowsByMobile.get(mobile);
    if (rows === undefined) rowsByMobile.set(mobile, [first]);
    else rows.push(first);
  }
  for (const [first, second, ...rest] of rowsByMobile.values()) {
    if (first === undefined || second === undefined) continue;
    const params = { count: String(rest.length + 2), first: context.address(first, 'mobile') };
    context.findings.add('MOBILE_SHARED', params, context.place(second, 'mobile'));
  }
}

/** One identity number is one person: the same name and telephone wherever that person is a proxy holder. */
function compareProxies(groups: readonly CreditorGroup[], context: GroupingContext): void {
  const firstById = new Map<string, ClaimDraft>();
  for (const { proxyRow } of groups) {
    const proxy = proxyRow?.creditor.proxy;
    if (proxyRow === undefined || proxy === undefined) continue;
    const first = firstById.get(proxy.idNo);
    const known = first?.creditor.proxy;
    if (first === undefined || known === undefined) firstById.set(proxy.idNo, proxyRow);
    else if (known.name !== proxy.name || known.mobile !== proxy.mobile) {
      const params = { first: context.address(first, 'proxyName') };
      context.findings.add('PROXY_IDENTITY_DIFFERS', params, context.place(proxyRow, 'proxyName'));
    }
  }
}

/** Puts rows together by creditor, in order of first appearance, and reports what does not agree. */
export function groupCreditors(drafts: readonly ClaimDraft[], context: GroupingContext): CreditorGroup[] {
  const firstByPaper = numbersByPaper(drafts, context);
  const rowsByIdentity = new Map<string, ClaimDraft[]>();
  for (const draft of drafts) {
    const identity = identityOf(draft, firstByPaper);
    const rows = rowsByIdentity.get(identity);
    if (rows === undefined) rowsByIdentity.set(identity, [draft]);
    else rows.push(draft);
  }
  const groups: CreditorGroup[] = [];
  for (const rows of rowsByIdentity.values()) {
    const [first, ...others] = rows;
    if (first === undefined) continue;
    for (const other of others) compareRows(first, other, context);
    groups.push({
      key: `c${groups.length + 1}`,
      first,
      rows,
      proxyRow: findSayingRow(rows, 'proxy', context),
      headRow: findSayingRow(rows, 'head', context),
    });
  }
  reportSameNames(groups, context);
  reportSharedMobiles(groups, context);
  compareProxies(groups, context);
  return groups;
}
