/** The real server as a process of its own, with its own embedded database, seeded demonstration and files. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CLIENT = join(ROOT, 'dist', 'client', 'index.html');
const READY = /The meeting server is ready\.\s+(\S+)/;

export interface RunningServer {
  readonly origin: string;
  stop(): Promise<void>;
}

/** @throws Error when the client is not built, or with the output of a server that ended before it was ready */
export async function startMeetingServer(): Promise<RunningServer> {
  if (!existsSync(CLIENT)) throw new Error('No client yet: `npm test` builds it.');
  const dataDir = await mkdtemp(join(tmpdir(), 'meeting-e2e-'));
  // With the channel of IPC the server notices when the tests are killed, and ends.
  const child = spawn(process.execPath, ['server/main.ts', '--port', '0', '--data', dataDir], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    return { origin: await whenReady(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function whenReady(child: ChildProcess): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const origin = READY.exec(output)?.[1];
      if (origin !== undefined) resolve(origin);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${output}`)));
  });
}
