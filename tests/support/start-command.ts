import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const START = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url));
const ORIGIN = /https?:\/\/[\w.:-]+/;
const READY = /The meeting server is ready\.\s+(\S+)/;

export interface StartedCommand {
  readonly child: ChildProcess;
  /** The first address it printed. */
  readonly origin: string;
  /** Milliseconds until it said that it is ready. */
  readonly readyAfterMs: number;
  /** Everything printed so far. */
  output(): string;
  /** Settles when the command has ended, with its exit code. */
  readonly ended: Promise<number | null>;
}

/**
 * Runs `npm start` as a process group of its own, as a terminal does, and waits until it is ready.
 *
 * @throws Error with the output when it ends before
 */
export function runStartCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<StartedCommand> {
  const startedAt = Date.now();
  const child = spawn(process.execPath, [START, ...args], {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
  });
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const origin = READY.exec(output)?.[1]?.match(ORIGIN)?.[0];
      if (!origin) return;
      resolve({ child, origin, readyAfterMs: Date.now() - startedAt, output: () => output, ended });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then((code) => reject(new Error(`npm start ended with ${code}:\n${output}`)));
  });
}

/** Processes whose command line or environment names the data directory: whatever the command has started. */
export function findProcessesOf(dataDir: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isSafeInteger(pid) && pid > 0 && pid !== process.pid)
    .filter((pid) => readProcess(pid).includes(dataDir));
}

function readProcess(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') + readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    // It has ended in between.
    return '';
  }
}
