import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { createPdfInspector } from '../../server/documents/pdf-inspector.ts';
import { createFileVault } from '../../server/documents/document-files.ts';
import { writeClaimsTemplate } from '../../server/documents/claims-template.ts';
import { createXlsxClaimsReader } from '../../server/documents/xlsx-reader.ts';
import { createHttpApp } from '../../server/http/app.ts';
import { registerCaseRoutes } from '../../server/http/case-routes.ts';
import { createLogger } from '../../server/http/logger.ts';
import { registerMeetingRoutes } from '../../server/http/meeting-routes.ts';
import { createOutbox } from '../../server/notify/outbox.ts';
import type { Role } from '../../server/protocol/scalars.ts';
import { createAccounts } from '../../server/services/accounts/accounts.ts';
import { createCaseDesk } from '../../server/services/cases/case-desk.ts';
import { registerDeadlineRoutes } from '../../server/http/deadlines/deadline-routes.ts';
import { createCaseDeadlines } from '../../server/services/cases/deadlines.ts';
import { loadWorkCalendar } from '../../server/storage/calendar-file.ts';
import { createCaseSettings } from '../../server/services/cases/case-settings.ts';
import { createClaimsImports } from '../../server/services/cases/claims-import.ts';
import { createCreditorsList } from '../../server/services/cases/creditors-list.ts';
import { createCaseDocuments } from '../../server/services/cases/documents.ts';
import type { CaseStore, ClaimsStore } from '../../server/services/ports/master-data-ports.ts';
import { toDraftView } from '../../server/services/meetings/draft-view.ts';
import type { Convocation, LedgerOpening } from '../../server/services/meetings/ledger-opening-port.ts';
import type {
  MeetingReader,
  RecordReader,
  RulingDesk,
} from '../../server/services/meetings/meeting-reader-port.ts';
import { createPreparation } from '../../server/services/meetings/preparation.ts';
import type { Session, SessionReader } from '../../server/services/session.ts';
import { createAccountStores } from '../../server/storage/account-stores.ts';
import { createAuditTrail } from '../../server/storage/audit-trail.ts';
import { createCapacityStore } from '../../server/storage/capacity-store.ts';
import { connectDatabase } from '../../server/storage/connect.ts';
import { createCaseStore } from '../../server/storage/master-data/case-store.ts';
import { createClaimsStore } from '../../server/storage/master-data/claims-store.ts';
import { createConductData } from '../../server/storage/master-data/conduct-data.ts';
import { createDocumentStore } from '../../server/storage/master-data/document-store.ts';
import { createMeetingStore } from '../../server/storage/master-data/meeting-store.ts';
import { createProxyStore } from '../../server/storage/master-data/proxy-store.ts';
import { openMasterData } from '../../server/storage/master-data/schemas.ts';
import { openTestDatabase } from './database.ts';
import { createTestClock, ORIGIN, plainHttp, randomIds } from './http-server.ts';

/** Somebody with a session, as a browser would send requests. */
export interface Caller {
  readonly personId: string;
  get(url: string): Promise<LightMyRequestResponse>;
  post(url: string, body?: object): Promise<LightMyRequestResponse>;
  put(url: string, body: object): Promise<LightMyRequestResponse>;
  upload(url: string, fileName: string, bytes: Buffer): Promise<LightMyRequestResponse>;
}

/** The case desk over a real database and real files; the ledger and the room are replaced by their ports. */
export type CaseDeskServer = Awaited<ReturnType<typeof startCaseDeskServer>>;

export async function startCaseDeskServer() {
  const testDatabase = openTestDatabase();
  const database = await connectDatabase(testDatabase.uri);
  const { connection } = database;
  const folder = await mkdtemp(join(tmpdir(), 'meeting-cases-'));
  const models = await openMasterData(connection);
  const stores = await createAccountStores(connection);
  const audit = createAuditTrail(connection);
  const clock = createTestClock();
  const ids = randomIds;
  const log = createLogger({ level: 'silent' });
  const cases = createCaseStore(models);
  const claims = createClaimsStore(models);
  const meetings = createMeetingStore(models);
  const documents = createDocumentStore(models);
  const conduct = createConductData({
    cases,
    claims,
    documents,
    meetings,
    capacities: await createCapacityStore(connection),
    people: stores.people,
    auditHead: () => Promise.resolve('0'.repeat(64)),
  });
  const { capacities } = conduct;
  const proxies = await createProxyStore(connection);
  const messenger = await createOutbox(connection);
  const secret = randomBytes(32);
  const accounts = createAccounts({ stores, capacities, proxies, audit, messenger, clock, ids, secret, log });
  const vault = createFileVault({ directory: join(folder, 'documents'), minFreeBytes: 0 });
  const base = { cases, claims, meetings, documents, people: stores.people, capacities, audit, clock, ids };
  const ledger = createLedgerStandIn();
  const faults = { afterSwitch: false };
  const imports = createClaimsImports({
    ...base,
    reader: createXlsxClaimsReader(),
    vault,
    async onClaimsConfirmed(change) {
      if (faults.afterSwitch) throw new Error('interrupted on purpose');
      await accounts.syncPeopleFromClaims(change);
    },
  });
  const reader = createReaderStandIn(base);
  const partiesOf = async (caseId: string) => (await conduct.data.claimsBook(caseId)).creditors;
  const sessions = new Map<string, Session>();
  const app = await createHttpApp({ ...plainHttp(folder), log, sessions: createSessionReader(sessions) });
  registerCaseRoutes(app, {
    desk: createCaseDesk({ ...base, isDemonstration: () => false, onTeamChanged: async () => undefined }),
    imports,
    creditors: createCreditorsList(base),
    documents: createCaseDocuments({ ...base, vault, pdf: createPdfInspector() }),
    settings: createCaseSettings({ ...base, partiesOf, onChanged: async () => undefined }),
    vault,
    claimsTemplate: writeClaimsTemplate,
  });
  const noRooms = { read: () => Promise.reject(new Error('no meeting has a ledger here')) };
  const calendar = await loadWorkCalendar(null);
  registerDeadlineRoutes(app, createCaseDeadlines({ ...base, rooms: noRooms, calendar }));
  registerMeetingRoutes(app, {
    preparation: createPreparation({
      ...base,
      ledger,
      reader,
      partiesOf,
      installId: 'test-installation',
      continuesOf: async () => undefined,
      onContinued: () => undefined,
    }),
    reader,
    record: {} as RecordReader,
    rulings: {} as RulingDesk,
  });
  const signIn = createSignIn(app, sessions);
  return {
    app,
    audit,
    claims,
    cases,
    clock,
    conductData: conduct.data,
    capacities,
    people: stores.people,
    database,
    faults,
    imports,
    ledger,
    /** Somebody who has signed in already, without an account of staff. */
    signIn,
    /** Makes an account of staff and signs it in. */
    async staff(roles: readonly Role[], province: string | null = null): Promise<Caller> {
      const personId = ids.next();
      const account = {
        username: `staff-${personId}`,
        roles: roles as never,
        province,
        state: 'active' as const,
        passwordHash: null,
        totpSealed: null,
        totpLastStep: 0,
      };
      await stores.people.insertStaff({ personId, name: '张建国', staff: account });
      return signIn(personId, roles, province);
    },
    async storedFiles(): Promise<string[]> {
      const entries = await readdir(join(folder, 'documents'), { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    },
    async leftUploads(): Promise<string[]> {
      return (await readdir(folder)).filter((name) => name.startsWith('upload-'));
    },
    async close(): Promise<void> {
      await app.close();
      await database.close();
      await testDatabase.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface LedgerStandIn extends LedgerOpening {
  readonly convocations: Convocation[];
  isAway: boolean;
}

/** Remembers what it was asked to open; can be away. */
function createLedgerStandIn(): LedgerStandIn {
  const standIn: LedgerStandIn = {
    convocations: [],
    isAway: false,
    async convene(convocation) {
      if (standIn.isAway) throw new Error('the ledger is away');
      standIn.convocations.push(convocation);
    },
  };
  return standIn;
}

function createReaderStandIn({
  cases,
  meetings,
}: {
  cases: CaseStore;
  claims: ClaimsStore;
  meetings: ReturnType<typeof createMeetingStore>;
}): MeetingReader {
  const reader: Partial<MeetingReader> = {
    async view(_session, meetingId) {
      const meeting = await meetings.find(meetingId);
      const record = meeting && (await cases.find(meeting.caseId));
      if (meeting === undefined || record === undefined) throw new Error('no such meeting');
      const view = toDraftView({ meeting, record, documents: new Map(), myRole: 'administrator-lead' });
      return { ...view, status: meeting.status, state: 'not-started' };
    },
  };
  return reader as MeetingReader;
}

function createSessionReader(sessions: ReadonlyMap<string, Session>): Pick<SessionReader, 'findByToken'> {
  return { findByToken: async (token) => sessions.get(token) };
}

function createSignIn(app: FastifyInstance, sessions: Map<string, Session>) {
  return (personId: string, roles: readonly Role[], province: string | null = null): Caller => {
    const token = randomBytes(32).toString('base64url');
    sessions.set(token, { sessionId: token, personId, stage: 'full', roles, province });
    const headers = { host: new URL(ORIGIN).host, origin: ORIGIN, cookie: `session=${token}` };
    const send = (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
      app.inject({ method, url, headers, ...(payload && { payload }) });
    return {
      personId,
      get: (url) => send('GET', url),
      post: (url, body) => send('POST', url, body),
      put: (url, body) => send('PUT', url, body),
      upload: (url, fileName, bytes) =>
        app.inject({ method: 'POST', url, ...toMultipart({ headers, fileName, bytes }) }),
    };
  };
}

function toMultipart(file: { headers: Record<string, string>; fileName: string; bytes: Buffer }) {
  const boundary = `b${randomBytes(12).toString('hex')}`;
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.fileName}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  return {
    headers: { ...file.headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}
