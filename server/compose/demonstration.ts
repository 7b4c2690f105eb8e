/** Whether the demonstration is allowed here, from the configuration and what lies in the database. */
import type { Config } from '../config.ts';
import { decideDemonstration, type DemonstrationDecision } from '../services/demonstration/demonstration.ts';
import type { DatabaseConnection } from '../storage/connect.ts';
import type { openStores } from '../storage/open-stores.ts';

type Stores = Awaited<ReturnType<typeof openStores>>;

export async function judgeDemonstration(known: {
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
