import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { startEmbeddedDatabase } from '../../server/storage/embedded-database.ts';
import type { EmbeddedDatabase } from '../../server/storage/embedded-database.ts';
import { requireMongodBin } from './engines.ts';

const SHARED_URI = 'TEST_DATABASE_URI';
const CACHE_GIGABYTES = 0.25;

/** A database server of the test's own, whose faults the test decides. */
export interface TestDatabase {
  /** The same after a restart. */
  readonly uri: string;
  readonly dataDir: string;
  /** Kills `mongod` at once, as a power cut would. */
  kill9(): Promise<void>;
  /** Starts it again on the same files, after `kill9` or in place of a running one. */
  restart(): Promise<void>;
  /** Ends it and removes its files. */
  stop(): Promise<void>;
}

export interface OpenTestDatabase {
  /** A database of its own name, empty, on the server that all test files share. */
  readonly uri: string;
  readonly name: string;
  /** Drops it. */
  drop(): Promise<void>;
}

/**
 * An empty database on the shared server of this run (global-setup.ts): milliseconds instead of a second.
 * Call `drop()` at the end.
 */
export function openTestDatabase(): OpenTestDatabase {
  const shared = process.env[SHARED_URI];
  if (!shared) throw new Error('There is no shared test database: run the test through Jest.');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const uri = withDatabaseName(shared, name);
  return {
    uri,
    name,
    drop: async () => {
      const client = await mongo.MongoClient.connect(uri);
      await client.db(name).dropDatabase();
      await client.close();
    },
  };
}

function withDatabaseName(uri: string, name: string): string {
  const url = new URL(uri);
  url.pathname = `/${name}`;
  return url.href;
}

/** A private server for tests of faults; about one second. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'meeting-db-'));
  const start = () =>
    startEmbeddedDatabase({
      dataDir,
      mongodBin: requireMongodBin(),
      cacheGigabytes: CACHE_GIGABYTES,
      ballastBytes: 0,
      restartOnExit: false,
    });
  let running: EmbeddedDatabase | undefined = await start();
  const { uri } = running;
  const end = async (how: 'stop' | 'killForTest') => {
    const database = running;
    running = undefined;
    await database?.[how]();
  };
  return {
    uri,
    dataDir,
    kill9: () => end('killForTest'),
    restart: async () => {
      await end('stop');
      running = await start();
      if (running.uri !== uri) throw new Error('The test database came back on another port.');
    },
    stop: async () => {
      await end('killForTest');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
