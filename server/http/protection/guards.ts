import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { DomainError } from '../../domain/errors.ts';
import { isAllowedHost, isAllowedOrigin } from '../../services/origin.ts';
import { addressOf } from '../context.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Asked by load balancers and watchers, which use the machine's address as host name. */
const PROBES = new Set(['/healthz', '/readyz']);

/** Refuses foreign host names, and writes that do not come from a page of our own. */
export function registerOriginGuard(app: FastifyInstance, origins: ReadonlySet<string>): void {
  app.addHook('onRequest', async (request) => {
    if (!PROBES.has(request.routeOptions.url ?? '') && !isAllowedHost(origins, request.headers.host)) {
      throw new DomainError('ORIGIN_REFUSED', { detail: 'host' });
    }
    if (!READING.has(request.method) && !isAllowedOrigin(origins, request.headers.origin)) {
      throw new DomainError('ORIGIN_REFUSED', { detail: 'origin' });
    }
  });
}

/**
 * One limit per address, wide enough for the shared address of a mobile carrier; routes add one per session.
 * @param maxPerMinute requests of one address in a minute
 */
export async function registerAddressLimit(app: FastifyInstance, maxPerMinute: number): Promise<void> {
  await app.register(rateLimit, {
    global: true,
    max: maxPerMinute,
    timeWindow: 60_000,
    cache: 50_000,
    keyGenerator: addressOf,
    allowList: (request) => PROBES.has(request.routeOptions.url ?? ''),
    addHeaders: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
      'retry-after': false,
    },
    addHeadersOnExceeding: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
    },
    errorResponseBuilder: (_request, limit) =>
      new DomainError('RATE_LIMITED', { params: { retryAfterS: Math.ceil(limit.ttl / 1000) } }),
  });
}
