import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Instance, InstancePaths } from './instance.ts';
import { REPLICA_SET } from './replica-set.ts';

const LOG_LIMIT_BYTES = 20 * 1024 * 1024;
const OPLOG_MEGABYTES = 512;
const ORPHAN_POLL_MS = 500;

/** A running `mongod`, started by us or adopted. */
export interface MongodProcess {
  readonly pid: number;
  readonly adopted: boolean;
  /** Settles when the process has ended, with what is known of how. */
  readonly exited: Promise<string>;
  isAlive(): boolean;
  /** Only for a child of our own: the handle cannot name a stranger's process, a number could. */
  kill(signal: NodeJS.Signals): void;
}

export interface MongodSettings {
  readonly mongodBin: string;
  readonly cacheGigabytes: number;
  readonly instance: Instance;
  readonly paths: InstancePaths;
}

export async function spawnMongod(settings: MongodSettings): Promise<MongodProcess> {
  await rotateLog(settings.paths.logFile);
  // A process group of its own: Ctrl-C goes to the whole group of the terminal, and would end the database
  // before the server has finished its open batch.
  const child = spawn(settings.mongodBin, mongodArguments(settings), { detached: true, stdio: 'ignore' });
  let alive = true;
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `ended with code ${code}`));
  }).finally(() => {
    alive = false;
  });
  child.unref();
  return {
    pid: child.pid ?? 0,
    adopted: false,
    exited,
    isAlive: () => alive,
    kill: (signal) => void child.kill(signal),
  };
}

function mongodArguments({ cacheGigabytes, instance, paths }: MongodSettings): string[] {
  const options = {
    dbpath: paths.files,
    port: String(instance.port),
    bind_ip: '127.0.0.1',
    replSet: REPLICA_SET,
    keyFile: paths.keyFile,
    logpath: paths.logFile,
    oplogSize: String(OPLOG_MEGABYTES),
    wiredTigerCacheSizeGB: String(cacheGigabytes),
    storageEngine: 'wiredTiger',
  };
  const flags = ['--logappend', '--nounixsocket', '--quiet'];
  return [...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]), ...flags];
}

async function rotateLog(logFile: string): Promise<void> {
  const size = await stat(logFile).then(
    (stats) => stats.size,
    () => 0,
  );
  if (size > LOG_LIMIT_BYTES) await rename(logFile, `${logFile}.1`);
  if (size > 0 && size <= LOG_LIMIT_BYTES) await chmod(logFile, 0o600);
}

/** A `mongod` that a killed server left behind. It is nobody's child now, so its end can only be polled. */
export function watchOrphan(pid: number, paths: InstancePaths): MongodProcess {
  return {
    pid,
    adopted: true,
    exited: waitForEnd(pid, paths),
    isAlive: () => holdsFiles(pid, paths),
    // Asked again each time: the number may have gone to another process since.
    kill: (signal) => void (holdsFiles(pid, paths) && process.kill(pid, signal)),
  };
}

async function waitForEnd(pid: number, paths: InstancePaths): Promise<string> {
  while (holdsFiles(pid, paths)) await delay(ORPHAN_POLL_MS, undefined, { ref: false });
  return 'ended';
}

/**
 * The `mongod` that has the files of this directory open but cannot be asked yet, because it is still starting
 * or was left behind before it had a user. The number in the lock file alone proves nothing: that process
 * must have been started on exactly these files.
 */
export async function findFileHolder(paths: InstancePaths): Promise<number | undefined> {
  const lock = await readFile(join(paths.files, 'mongod.lock'), 'utf8').catch(() => '');
  const pid = Number(lock);
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return holdsFiles(pid, paths) ? pid : undefined;
}

/** False for a process that has ended but that nobody has waited for: its command line is empty. */
function holdsFiles(pid: number, paths: InstancePaths): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return command[command.indexOf('--dbpath') + 1] === paths.files;
  } catch {
    return false;
  }
}
