import { maskCreditorName, maskIdNumber, maskMobile } from '../../domain/masking.ts';
import type { Proxy, ProxyHolder } from '../../domain/master-data.ts';
import { isNamedLike, proxyStateOf } from '../../domain/people/proxies.ts';
import type { ProxyRow, ProxyState } from '../../protocol/rest/proxy-routes.ts';
import { findCaseRole, type CaseRole } from '../case-access.ts';
import type { ClaimsBook } from '../conduct/conduct-data.ts';
import type { NamedCapacity } from '../ports/capacity-port.ts';
import type { CaseRecord } from '../ports/master-data-ports.ts';
import type { Session } from '../session.ts';
import type { ProxyDeps } from './proxy-deps.ts';

/** Whose office it is to see the document (art. 59(4): it is handed in to the court or the chair). */
export const REVIEWERS: readonly CaseRole[] = [
  'administrator-lead',
  'administrator-staff',
  'judge',
  'clerk',
  'chair',
];

/** A proxy as it stands: entered with its document, or named by the claims table and not yet seen. */
export type Listed =
  | { readonly kind: 'entered'; readonly proxy: Proxy }
  | { readonly kind: 'unreviewed'; readonly capacity: NamedCapacity; readonly holder: ProxyHolder };

/** All proxies of a case. One of the claims table whose document is entered stands there once. */
export async function listProxies(deps: ProxyDeps, caseId: string): Promise<readonly Listed[]> {
  const [entered, named, book] = await Promise.all([
    deps.proxies.listOfCase(caseId),
    deps.capacities.findUnreviewedProxies(caseId),
    deps.data.claimsBook(caseId),
  ]);
  const known = new Set(entered.map(({ capacityId }) => capacityId));
  const unreviewed = named
    .filter(({ capacityId }) => !known.has(capacityId))
    .map((capacity): Listed => ({ kind: 'unreviewed', capacity, holder: holderOf(capacity, book) }));
  return [...entered.map((proxy): Listed => ({ kind: 'entered', proxy })), ...unreviewed];
}

function holderOf({ creditorId }: NamedCapacity, book: ClaimsBook): ProxyHolder {
  const { name = '', idNo = '', mobile = '' } = book.creditors.get(creditorId)?.proxy ?? {};
  return { name, idNo, mobile };
}

export function stateOf(listed: Listed, nowMs: number): ProxyState {
  return listed.kind === 'unreviewed' ? 'unreviewed' : proxyStateOf(listed.proxy, nowMs);
}

/** Waiting for somebody: the document has not been approved. */
export function isUnreviewed(listed: Listed, nowMs: number): boolean {
  const state = stateOf(listed, nowMs);
  return state === 'unreviewed' || state === 'submitted';
}

interface Viewing {
  readonly session: Session;
  readonly record: CaseRecord;
}

/** Rows as the team reads them, with names of those who entered and reviewed. */
export async function toProxyRows(
  deps: ProxyDeps,
  { session, record }: Viewing,
  listed: readonly Listed[],
): Promise<ProxyRow[]> {
  const book = await deps.data.claimsBook(record.caseId);
  const entered = listed.flatMap((each) => (each.kind === 'entered' ? [each.proxy] : []));
  const documentIds = new Set(entered.flatMap(({ documentId }) => documentId ?? []));
  const documents = await deps.documents.findMany([...documentIds]);
  const titles = new Map(documents.map(({ documentId, title }) => [documentId, title]));
  const staff = entered.flatMap(({ enteredBy, reviewedBy }) => [enteredBy, reviewedBy ?? enteredBy]);
  const team = record.members.map(({ personId }) => personId);
  const people = await deps.people.findByIds([...new Set([...staff, ...team])]);
  const names = new Map(people.map(({ personId, name }) => [personId, name]));
  const teamNames = team.flatMap((personId) => names.get(personId) ?? []);
  const role = findCaseRole(record, session);
  const isReviewer = role !== undefined && REVIEWERS.includes(role);
  const nowMs = deps.clock.now();
  return listed.map((each) => {
    const state = stateOf(each, nowMs);
    const { creditorId, creditorName } = each.kind === 'entered' ? each.proxy : each.capacity;
    const holder = each.kind === 'entered' ? each.proxy.holder : each.holder;
    const isIndividual = book.creditors.get(creditorId)?.isIndividual ?? true;
    const enteredBy = each.kind === 'entered' ? each.proxy.enteredBy : undefined;
    return {
      creditorId,
      creditorName: maskCreditorName(creditorName, isIndividual),
      holderName: holder.name,
      holderIdNoMasked: maskIdNumber(holder.idNo),
      holderMobileMasked: maskMobile(holder.mobile),
      state,
      mayReview: isReviewer && state === 'submitted' && enteredBy !== session.personId,
      isNamedLikeStaff: isNamedLike(holder.name, teamNames),
      ...(each.kind === 'entered' ? enteredPart(each.proxy, titles, names) : emptyPart(each.capacity)),
    };
  });
}

type Part = Pick<
  ProxyRow,
  | 'proxyId'
  | 'authority'
  | 'scope'
  | 'expiresAt'
  | 'document'
  | 'enteredByName'
  | 'enteredAt'
  | 'reviewedByName'
  | 'reviewedAt'
  | 'endedAt'
  | 'reason'
>;

type Names = ReadonlyMap<string, string>;

function enteredPart(proxy: Proxy, titles: Names, names: Names): Part {
  const { proxyId, authority, scope, documentId, documentSha256: sha256, reason } = proxy;
  const nameOf = (personId: string | null) => (personId === null ? null : (names.get(personId) ?? ''));
  return {
    proxyId,
    authority,
    scope,
    expiresAt: proxy.expiresAt?.toISOString() ?? null,
    document:
      documentId === null || sha256 === null
        ? null
        : { documentId, sha256, title: titles.get(documentId) ?? '' },
    enteredByName: nameOf(proxy.enteredBy),
    enteredAt: proxy.enteredAt.toISOString(),
    reviewedByName: nameOf(proxy.reviewedBy),
    reviewedAt: proxy.reviewedAt?.toISOString() ?? null,
    endedAt: proxy.revokedAt?.toISOString() ?? null,
    reason,
  };
}

function emptyPart({ capacityId }: NamedCapacity): Part {
  return {
    proxyId: capacityId,
    authority: null,
    scope: null,
    expiresAt: null,
    document: null,
    enteredByName: null,
    enteredAt: null,
    reviewedByName: null,
    reviewedAt: null,
    endedAt: null,
    reason: null,
  };
}
