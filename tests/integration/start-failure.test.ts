import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'meeting-start-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

/** Runs the server's process alone and waits for its end. */
function runServer(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [MAIN, '--no-demo', ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const keep = (chunk: Buffer): void => void (printed += chunk.toString());
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return new Promise<{ code: number | null; printed: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, printed }));
  });
}

describe('a start that cannot succeed', () => {
  it('names the port that another program uses, before anything is made', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, printed } = await runServer(['--port', String(port), '--data', join(dataDir, 'new')]);
    await new Promise((resolve) => other.close(resolve));
    expect(code).toBe(2);
    expect(printed).toMatch(`port ${port} on 127.0.0.1 is used by another program`);
    expect(printed.trim().split('\n')).toHaveLength(1);
  });

  it('names a data folder that is a file', async () => {
    const file = join(dataDir, 'file');
    await writeFile(file, '');
    const { code, printed } = await runServer(['--port', '0', '--data', file]);
    expect(code).toBe(2);
    expect(printed).toBe(
      `Cannot start: the data folder ${file} cannot be used: there is a file of that name (${file})\n`,
    );
  });

  it('names a database that does not answer, without its password', async () => {
    const uri = 'mongodb://user:secret@127.0.0.1:1/meeting?directConnection=true';
    const { code, printed } = await runServer(['--port', '0', '--data', dataDir], { MONGODB_URI: uri });
    expect(code).toBe(2);
    expect(printed).toMatch(
      'the database of MONGODB_URI cannot be reached: connect ECONNREFUSED 127.0.0.1:1',
    );
    expect(printed).not.toMatch('secret');
  });
});
