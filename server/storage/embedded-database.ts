import { setTimeout as delay } from 'node:timers/promises';
import { layBallast, releaseBallastWhenFull } from './embedded/ballast.ts';
import { lockDataDirectory } from './embedded/data-directory-lock.ts';
import { findFreePort, instancePaths, isPortFree, openInstance, saveInstance } from './embedded/instance.ts';
import type { Instance, InstancePaths } from './embedded/instance.ts';
import { findFileHolder, spawnMongod, watchOrphan } from './embedded/mongod-process.ts';
import type { MongodProcess } from './embedded/mongod-process.ts';
import { findOrphan, instanceUri, prepareReplicaSet, requestShutdown } from './embedded/replica-set.ts';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
/** A predecessor that is shutting down finishes its open batch first. */
const LOCK_WAIT_MS = 20_000;
const RETRY_MS = 500;
const RESTART_LIMIT = 5;
const RESTART_WINDOW_MS = 60_000;
const DEFAULT_CACHE_GIGABYTES = 0.5;
const DEFAULT_BALLAST_BYTES = 256 * 1024 * 1024;

type Log = (message: string) => void;

export interface EmbeddedDatabaseOptions {
  /** Directory of the installation's data; the database lives in `database/` below it. */
  readonly dataDir: string;
  readonly mongodBin: string;
  readonly log?: Log;
  readonly cacheGigabytes?: number;
  /** Space held back for a full disk; 0 for none. */
  readonly ballastBytes?: number;
  /** Start `mongod` again when it ends on its own (default). The address stays the same. */
  readonly restartOnExit?: boolean;
}

export interface EmbeddedDatabase {
  /** Carries the credentials: never log it. */
  readonly uri: string;
  /** The process serving now; another one after a restart. */
  pid(): number;
  /** Whether the running `mongod` was left behind by a killed server. */
  readonly adopted: boolean;
  /** Ends the database in an orderly way and releases the data directory. */
  stop(): Promise<void>;
  /** Kills `mongod` without warning, for fault tests; releases the data directory. */
  killForTest(): Promise<void>;
}

interface Context {
  readonly options: EmbeddedDatabaseOptions;
  readonly paths: InstancePaths;
  readonly log: Log;
  instance: Instance;
}

/**
 * Runs the embedded `mongod` of a data directory: a replica set of one, on the loopback, with its own
 * keyfile and password. One that a killed server left running is adopted.
 *
 * @throws Error when the directory is served by another process, or the database does not become writable
 */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const paths = instancePaths(options.dataDir);
  const log = options.log ?? (() => undefined);
  const instance = await openInstance(paths);
  const lock = await lockDataDirectory(options.dataDir, {
    waitMs: LOCK_WAIT_MS,
    onWait: () => log('Another server uses this data folder; waiting 20 s for it to end.'),
  });
  const context: Context = { options, paths, log, instance };
  try {
    const mongod = await launch(context);
    void layBallast(paths.ballast, options.ballastBytes ?? DEFAULT_BALLAST_BYTES).catch((error: Error) =>
      log(`The ballast file could not be written: ${error.message}`),
    );
    const supervisor = supervise(context, mongod);
    const end = async (finish: () => Promise<void>): Promise<void> => {
      await supervisor.end(finish);
      await lock.release();
    };
    return {
      uri: instanceUri(context.instance),
      pid: () => supervisor.current().pid,
      adopted: mongod.adopted,
      stop: () => end(() => stopOrderly(context, supervisor.current())),
      killForTest: () => end(() => kill(supervisor.current())),
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Adopts or starts, and retries while an orphan that is not ready yet still holds the files. */
async function launch(context: Context): Promise<MongodProcess> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const mongod = await adoptOrSpawn(context);
    try {
      await prepareReplicaSet(context.instance, mongod.isAlive, START_TIMEOUT_MS);
      return mongod;
    } catch (error) {
      const reason = mongod.isAlive() ? 'is still not writable' : await mongod.exited;
      if (mongod.isAlive()) mongod.kill('SIGTERM');
      if (Date.now() >= deadline) {
        throw new Error(`The embedded database ${reason}; see ${context.paths.logFile}.`, { cause: error });
      }
      context.log(`The embedded database ${reason}; trying again.`);
      await delay(RETRY_MS);
    }
  }
}

async function adoptOrSpawn(context: Context): Promise<MongodProcess> {
  const { paths } = context;
  const orphanPid = await findRunning(context);
  if (orphanPid !== undefined) {
    context.log('Adopted the database that an interrupted run left behind.');
    return watchOrphan(orphanPid, paths);
  }
  if (await releaseBallastWhenFull(paths.ballast)) {
    context.log('The disk is full: the ballast file was released so that the database can start.');
  }
  if (!(await isPortFree(context.instance.port))) {
    context.instance = { ...context.instance, port: await findFreePort() };
    await saveInstance(paths, context.instance);
  }
  return spawn(context);
}

async function findRunning({ instance, paths }: Context): Promise<number | undefined> {
  // Nobody to ask on a free port: spares the time that a refused connection is retried for.
  const answering = (await isPortFree(instance.port)) ? undefined : await findOrphan(instance, paths.files);
  return answering ?? (await findFileHolder(paths));
}

/** On the recorded port: after a restart the application's connections find it again by themselves. */
function spawn(context: Context): Promise<MongodProcess> {
  return spawnMongod({
    mongodBin: context.options.mongodBin,
    cacheGigabytes: context.options.cacheGigabytes ?? DEFAULT_CACHE_GIGABYTES,
    instance: context.instance,
    paths: context.paths,
  });
}

interface Supervisor {
  current(): MongodProcess;
  end(finish: () => Promise<void>): Promise<void>;
}

/** Starts `mongod` again when it ends unasked, unless it keeps doing so. */
function supervise(context: Context, first: MongodProcess): Supervisor {
  let current = first;
  let ending: Promise<void> | undefined;
  const restarts: number[] = [];

  const watch = (mongod: MongodProcess): void => {
    void mongod.exited.then(async (how) => {
      if (ending || context.options.restartOnExit === false) return;
      context.log(`The embedded database ${how}.`);
      const now = Date.now();
      restarts.push(now);
      if (restarts.filter((at) => now - at < RESTART_WINDOW_MS).length > RESTART_LIMIT) {
        context.log('The embedded database keeps ending and is not started again.');
        return;
      }
      await restart();
    });
  };
  const restart = async (): Promise<void> => {
    try {
      await releaseBallastWhenFull(context.paths.ballast);
      current = await spawn(context);
      watch(current);
      await prepareReplicaSet(context.instance, current.isAlive, START_TIMEOUT_MS);
      context.log('The embedded database runs again.');
    } catch (error) {
      context.log(`The embedded database could not be started again: ${String(error)}`);
    }
  };
  watch(first);
  return {
    current: () => current,
    end: (finish) => (ending ??= finish()),
  };
}

async function stopOrderly(context: Context, mongod: MongodProcess): Promise<void> {
  if (mongod.isAlive()) await requestShutdown(context.instance);
  const ended = await endsWithin(mongod, STOP_TIMEOUT_MS);
  if (!ended) {
    context.log('The embedded database did not end in time and is killed.');
    await kill(mongod);
  }
}

async function kill(mongod: MongodProcess): Promise<void> {
  mongod.kill('SIGKILL');
  await endsWithin(mongod, STOP_TIMEOUT_MS);
}

async function endsWithin(mongod: MongodProcess, timeoutMs: number): Promise<boolean> {
  const timer = new AbortController();
  const late = delay(timeoutMs, false, { signal: timer.signal }).catch(() => false);
  const ended = await Promise.race([mongod.exited.then(() => true), late]);
  timer.abort();
  return ended;
}
