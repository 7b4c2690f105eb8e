import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, copyFile, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildMediaWorker } from './media-worker-build.mjs';
import { hashInputs } from './hash.mjs';
import { CACHE, inRoot } from './paths.mjs';
import { SetupError, step } from './progress.mjs';
import { run } from './run.mjs';

const DOWNLOAD_TIMEOUT_MS = 60_000;
const HASH_DIGITS = 12;
/** What the worker answers when it is started by anybody but mediasoup: it runs, so its libraries are there. */
const NOT_MY_FATHER = 41;

const PACKAGE = inRoot('node_modules', 'mediasoup');
const RECIPE = inRoot('scripts', 'media-worker');

/** In the cache by version, recipe and platform. */
function cachedPath() {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  const recipe = hashInputs(RECIPE, [RECIPE]).slice(0, HASH_DIGITS);
  const name = `${version}-${recipe}-${process.platform}-${process.arch}`;
  return join(CACHE, 'media-worker', name, 'mediasoup-worker');
}

/** The mediasoup worker of an earlier setup, without fetching or building anything. */
export function findCachedMediaWorker() {
  if (process.env['MEDIASOUP_WORKER_BIN']) return process.env['MEDIASOUP_WORKER_BIN'];
  const path = cachedPath();
  return existsSync(path) ? path : undefined;
}

/**
 * The path of a mediasoup worker that runs here: given, cached, downloaded or built.
 *
 * @returns {Promise<string>}
 */
export async function ensureMediaWorker() {
  const present = findCachedMediaWorker();
  if (present && doesRun(present)) return present;
  if (process.env['MEDIASOUP_WORKER_BIN']) {
    throw new SetupError(`MEDIASOUP_WORKER_BIN is no mediasoup worker that runs here: ${present}`);
  }
  const path = cachedPath();
  await mkdir(dirname(path), { recursive: true });
  const binary =
    (await downloadPrebuilt()) ?? (await buildMediaWorker(join(PACKAGE, 'worker'), RECIPE, dirname(path)));
  if (!doesRun(binary)) throw new SetupError(`The mediasoup worker was made, but does not run: ${binary}`);
  await install(binary, path);
  return path;
}

/** @param {string} binary */
function doesRun(binary) {
  return spawnSync(binary, [], { stdio: 'ignore', env: {} }).status === NOT_MY_FATHER;
}

/**
 * Whole or not at all: an interrupted copy must not look like a worker.
 *
 * @param {string} binary
 * @param {string} path
 */
async function install(binary, path) {
  const partial = `${path}.${process.pid}`;
  await copyFile(binary, partial);
  await chmod(partial, 0o755);
  await rename(partial, path);
}

/** The package's own download. Its way of building is cut off: it needs downloads as well. */
async function downloadPrebuilt() {
  const binary = join(PACKAGE, 'worker', 'out', 'Release', 'mediasoup-worker');
  if (existsSync(binary) && doesRun(binary)) return binary;
  try {
    await step('Media worker: prebuilt download', (detail) =>
      run(process.execPath, ['npm-scripts.mjs', 'postinstall'], {
        cwd: PACKAGE,
        onLine: detail,
        timeoutMs: DOWNLOAD_TIMEOUT_MS,
        env: { ...process.env, PYTHON: 'false' },
      }),
    );
  } catch {
    console.log('  (not reachable from here)');
  }
  return existsSync(binary) && doesRun(binary) ? binary : undefined;
}
