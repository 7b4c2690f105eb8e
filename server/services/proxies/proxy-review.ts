/** The second person's part, and the end: what follows for the holder takes effect with the next request. */
import { DomainError } from '../../domain/errors.ts';
import { maskPersonName } from '../../domain/masking.ts';
import type { Proxy } from '../../domain/master-data.ts';
import { findHolderBar, judgeProxyStep, type ProxyStep } from '../../domain/people/proxies.ts';
import type { ProxyRow } from '../../protocol/rest/proxy-routes.ts';
import { ADMINISTRATORS, requireOneOf } from '../case-access.ts';
import { requireCase } from '../cases/require-case.ts';
import type { NamedCapacity } from '../ports/capacity-port.ts';
import type { CaseRecord } from '../ports/master-data-ports.ts';
import type { ProxyChange } from '../ports/proxy-port.ts';
import type { Session } from '../session.ts';
import type { ProxyDeps, WhichProxy } from './proxy-deps.ts';
import { listProxies, REVIEWERS, toProxyRows } from './proxy-views.ts';

export interface ProxyReview {
  /** Repeatable after an interruption. @throws DomainError SECOND_PERSON_REQUIRED, PROXY_STATE, PROXY_ENDED */
  approve(session: Session, which: WhichProxy): Promise<ProxyRow>;
  /** @throws DomainError SECOND_PERSON_REQUIRED, PROXY_STATE */
  sendBack(session: Session, which: WhichProxy, reason: string): Promise<ProxyRow>;
  /** Also of one that the claims table names. @throws DomainError PROXY_STATE */
  revoke(session: Session, which: WhichProxy, reason: string): Promise<ProxyRow>;
  /** Proxies that came to their end since the last call end open devices' rights. */
  endExpired(): Promise<void>;
}

export function createProxyReview(deps: ProxyDeps): ProxyReview {
  let sweptMs = deps.clock.now();
  return {
    async approve(session, which) {
      const { record, proxy } = await requireStep(deps, session, { which, step: 'approve' });
      const { holder } = proxy;
      const person = await deps.holders.findByMobile(holder.mobile);
      const staffMobiles = await deps.holders.staffMobiles();
      const team = record.members;
      const bar = findHolderBar({ person, mobile: holder.mobile, team, staffMobiles, principalMobile: '' });
      if (bar !== undefined) throw new DomainError(bar);
      const capacityId = await giveCapacity(deps, proxy);
      const step = { state: 'approved', capacityId, ...reviewed(deps, session) } as const;
      const approved = await change(deps, session, { proxy, step, action: 'proxy.approve' });
      await tellParties(deps, record, approved);
      return rowOf(deps, { session, record, proxy: approved });
    },
    async sendBack(session, which, reason) {
      const { record, proxy } = await requireStep(deps, session, { which, step: 'return' });
      await endCapacity(deps, proxy);
      const step = { state: 'returned', reason, ...reviewed(deps, session) } as const;
      const returned = await change(deps, session, { proxy, step, action: 'proxy.return' });
      return rowOf(deps, { session, record, proxy: returned });
    },
    async revoke(session, which, reason) {
      const { record, proxy } = await requireRevocable(deps, session, which);
      await endCapacity(deps, proxy);
      const at = new Date(deps.clock.now());
      const step = { state: 'revoked', reason, revokedBy: session.personId, revokedAt: at } as const;
      const revoked = await change(deps, session, { proxy, step, action: 'proxy.revoke' });
      return rowOf(deps, { session, record, proxy: revoked });
    },
    async endExpired() {
      const nowMs = deps.clock.now();
      const ended = await deps.capacities.findCasesWithEnds(sweptMs, nowMs);
      sweptMs = nowMs;
      for (const caseId of ended) await deps.onChanged(caseId);
    },
  };
}

interface Step {
  readonly which: WhichProxy;
  readonly step: ProxyStep;
}

async function requireStep(deps: ProxyDeps, session: Session, { which, step }: Step) {
  const record = await requireCase(deps.cases, which.caseId);
  requireOneOf(record, session, step === 'revoke' ? ADMINISTRATORS : REVIEWERS);
  const proxy = await deps.proxies.find(which.proxyId);
  if (proxy?.caseId !== which.caseId) throw new DomainError('NOT_FOUND');
  const nowMs = deps.clock.now();
  const refusal = judgeProxyStep(proxy, step, { personId: session.personId, nowMs });
  if (refusal !== undefined) throw new DomainError(refusal);
  return { record, proxy };
}

/** One that the claims table names has no document: its end is kept all the same, so that no import revives it. */
async function requireRevocable(deps: ProxyDeps, session: Session, which: WhichProxy) {
  const listed = (await listProxies(deps, which.caseId)).find(
    (each) => each.kind === 'unreviewed' && each.capacity.capacityId === which.proxyId,
  );
  if (listed?.kind !== 'unreviewed') return requireStep(deps, session, { which, step: 'revoke' });
  const record = await requireCase(deps.cases, which.caseId);
  requireOneOf(record, session, ADMINISTRATORS);
  const { capacity, holder } = listed;
  const proxy: Proxy = {
    proxyId: deps.ids.next(),
    caseId: which.caseId,
    creditorId: capacity.creditorId,
    creditorName: capacity.creditorName,
    holder,
    authority: 'GENERAL',
    scope: { kind: 'all' },
    expiresAt: null,
    documentId: null,
    documentSha256: null,
    state: 'submitted',
    enteredBy: session.personId,
    enteredAt: new Date(deps.clock.now()),
    reviewedBy: null,
    reviewedAt: null,
    revokedBy: null,
    revokedAt: null,
    reason: null,
    capacityId: capacity.capacityId,
  };
  await deps.proxies.insert([proxy]);
  return { record, proxy };
}

function reviewed({ clock }: ProxyDeps, { personId }: Session) {
  return { reviewedBy: personId, reviewedAt: new Date(clock.now()) };
}

/**
 * The holder's capacity, before the proxy is marked approved: an interrupted approval is made again and finds it
 * there. Of a proxy that the claims table named it is the one under which the holder has signed in already.
 */
async function giveCapacity(deps: ProxyDeps, proxy: Proxy): Promise<string> {
  const { proxyId, caseId, creditorId, creditorName, scope, expiresAt, documentSha256 } = proxy;
  if (documentSha256 === null) throw new DomainError('PROXY_STATE');
  const personId = await deps.holders.admit(caseId, proxy.holder);
  const terms = { proxyId, scope, documentSha256 };
  const acting = (await deps.capacities.findByPerson(personId)).find(
    (capacity) => capacity.caseId === caseId && capacity.creditorId === creditorId,
  );
  if (acting === undefined) {
    const capacityId = deps.ids.next();
    const whose = { caseId, personId, creditorId, creditorName, kind: 'proxy' } as const;
    await deps.capacities.insert([{ capacityId, ...whose, expiresAt, revokedAt: null, proxy: terms }]);
    return capacityId;
  }
  const isOther = acting.kind !== 'proxy' || (acting.proxy && acting.proxy.proxyId !== proxyId);
  if (isOther) throw new DomainError('PROXY_EXISTS');
  await deps.capacities.setTerms(acting.capacityId, { proxy: terms, expiresAt });
  return acting.capacityId;
}

/** Ends what the holder could do; also after an approval that was interrupted before it was marked. */
async function endCapacity(deps: ProxyDeps, proxy: Proxy): Promise<void> {
  const { caseId, proxyId, capacityId, holder } = proxy;
  const person = await deps.holders.findByMobile(holder.mobile);
  const all = person === undefined ? [] : await deps.capacities.findByPerson(person.personId);
  const isMeant = (each: NamedCapacity) => each.proxy?.proxyId === proxyId || each.capacityId === capacityId;
  const ids = new Set(all.filter(isMeant).map((each) => each.capacityId));
  if (capacityId !== null) ids.add(capacityId);
  await deps.capacities.revoke([...ids], new Date(deps.clock.now()));
  const isLast = !all.some((each) => each.caseId === caseId && each.proxy && !isMeant(each));
  if (isLast) await deps.holders.dismiss(caseId, holder);
}

interface Change {
  readonly proxy: Proxy;
  readonly step: ProxyChange;
  readonly action: string;
}

async function change(deps: ProxyDeps, session: Session, { proxy, step, action }: Change): Promise<Proxy> {
  const { proxyId, caseId, state } = proxy;
  if (!(await deps.proxies.change(proxyId, state, step))) {
    // Somebody else decided meanwhile; what this approval has given must not outlive a return.
    const isReturned = (await deps.proxies.find(proxyId))?.state !== 'approved';
    if (step.state === 'approved' && isReturned) await endCapacity(deps, proxy);
    throw new DomainError('PROXY_STATE');
  }
  await deps.audit.append({
    at: new Date(deps.clock.now()),
    actor: session.personId,
    action,
    subject: `case:${caseId}`,
    before: { proxyId, state },
    after: { proxyId, ...step },
    ...(step.reason && { reason: step.reason }),
  });
  await deps.onChanged(caseId);
  return { ...proxy, ...step };
}

/** The principal hears of it: a proxy that it never gave is found out this way. */
async function tellParties(deps: ProxyDeps, record: CaseRecord, proxy: Proxy): Promise<void> {
  const { debtor, helpPhone, caseId } = record;
  const { creditorId, creditorName, holder } = proxy;
  const creditor = (await deps.data.claimsBook(caseId)).creditors.get(creditorId);
  const name = maskPersonName(holder.name);
  const texts = [
    {
      to: creditor?.mobile ?? '',
      text: `【${debtor}债权人会议】已登记${name}为${creditorName}的代理人参会并表决。如非贵方委托，请致电管理人 ${helpPhone}。`,
    },
    {
      to: holder.mobile,
      text: `【${debtor}债权人会议】您已登记为${creditorName}的代理人，可用本手机号登录参会。管理人电话 ${helpPhone}。`,
    },
  ];
  for (const { to, text } of texts) {
    if (to === '') continue;
    await deps.messenger
      .send({ channel: 'sms', to, text })
      .catch((error: unknown) => deps.log.warn({ err: error }, 'an SMS could not be handed over'));
  }
}

interface Changed {
  readonly session: Session;
  readonly record: CaseRecord;
  readonly proxy: Proxy;
}

async function rowOf(deps: ProxyDeps, { session, record, proxy }: Changed): Promise<ProxyRow> {
  const [row] = await toProxyRows(deps, { session, record }, [{ kind: 'entered', proxy }]);
  if (row === undefined) throw new Error('a proxy has no row');
  return row;
}
