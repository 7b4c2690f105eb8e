/**
 * Kills while ballots are cast: `node scripts/bench/kill.ts [rounds] [seed]`, by default 100 rounds. In each round 24
 * creditors cast a signed ballot, 8 at a time, and at a random moment one thing happens: `kill -9` of the server,
 * of the signer or of the database, replies of the database cut after the write, or a cut followed by a kill while
 * the outcome is being read again. Every phone repeats its ballot until it has a receipt. At the end each
 * acknowledged ballot must be in the ledger exactly once, and each receipt must verify.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { connectDatabase } from '../../server/storage/connect.ts';
import { startEmbeddedDatabase } from '../../server/storage/embedded-database.ts';
import { createLedgerStore } from '../../server/storage/ledger-store.ts';
import { portOf, startCuttingProxy, viaProxy } from '../../tests/support/cutting-proxy.ts';
import type { FromKillServer, KillScene, ToKillServer } from './kill-server.ts';
import { castAtAnyPrice, type CastOutcome } from './kill-voter.ts';
import { countUnproven, readBallots } from './voting-meeting.ts';

const VOTERS_A_ROUND = 24;
const AT_ONCE = 8;
/** Within this time after the first ballot of a round its fault comes. */
const FAULT_WITHIN_MS = 400;
const MODES = [
  'server',
  'signer',
  'database',
  'replies cut',
  'cut, then server',
  'cut, then database',
] as const;
type Mode = (typeof MODES)[number];

/**
 * At least this long between two kills of the database: one that ends more than five times a minute is not started
 * again, and every meeting stands still, as it should.
 */
const DATABASE_KILLS_APART_MS = 13_000;
let databaseKilledAt = -Infinity;

interface ModeFigures {
  rounds: number;
  acknowledged: number;
  'sent again': number;
  'longest round s': number;
}

const rounds = Number(process.argv[2] ?? 100);
/** Chances of a seed, so that a run can be repeated as far as processes can. */
let seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const random = () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function hear<K extends string>(
  child: ChildProcess,
  key: K,
): Promise<Extract<FromKillServer, Record<K, unknown>>> {
  for (;;) {
    const [message] = (await once(child, 'message')) as [FromKillServer];
    if (key in message) return message as Extract<FromKillServer, Record<K, unknown>>;
  }
}

const say = (child: ChildProcess, message: ToKillServer) => child.send(message);

console.log(`${rounds} rounds, seed ${seed}`);
const folder = await mkdtemp(path.join(tmpdir(), 'bench-kill-'));
const { MONGOD_BIN: mongodBin = '' } = process.env;
const database = await startEmbeddedDatabase({ dataDir: folder, mongodBin, ballastBytes: 0 });
const proxy = await startCuttingProxy(portOf(database.uri));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
let server: ChildProcess | undefined;
let starts = 0;

async function startServer(): Promise<ChildProcess> {
  for (;;) {
    starts += 1;
    const child = fork(
      new URL('kill-server.ts', import.meta.url),
      [String(port), path.join(folder, 'server'), viaProxy(database.uri, proxy)],
      { serialization: 'advanced', execArgv: ['--disable-warning=ExperimentalWarning'] },
    );
    server = child;
    const ended = once(child, 'exit').then(() => false);
    if (await Promise.race([hear(child, 'ready').then(() => true), ended])) return child;
    // The database may just have been away; a service manager would start it again as well.
    await delay(500);
  }
}

async function killServer(): Promise<void> {
  const child = server;
  if (child === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  await startServer();
}

async function killSigner(): Promise<void> {
  if (server === undefined) return;
  const answer = hear(server, 'signerPid');
  say(server, 'signer-pid');
  const { signerPid } = await answer;
  if (signerPid !== undefined) process.kill(signerPid, 'SIGKILL');
}

function cutReplies(): void {
  proxy.cutReplies(random() < 0.5 ? 'ledger' : 'checkpoints', 1 + Math.floor(random() * 3));
}

async function doFault(mode: Mode): Promise<void> {
  if (mode.includes('cut')) {
    cutReplies();
    if (mode === 'replies cut') return;
    // Long enough for the cut to be met, and for the reading that follows it to begin.
    await delay(20 + random() * 150);
  }
  if (mode.endsWith('server')) await killServer();
  else if (mode.endsWith('database')) {
    databaseKilledAt = performance.now();
    process.kill(database.pid(), 'SIGKILL');
  } else await killSigner();
}

async function runRound(scene: KillScene, mode: Mode, voters: KillScene['voters']): Promise<CastOutcome[]> {
  const outcomes: CastOutcome[] = [];
  const queue = voters.values();
  const line = async () => {
    for (const voter of queue) outcomes.push(await castAtAnyPrice(url, scene, voter));
  };
  const fault = delay(random() * FAULT_WITHIN_MS).then(() => doFault(mode));
  await Promise.all([fault, ...Array.from({ length: AT_ONCE }, line)]);
  return outcomes;
}

async function judge(scene: KillScene, outcomes: readonly CastOutcome[]) {
  const connection = await connectDatabase(database.uri);
  try {
    // Throws when a unit has two ballots.
    const recorded = await readBallots(createLedgerStore(connection.db), scene.meetingId);
    return {
      lost: outcomes.filter(({ unitId, seq }) => recorded.get(unitId) !== seq).length,
      'counted twice': outcomes.length - new Set(outcomes.map(({ unitId }) => unitId)).size,
      'recorded in all': recorded.size,
      'receipts that do not verify': await countUnproven(scene.publicKey, scene.common.origin, outcomes),
    };
  } finally {
    await connection.close();
  }
}

try {
  const first = await startServer();
  const prepared = hear(first, 'scene');
  say(first, { prepare: rounds * VOTERS_A_ROUND });
  const { scene } = await prepared;
  const figures = new Map<Mode, ModeFigures>();
  const outcomes: CastOutcome[] = [];
  for (let round = 0; round < rounds; round++) {
    const mode = MODES[Math.floor(random() * MODES.length)] ?? 'server';
    if (mode.endsWith('database')) {
      await delay(Math.max(0, databaseKilledAt + DATABASE_KILLS_APART_MS - performance.now()));
    }
    const startedAt = performance.now();
    const voters = scene.voters.slice(round * VOTERS_A_ROUND, (round + 1) * VOTERS_A_ROUND);
    const cast = await runRound(scene, mode, voters);
    outcomes.push(...cast);
    const known = figures.get(mode) ?? { rounds: 0, acknowledged: 0, 'sent again': 0, 'longest round s': 0 };
    const seconds = +((performance.now() - startedAt) / 1000).toFixed(1);
    figures.set(mode, {
      rounds: known.rounds + 1,
      acknowledged: known.acknowledged + cast.length,
      'sent again': known['sent again'] + cast.reduce((sum, { sent }) => sum + sent - 1, 0),
      'longest round s': Math.max(known['longest round s'], seconds),
    });
    if (round % 10 === 9) console.log(`${round + 1} rounds, ${outcomes.length} ballots acknowledged`);
  }
  const verdict = await judge(scene, outcomes);
  console.table(Object.fromEntries(figures));
  console.table({
    rounds,
    'starts of the server': starts,
    'replies cut after the write': proxy.cuts,
    'ballots acknowledged': outcomes.length,
    ...verdict,
  });
  const isGood = verdict.lost + verdict['counted twice'] + verdict['receipts that do not verify'] === 0;
  console.log(isGood ? 'nothing was lost, counted twice or left without proof' : 'FAILED');
  process.exitCode = isGood ? 0 : 1;
} finally {
  server?.kill('SIGKILL');
  await proxy.stop();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
}
