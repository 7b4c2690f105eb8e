/** The witness command as a process of its own, as a court runs it: started, asked over HTTP, killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../scripts/witness.mjs', import.meta.url));

export interface WitnessRun {
  readonly child: ChildProcess;
  readonly url: string;
  readonly port: number;
  readonly vkey: string;
  /** All that was printed so far. */
  output(): string;
}

/** Runs the command until it listens. Rejects with what it printed when it ends before. */
export async function runWitnessCommand(args: readonly string[]): Promise<WitnessRun> {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const port = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const [, found] = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(output) ?? [];
      if (found !== undefined && output.includes('Never restore')) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('close', (code) => reject(new Error(`ended with ${code}: ${output}`)));
  });
  const [, vkey = ''] = /its key:\s+(\S+)/.exec(output) ?? [];
  return { child, port: Number(port), url: `http://127.0.0.1:${port}`, vkey, output: () => output };
}

export async function kill9(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

export type TestWitness = Awaited<ReturnType<typeof startTestWitness>>;

/** A witness in a folder of its own that can be killed and started again at the same address. */
export async function startTestWitness(name: string, logKeys: readonly string[]) {
  const stateDir = await mkdtemp(join(tmpdir(), 'witness-'));
  const enrolled = logKeys.flatMap((vkey) => ['--log-key', vkey]);
  let run = await runWitnessCommand(['--name', name, '--state', stateDir, '--port', '0', ...enrolled]);
  const { url, port, vkey } = run;
  return {
    stateDir,
    url,
    port,
    vkey,
    name,
    output: () => run.output(),
    add: (body: string) => fetch(`${url}/add-checkpoint`, { method: 'POST', body }),
    kill9: () => kill9(run.child),
    async start(): Promise<void> {
      run = await runWitnessCommand(['--state', stateDir, '--port', String(port)]);
    },
    async close(): Promise<void> {
      await kill9(run.child);
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

/** A policy of these witnesses of which `threshold` are needed. */
export function policyOf(witnesses: readonly TestWitness[], threshold: number): string {
  const names = witnesses.map((_, index) => `w${index + 1}`);
  return [
    ...witnesses.map(({ vkey, url }, index) => `witness ${names[index]} ${vkey} ${url}`),
    `group all-witnesses ${threshold} ${names.join(' ')}`,
    'quorum all-witnesses',
    '',
  ].join('\n');
}
