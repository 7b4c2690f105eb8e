import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findProcessesOf, runStartCommand } from '../support/start-command.ts';
import type { StartedCommand } from '../support/start-command.ts';
import { reportFigure } from '../support/turns.ts';

const END_MAX_MS = 15_000;
const POLL_MS = 100;

let dataDir: string;
const started: StartedCommand[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'meeting-start-'));
});

afterEach(async () => {
  for (const pid of findProcessesOf(dataDir)) process.kill(pid, 'SIGKILL');
  await Promise.all(started.splice(0).map(({ ended }) => ended));
  await rm(dataDir, { recursive: true, force: true });
});

async function start(...args: string[]): Promise<StartedCommand> {
  // The variable is inherited by every process started, so that all of them can be found.
  const command = await runStartCommand(['--port', '0', '--data', dataDir, ...args], { TMP_MARK: dataDir });
  started.push(command);
  return command;
}

/** As the terminal does on Ctrl-C: every process of the group gets the signal. */
function signalGroup(command: StartedCommand, signal: NodeJS.Signals): void {
  process.kill(-(command.child.pid ?? 0), signal);
}

async function waitUntilNothingRuns(): Promise<number[]> {
  const deadline = Date.now() + END_MAX_MS;
  while (findProcessesOf(dataDir).length > 0 && Date.now() < deadline) await delay(POLL_MS);
  return findProcessesOf(dataDir);
}

async function isHealthy({ origin }: StartedCommand): Promise<boolean> {
  const response = await fetch(`${origin}/healthz`);
  return response.ok;
}

describe('npm start', () => {
  it('serves at the address that it prints, and ends every process on Ctrl-C', async () => {
    const command = await start('--no-demo');
    expect(await isHealthy(command)).toBe(true);
    expect(findProcessesOf(dataDir).length).toBeGreaterThan(2);
    signalGroup(command, 'SIGINT');
    expect(await command.ended).toBe(0);
    expect(await waitUntilNothingRuns()).toEqual([]);
  });

  it('installs, builds and compiles nothing the second time, also with the demonstration', async () => {
    const first = await start();
    signalGroup(first, 'SIGINT');
    await first.ended;
    const second = await start();
    reportFigure(`second start ready after ${second.readyAfterMs} ms`);
    expect(second.output()).not.toContain('✓');
  });

  it('works after kill -9 of everything but the database, which it takes over', async () => {
    const killed = await start('--no-demo');
    signalGroup(killed, 'SIGKILL');
    await killed.ended;
    expect(findProcessesOf(dataDir)).not.toEqual([]);
    const again = await start('--no-demo');
    expect(await isHealthy(again)).toBe(true);
    signalGroup(again, 'SIGINT');
    expect(await again.ended).toBe(0);
    expect(await waitUntilNothingRuns()).toEqual([]);
  });

  it('takes its server along when it is killed alone', async () => {
    const killed = await start('--no-demo');
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(await waitUntilNothingRuns()).toEqual([]);
  });

  it('refuses an option that it does not know', async () => {
    await expect(runStartCommand(['--nodemo'])).rejects.toThrow(/Unknown option --nodemo/);
  });
});
