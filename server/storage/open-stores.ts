/** All stores over one connection. Their indexes, some of which carry rules, exist when it resolves. */
import { createAccountStores } from './account-stores.ts';
import { createCosignatureStore, createTimeStampStore } from './attest-stores.ts';
import { createAuditTrail } from './audit-trail.ts';
import { createCapacityStore } from './capacity-store.ts';
import { createCheckpointStore } from './checkpoint-store.ts';
import { createDemonstrationStore } from './demonstration-store.ts';
import { createLeaseStore, createLedgerStore, createRollStore, prepareLedger } from './ledger-store.ts';
import { createCaseStore } from './master-data/case-store.ts';
import { createClaimsStore } from './master-data/claims-store.ts';
import { createDocumentStore } from './master-data/document-store.ts';
import { createMeetingStore } from './master-data/meeting-store.ts';
import { createProxyStore } from './master-data/proxy-store.ts';
import { openMasterData } from './master-data/schemas.ts';
import type { DatabaseConnection } from './connect.ts';

export async function openStores(database: DatabaseConnection) {
  const { connection, db } = database;
  await prepareLedger(db);
  const models = await openMasterData(connection);
  return {
    accounts: await createAccountStores(connection),
    audit: createAuditTrail(connection),
    capacities: await createCapacityStore(connection),
    proxies: await createProxyStore(connection),
    demonstration: createDemonstrationStore(connection),
    ledger: createLedgerStore(db),
    rolls: createRollStore(db),
    leases: createLeaseStore(db),
    checkpoints: createCheckpointStore(db),
    cosignatures: createCosignatureStore(db),
    timeStamps: createTimeStampStore(db),
    master: {
      cases: createCaseStore(models),
      claims: createClaimsStore(models),
      documents: createDocumentStore(models),
      meetings: createMeetingStore(models),
    },
    models,
  };
}
