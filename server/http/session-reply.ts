import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SignInView } from '../protocol/rest/account-views.ts';
import type { OpenedSession, Requester } from '../services/accounts/ports.ts';
import { browserCookieName, readTokenCookie, sessionCookieName } from '../services/session-cookie.ts';
import { addressOf, clearCookie, setCookie } from './context.ts';

/** The longest that browsers keep a cookie. */
const BROWSER_MAX_AGE_S = 400 * 24 * 3_600;
const TOKEN_BYTES = 32;

/** Who asks, by address and browser. A browser that comes for the first time gets its cookie here. */
export function identifyRequester(request: FastifyRequest, reply: FastifyReply): Requester {
  const name = browserCookieName(request.server.httpContext.isSecure);
  const known = readTokenCookie(request.headers.cookie, name);
  const browserToken = known ?? randomBytes(TOKEN_BYTES).toString('base64url');
  if (known === undefined) setCookie(reply, { name, value: browserToken, maxAgeS: BROWSER_MAX_AGE_S });
  return { address: addressOf(request), browserToken };
}

/** Gives the browser its new session. */
export function replyWithSession(reply: FastifyReply, opened: OpenedSession): SignInView {
  const name = sessionCookieName(reply.server.httpContext.isSecure);
  setCookie(reply, { name, value: opened.token, maxAgeS: opened.maxAgeS });
  return { stage: opened.session.stage };
}

export function forgetSession(reply: FastifyReply): void {
  clearCookie(reply, sessionCookieName(reply.server.httpContext.isSecure));
}
