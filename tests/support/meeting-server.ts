/**
 * A whole server as `npm start` composes it, in this process: real sockets, real database, real media worker.
 * Only the clock can be moved forward, so that nobody waits for a deadline.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compose, type Composed } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { createCase, createMeeting, createStaff, type Staff } from '../../server/demo/seed.ts';
import type { ClaimRowTexts } from '../../server/demo/fictitious-claims.ts';
import { parseEntry } from '../../server/domain/record/entry.ts';
import type { Entry, EntryType } from '../../server/protocol/entries.ts';
import type { Role } from '../../server/protocol/scalars.ts';
import type { Clock } from '../../server/services/clock.ts';
import { openInstallation } from '../../server/storage/installation.ts';
import { openTestDatabase } from './database.ts';
import { requireMediaWorkerBin } from './engines.ts';
import { connectRoom, type ConnectOptions, type RoomClient } from './meeting-client.ts';

const projectDir = fileURLToPath(new URL('../..', import.meta.url));
const CASE_NUMBER = '（2026）虚01破1号';

/** System time that can be moved forward; wall clock and monotonic clock move together. */
export interface MovableClock extends Clock {
  advance(byMs: number): void;
  /** Moves the wall clock alone, as an operator or a broken time server would. */
  jump(byMs: number): void;
}

export function createMovableClock(): MovableClock {
  let advancedMs = 0;
  let jumpedMs = 0;
  return {
    now: () => Date.now() + advancedMs + jumpedMs,
    monotonic: () => performance.now() + advancedMs,
    advance: (byMs) => void (advancedMs += byMs),
    jump: (byMs) => void (jumpedMs += byMs),
  };
}

/** A creditor's capacity and the person who acts in it. */
export interface CreditorPerson {
  readonly personId: string;
  readonly capacityId: string;
  readonly creditorId: string;
}

export interface TestMeeting {
  readonly meetingId: string;
  readonly origin: string;
  readonly resolutionId: string;
  readonly itemIds: readonly string[];
}

export interface MeetingServerOptions {
  /** By default an empty database on the shared server. */
  readonly databaseUri?: string;
  readonly rows?: readonly ClaimRowTexts[];
  readonly clock?: MovableClock;
  /** Folder of an earlier server on the same database, whose identity this one takes up. */
  readonly dataDir?: string;
  /** Variables beside those of every test. */
  readonly environment?: Readonly<Record<string, string>>;
}

export type MeetingServer = Awaited<ReturnType<typeof startMeetingServer>>;

/** Composes, listens on a free port, and prepares a case with its team and its claims table. */
export async function startMeetingServer(options: MeetingServerOptions = {}) {
  const database = options.databaseUri === undefined ? openTestDatabase() : undefined;
  const databaseUri = options.databaseUri ?? database?.uri ?? '';
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'meeting-server-')));
  const clock = options.clock ?? createMovableClock();
  const { composed, origin } = await listen({
    databaseUri,
    dataDir,
    clock,
    environment: options.environment ?? {},
  });
  const team = await openTeam(composed, options.rows);
  const capacities = await composed.services.capacities.findByCase(team.caseId);
  const clients: RoomClient[] = [];

  async function cookieOf(personId: string, roles: readonly Role[], province: string | null = null) {
    const { token } = await composed.accounts.sessions.open({ personId, stage: 'full', roles, province });
    return `session=${token}`;
  }
  const roleOf = (personId: string): Role =>
    (Object.entries(team.staff).find(([, session]) => session.personId === personId)?.[0] as Role) ??
    'creditor';

  return {
    composed,
    origin,
    clock,
    dataDir,
    ...team,
    capacities,
    /** Capacities in the order of the claims table. */
    creditors: capacities as readonly CreditorPerson[],
    cookieOf,
    /** Signs a person in on a new device and opens its socket. */
    async connect(personId: string, connectOptions: Partial<ConnectOptions> = {}): Promise<RoomClient> {
      const cookie = connectOptions.cookie ?? (await cookieOf(personId, [roleOf(personId)]));
      const client = await connectRoom({ url: origin, origin, ...connectOptions, cookie });
      clients.push(client);
      return client;
    },
    async newMeeting(): Promise<TestMeeting> {
      const caseView = await composed.services.desk.get(team.staff['administrator-lead'], team.caseId);
      const startsAtMs = clock.now() + 60_000;
      const { meeting } = await createMeeting(composed, team.staff, { caseView, startsAtMs });
      const { meetingId, resolutions, agenda } = meeting;
      const { state } = await composed.services.rooms.open(meetingId);
      const itemIds = agenda.map(({ itemId }) => itemId);
      return { meetingId, origin: state.origin, resolutionId: resolutions[0]?.resolutionId ?? '', itemIds };
    },
    /** The ledger as it lies in the database. */
    async ledger(meetingId: string): Promise<Entry[]> {
      const entries: Entry[] = [];
      for await (const portion of composed.stores.ledger.read(meetingId, 0)) {
        entries.push(...portion.map(({ bytes }) => parseEntry(bytes)));
      }
      return entries;
    },
    async close(): Promise<void> {
      for (const client of clients) client.close();
      await composed.close();
      await database?.drop();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Entries of one type. */
export function ofType<T extends EntryType>(entries: readonly Entry[], t: T): Entry<T>[] {
  return entries.filter((entry) => entry.t === t) as unknown as Entry<T>[];
}

interface Listening {
  readonly databaseUri: string;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly environment: Readonly<Record<string, string>>;
}

async function listen({ databaseUri, dataDir, clock, environment: added }: Listening) {
  const environment = {
    NODE_ENV: 'test',
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    MEDIASOUP_WORKER_BIN: requireMediaWorkerBin(),
    ...added,
  };
  const config = readConfig(environment, ['--port', '0', '--data', dataDir], projectDir);
  const composed = await compose({
    config,
    installation: await openInstallation(dataDir),
    databaseUri,
    tls: null,
    demonstrationSecret: null,
    clock,
  });
  await composed.app.ready();
  await composed.takeUp();
  await composed.app.listen({ host: config.host, port: config.port });
  const { port } = composed.app.server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  composed.origins.add(origin);
  return { composed, origin };
}

interface Team {
  readonly staff: Staff;
  readonly caseId: string;
}

/** Repeatable: a server that comes back on the same database finds its case. */
async function openTeam(server: Composed, rows: MeetingServerOptions['rows']): Promise<Team> {
  const staff = await createStaff(server);
  const known = await server.services.desk.list(staff['administrator-lead'], { page: 1, pageSize: 10 });
  const found = known.rows.find(({ caseNumber }) => caseNumber === CASE_NUMBER);
  const { caseId } =
    found ?? (await createCase(server, staff, { caseNumber: CASE_NUMBER, ...(rows && { rows }) }));
  return { staff, caseId };
}
