import { join } from 'node:path';
import { ensureClientBuild } from './client-build.mjs';
import { ensureDatabaseEngine } from './database-engine.mjs';
import { ensureMediaWorker } from './media-worker.mjs';
import { CACHE } from './paths.mjs';

/**
 * Everything the server needs that npm does not bring: nothing is fetched, built or compiled again unless its
 * inputs changed.
 *
 * @returns {Promise<NodeJS.ProcessEnv>} the environment to start the server with
 */
export async function prepareServer() {
  const mediaWorker = await ensureMediaWorker();
  const engine = process.env['MONGODB_URI'] ? undefined : await ensureDatabaseEngine();
  await ensureClientBuild();
  return {
    ...process.env,
    // The server's modules need not be compiled again at every start.
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? join(CACHE, 'compile'),
    MEDIASOUP_WORKER_BIN: mediaWorker,
    ...(engine === undefined ? {} : { MONGOD_BIN: engine }),
  };
}
