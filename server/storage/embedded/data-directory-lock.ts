import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const RETRY_MS = 250;

export interface DataDirectoryLock {
  release(): Promise<void>;
}

/** Another running server serves the data directory. */
export class DataDirectoryInUse extends Error {
  constructor(dataDir: string) {
    super(`the data folder ${dataDir} is in use by another running server`);
  }
}

/**
 * Makes this process the only one that serves `dataDir`.
 *
 * The lock is a name in Linux's abstract socket namespace: the kernel gives it back when the process ends,
 * however it ends, so there is no stale lock file and no stored process id to trust.
 *
 * @param wait.waitMs how long to wait for a predecessor that is still shutting down
 * @param wait.onWait called once, when there is one
 * @throws DataDirectoryInUse when another process holds the directory for longer than that
 */
export async function lockDataDirectory(
  dataDir: string,
  wait: { readonly waitMs: number; readonly onWait?: () => void },
): Promise<DataDirectoryLock> {
  const digest = createHash('sha256').update(realpathSync(dataDir)).digest('hex');
  const name = `\0creditors-meeting-${digest}`;
  const deadline = Date.now() + wait.waitMs;
  for (let isFirst = true; ; isFirst = false) {
    const server = await tryListen(name);
    if (server) return { release: () => close(server) };
    if (isFirst) wait.onWait?.();
    if (Date.now() >= deadline) {
      throw new DataDirectoryInUse(dataDir);
    }
    await delay(RETRY_MS);
  }
}

function tryListen(name: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(name, () => {
      // The lock alone must not keep a process alive that has nothing else to do.
      server.unref();
      resolve(server);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
