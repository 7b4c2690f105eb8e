/** REST table of proxies (授权委托, 企业破产法 art. 59(4)): entered by one person, reviewed by another. */
import { Type, type Static } from 'typebox';
import type { RestRoute } from './rest.ts';
import { ResolutionTypeId } from '../resolution-types.ts';
import { closed, Id, Instant, line, nullable, PageQuery, pageOf, Sha256Hex } from '../scalars.ts';

/** Items that a proxy covers: everything, resolutions by name, or every resolution of a type. */
export const ItemScope = Type.Union([
  Type.Object({ kind: Type.Literal('all') }, closed),
  Type.Object(
    {
      kind: Type.Literal('resolutions'),
      resolutionIds: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }),
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('types'),
      types: Type.Array(ResolutionTypeId, { minItems: 1, maxItems: 30, uniqueItems: true }),
    },
    closed,
  ),
]);
export type ItemScope = Static<typeof ItemScope>;

export const ProxyAuthority = Type.Union([Type.Literal('GENERAL'), Type.Literal('SPECIAL')]);

/**
 * `unreviewed`: named by the claims table, and nobody has seen the document yet. `expired` is what an approved
 * one becomes by itself.
 */
export const ProxyState = Type.Union([
  Type.Literal('unreviewed'),
  Type.Literal('submitted'),
  Type.Literal('approved'),
  Type.Literal('expired'),
  Type.Literal('returned'),
  Type.Literal('revoked'),
]);
export type ProxyState = Static<typeof ProxyState>;

export const ProxyRow = Type.Object({
  /** Of an unreviewed one: the id of its capacity. */
  proxyId: Id,
  creditorId: Id,
  /** Enterprises in full, individuals masked. */
  creditorName: Type.String(),
  holderName: Type.String(),
  holderIdNoMasked: Type.String(),
  holderMobileMasked: Type.String(),
  /** Null while nobody has entered what the document says. */
  authority: nullable(ProxyAuthority),
  scope: nullable(ItemScope),
  expiresAt: nullable(Instant),
  document: nullable(Type.Object({ documentId: Id, sha256: Sha256Hex, title: Type.String() })),
  state: ProxyState,
  enteredByName: nullable(Type.String()),
  enteredAt: nullable(Instant),
  reviewedByName: nullable(Type.String()),
  reviewedAt: nullable(Instant),
  endedAt: nullable(Instant),
  reason: nullable(Type.String()),
  /** The person who asks may approve or return it: a second person, and one whose office it is. */
  mayReview: Type.Boolean(),
  /** A member of the team has the holder's name: to be looked at before approving. */
  isNamedLikeStaff: Type.Boolean(),
});
export type ProxyRow = Static<typeof ProxyRow>;

const terms = {
  authority: ProxyAuthority,
  scope: ItemScope,
  /** The first moment at which it is no longer in force; null: no end. */
  expiresAt: nullable(Instant),
  documentId: Id,
};

/** One document for one holder, of one principal or of many. */
export const NewProxies = Type.Object(
  {
    creditorIds: Type.Array(Id, { minItems: 1, maxItems: 1_000, uniqueItems: true }),
    holder: Type.Object({ name: line(50, 2), idNo: line(30, 4), mobile: line(20, 6) }, closed),
    ...terms,
  },
  closed,
);
export type NewProxies = Static<typeof NewProxies>;

export const ProxyTermsInput = Type.Object(terms, closed);
export type ProxyTermsInput = Static<typeof ProxyTermsInput>;

const caseParams = Type.Object({ caseId: Id }, closed);
const proxyParams = Type.Object({ caseId: Id, proxyId: Id }, closed);
const reasoned = Type.Object({ reason: line(500) }, closed);

export const proxyRoutes = {
  listProxies: {
    method: 'GET',
    path: '/api/cases/:caseId/proxies',
    summary: 'Proxies of the case, those to be reviewed first',
    params: caseParams,
    query: Type.Object(
      { ...PageQuery, search: Type.Optional(line(50)), state: Type.Optional(ProxyState) },
      closed,
    ),
    reply: pageOf(ProxyRow),
  },
  enterProxies: {
    method: 'POST',
    path: '/api/cases/:caseId/proxies',
    summary: 'Enter the proxies of one holder; another person has to approve them',
    params: caseParams,
    body: NewProxies,
    reply: Type.Object({ rows: Type.Array(ProxyRow) }),
  },
  documentProxy: {
    method: 'POST',
    path: '/api/cases/:caseId/proxies/:proxyId/document',
    summary: 'Enter the document of a proxy that the claims table names',
    params: proxyParams,
    body: ProxyTermsInput,
    reply: ProxyRow,
  },
  approveProxy: {
    method: 'POST',
    path: '/api/cases/:caseId/proxies/:proxyId/approve',
    summary: 'Approve a proxy; not by the person who entered it',
    params: proxyParams,
    reply: ProxyRow,
  },
  returnProxy: {
    method: 'POST',
    path: '/api/cases/:caseId/proxies/:proxyId/return',
    summary: 'Return a proxy with the reason',
    params: proxyParams,
    body: reasoned,
    reply: ProxyRow,
  },
  revokeProxy: {
    method: 'POST',
    path: '/api/cases/:caseId/proxies/:proxyId/revoke',
    summary: 'Record a revocation; what was cast before stays',
    params: proxyParams,
    body: reasoned,
    reply: ProxyRow,
  },
  checkProxies: {
    method: 'GET',
    path: '/api/meetings/:meetingId/proxy-check',
    summary: 'How many proxies of the meeting’s case nobody has reviewed',
    params: Type.Object({ meetingId: Id }, closed),
    reply: Type.Object({ unreviewed: Type.Integer() }),
  },
} as const satisfies Record<string, RestRoute>;
