import { startTestDatabase } from './database.ts';
import type { TestDatabase } from './database.ts';
import { requireMediaWorkerBin, requireMongodBin } from './engines.ts';

declare global {
  // Handed to global-teardown.ts, which Jest runs in the same process.
  var sharedTestDatabase: TestDatabase | undefined;
}

/** One `mongod` for all test files of the run, and the engines' paths for whatever they start. */
export default async function globalSetup(): Promise<void> {
  process.env['MONGOD_BIN'] = requireMongodBin();
  process.env['MEDIASOUP_WORKER_BIN'] = requireMediaWorkerBin();
  const database = await startTestDatabase();
  globalThis.sharedTestDatabase = database;
  process.env['TEST_DATABASE_URI'] = database.uri;
  // An interrupted run must not leave it behind: it has a process group of its own.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void database.stop().finally(() => process.exit(130)));
  }
}
