/** The one place that knows every concrete class: from configuration to a server that listens. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openBase, type Base } from './compose/base.ts';
import { registerBundles } from './compose/bundles.ts';
import { registerChannels } from './compose/channels.ts';
import { composeContinuing, registerContinuation } from './compose/continuation.ts';
import type { ComposeOptions } from './compose/options.ts';
import { registerDeadlines } from './compose/deadlines.ts';
import { composeAttest } from './compose/attest.ts';
import { registerNotices } from './compose/notices.ts';
import { composeRecordReader } from './compose/record-reader.ts';
import { openMediaPlane, readFigures } from './compose/media.ts';
import { writeClaimsTemplate } from './documents/claims-template.ts';
import { createFileVault } from './documents/document-files.ts';
import { createPdfInspector } from './documents/pdf-inspector.ts';
import type { WorkCalendar } from './domain/timers/working-days.ts';
import { createXlsxClaimsReader } from './documents/xlsx-reader.ts';
import { createHttpApp } from './http/app.ts';
import { registerAuthRoutes } from './http/auth-routes.ts';
import { registerCaseRoutes } from './http/case-routes.ts';
import { registerDemoRoutes } from './http/demo-routes.ts';
import { registerMetrics } from './http/built-in/metrics.ts';
import { registerMeetingRoutes } from './http/meeting-routes.ts';
import { registerProxyRoutes } from './http/parties/proxy-routes.ts';
import { registerProofRoutes } from './http/record/proof-routes.ts';
import { registerStaffRoutes } from './http/staff-routes.ts';
import { createRealtime } from './realtime/realtime.ts';
import { createTurnServers } from './realtime/turn-credentials.ts';
import { createCaseDesk } from './services/cases/case-desk.ts';
import { createCaseSettings } from './services/cases/case-settings.ts';
import { createClaimsImports } from './services/cases/claims-import.ts';
import { createCreditorsList } from './services/cases/creditors-list.ts';
import { createCaseDocuments } from './services/cases/documents.ts';
import { registerSealing } from './compose/sealing.ts';
import { composeParties } from './compose/parties.ts';
import { createConduct, createRulingDesk } from './services/conduct/conduct.ts';
import { createLedgerOpening } from './services/conduct/convening.ts';
import { createAccessReader } from './services/conduct/meeting-access.ts';
import { createMeetingReader } from './services/conduct/meeting-reader.ts';
import { meetingFold } from './services/conduct/meeting-room.ts';
import { createCredentialRecord } from './services/conduct/use-cases/credentials.ts';
import { createKeyMessages } from './services/conduct/key-messages.ts';
import { createReceiptMessages } from './services/conduct/receipt-messages.ts';
import { createRooms } from './services/conduct/rooms.ts';
import { createVoteClock, TICK_MS } from './services/conduct/vote/vote-clock.ts';
import { createDemonstrationDesk } from './services/demonstration/demonstration-desk.ts';
import { createMeetingWriter } from './services/meeting-writer.ts';
import { createPreparation } from './services/meetings/preparation.ts';
import { createProofDesk } from './services/record/proof-desk.ts';
import { readTokenCookie, sessionCookieName } from './services/session-cookie.ts';
import { isAllowedHost, isAllowedOrigin } from './services/origin.ts';
import { requireFreeSpace } from './storage/free-space.ts';

/** Expired sessions end, and with them their open sockets. */
const SWEEP_MS = 60_000;
/** A proxy past its end is refused at once; open pages are told within this time. */
const PROXY_SWEEP_MS = 2_000;

export type Composed = Awaited<ReturnType<typeof compose>>;

/** Builds everything, takes up unfinished meetings, and does not listen yet. */
export async function compose(options: ComposeOptions) {
  const base = await openBase(options);
  const conducting = composeConduct(base, options);
  const edges = await openEdges(base, conducting, options);
  const desks = composeDesks(base, conducting, edges);
  const { audit, master } = base.stores;
  const shared = { ...base, ...base.database, ...conducting, ...master, audit };
  const calendar = await registerDeadlines(edges.app, options.config, shared);
  registerRoutes({ base, conducting, edges, desks, options, calendar });
  await registerChannels(edges.app, { ...shared, vault: edges.vault, calendar });
  await registerBundles(edges.app, { base, ...conducting, dataDir: options.config.dataDir });
  registerContinuation(edges.app, { base, ...conducting });
  registerSealing(edges.app, { base, ...conducting });
  await registerNotices(edges.app, { base, ...conducting, calendar });
  const timers = startTimers(base, conducting, desks);
  const { log, accounts, demonstration, stores, capacities } = base;
  const { conduct, rooms, keyMessages, proofDesk } = conducting;
  return {
    app: edges.app,
    origins: edges.origins,
    log,
    accounts,
    demonstration,
    plane: edges.plane,
    stores,
    outbox: base.outbox,
    signer: base.signer,
    services: { ...desks, proofDesk, conduct, rooms, capacities, keyMessages },
    /** After seeding: unfinished imports and meetings go on where they were. */
    async takeUp(): Promise<void> {
      await desks.imports.finishInterrupted();
      await rooms.openUnfinished();
      await conducting.attest.attesting.takeUp(await base.data.publishedMeetingIds());
    },
    /** Orderly: sockets are told, the open batch is finished, children end. */
    async close(): Promise<void> {
      for (const timer of timers) clearInterval(timer);
      conducting.attest.attesting.close();
      await edges.realtime.close();
      await edges.app.close();
      await rooms.closeAll();
      await conducting.receipts.flush();
      await keyMessages.settled();
      await accounts.smsSignIn.settled();
      await edges.plane.close();
      await base.database.close();
      await base.signer.close();
    },
  };
}

type Conducting = ReturnType<typeof composeConduct>;
type Edges = Awaited<ReturnType<typeof openEdges>>;
type Desks = ReturnType<typeof composeDesks>;

/** The conduct of meetings: ledgers, rooms, votes. */
function composeConduct(base: Base, { config, installation }: ComposeOptions) {
  const { log, clock, ids, stores, data } = base;
  const createLedger = (meetingId: string, origin: string) =>
    createMeetingWriter({
      meetingId,
      origin,
      nodeId: installation.nodeId,
      ledger: stores.ledger,
      leases: stores.leases,
      checkpoints: stores.checkpoints,
      signer: base.signer,
      fold: meetingFold,
      clock,
      ids,
      log: (event, { error }) =>
        log[error === undefined ? 'info' : 'warn']({ event, meetingId, err: error }, 'ledger writer'),
    });
  const rooms = createRooms({ data, ledgers: stores.ledger, rolls: stores.rolls, createLedger });
  const accessOf = createAccessReader(data, clock);
  const voteClock = createVoteClock(clock, log);
  const holders = {
    messenger: base.messenger,
    async mobilesOf(personIds: readonly string[]) {
      const people = await stores.accounts.people.findByIds(personIds);
      return new Map(people.flatMap(({ personId, mobile }) => (mobile === null ? [] : [[personId, mobile]])));
    },
    log,
  };
  const receipts = createReceiptMessages(holders);
  const keyMessages = createKeyMessages(holders);
  const attest = composeAttest({ ...base, config, isSignerUp: () => base.signer.pid !== undefined });
  const { proofs } = attest;
  const conduct = createConduct({
    proofs,
    rooms,
    data,
    rolls: stores.rolls,
    accessOf,
    voteClock,
    clock,
    ids,
    addToMeeting: async (meetingId, added) => {
      await stores.master.meetings.addAdHoc(meetingId, added);
      await rooms.refreshMeeting(meetingId);
    },
    requireSpaceForVote: () => requireFreeSpace(config.dataDir, 'vote'),
    announceReceipt: ({ access, room }, { sentence }, capacity) => {
      const { debtor, helpPhone } = room.facts.case;
      receipts.add(access.personId, { sentence, helpPhone, debtor });
      const principal = capacity?.kind === 'proxy' && room.book.creditors.get(capacity.creditorId);
      if (principal) receipts.addForPrincipal(principal.mobile, { sentence, helpPhone, debtor });
    },
    announceKey: ({ access, room }) => keyMessages.add(access.personId, room.facts.case),
  });
  base.accounts.credentialChanges.follow(createCredentialRecord({ rooms, data }));
  rooms.onOpened((room) => voteClock.takeUp(room));
  const proofDesk = createProofDesk({ ...base, accessOf, proofs });
  rooms.onOpened(async (room) => attest.attesting.follow(room));
  return { attest, proofDesk, createLedger, rooms, accessOf, voteClock, receipts, keyMessages, conduct };
}

/** HTTP, sockets and media. Routes are registered afterwards. */
async function openEdges(
  base: Base,
  { conduct, rooms, attest }: Conducting,
  { config, tls }: ComposeOptions,
) {
  const { log, accounts, database, data, clock } = base;
  const plane = await openMediaPlane(config.media, log);
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
  const { urls, secret } = config.media.turn ?? { urls: [], secret: '' };
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
    recordStateOf: attest.states.shown,
    iceServersFor: createTurnServers({ urls, secret, now: clock.now }),
    log,
  });
  attest.onChange(realtime.touch);
  const vault = createFileVault({ directory: join(config.dataDir, 'documents') });
  return { app, origins, plane, realtime, vault };
}

/** What administrators do before a meeting. */
function composeDesks(base: Base, conducting: Conducting, { realtime, vault }: Edges) {
  const { stores, capacities, accounts, data, demonstration, clock, ids } = base;
  const { createLedger, rooms } = conducting;
  const { audit, master } = stores;
  const partiesOf = (caseId: string) => data.creditorsOf(caseId);
  const shared = { ...master, capacities, vault, audit, clock, ids };
  const followCase = async (caseId: string) => {
    await rooms.refreshCase(caseId);
    await realtime.recheckAll();
  };
  const imports = createClaimsImports({
    ...shared,
    reader: createXlsxClaimsReader(),
    onClaimsConfirmed: async (confirmed) => {
      await accounts.syncPeopleFromClaims(confirmed);
      await followCase(confirmed.caseId);
    },
  });
  const haltOf = stores.checkpoints.findHalt;
  const reader = createMeetingReader({ ...conducting, ...shared, data, haltOf, isOnline: realtime.isOnline });
  const preparation = createPreparation({
    ...shared,
    ledger: createLedgerOpening({
      createLedger,
      personName: data.personName,
      witnessPolicySha256: conducting.attest.policySha256,
      onConvened: conducting.attest.attesting.convened,
    }),
    reader,
    partiesOf,
    installId: base.installId,
    ...composeContinuing(base, realtime),
  });
  const desk = createCaseDesk({
    ...shared,
    people: accounts.directory,
    isDemonstration: () => demonstration.allowed,
    onTeamChanged: followCase,
  });
  const caseDocuments = createCaseDocuments({ ...shared, pdf: createPdfInspector() });
  const settings = createCaseSettings({ ...shared, partiesOf, onChanged: followCase });
  const parties = composeParties(base, () => realtime.recheckAll());
  return { imports, reader, preparation, desk, caseDocuments, settings, vault, ...parties };
}

interface Composition {
  readonly base: Base;
  readonly conducting: Conducting;
  readonly edges: Edges;
  readonly desks: Desks;
  readonly options: ComposeOptions;
  readonly calendar: WorkCalendar;
}

function registerRoutes({ base, conducting, edges, desks, options, calendar }: Composition): void {
  const { stores, accounts, outbox, demonstration } = base;
  const { app, vault } = edges;
  const { desk, imports, caseDocuments, preparation, reader, settings, proxyDesk } = desks;
  registerMetrics(app, () => readFigures(edges, conducting.rooms));
  registerAuthRoutes(app, accounts);
  registerStaffRoutes(app, accounts.staff);
  registerCaseRoutes(app, {
    desk,
    imports,
    creditors: createCreditorsList(stores.master),
    documents: caseDocuments,
    settings,
    vault,
    claimsTemplate: writeClaimsTemplate,
  });
  registerProxyRoutes(app, proxyDesk);
  registerProofRoutes(app, conducting.proofDesk);
  const { attest } = conducting;
  const record = composeRecordReader({ base, ...conducting, stateOf: attest.states.read, calendar });
  registerMeetingRoutes(app, { preparation, reader, record, rulings: createRulingDesk(conducting.conduct) });
  if (!demonstration.allowed) return;
  const demonstrationDesk = createDemonstrationDesk({
    store: stores.demonstration,
    people: stores.accounts.people,
    sessions: accounts.sessions,
    outbox,
    secret: options.demonstrationSecret,
  });
  registerDemoRoutes(app, demonstrationDesk);
}

function startTimers(
  { accounts, log }: Base,
  { voteClock, rooms }: Conducting,
  { proxyDesk }: Desks,
): NodeJS.Timeout[] {
  const sweep = () =>
    accounts.sessions.sweep().catch((error: unknown) => log.error({ err: error }, 'sessions not swept'));
  const endProxies = () =>
    proxyDesk.endExpired().catch((error: unknown) => log.error({ err: error }, 'expired proxies not ended'));
  return [
    setInterval(() => void voteClock.tick(rooms.openRooms()), TICK_MS),
    setInterval(() => void sweep(), SWEEP_MS),
    setInterval(() => void endProxies(), PROXY_SWEEP_MS),
  ];
}
