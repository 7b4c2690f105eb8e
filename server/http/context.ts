import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session, SessionReader } from '../services/session.ts';

/** What every route needs; decorated on the app once. */
export interface HttpContext {
  readonly sessions: Pick<SessionReader, 'findByToken'>;
  /** True when browsers reach the server over TLS, its own or a proxy's. */
  readonly isSecure: boolean;
  /** Folder for uploads that are still being received; emptied by `cleanup` of each. */
  readonly temporaryDirectory: string;
}

declare module 'fastify' {
  interface FastifyInstance {
    httpContext: HttpContext;
  }
  interface FastifyRequest {
    /** The signed-in browser, checked anew for this request; null when there is none. */
    signedIn: Session | null;
  }
}

const COOKIE = { path: '/', httpOnly: true, sameSite: 'lax' } as const;

/** Sets one of our cookies with the attributes that all of them share. @param maxAgeS lifetime in seconds */
export function setCookie(
  reply: FastifyReply,
  cookie: { name: string; value: string; maxAgeS: number },
): void {
  const { isSecure } = reply.server.httpContext;
  reply.setCookie(cookie.name, cookie.value, { ...COOKIE, secure: isSecure, maxAge: cookie.maxAgeS });
}

export function clearCookie(reply: FastifyReply, name: string): void {
  reply.clearCookie(name, { ...COOKIE, secure: reply.server.httpContext.isSecure });
}

/**
 * Address of the requester for limits: an IPv6 customer holds a whole /64, so only that part counts.
 * Never logged.
 */
export function addressOf(request: FastifyRequest): string {
  const address = request.ip.replace(/^::ffff:(?=\d+\.)/, '');
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === '' ? [] : tail.split(':');
  const middle = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  return [...front, ...middle, ...back].slice(0, 4).join(':');
}
