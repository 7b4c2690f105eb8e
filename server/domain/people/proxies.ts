/**
 * 企业破产法 art. 59(4): a creditor may have a proxy attend and vote, who hands in the authorisation
 * (授权委托书) to the court or the chair. 民法典 arts. 165 (what the document says), 173 (an agency ends by expiry
 * or revocation). Who conducts the case cannot act for a party in it (domain.md E13).
 *
 * A proxy is in force from its approval by a second person until its end, and for the items that it covers.
 * What was cast before the end stays; a creditor that has signed in itself votes itself (E26).
 * Not decided here: whether a document is genuine, and whether 一般授权 suffices for an item; people see both.
 */
import type { ErrorCode } from '../../protocol/errors.ts';
import type { ItemScope, ProxyState } from '../../protocol/rest/proxy-routes.ts';
import type { Capacity, CaseMember, Proxy } from '../master-data.ts';
import { normaliseName } from './identity.ts';

/** What a proxy's scope is asked about. */
export interface ScopedItem {
  readonly resolutionId: string;
  /** Registry id of the resolution's type. */
  readonly type: string;
}

export function coversItem(scope: ItemScope, { resolutionId, type }: ScopedItem): boolean {
  switch (scope.kind) {
    case 'all':
      return true;
    case 'resolutions':
      return scope.resolutionIds.includes(resolutionId);
    case 'types':
      return scope.types.some((covered) => covered === type);
  }
}

/** Why a proxy cannot act for its principal in an item although it is in force. */
export type ProxyBar = Extract<ErrorCode, 'PROXY_OUTSIDE_SCOPE' | 'PRINCIPAL_PRESENT'>;

/** Undefined for everybody who acts for the own side. `isPrincipalPresent`: that side has signed in itself. */
export function findProxyBar(
  capacity: Pick<Capacity, 'kind' | 'proxy'>,
  item: ScopedItem,
  isPrincipalPresent: boolean,
): ProxyBar | undefined {
  if (capacity.kind !== 'proxy') return undefined;
  if (capacity.proxy && !coversItem(capacity.proxy.scope, item)) return 'PROXY_OUTSIDE_SCOPE';
  return isPrincipalPresent ? 'PRINCIPAL_PRESENT' : undefined;
}

/** Why a person cannot hold a proxy of this creditor. */
export type HolderBar = Extract<ErrorCode, 'PROXY_HOLDER_IS_STAFF' | 'PROXY_HOLDER_IS_PRINCIPAL'>;

export interface Holding {
  /** Person who has the holder's telephone already. */
  readonly person: { readonly personId: string; readonly isStaff: boolean } | undefined;
  readonly mobile: string;
  readonly team: readonly Pick<CaseMember, 'personId' | 'role'>[];
  /** Telephones that accounts of staff have named as their own. */
  readonly staffMobiles: readonly string[];
  /** The creditor's own telephone. */
  readonly principalMobile: string;
}

/** Administrator, judge and clerk never vote (E13); the chair is a creditor and may act for others. */
export function findHolderBar(holding: Holding): HolderBar | undefined {
  const { person, mobile, team, staffMobiles, principalMobile } = holding;
  const member = team.find(({ personId }) => personId === person?.personId);
  const isOfTheTeam = member !== undefined && member.role !== 'chair';
  if (isOfTheTeam || person?.isStaff === true || staffMobiles.includes(mobile))
    return 'PROXY_HOLDER_IS_STAFF';
  return mobile === principalMobile ? 'PROXY_HOLDER_IS_PRINCIPAL' : undefined;
}

/** The same spelling of a name is a hint for the reviewer and no more: many people share a name. */
export function isNamedLike(holderName: string, names: readonly string[]): boolean {
  const name = normaliseName(holderName);
  return names.some((other) => normaliseName(other) === name);
}

export type ProxyStep = 'approve' | 'return' | 'revoke';

/** Which step leads from which state, and who may not take it. Undefined when it may be taken. */
export function judgeProxyStep(
  proxy: Pick<Proxy, 'state' | 'enteredBy' | 'expiresAt'>,
  step: ProxyStep,
  { personId, nowMs }: { readonly personId: string; readonly nowMs: number },
): ErrorCode | undefined {
  const state = proxyStateOf(proxy, nowMs);
  if (step === 'revoke') return state === 'submitted' || state === 'approved' ? undefined : 'PROXY_STATE';
  if (state !== 'submitted') return 'PROXY_STATE';
  if (proxy.enteredBy === personId) return 'SECOND_PERSON_REQUIRED';
  if (step === 'approve' && isPast(proxy.expiresAt, nowMs)) return 'PROXY_ENDED';
  return undefined;
}

export function proxyStateOf(
  { state, expiresAt }: Pick<Proxy, 'state' | 'expiresAt'>,
  nowMs: number,
): Exclude<ProxyState, 'unreviewed'> {
  return state === 'approved' && isPast(expiresAt, nowMs) ? 'expired' : state;
}

export function isPast(end: Date | null, nowMs: number): boolean {
  return end !== null && end.getTime() <= nowMs;
}
