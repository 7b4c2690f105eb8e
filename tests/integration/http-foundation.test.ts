import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { generate } from 'selfsigned';
import { Type } from 'typebox';
import { DomainError } from '../../server/domain/errors.ts';
import { createHttpApp } from '../../server/http/app.ts';
import { registerDemoRoutes } from '../../server/http/demo-routes.ts';
import { createLogger } from '../../server/http/logger.ts';
import { route } from '../../server/http/route.ts';
import { setCookie } from '../../server/http/context.ts';
import { createDemonstrationDesk } from '../../server/services/demonstration/demonstration-desk.ts';
import type { Session, SessionReader } from '../../server/services/session.ts';
import { createDemonstrationStore } from '../../server/storage/demonstration-store.ts';
import { ORIGIN, plainHttp, startAccountsServer } from '../support/http-server.ts';

const HOST = new URL(ORIGIN).host;
const TOKEN = 't'.repeat(43);
const session: Session = {
  sessionId: 'session-1',
  personId: 'person-1',
  stage: 'full',
  roles: [],
  province: null,
};
const sessions: Pick<SessionReader, 'findByToken'> = {
  findByToken: async (token) => (token === TOKEN ? session : undefined),
};

const ok = Type.Object({ ok: Type.Boolean() });
const echo = {
  method: 'POST',
  path: '/api/test/:id',
  summary: 'Echo',
  isPublic: true,
  params: Type.Object({ id: Type.String({ maxLength: 10 }) }),
  query: Type.Object({ page: Type.Optional(Type.Integer({ minimum: 1, default: 1 })) }),
  body: Type.Object({ name: Type.String(), inner: Type.Optional(Type.Object({ n: Type.Integer() })) }),
  reply: Type.Object({ id: Type.String(), page: Type.Integer(), name: Type.String() }),
} as const;
const member = { method: 'GET', path: '/api/test-member', summary: 'Members only', reply: ok } as const;
const failing = {
  method: 'GET',
  path: '/api/test-failing',
  summary: 'Fails',
  isPublic: true,
  reply: ok,
} as const;
const refusing = {
  method: 'GET',
  path: '/api/test-refusing',
  summary: 'Refuses',
  isPublic: true,
  reply: ok,
} as const;

let app: FastifyInstance;
let folder = '';
const logged: string[] = [];

function registerTestRoutes(target: FastifyInstance): void {
  route(target, echo, async ({ params, query, body }) => {
    const leak = { secret: 'not in the contract' };
    return { id: params.id, page: query.page ?? 0, name: body.name, ...leak };
  });
  route(target, member, async ({ session: own }) => ({ ok: own.personId === 'person-1' }));
  route(target, failing, async () => {
    throw new Error('the number 13800138000 is in this message');
  });
  route(target, refusing, async () => {
    throw new DomainError('ROLL_IN_USE', { params: { rows: 3 } });
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meeting-http-'));
  const log = createLogger({
    level: 'debug',
    destination: { write: (row: string) => void logged.push(row) },
  });
  app = await createHttpApp({
    ...plainHttp(folder),
    log,
    sessions,
    readiness: {
      database: () => true,
      media: async () => false,
      slow: () => Promise.reject(new Error('away')),
    },
  });
  registerTestRoutes(app);
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const send = (request: InjectOptions) =>
  app.inject({ ...request, headers: { host: HOST, origin: ORIGIN, ...request.headers } });
const post = (payload: object | string, headers: Record<string, string> = {}) =>
  send({ method: 'POST', url: '/api/test/1', payload, headers });
const json = { 'content-type': 'application/json' };

describe('a write', () => {
  it.each([
    ['no origin', undefined],
    ['the origin null', 'null'],
    ['another origin', 'https://evil.example'],
    ['another port', 'http://localhost:8081'],
    ['another scheme', 'https://localhost:8080'],
  ])('with %s is refused', async (_what, origin) => {
    const headers = { host: HOST, ...(origin !== undefined && { origin }) };
    const reply = await app.inject({ method: 'POST', url: '/api/test/1', payload: { name: 'x' }, headers });
    expect(reply.statusCode).toBe(403);
    expect(reply.json().code).toBe('ORIGIN_REFUSED');
  });

  it('to another host name is refused, and so is a reading', async () => {
    const reply = await send({
      method: 'GET',
      url: '/api/test-refusing',
      headers: { host: 'rebound.example' },
    });
    expect(reply.json().code).toBe('ORIGIN_REFUSED');
  });

  it('from our own page passes', async () => {
    expect((await post({ name: 'x' })).statusCode).toBe(200);
  });
});

describe('the body', () => {
  it.each([
    ['an unknown field', { name: 'x', extra: 1 }],
    ['an unknown field further down', { name: 'x', inner: { n: 1, extra: 1 } }],
    ['a wrong type', { name: 5 }],
    ['a missing field', {}],
    ['a number as text further down', { name: 'x', inner: { n: '1' } }],
  ])('with %s is refused', async (_what, payload) => {
    const reply = await post(payload);
    expect(reply.statusCode).toBe(400);
    expect(reply.headers['content-type']).toContain('application/problem+json');
    expect(reply.json()).toMatchObject({
      type: '/problems/INVALID_REQUEST',
      status: 400,
      code: 'INVALID_REQUEST',
    });
  });

  it('is not quoted in the refusal', async () => {
    expect((await post({ name: 'x', 张三13800138000: 1 })).body).not.toContain('13800138000');
  });

  it('that is damaged is refused', async () => {
    expect((await post('{"name":', json)).json().code).toBe('INVALID_REQUEST');
  });

  it('that would poison prototypes is refused', async () => {
    expect((await post('{"name":"x","__proto__":{"a":1}}', json)).json().code).toBe('INVALID_REQUEST');
  });

  it('beyond the limit is refused', async () => {
    const reply = await post(JSON.stringify({ name: 'x'.repeat(300_000) }), json);
    expect(reply.statusCode).toBe(413);
    expect(reply.json().code).toBe('BODY_TOO_LARGE');
  });

  it('of another type is refused', async () => {
    expect((await post('name=x', { 'content-type': 'application/x-www-form-urlencoded' })).statusCode).toBe(
      415,
    );
    expect((await post('x', { 'content-type': 'text/plain' })).json().code).toBe('UNSUPPORTED_MEDIA_TYPE');
  });
});

describe('parameters and query', () => {
  it('are converted, and defaults are filled in', async () => {
    const url = '/api/test/1?page=3';
    expect((await send({ method: 'POST', url, payload: { name: 'x' } })).json()).toMatchObject({ page: 3 });
    expect((await post({ name: 'x' })).json()).toMatchObject({ id: '1', page: 1 });
  });

  it.each(['/api/test/1?page=0', '/api/test/1?page=x', '/api/test/1?other=1', '/api/test/12345678901'])(
    'are refused in %s',
    async (url) => {
      expect((await send({ method: 'POST', url, payload: { name: 'x' } })).json().code).toBe(
        'INVALID_REQUEST',
      );
    },
  );
});

describe('a reply', () => {
  it('carries only what the contract names', async () => {
    expect((await post({ name: 'x' })).json()).toEqual({ id: '1', page: 1, name: 'x' });
  });

  it('to a refused rule carries its code and figures', async () => {
    const reply = await send({ method: 'GET', url: '/api/test-refusing' });
    expect(reply.statusCode).toBe(409);
    expect(reply.json()).toMatchObject({ code: 'ROLL_IN_USE', params: { rows: 3 } });
  });

  it('to a fault of our own tells nothing of it, and the log has no personal data', async () => {
    const reply = await send({ method: 'GET', url: '/api/test-failing?mobile=13800138000' });
    expect(reply.json()).toEqual({
      type: '/problems/INTERNAL',
      title: 'INTERNAL',
      status: 500,
      code: 'INTERNAL',
    });
    const rows = logged.filter((row) => row.includes('request failed'));
    expect(rows).toHaveLength(1);
    expect(logged.join('')).not.toContain('13800138000');
    expect(rows[0]).toContain('http-foundation.test');
  });

  it('is not kept by caches', async () => {
    expect((await post({ name: 'x' })).headers['cache-control']).toBe('no-store');
  });
});

describe('a session', () => {
  const ask = (cookie?: string) =>
    send({ method: 'GET', url: '/api/test-member', headers: cookie === undefined ? {} : { cookie } });

  it('opens what members may see', async () => {
    expect((await ask(`session=${TOKEN}`)).json()).toEqual({ ok: true });
  });

  it('is asked for where there is none', async () => {
    expect((await ask()).json().code).toBe('NOT_SIGNED_IN');
    expect((await ask('session=short')).json().code).toBe('NOT_SIGNED_IN');
  });

  it('that was revoked is told so', async () => {
    expect((await ask(`session=${'u'.repeat(43)}`)).json().code).toBe('SESSION_REVOKED');
  });
});

describe('limits of rate', () => {
  const limited = (limits: { perAddressPerMinute?: number; perSessionPerMinute?: number }) =>
    createHttpApp({ ...plainHttp(folder), log: createLogger({ level: 'silent' }), sessions, limits });

  it('hold for an address, and another one is not touched', async () => {
    const server = await limited({ perAddressPerMinute: 3 });
    registerTestRoutes(server);
    const ask = (remoteAddress: string) =>
      server.inject({ method: 'GET', url: '/api/test-refusing', headers: { host: HOST }, remoteAddress });
    for (let i = 0; i < 3; i++) expect((await ask('203.0.113.1')).statusCode).toBe(409);
    const refused = await ask('203.0.113.1');
    expect(refused.json()).toMatchObject({
      code: 'RATE_LIMITED',
      params: { retryAfterS: expect.any(Number) },
    });
    expect((await ask('203.0.113.2')).statusCode).toBe(409);
    for (let i = 0; i < 3; i++) await ask(`2001:db8:0:1::${i}`);
    expect((await ask('2001:db8:0:1:ffff::9')).statusCode).toBe(429);
    await server.close();
  });

  it('hold for a session, whatever its address', async () => {
    const server = await limited({ perSessionPerMinute: 2 });
    registerTestRoutes(server);
    const headers = { host: HOST, cookie: `session=${TOKEN}` };
    const replies = [];
    for (let i = 0; i < 3; i++) {
      const remoteAddress = `203.0.113.${i}`;
      replies.push(await server.inject({ method: 'GET', url: '/api/test-member', headers, remoteAddress }));
    }
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429]);
    await server.close();
  });
});

describe('security headers', () => {
  it('let the page load from itself only', async () => {
    const { headers } = await send({ method: 'GET', url: '/api/test-refusing' });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self';/);
    expect(policy).toContain(`connect-src 'self' ws://${HOST}`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).toContain("require-trusted-types-for 'script';trusted-types default");
    expect(headers['permissions-policy']).toContain('camera=(self), microphone=(self)');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['referrer-policy']).toBe('same-origin');
  });

  it('stand on refusals too', async () => {
    const reply = await app.inject({ method: 'POST', url: '/api/test/1', headers: { host: 'evil.example' } });
    expect(reply.headers['content-security-policy']).toContain("default-src 'none'");
  });
});

describe('behind TLS of our own', () => {
  it('cookies are secure and carry __Host-, and HSTS is sent only where it is asked for', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
    const origins = new Set<string>();
    const secure = await createHttpApp({
      ...plainHttp(folder),
      log: createLogger({ level: 'silent' }),
      sessions,
      origins,
      isSecure: true,
      sendsHsts: true,
      tls: { key, cert },
    });
    const cookies = {
      method: 'POST',
      path: '/api/test-cookie',
      summary: 'Cookie',
      isPublic: true,
      reply: ok,
    } as const;
    route(secure, cookies, async ({ reply }) => {
      setCookie(reply, { name: '__Host-session', value: TOKEN, maxAgeS: 60 });
      return { ok: true };
    });
    route(secure, member, async () => ({ ok: true }));
    await secure.listen({ port: 0, host: '127.0.0.1' });
    const origin = `https://localhost:${(secure.server.address() as AddressInfo).port}`;
    origins.add(origin);
    const headers = { host: new URL(origin).host, origin };
    const reply = await secure.inject({ method: 'POST', url: '/api/test-cookie', headers });
    const [cookie] = reply.cookies;
    expect(cookie).toMatchObject({ name: '__Host-session', secure: true, httpOnly: true, path: '/' });
    expect(cookie).not.toHaveProperty('domain');
    expect(reply.headers['strict-transport-security']).toContain('max-age=');
    const get = (name: string) =>
      secure.inject({
        method: 'GET',
        url: '/api/test-member',
        headers: { ...headers, cookie: `${name}=${TOKEN}` },
      });
    expect((await get('__Host-session')).statusCode).toBe(200);
    expect((await get('session')).json().code).toBe('NOT_SIGNED_IN');
    await secure.close();
  });
});

describe('health', () => {
  const ask = (url: string) => app.inject({ method: 'GET', url, headers: { host: '10.0.0.5' } });

  it('answers probes by any host name', async () => {
    expect((await ask('/healthz')).json()).toEqual({ status: 'ok' });
  });

  it('names the part that is not ready', async () => {
    const reply = await ask('/readyz');
    expect(reply.statusCode).toBe(503);
    expect(reply.json()).toEqual({ ready: false, checks: { database: true, media: false, slow: false } });
  });
});

describe('the demonstration’s routes', () => {
  it('do not exist unless they are registered', async () => {
    const server = await startAccountsServer();
    const browser = server.browser();
    expect((await browser.get('/api/demo')).statusCode).toBe(404);
    expect((await browser.post('/api/demo/sign-in', { accountId: 'someone' })).json().code).toBe('NOT_FOUND');
    await server.close();
  });

  it('sign in with one tap, only accounts of the mark, with the secret where there is one', async () => {
    const server = await startAccountsServer();
    const store = createDemonstrationStore(server.database.connection);
    const { people } = server.stores;
    for (const personId of ['demo-person', 'other-person']) {
      await people.saveIdentities([{ personId, name: '演示', mobile: null, identityChecks: [] }]);
    }
    const { sessions: own } = server.accounts;
    const desk = createDemonstrationDesk({
      store,
      people,
      sessions: own,
      outbox: server.outbox,
      secret: 'secret-1',
    });
    registerDemoRoutes(server.app, desk);
    await store.setMark([{ personId: 'demo-person', title: '债权人' }]);
    const browser = server.browser();
    expect((await browser.get('/api/demo')).json()).toEqual({ needsSecret: true, accounts: [], outbox: [] });
    expect((await browser.get('/api/demo?secret=secret-1')).json().accounts).toHaveLength(1);
    const tap = (accountId: string, secret?: string) =>
      browser.post('/api/demo/sign-in', { accountId, secret });
    expect((await tap('demo-person')).json().code).toBe('FORBIDDEN');
    expect((await tap('other-person', 'secret-1')).json().code).toBe('NOT_FOUND');
    expect((await tap('demo-person', 'secret-1')).json()).toEqual({ stage: 'full' });
    expect((await browser.get('/api/me')).json()).toMatchObject({ name: '演示', roles: ['creditor'] });
    await server.close();
  });
});
