import { findCachedDatabaseEngine } from '../../scripts/setup/database-engine.mjs';
import { findCachedMediaWorker } from '../../scripts/setup/media-worker.mjs';

/** The `mongod` binary that `npm test` has put in place. @throws Error when it has not run yet */
export function requireMongodBin(): string {
  const path = process.env['MONGOD_BIN'] ?? findCachedDatabaseEngine();
  if (!path) throw new Error('No mongod yet: `npm test` fetches it.');
  return path;
}

/** The mediasoup worker that `npm test` has put in place. @throws Error when it has not run yet */
export function requireMediaWorkerBin(): string {
  const path = process.env['MEDIASOUP_WORKER_BIN'] ?? findCachedMediaWorker();
  if (!path) throw new Error('No media worker yet: `npm test` fetches or builds it.');
  return path;
}
