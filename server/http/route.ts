import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import { DomainError } from '../domain/errors.ts';
import { Problem } from '../protocol/errors.ts';
import type { BodyOf, ParamsOf, QueryOf, ReplyOf, RestRoute } from '../protocol/rest/rest.ts';
import { readTokenCookie, sessionCookieName } from '../services/session-cookie.ts';
import type { Session } from '../services/session.ts';

/** Bodies are forms and short texts. */
export const BODY_MAX_BYTES = 256 * 1024;
/** Boundaries and headers of a multipart body around the file. */
const MULTIPART_SLACK_BYTES = 64 * 1024;

/** What a handler gets: the validated parts of the request. */
export interface RouteCall<R extends RestRoute> {
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  /** Complete and live; on public routes any stage, or undefined. */
  readonly session: R extends { readonly isPublic: true } ? Session | undefined : Session;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The reply by its schema; a route without one sends a file through `reply` and returns it. */
type Answer<R extends RestRoute> = R extends { readonly reply: object } ? ReplyOf<R> : FastifyReply;

/**
 * Registers one route of the contract. The request is validated and unknown fields are refused; the session
 * is read for every request, so that what has been revoked ends with the next one.
 */
export function route<const R extends RestRoute>(
  app: FastifyInstance,
  entry: R,
  handler: (call: RouteCall<R>) => Promise<Answer<R>>,
): void {
  app.route({
    method: entry.method,
    url: entry.path,
    schema: toFastifySchema(entry),
    config: { uploadMaxBytes: entry.uploadMaxBytes },
    bodyLimit:
      entry.uploadMaxBytes === undefined ? BODY_MAX_BYTES : entry.uploadMaxBytes + MULTIPART_SLACK_BYTES,
    onRequest: async (request) => {
      await loadSession(request);
      if (!entry.isPublic) requireFull(request.signedIn, hasSessionCookie(request));
    },
    preHandler: async (request) => {
      if (entry.body === undefined && entry.uploadMaxBytes === undefined) refuseBody(request.body);
    },
    handler: async (request, reply) => {
      const { params, query, body } = request;
      reply.header('cache-control', 'no-store');
      const session = request.signedIn ?? undefined;
      return handler({ params, query, body, session, request, reply } as RouteCall<R>);
    },
  });
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set on routes that take one uploaded file. */
    uploadMaxBytes?: number | undefined;
  }
}

function toFastifySchema(entry: RestRoute): FastifySchema {
  const schema = {
    summary: entry.summary,
    tags: [entry.path.split('/')[2] ?? 'other'],
    security: entry.isPublic ? [] : [{ session: [] }],
    ...(entry.params && { params: entry.params }),
    ...(entry.query && { querystring: entry.query }),
    ...(entry.body && { body: entry.body }),
    ...(entry.uploadMaxBytes !== undefined && { consumes: ['multipart/form-data'] }),
    response: { ...(entry.reply && { 200: entry.reply }), default: Problem },
  };
  return schema;
}

async function loadSession(request: FastifyRequest): Promise<void> {
  const { sessions } = request.server.httpContext;
  const token = sessionTokenOf(request);
  request.signedIn = token === undefined ? null : ((await sessions.findByToken(token)) ?? null);
  if (request.signedIn !== null) await request.server.limitSession(request);
}

/** Token of the session's cookie, when it looks like one. */
export function sessionTokenOf(request: FastifyRequest): string | undefined {
  return readTokenCookie(request.headers.cookie, sessionCookieName(request.server.httpContext.isSecure));
}

const hasSessionCookie = (request: FastifyRequest) => sessionTokenOf(request) !== undefined;

function requireFull(session: Session | null, hadCookie: boolean): void {
  if (session === null) throw new DomainError(hadCookie ? 'SESSION_REVOKED' : 'NOT_SIGNED_IN');
  if (session.stage !== 'full') throw new DomainError('SIGN_IN_INCOMPLETE');
}

function refuseBody(body: unknown): void {
  const isEmpty =
    body === undefined || body === null || (typeof body === 'object' && Object.keys(body).length === 0);
  if (!isEmpty) throw new DomainError('INVALID_REQUEST', { detail: 'body: none expected' });
}
