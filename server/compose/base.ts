import { join } from 'node:path';
import { createLogger } from '../http/logger.ts';
import { createMessengerByChannel } from '../notify/by-channel.ts';
import { createOutbox } from '../notify/outbox.ts';
import { createSmtpMessenger } from '../notify/smtp.ts';
import { createAccounts } from '../services/accounts/accounts.ts';
import { systemClock, systemIds } from '../services/clock.ts';
import { startSigner } from '../signer/signer.ts';
import { connectDatabase } from '../storage/connect.ts';
import { createConductData } from '../storage/master-data/conduct-data.ts';
import { openStores } from '../storage/open-stores.ts';
import { judgeDemonstration } from './demonstration.ts';
import type { ComposeOptions } from './options.ts';

export type Base = Awaited<ReturnType<typeof openBase>>;

/** Database, stores, accounts and messages. */
export async function openBase({ config, installation, databaseUri, clock = systemClock }: ComposeOptions) {
  const log = createLogger({ level: config.logLevel });
  const ids = systemIds;
  const signer = await startSigner({
    directory: join(config.dataDir, 'signer'),
    log: (message) => log.warn({ event: 'signer' }, message),
  });
  const database = await connectDatabase(databaseUri);
  const stores = await openStores(database);
  const outbox = await createOutbox(database.connection);
  const { smtpUrl, smtpFrom } = config;
  const mail = smtpUrl === null ? outbox : createSmtpMessenger({ url: smtpUrl, from: smtpFrom });
  const messenger = createMessengerByChannel({ sms: outbox, mail });
  const { people } = stores.accounts;
  const { data, capacities } = createConductData({
    ...stores.master,
    capacities: stores.capacities,
    people: { findById: async (id) => (await people.findById(id)) ?? undefined },
    auditHead: stores.audit.head,
  });
  const { audit } = stores;
  const { secret } = installation;
  const accounts = createAccounts({
    stores: stores.accounts,
    capacities,
    proxies: stores.proxies,
    audit,
    messenger,
    clock,
    ids,
    secret,
    log,
  });
  const messengerIsReal = messenger.isReal;
  const demonstration = await judgeDemonstration({ config, database, stores, messengerIsReal });
  const { installId } = installation;
  return {
    installId,
    log,
    ids,
    clock,
    signer,
    database,
    stores,
    outbox,
    messenger,
    data,
    capacities,
    accounts,
    demonstration,
  };
}
