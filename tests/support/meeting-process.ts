/**
 * The server as a process of its own, with its embedded database and its demonstration, for tests that kill it.
 * Everything is asked for over HTTP and sockets, as pages do.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DemoView } from '../../server/protocol/rest/account-views.ts';
import { requireMediaWorkerBin, requireMongodBin } from './engines.ts';
import { connectRoom, type RoomClient } from './meeting-client.ts';
import { findProcessesOf } from './start-command.ts';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const READY = 'The meeting server is ready.';

export type MeetingProcess = Awaited<ReturnType<typeof startMeetingProcess>>;

/** Starts on an empty folder and waits until it is ready. */
export async function startMeetingProcess() {
  const dataDir = await mkdtemp(join(tmpdir(), 'meeting-process-'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  let child = await run(port, dataDir);

  async function get<T>(path: string, cookie = ''): Promise<T> {
    const reply = await fetch(`${origin}${path}`, { headers: { cookie } });
    if (!reply.ok) throw new Error(`GET ${path}: ${reply.status} ${await reply.text()}`);
    return (await reply.json()) as T;
  }

  return {
    origin,
    get,
    /** Cookie of a session for an account of the demonstration. */
    async signIn(accountId: string): Promise<string> {
      const reply = await fetch(`${origin}/api/demo/sign-in`, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json' },
        body: JSON.stringify({ accountId }),
      });
      const cookie = reply.headers
        .getSetCookie()
        .find((one) => one.startsWith('session='))
        ?.split(';')[0];
      if (cookie === undefined) throw new Error(`no session: ${reply.status} ${await reply.text()}`);
      return cookie;
    },
    accounts: () => get<DemoView>('/api/demo'),
    connect: (cookie: string): Promise<RoomClient> => connectRoom({ url: origin, origin, cookie }),
    /** Ends the process at once, without a word; its database is left behind. */
    async kill9(): Promise<void> {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
    async start(): Promise<void> {
      child = await run(port, dataDir);
    },
    async stop(): Promise<void> {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      }
      for (const pid of findProcessesOf(dataDir)) process.kill(pid, 'SIGKILL');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function run(port: number, dataDir: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [MAIN, '--port', String(port), '--data', dataDir], {
    env: {
      ...process.env,
      NODE_ENV: 'test',
      LOG_LEVEL: 'error',
      MONGOD_BIN: requireMongodBin(),
      MEDIASOUP_WORKER_BIN: requireMediaWorkerBin(),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes(READY)) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${output}`)));
  });
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
