/**
 * Proxies (授权委托): entered by the administrator with the document, approved or returned by a second person,
 * ended by a revocation or by their own date. 企业破产法 art. 59(4). What may be done in which state stands in
 * `domain/people/proxies.ts`.
 */
import { DomainError } from '../../domain/errors.ts';
import type { Proxy, ProxyHolder } from '../../domain/master-data.ts';
import { normaliseMobile } from '../../domain/people/identity.ts';
import { findHolderBar, isPast } from '../../domain/people/proxies.ts';
import type { NewProxies, ProxyRow, ProxyState, ProxyTermsInput } from '../../protocol/rest/proxy-routes.ts';
import { requireCaseRole, requireOneOf } from '../case-access.ts';
import { requireCase, requireManagedCase } from '../cases/require-case.ts';
import type { ClaimsBook } from '../conduct/conduct-data.ts';
import type { CaseRecord, PageOf, PageRequest } from '../ports/master-data-ports.ts';
import type { Session } from '../session.ts';
import type { ProxyDeps, WhichProxy } from './proxy-deps.ts';
import { createProxyReview, type ProxyReview } from './proxy-review.ts';
import { isUnreviewed, listProxies, REVIEWERS, stateOf, toProxyRows } from './proxy-views.ts';

export interface ProxyQuery extends PageRequest {
  readonly caseId: string;
  readonly search: string | undefined;
  readonly state: ProxyState | undefined;
}

export interface ProxyDesk extends ProxyReview {
  list(session: Session, query: ProxyQuery): Promise<PageOf<ProxyRow>>;
  /** How many of the meeting's case nobody has reviewed. */
  check(session: Session, meetingId: string): Promise<{ unreviewed: number }>;
  /**
   * All or none. @throws DomainError PROXY_HOLDER_IS_STAFF, PROXY_HOLDER_IS_PRINCIPAL, PROXY_EXISTS, PROXY_ENDED,
   * INVALID_REQUEST with the field
   */
  enter(session: Session, caseId: string, input: NewProxies): Promise<ProxyRow[]>;
  /** The document of a proxy that the claims table names. @throws DomainError PROXY_STATE when one is entered */
  enterDocument(session: Session, which: WhichProxy, terms: ProxyTermsInput): Promise<ProxyRow>;
}

/** What waits comes first. */
const ORDER: readonly ProxyState[] = [
  'submitted',
  'unreviewed',
  'approved',
  'expired',
  'returned',
  'revoked',
];

export function createProxyDesk(deps: ProxyDeps): ProxyDesk {
  return {
    ...createProxyReview(deps),
    async list(session, { caseId, search, state, page, pageSize }) {
      const record = await requireCase(deps.cases, caseId);
      requireOneOf(record, session, REVIEWERS);
      const nowMs = deps.clock.now();
      const all = (await listProxies(deps, caseId))
        .filter((listed) => state === undefined || stateOf(listed, nowMs) === state)
        .filter((listed) => {
          const { creditorName } = listed.kind === 'entered' ? listed.proxy : listed.capacity;
          const { name } = listed.kind === 'entered' ? listed.proxy.holder : listed.holder;
          return search === undefined || creditorName.includes(search) || name.includes(search);
        })
        .toSorted((a, b) => ORDER.indexOf(stateOf(a, nowMs)) - ORDER.indexOf(stateOf(b, nowMs)));
      const rows = all.slice((page - 1) * pageSize, page * pageSize);
      return { rows: await toProxyRows(deps, { session, record }, rows), total: all.length };
    },
    async check(session, meetingId) {
      const facts = await deps.data.findMeeting(meetingId);
      if (facts === undefined) throw new DomainError('NOT_FOUND');
      const { caseId, province } = facts.case;
      requireCaseRole({ province, members: facts.members }, session);
      const nowMs = deps.clock.now();
      const all = await listProxies(deps, caseId);
      return { unreviewed: all.filter((listed) => isUnreviewed(listed, nowMs)).length };
    },
    async enter(session, caseId, input) {
      const record = await requireManagedCase(deps.cases, session, caseId);
      const proxies = await toProxies(deps, { session, record }, input);
      await keep(deps, proxies);
      const listed = proxies.map((proxy) => ({ kind: 'entered', proxy }) as const);
      return toProxyRows(deps, { session, record }, listed);
    },
    async enterDocument(session, { caseId, proxyId }, terms) {
      const record = await requireManagedCase(deps.cases, session, caseId);
      const all = await listProxies(deps, caseId);
      const listed = all.find((each) => each.kind === 'unreviewed' && each.capacity.capacityId === proxyId);
      if (listed?.kind !== 'unreviewed') throw new DomainError('PROXY_STATE');
      const { capacity, holder } = listed;
      const { creditorId, creditorName, capacityId } = capacity;
      const whose = { creditorId, creditorName, holder, capacityId };
      const proxy = await toProxy(deps, { session, record }, { whose, terms });
      await keep(deps, [proxy]);
      const [row] = await toProxyRows(deps, { session, record }, [{ kind: 'entered', proxy }]);
      if (row === undefined) throw new Error('an entered proxy has no row');
      return row;
    },
  };
}

interface Entering {
  readonly session: Session;
  readonly record: CaseRecord;
}

async function toProxies(deps: ProxyDeps, entering: Entering, input: NewProxies): Promise<Proxy[]> {
  const { caseId } = entering.record;
  const { creditorIds, holder: typed, ...terms } = input;
  const mobile = normaliseMobile(typed.mobile);
  if (mobile === undefined) throw new DomainError('INVALID_REQUEST', { detail: 'body/holder/mobile' });
  const idNo = typed.idNo.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
  const holder: ProxyHolder = { name: typed.name.normalize('NFC').trim(), idNo, mobile };
  const book = await deps.data.claimsBook(caseId);
  const person = await deps.holders.findByMobile(mobile);
  await requireFitHolder(deps, entering.record, { holder, person, creditorIds, book });
  const own = person === undefined ? [] : await deps.capacities.findByPerson(person.personId);
  const sample = await toProxy(deps, entering, {
    whose: { creditorId: '', creditorName: '', holder, capacityId: null },
    terms,
  });
  return creditorIds.map((creditorId) => {
    const creditor = book.creditors.get(creditorId);
    if (creditor === undefined) throw new DomainError('INVALID_REQUEST', { detail: 'body/creditorIds' });
    const acting = own.find((capacity) => capacity.caseId === caseId && capacity.creditorId === creditorId);
    const isUnreviewedProxy = acting?.kind === 'proxy' && acting.proxy === undefined;
    if (acting !== undefined && !isUnreviewedProxy) throw new DomainError('PROXY_EXISTS');
    const capacityId = acting?.capacityId ?? null;
    return { ...sample, proxyId: deps.ids.next(), creditorId, creditorName: creditor.name, capacityId };
  });
}

interface Fitness {
  readonly holder: ProxyHolder;
  readonly person: { readonly personId: string; readonly isStaff: boolean } | undefined;
  readonly creditorIds: readonly string[];
  readonly book: ClaimsBook;
}

async function requireFitHolder(deps: ProxyDeps, record: CaseRecord, fitness: Fitness): Promise<void> {
  const { holder, person, creditorIds, book } = fitness;
  const staffMobiles = await deps.holders.staffMobiles();
  for (const creditorId of creditorIds) {
    const principalMobile = book.creditors.get(creditorId)?.mobile ?? '';
    const { mobile } = holder;
    const bar = findHolderBar({ person, mobile, team: record.members, staffMobiles, principalMobile });
    if (bar !== undefined) throw new DomainError(bar);
  }
}

interface ProxyParts {
  readonly whose: Pick<Proxy, 'creditorId' | 'creditorName' | 'holder' | 'capacityId'>;
  readonly terms: ProxyTermsInput;
}

/** One proxy as it is entered: with a document of this case, and not over before it begins. */
async function toProxy(
  deps: ProxyDeps,
  { session, record: { caseId } }: Entering,
  { whose, terms }: ProxyParts,
): Promise<Proxy> {
  const nowMs = deps.clock.now();
  const { authority, scope, documentId } = terms;
  const document = await deps.documents.find(documentId);
  if (document?.caseId !== caseId) throw new DomainError('INVALID_REQUEST', { detail: 'body/documentId' });
  const expiresAt = terms.expiresAt === null ? null : new Date(terms.expiresAt);
  if (isPast(expiresAt, nowMs)) throw new DomainError('PROXY_ENDED');
  return {
    proxyId: deps.ids.next(),
    caseId,
    ...whose,
    authority,
    scope,
    expiresAt,
    documentId,
    documentSha256: document.sha256,
    state: 'submitted',
    enteredBy: session.personId,
    enteredAt: new Date(nowMs),
    reviewedBy: null,
    reviewedAt: null,
    revokedBy: null,
    revokedAt: null,
    reason: null,
  };
}

async function keep(deps: ProxyDeps, proxies: readonly Proxy[]): Promise<void> {
  const [first] = proxies;
  if (first === undefined) return;
  await deps.proxies.insert(proxies);
  await deps.audit.append({
    at: first.enteredAt,
    actor: first.enteredBy,
    action: 'proxy.enter',
    subject: `case:${first.caseId}`,
    after: proxies.map(({ proxyId, creditorId, holder, scope, authority, documentSha256 }) => {
      return { proxyId, creditorId, holder, scope, authority, documentSha256, expiresAt: first.expiresAt };
    }),
  });
}
