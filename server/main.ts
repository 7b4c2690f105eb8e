/** The process: configuration, database, server, signals. Everything else is in compose.ts. */
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { compose, type Composed } from './compose.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { seedDemonstration } from './demo/seed.ts';
import { lanAddresses, openLanCertificate } from './lan/certificate.ts';
import { registerAuthorityPage } from './http/authority-page.ts';
import { printWelcome } from './welcome.ts';
import { startEmbeddedDatabase, type EmbeddedDatabase } from './storage/embedded-database.ts';
import { openInstallation } from './storage/installation.ts';

const projectDir = fileURLToPath(new URL('..', import.meta.url));
/** An orderly stop that takes longer than this is cut off; what is durable stays durable. */
const STOP_TIMEOUT_MS = 20_000;

async function start(config: Config): Promise<() => Promise<void>> {
  const installation = await openInstallation(config.dataDir);
  const embedded = config.mongodbUri === null ? await startDatabase(config) : undefined;
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
  if (certificate) registerAuthorityPage(server.app, certificate.authority);
  await server.app.ready();
  if (server.demonstration.seed) await seedDemonstration(server, Date.now());
  await server.takeUp();
  await server.app.listen({ host: config.host, port: config.port });
  await printWelcome({
    server,
    config,
    origins: announceOrigins(server, config, addresses),
    demonstrationSecret,
  });
  return async () => {
    await server.close();
    await embedded?.stop();
  };
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
  const stop = await start(config);
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // `npm start` was killed and cannot pass a signal on.
  process.on('disconnect', onSignal);
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
