import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { DomainError } from '../domain/errors.ts';
import type { SessionReader } from '../services/session.ts';
import { serveClient } from './built-in/client-files.ts';
import { registerAddressLimit, registerOriginGuard } from './protection/guards.ts';
import { registerHealth, type ReadinessChecks } from './built-in/health.ts';
import { registerOpenApi } from './built-in/openapi.ts';
import { sendProblem } from './problem.ts';
import { BODY_MAX_BYTES } from './route.ts';
import { registerSecurityHeaders } from './protection/security-headers.ts';
import { compileSerializer, compileValidator } from './protection/validation.ts';

export interface HttpAppDeps {
  readonly log: FastifyBaseLogger;
  readonly sessions: Pick<SessionReader, 'findByToken'>;
  /** Exact origins of our own pages; may grow once the port is known. Host names follow from them. */
  readonly origins: ReadonlySet<string>;
  /** Browsers reach us over TLS: cookies are secure and carry `__Host-`. */
  readonly isSecure: boolean;
  /** Strict-Transport-Security; never with a certificate made on the spot. */
  readonly sendsHsts: boolean;
  /** Addresses of proxies whose forwarding headers are believed; none by default. */
  readonly trustedProxies: readonly string[];
  /** Certificate for serving TLS ourselves (PEM); null serves plain HTTP. */
  readonly tls: { readonly key: string; readonly cert: string } | null;
  /** Existing folder for uploads on their way in. */
  readonly temporaryDirectory: string;
  /** The built client; not served when the folder does not exist. */
  readonly clientDirectory: string;
  readonly readiness: ReadinessChecks;
  readonly limits?: Partial<RequestLimits>;
}

export interface RequestLimits {
  /** Requests in a minute from one address (a carrier puts thousands of phones behind one). */
  readonly perAddressPerMinute: number;
  /** Requests in a minute from one session. */
  readonly perSessionPerMinute: number;
}
const LIMITS: RequestLimits = { perAddressPerMinute: 12_000, perSessionPerMinute: 600 };

/** A request that has not arrived whole by then is dropped. Uploads of 50 MB over a slow line fit. */
const REQUEST_TIMEOUT_MS = 300_000;

declare module 'fastify' {
  interface FastifyInstance {
    /** Counts a request of a signed-in browser. @throws DomainError RATE_LIMITED */
    limitSession(request: FastifyRequest): Promise<void>;
  }
}

/** The HTTP edge without routes of its own but health, OpenAPI and the client. Does not listen yet. */
export async function createHttpApp(deps: HttpAppDeps): Promise<FastifyInstance> {
  const limits = { ...LIMITS, ...deps.limits };
  const app = createBareApp(deps);
  app.decorate('httpContext', {
    sessions: deps.sessions,
    isSecure: deps.isSecure,
    temporaryDirectory: deps.temporaryDirectory,
  });
  app.decorateRequest('signedIn', null);
  app.setValidatorCompiler(compileValidator as never);
  app.setSerializerCompiler(compileSerializer as never);
  app.setErrorHandler(sendProblem);
  readJsonOnly(app);
  logRequests(app);
  await registerSecurityHeaders(app, deps);
  registerOriginGuard(app, deps.origins);
  await registerAddressLimit(app, limits.perAddressPerMinute);
  limitSessions(app, limits.perSessionPerMinute);
  await app.register(cookie);
  await app.register(multipart, { limits: { files: 1, fields: 4, fieldSize: 1024, headerPairs: 50 } });
  await registerOpenApi(app);
  registerHealth(app, deps.readiness);
  await serveClient(app, deps.clientDirectory);
  return app;
}

function createBareApp(deps: HttpAppDeps): FastifyInstance {
  const { tls } = deps;
  return Fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: deps.trustedProxies.length > 0 ? [...deps.trustedProxies] : false,
    bodyLimit: BODY_MAX_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    genReqId: () => crypto.randomUUID(),
    serverFactory: (handler) =>
      tls === null ? createServer(handler) : (createSecureServer({ ...tls }, handler) as never),
  }) as FastifyInstance;
}

/** JSON and uploads are all that is read; an empty body with a JSON type counts as none. */
function readJsonOnly(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain');
  app.removeContentTypeParser('application/json');
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (text === '') done(null, undefined);
    else void parse(request, text as string, done);
  });
}

/** Method, pattern of the route, status and time: no path values, no query, no address. */
function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const entry = {
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime),
    };
    if (request.method === 'GET' && reply.statusCode < 400) request.log.debug(entry, 'request');
    else request.log.info(entry, 'request');
  });
}

function limitSessions(app: FastifyInstance, maxPerMinute: number): void {
  const count = app.createRateLimit({
    max: maxPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => request.signedIn?.sessionId ?? '',
  });
  app.decorate('limitSession', async (request) => {
    const limit = await count(request);
    if (!limit.isAllowed && limit.isExceeded) {
      throw new DomainError('RATE_LIMITED', { params: { retryAfterS: limit.ttlInSeconds } });
    }
  });
}
