/** What reaches a meeting by other ways than its room: ballots that staff enter, objections to claims. */
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createPdfInspector } from '../documents/pdf-inspector.ts';
import { createScanInspector } from '../documents/scan-inspector.ts';
import { registerObjectionRoutes } from '../http/channels/objection-routes.ts';
import { registerEnteredBallotRoutes } from '../http/channels/entered-ballot-routes.ts';
import type { WorkCalendar } from '../domain/timers/working-days.ts';
import type { Clock, Ids } from '../services/clock.ts';
import type { ConductData } from '../services/conduct/conduct-data.ts';
import type { AccessReader } from '../services/conduct/meeting-access.ts';
import type { Rooms } from '../services/conduct/rooms.ts';
import { createEnteredBallots } from '../services/entered-ballots/entered-ballots.ts';
import { createEntryReading } from '../services/entered-ballots/reading-entries.ts';
import { createObjections, type ObjectionsDeps } from '../services/objections/objections.ts';
import { createMeetingGate } from '../services/meeting-gate.ts';
import type { AuditTrail } from '../services/ports/audit-port.ts';
import type { FileVault } from '../services/ports/master-data-ports.ts';
import type { MessengerByChannel } from '../services/ports/messenger-port.ts';
import { createEnteredBallotStore } from '../storage/channels/entered-ballot-store.ts';
import { createClaimRowReader } from '../storage/channels/claim-row-reader.ts';
import type { Db } from '../storage/connect.ts';
import type { openStores } from '../storage/open-stores.ts';

export interface ChannelsDeps {
  readonly db: Db;
  readonly data: ConductData;
  readonly rooms: Rooms;
  readonly accessOf: AccessReader;
  readonly vault: FileVault;
  readonly messenger: MessengerByChannel;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly calendar: WorkCalendar;
  readonly ids: Ids;
  readonly log: Pick<Logger, 'error'>;
  readonly stores: Pick<Stores, 'ledger' | 'models' | 'master' | 'accounts'>;
}

type Stores = Awaited<ReturnType<typeof openStores>>;

export async function registerChannels(app: FastifyInstance, deps: ChannelsDeps): Promise<void> {
  const gate = createMeetingGate(deps);
  const store = await createEnteredBallotStore(deps.db);
  const inspector = createScanInspector(createPdfInspector());
  registerEnteredBallotRoutes(app, {
    entries: createEnteredBallots({ ...deps, gate, store }),
    reading: createEntryReading({ ...deps, gate, store, inspector }),
    vault: deps.vault,
  });
  const { models, master, ledger, accounts } = deps.stores;
  const rows = createClaimRowReader(models, master.cases);
  const personOf: ObjectionsDeps['personOf'] = async (personId) =>
    (await accounts.people.findById(personId)) ?? undefined;
  const objections = createObjections({ ...deps, gate, rows, scans: store, inspector, ledger, personOf });
  registerObjectionRoutes(app, { objections, vault: deps.vault });
}
