/** The server of a benchmark: composed in this process as `npm start` composes it, on an embedded database. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { compose, type Composed } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { startEmbeddedDatabase, type EmbeddedDatabase } from '../../server/storage/embedded-database.ts';
import { openInstallation } from '../../server/storage/installation.ts';

const projectDir = fileURLToPath(new URL('../..', import.meta.url));

export interface BenchDatabase {
  readonly folder: string;
  readonly database: EmbeddedDatabase;
  /** Stops the database and removes its folder. */
  close(): Promise<void>;
}

const configOf = (folder: string) =>
  readConfig(
    { LOG_LEVEL: 'error', ...process.env, NODE_ENV: 'development' },
    ['--port', '0', '--data', folder],
    projectDir,
  );

/** An empty database in a folder of its own. @throws Error when no engine is named */
export async function startBenchDatabase(name: string): Promise<BenchDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), `bench-${name}-`));
  const { mongodBin } = configOf(folder);
  if (mongodBin === null) throw new Error('MONGOD_BIN names no mongod: `npm start` finds or installs one');
  const database = await startEmbeddedDatabase({ dataDir: folder, mongodBin, ballastBytes: 0 });
  return {
    folder,
    database,
    async close() {
      await database.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Ready and not yet listening. */
export async function composeBenchServer({
  folder,
  databaseUri,
}: {
  readonly folder: string;
  readonly databaseUri: string;
}): Promise<Composed> {
  const server = await compose({
    config: configOf(folder),
    installation: await openInstallation(folder),
    databaseUri,
    tls: null,
    demonstrationSecret: null,
  });
  await server.app.ready();
  return server;
}
