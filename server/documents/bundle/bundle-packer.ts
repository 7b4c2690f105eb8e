/**
 * Packs bundles in a child process with limits of time and memory, one at a time: compressing the record of a
 * large meeting would stop the server for seconds.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { DomainError } from '../../domain/errors.ts';
import type { BundlePacker, BundlePacking } from '../../services/ports/bundle-packer-port.ts';
import type { PackAnswer, PackOrder } from './messages.ts';

const CHILD = path.join(import.meta.dirname, 'bundle-child.ts');

/** Bundles that wait while another is packed; more are refused. */
const MAX_WAITING = 8;
const TIMEOUT_MS = 10 * 60_000;
const MEMORY_MB = 768;
/** How much longer than its parent's limit an orphaned child lives. */
const ORPHAN_GRACE_MS = 5_000;

/** @param options.directory for the finished files, readable by the server's account alone */
export async function createBundlePacker(options: { readonly directory: string }): Promise<BundlePacker> {
  // What a server that was killed left behind belongs to nobody.
  await rm(options.directory, { recursive: true, force: true });
  await mkdir(options.directory, { recursive: true, mode: 0o700 });
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    async begin() {
      if (waiting >= MAX_WAITING) throw new DomainError('UNAVAILABLE');
      waiting += 1;
      const before = last;
      const { promise: ended, resolve: end } = Promise.withResolvers<void>();
      last = ended;
      await before;
      waiting -= 1;
      return startPacking(path.join(options.directory, `${randomUUID()}.zip`), end);
    },
  };
}

function startPacking(file: string, end: () => void): BundlePacking {
  const child = fork(CHILD, [file, String(TIMEOUT_MS + ORPHAN_GRACE_MS)], {
    execArgv: [`--max-old-space-size=${MEMORY_MB}`, '--disable-warning=ExperimentalWarning'],
    // Nothing of the server's environment; bytes as they are.
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
  const gone = once(child, 'exit').finally(() => {
    clearTimeout(timer);
    end();
  });
  gone.catch(() => undefined);
  const ask = (order: PackOrder) => answerOf(child, order);

  return {
    async add(name, pieces) {
      await ask({ kind: 'begin', name });
      for await (const bytes of pieces) await ask({ kind: 'piece', bytes });
      await ask({ kind: 'end' });
    },
    async finish() {
      const answer = await ask({ kind: 'finish' });
      child.kill('SIGTERM');
      await gone;
      if (answer.kind !== 'finished') throw new DomainError('UNAVAILABLE');
      return { path: file, sizeBytes: answer.sizeBytes };
    },
    async abort() {
      child.kill('SIGKILL');
      await gone.catch(() => undefined);
      await rm(file, { force: true });
    },
  };
}

/** One order at a time, so that what is being compressed does not pile up. */
async function answerOf(child: ChildProcess, order: PackOrder): Promise<PackAnswer> {
  if (!child.connected) throw new DomainError('UNAVAILABLE');
  const { promise, resolve, reject } = Promise.withResolvers<PackAnswer>();
  const onGone = () => reject(new DomainError('UNAVAILABLE'));
  child.once('message', resolve as (message: unknown) => void);
  child.once('exit', onGone);
  // A child that is gone before it has read the order is told by its exit.
  child.send(order, () => undefined);
  try {
    return await promise;
  } finally {
    child.off('exit', onGone);
    child.off('message', resolve as (message: unknown) => void);
  }
}
