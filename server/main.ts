/** The process: configuration, database, server, signals. Everything else is in compose.ts. */
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { compose, type Composed } from './compose.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { seedDemonstration } from './demo/seed.ts';
import { lanAddresses, openLanCertificate } from './lan/certificate.ts';
import { registerAuthorityPage } from './http/authority-page.ts';
import { explainStartFailure, requireFreeAddress } from './start-failure.ts';
import { printWelcome } from './welcome.ts';
import { startEmbeddedDatabase, type EmbeddedDatabase } from './storage/embedded-database.ts';
import { openInstallation } from './storage/installation.ts';

const projectDir = fileURLToPath(new URL('..', import.meta.url));
/** An orderly stop that takes longer than this is cut off; what is durable stays durable. */
const STOP_TIMEOUT_MS = 20_000;

type Cleanup = () => Promise<void>;

async function start(config: Config, onStop: (cleanup: Cleanup) => void): Promise<void> {
  await requireFreeAddress(config);
  const installation = await openInstallation(config.dataDir);
  const starting = config.mongodbUri === null ? startDatabase(config) : undefined;
  // Before it runs: a stop that is asked for in between must end it too.
  onStop(async () => (await starting?.catch(() => undefined))?.stop());
  const embedded = await starting;
  const addresses = config.lan ? lanAddresses() : [];
  const certificate = config.lan ? await openLanCertificate(config.dataDir, addresses) : null;
  const [announced] = addresses;
  const media =
    config.lan && announced !== undefined && config.media.announcedAddress === null
      ? { ...config.media, announcedAddress: announced }
      : config.media;
  const demonstrationSecret = config.lan ? randomBytes(9).toString('base64url') : null;
  const server = await compose({
    config: { ...config, media },
    installation,
    databaseUri: config.mongodbUri ?? embedded?.uri ?? '',
    tls: certificate,
    demonstrationSecret,
  });
  onStop(() => server.close());
  if (certificate) registerAuthorityPage(server.app, certificate.authority);
  await server.app.ready();
  if (server.demonstration.seed) await seedDemonstration(server, Date.now());
  await server.takeUp();
  await server.app.listen({
    host: config.host,
    port: config.port,
    // The framework does not see the certificate, which its server factory holds.
    listenTextResolver: (address) =>
      `Listening at ${certificate ? address.replace('http:', 'https:') : address}`,
  });
  await printWelcome({
    server,
    config,
    origins: announceOrigins(server, config, addresses),
    demonstrationSecret,
  });
}

function startDatabase(config: Config): Promise<EmbeddedDatabase> {
  if (config.mongodBin === null) {
    throw new ConfigError(
      'neither MONGODB_URI nor MONGOD_BIN is set; `npm start` finds or installs a mongod',
    );
  }
  return startEmbeddedDatabase({
    dataDir: config.dataDir,
    mongodBin: config.mongodBin,
    log: (message) => console.log(`database: ${message}`),
  });
}

/** The addresses under which the pages are served now; the port may have been chosen by the system. */
function announceOrigins(server: Composed, config: Config, addresses: readonly string[]): string[] {
  if (config.publicOrigin !== null) return [config.publicOrigin];
  const address = server.app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  const scheme = config.lan ? 'https' : 'http';
  const hosts = config.lan ? [...addresses, 'localhost', '127.0.0.1'] : ['localhost', '127.0.0.1'];
  const origins = hosts.map((host) => `${scheme}://${host}:${port}`);
  for (const origin of origins) server.origins.add(origin);
  return origins;
}

async function main(): Promise<void> {
  const config = readConfig(process.env, process.argv.slice(2), projectDir);
  const cleanups: Cleanup[] = [];
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= stopAll(cleanups));
  const onSignal = (): void => {
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // `npm start` was killed and cannot pass a signal on.
  process.on('disconnect', onSignal);
  try {
    await start(config, (cleanup) => cleanups.push(cleanup));
  } catch (error) {
    if (stopping) return;
    await stop();
    const reason = explainStartFailure(error, config);
    throw reason === undefined ? error : new ConfigError(reason);
  }
}

/** The last started ends first, each also after another has failed. */
async function stopAll(cleanups: readonly Cleanup[]): Promise<void> {
  // Not unreferenced: what is waited for here may itself keep no process running, as the signer does not, and a
  // process whose event loop is empty ends at once, with the database still there.
  setTimeout(() => process.exit(1), STOP_TIMEOUT_MS);
  for (const cleanup of cleanups.toReversed()) {
    await cleanup().catch((error: unknown) => console.error('While stopping:', error));
  }
}

try {
  await main();
} catch (error) {
  if (error instanceof ConfigError) {
    console.error(`Cannot start: ${error.message}`);
    process.exit(2);
  }
  console.error('Cannot start:', error);
  process.exit(1);
}
