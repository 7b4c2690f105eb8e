import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { createHttpApp, type HttpAppDeps } from '../../server/http/app.ts';
import { registerAuthRoutes } from '../../server/http/auth-routes.ts';
import { createLogger } from '../../server/http/logger.ts';
import { registerStaffRoutes } from '../../server/http/staff-routes.ts';
import { createOutbox } from '../../server/notify/outbox.ts';
import { createAccounts, type Accounts } from '../../server/services/accounts/accounts.ts';
import type { AccountStores } from '../../server/services/accounts/ports.ts';
import type { Clock, Ids } from '../../server/services/clock.ts';
import type { OutboxReader } from '../../server/services/ports/messenger-port.ts';
import { createAccountStores } from '../../server/storage/account-stores.ts';
import { createAuditTrail, type VerifiableAuditTrail } from '../../server/storage/audit-trail.ts';
import { createCapacityStore } from '../../server/storage/capacity-store.ts';
import { createProxyStore } from '../../server/storage/master-data/proxy-store.ts';
import { connectDatabase, type DatabaseConnection } from '../../server/storage/connect.ts';
import { openTestDatabase } from './database.ts';

export const ORIGIN = 'http://localhost:8080';

/** A clock that stands until it is moved; both readings move together. */
export function createTestClock(): Clock & { advance(ms: number): void } {
  let offsetMs = 0;
  return {
    now: () => Date.now() + offsetMs,
    monotonic: () => performance.now() + offsetMs,
    advance: (ms) => {
      offsetMs += ms;
    },
  };
}

export const randomIds: Ids = {
  next: () => randomBytes(12).toString('base64url'),
  bytes: (length) => randomBytes(length),
};

/** The HTTP edge with real accounts over a real database, without listening. */
export interface AccountsServer {
  readonly app: FastifyInstance;
  readonly accounts: Accounts;
  readonly stores: AccountStores;
  readonly outbox: OutboxReader;
  readonly audit: VerifiableAuditTrail;
  readonly database: DatabaseConnection;
  readonly clock: ReturnType<typeof createTestClock>;
  /** A browser with its own cookies; `address` is where its requests come from. */
  browser(address?: string): TestBrowser;
  close(): Promise<void>;
}

export async function startAccountsServer(change: Partial<HttpAppDeps> = {}): Promise<AccountsServer> {
  const testDatabase = openTestDatabase();
  const database = await connectDatabase(testDatabase.uri);
  const folder = await mkdtemp(join(tmpdir(), 'meeting-http-'));
  const stores = await createAccountStores(database.connection);
  const outbox = await createOutbox(database.connection);
  const capacities = await createCapacityStore(database.connection);
  const proxies = await createProxyStore(database.connection);
  const audit = createAuditTrail(database.connection);
  const clock = createTestClock();
  const log = createLogger({ level: 'silent' });
  const secret = randomBytes(32);
  const accounts = createAccounts({
    stores,
    capacities,
    proxies,
    audit,
    messenger: outbox,
    clock,
    ids: randomIds,
    secret,
    log,
  });
  const app = await createHttpApp({ ...plainHttp(folder), log, sessions: accounts.sessions, ...change });
  registerAuthRoutes(app, accounts);
  registerStaffRoutes(app, accounts.staff);
  return {
    app,
    accounts,
    stores,
    outbox,
    audit,
    database,
    clock,
    browser: (address = '203.0.113.7') => new TestBrowser(app, address),
    close: async () => {
      await app.close();
      await accounts.smsSignIn.settled();
      await database.close();
      await testDatabase.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Settings of a server on the loopback without TLS. */
export function plainHttp(folder: string): Omit<HttpAppDeps, 'log' | 'sessions'> {
  return {
    origins: new Set([ORIGIN]),
    isSecure: false,
    sendsHsts: false,
    trustedProxies: [],
    tls: null,
    temporaryDirectory: folder,
    clientDirectory: join(folder, 'no-client'),
    readiness: {},
  };
}

/** Keeps cookies between requests and sends the headers that a page of ours sends. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  readonly #app: FastifyInstance;
  readonly #address: string;

  constructor(app: FastifyInstance, address: string) {
    this.#app = app;
    this.#address = address;
  }

  get(url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.#send({ method: 'GET', url, headers });
  }

  post(url: string, payload?: object, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.#send({
      method: 'POST',
      url,
      headers: { origin: ORIGIN, ...headers },
      ...(payload && { payload }),
    });
  }

  async #send(request: InjectOptions): Promise<LightMyRequestResponse> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { host: new URL(ORIGIN).host, ...(cookie !== '' && { cookie }), ...request.headers };
    const reply = await this.#app.inject({ ...request, headers, remoteAddress: this.#address });
    for (const { name, value, maxAge } of reply.cookies) {
      if (value === '' || maxAge === 0) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return reply;
  }
}
