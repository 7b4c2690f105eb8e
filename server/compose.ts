/** The one place that knows every concrete class: from configuration to a server that listens. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createMediaPlane } from '../media/plane.ts';
import type { Config } from './config.ts';
import { writeClaimsTemplate } from './documents/claims-template.ts';
import { createFileVault } from './documents/document-files.ts';
import { createPdfInspector } from './documents/pdf-inspector.ts';
import { createXlsxClaimsReader } from './documents/xlsx-reader.ts';
import { createHttpApp } from './http/app.ts';
import { registerAuthRoutes } from './http/auth-routes.ts';
import { registerCaseRoutes } from './http/case-routes.ts';
import { registerDemoRoutes } from './http/demo-routes.ts';
import { createLogger } from './http/logger.ts';
import { registerMeetingRoutes } from './http/meeting-routes.ts';
import { registerStaffRoutes } from './http/staff-routes.ts';
import { createMessengerByChannel } from './notify/by-channel.ts';
import { createOutbox } from './notify/outbox.ts';
import { createSmtpMessenger } from './notify/smtp.ts';
import { createRealtime } from './realtime/realtime.ts';
import { createTurnServers } from './realtime/turn-credentials.ts';
import { createAccounts, type Accounts } from './services/accounts/accounts.ts';
import { createCaseDesk } from './services/cases/case-desk.ts';
import { createClaimsImports } from './services/cases/claims-import.ts';
import { createCreditorsList } from './services/cases/creditors-list.ts';
import { createCaseDocuments } from './services/cases/documents.ts';
import { systemClock, systemIds } from './services/clock.ts';
import { createConduct } from './services/conduct/conduct.ts';
import { createLedgerOpening } from './services/conduct/convening.ts';
import { createAccessReader } from './services/conduct/meeting-access.ts';
import { createMeetingReader } from './services/conduct/meeting-reader.ts';
import { meetingFold } from './services/conduct/meeting-room.ts';
import { createReceiptMessages } from './services/conduct/receipt-messages.ts';
import { createRooms } from './services/conduct/rooms.ts';
import { createVoteClock, TICK_MS } from './services/conduct/vote/vote-clock.ts';
import { decideDemonstration, type DemonstrationDecision } from './services/demonstration/demonstration.ts';
import { createDemonstrationDesk } from './services/demonstration/demonstration-desk.ts';
import { createMeetingWriter } from './services/meeting-writer.ts';
import { createPreparation } from './services/meetings/preparation.ts';
import { createRecordReader } from './services/record/record-reader.ts';
import { readTokenCookie, sessionCookieName } from './services/session-cookie.ts';
import { isAllowedHost, isAllowedOrigin } from './services/origin.ts';
import { createAccountStores } from './storage/account-stores.ts';
import { createAuditTrail } from './storage/audit-trail.ts';
import { createCapacityStore } from './storage/capacity-store.ts';
import { connectDatabase, type DatabaseConnection } from './storage/connect.ts';
import { createDemonstrationStore } from './storage/demonstration-store.ts';
import { requireFreeSpace } from './storage/free-space.ts';
import type { Installation } from './storage/installation.ts';
import {
  createLeaseStore,
  createLedgerStore,
  createRollStore,
  prepareLedger,
} from './storage/ledger-store.ts';
import { createCaseStore } from './storage/master-data/case-store.ts';
import { createClaimsStore } from './storage/master-data/claims-store.ts';
import { createConductData } from './storage/master-data/conduct-data.ts';
import { createDocumentStore } from './storage/master-data/document-store.ts';
import { createMeetingStore } from './storage/master-data/meeting-store.ts';
import { openMasterData } from './storage/master-data/schemas.ts';

export interface ComposeOptions {
  readonly config: Config;
  readonly installation: Installation;
  readonly databaseUri: string;
  /** Certificate of `--lan`. */
  readonly tls: { readonly key: string; readonly cert: string } | null;
  /** Secret of the printed address with `--lan`. */
  readonly demonstrationSecret: string | null;
}

export type Composed = Awaited<ReturnType<typeof compose>>;

/** Builds everything, takes up unfinished meetings, and does not listen yet. */
export async function compose(options: ComposeOptions) {
  const { config, installation, tls } = options;
  const log = createLogger({ level: config.logLevel });
  const clock = systemClock;
  const ids = systemIds;
  const database = await connectDatabase(options.databaseUri);
  const stores = await openStores(database);
  const outbox = await createOutbox(database.connection);
  const messenger = createMessengerByChannel({
    sms: outbox,
    mail:
      config.smtpUrl === null ? outbox : createSmtpMessenger({ url: config.smtpUrl, from: config.smtpFrom }),
  });
  const { data, capacities } = createConductData({
    ...stores.master,
    capacities: stores.capacities,
    people: { findById: async (id) => (await stores.accounts.people.findById(id)) ?? undefined },
    auditHead: stores.audit.head,
  });
  const accounts = createAccounts({
    stores: stores.accounts,
    capacities,
    audit: stores.audit,
    messenger,
    clock,
    ids,
    secret: installation.secret,
    log,
  });
  const demonstration = await judgeDemonstration({
    config,
    database,
    stores,
    messengerIsReal: messenger.isReal,
  });
  const { cases, claims, documents, meetings } = stores.master;
  const vault = createFileVault({ directory: join(config.dataDir, 'documents') });
  const plane = await createMediaPlane({
    ...(config.media.workerBin !== null && { workerBin: config.media.workerBin }),
    numWorkers: config.media.workers,
    listenIp: config.media.listenIp,
    ...(config.media.announcedAddress !== null && { announcedAddress: config.media.announcedAddress }),
    ...(config.media.portBase > 0 && { portBase: config.media.portBase }),
    log,
  });

  const createLedger = (meetingId: string, origin: string) =>
    createMeetingWriter({
      meetingId,
      origin,
      nodeId: installation.nodeId,
      ledger: stores.ledger,
      leases: stores.leases,
      fold: meetingFold,
      clock,
      ids,
      log: (event, details) =>
        log.warn({ event, meetingId: details.meetingId, err: details.error }, 'ledger writer'),
    });
  const rooms = createRooms({ data, ledgers: stores.ledger, rolls: stores.rolls, createLedger });
  const accessOf = createAccessReader(data, clock);
  const voteClock = createVoteClock(clock, log);
  const receipts = createReceiptMessages(messenger, log);
  const mobileOf = async (personId: string) =>
    (await stores.accounts.people.findById(personId))?.mobile ?? null;
  const conduct = createConduct({
    rooms,
    data,
    rolls: stores.rolls,
    accessOf,
    voteClock,
    clock,
    requireSpaceForVote: () => requireFreeSpace(config.dataDir, 'vote'),
    announceReceipt: ({ access, room }, { sentence }) => {
      const { debtor, helpPhone } = room.facts.case;
      void mobileOf(access.personId)
        .then((mobile) => mobile !== null && receipts.add(mobile, { sentence, helpPhone, debtor }))
        .catch((error: unknown) => log.error({ err: error }, 'holder of a ballot not found'));
    },
  });

  const origins = new Set<string>(config.publicOrigin === null ? [] : [config.publicOrigin]);
  const isSecure = tls !== null || (config.publicOrigin?.startsWith('https:') ?? false);
  const temporaryDirectory = join(config.dataDir, 'incoming');
  await mkdir(temporaryDirectory, { recursive: true, mode: 0o700 });
  const app = await createHttpApp({
    log,
    sessions: accounts.sessions,
    origins,
    isSecure,
    sendsHsts: isSecure && !config.lan && config.nodeEnv === 'production',
    trustedProxies: config.trustedProxies,
    tls,
    temporaryDirectory,
    clientDirectory: config.clientDir,
    readiness: {
      database: async () => (await database.db.admin().ping())['ok'] === 1,
      media: () => plane.status().workersAlive === plane.status().workersWanted,
    },
  });
  const realtime = createRealtime({
    http: app.server,
    sessions: accounts.sessions,
    tokenOf: (cookie) => readTokenCookie(cookie, sessionCookieName(isSecure)),
    isAllowedOrigin: (origin, request) =>
      isAllowedOrigin(origins, origin) && isAllowedHost(origins, request.headers.host),
    allowPolling: config.lan,
    conduct,
    data,
    plane,
    rooms,
    clock,
    iceServersFor: createTurnServers({
      urls: config.media.turn?.urls ?? [],
      secret: config.media.turn?.secret ?? '',
      now: clock.now,
    }),
    log,
  });
  const reader = createMeetingReader({ data, rooms, accessOf, clock, isOnline: realtime.isOnline });
  const imports = createClaimsImports({
    cases,
    claims,
    reader: createXlsxClaimsReader(),
    vault,
    audit: stores.audit,
    clock,
    ids,
    onClaimsConfirmed: async (confirmed) => {
      await followClaims(accounts, confirmed);
      await rooms.refreshClaims(confirmed.caseId);
      await realtime.recheckAll();
    },
  });
  const ledgerOpening = createLedgerOpening({ createLedger, personName: data.personName });
  const preparation = createPreparation({
    cases,
    meetings,
    documents,
    ledger: ledgerOpening,
    reader,
    audit: stores.audit,
    clock,
    ids,
    installId: installation.installId,
  });
  const desk = createCaseDesk({
    cases,
    meetings,
    people: accounts.directory,
    capacities,
    audit: stores.audit,
    clock,
    ids,
    isDemonstration: () => demonstration.allowed,
  });
  const caseDocuments = createCaseDocuments({
    cases,
    meetings,
    documents,
    capacities,
    vault,
    pdf: createPdfInspector(),
    audit: stores.audit,
    clock,
    ids,
  });
  const record = createRecordReader({
    data,
    rooms,
    ledgers: stores.ledger,
    rolls: stores.rolls,
    accessOf,
    clock,
  });

  registerAuthRoutes(app, accounts);
  registerStaffRoutes(app, accounts.staff);
  registerCaseRoutes(app, {
    desk,
    imports,
    creditors: createCreditorsList({ cases, claims }),
    documents: caseDocuments,
    vault,
    claimsTemplate: writeClaimsTemplate,
  });
  registerMeetingRoutes(app, { preparation, reader, record });
  if (demonstration.allowed) {
    registerDemoRoutes(
      app,
      createDemonstrationDesk({
        store: stores.demonstration,
        people: stores.accounts.people,
        sessions: accounts.sessions,
        outbox,
        secret: options.demonstrationSecret,
      }),
    );
  }

  const timers = [
    setInterval(() => void voteClock.tick(rooms.openRooms()), TICK_MS),
    setInterval(() => {
      accounts.sessions.sweep().catch((error: unknown) => log.error({ err: error }, 'sessions not swept'));
    }, 60_000),
  ];
  rooms.onOpened((room) => {
    voteClock
      .takeUp(room)
      .catch((error: unknown) =>
        log.error({ err: error, meetingId: room.meetingId }, 'open votes not judged'),
      );
  });

  return {
    app,
    log,
    origins,
    accounts,
    demonstration,
    stores,
    services: { desk, imports, caseDocuments, preparation, conduct, rooms, vault, capacities },
    /** After seeding: unfinished imports and meetings go on where they were. */
    async takeUp(): Promise<void> {
      await imports.finishInterrupted();
      await rooms.openUnfinished();
    },
    /** Orderly: sockets are told, the open batch is finished, children end. Idempotent enough for one call. */
    async close(): Promise<void> {
      for (const timer of timers) clearInterval(timer);
      await realtime.close();
      await app.close();
      await rooms.closeAll();
      await receipts.flush();
      await plane.close();
      await database.close();
    },
  };
}

async function openStores(database: DatabaseConnection) {
  const { connection, db } = database;
  await prepareLedger(db);
  const models = await openMasterData(connection);
  return {
    accounts: await createAccountStores(connection),
    audit: createAuditTrail(connection),
    capacities: await createCapacityStore(connection),
    demonstration: createDemonstrationStore(connection),
    ledger: createLedgerStore(db),
    rolls: createRollStore(db),
    leases: createLeaseStore(db),
    master: {
      cases: createCaseStore(models),
      claims: createClaimsStore(models),
      documents: createDocumentStore(models),
      meetings: createMeetingStore(models),
    },
    models,
  };
}

type Stores = Awaited<ReturnType<typeof openStores>>;

async function judgeDemonstration(known: {
  readonly config: Config;
  readonly database: DatabaseConnection;
  readonly stores: Stores;
  readonly messengerIsReal: boolean;
}): Promise<DemonstrationDecision> {
  const { config, database, stores, messengerIsReal } = known;
  const people = database.db.collection('people');
  return decideDemonstration({
    mongodbUri: config.mongodbUri,
    messengerIsReal,
    publicOrigin: config.publicOrigin,
    nodeEnv: config.nodeEnv,
    host: config.host,
    lan: config.lan,
    noDemo: config.noDemo,
    databaseHasMark: (await stores.demonstration.findAccounts()) !== undefined,
    databaseIsEmpty: (await stores.models.cases.exists({})) === null && (await people.findOne({})) === null,
    realCasesExist: (await stores.models.cases.exists({ isDemonstration: false })) !== null,
  });
}

/** People and capacities follow the claims table in force. */
async function followClaims(
  accounts: Accounts,
  confirmed: Parameters<Parameters<typeof createClaimsImports>[0]['onClaimsConfirmed']>[0],
): Promise<void> {
  await accounts.syncPeopleFromClaims(confirmed);
}
