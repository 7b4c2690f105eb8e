/**
 * A vote of many units: `node scripts/bench/votes.ts [creditors] [profile]`, by default 50 000. How long the roll
 * takes to freeze, the count to be announced after the close, and the reviewer's recount, for how long any of them
 * holds the event loop, and by how much the server's memory grows. Case and meeting are prepared by a process of
 * its own, as on a day before the meeting: the server that is measured starts on what is there. The ballots are put
 * into the writer's queue in this process: their way over sockets is measured by `ballots`. With a last argument
 * the CPU profile of freezing the roll is written to that file.
 */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import type { Capacity } from '../../server/domain/master-data.ts';
import { castBallot } from '../../server/services/conduct/commands/ballot-command.ts';
import type { MeetingRoom } from '../../server/services/conduct/meeting-room.ts';
import { openPrivates, readHistory } from '../../server/services/record/read-history.ts';
import { countAgain } from '../../server/services/record/recount.ts';
import { composeBenchServer, startBenchDatabase } from './bench-server.ts';
import { startProfiler } from './cpu-time.ts';
import type { PreparedMeeting, PrepareOrder } from './votes/prepare.ts';

const FREEZE_MAX_MS = 2_000;
const COUNT_MAX_MS = 1_000;
const HELD_MAX_MS = 50;
const MEMORY_MAX_MB = 150;
const VOTE_WINDOW_MS = 3_600_000;
const DELAY_RESOLUTION_MS = 5;
/** Ballots in the queue at once. */
const UNDER_WAY = 512;
/** Garbage of the import is gone and the database has written its checkpoint. */
const SETTLE_MS = 3_000;

const creditors = Number(process.argv[2] ?? 50_000);
const profileFile = process.argv[3];
const residentMb = () => process.memoryUsage().rss / 1024 / 1024;

interface Measured<T> {
  readonly result: T;
  readonly ms: number;
  readonly heldMs: number;
  /** What this thread computed in that time: where it is much less, the machine let others run. */
  readonly heldCpuMs: number;
}

/** Longest time between two turns of the event loop, beyond the timer's own period, with the thread's share of it. */
function watchLoop() {
  let longest = { heldMs: 0, heldCpuMs: 0 };
  const cpuMs = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let last = { at: performance.now(), cpuMs: cpuMs() };
  const timer = setInterval(() => {
    const now = { at: performance.now(), cpuMs: cpuMs() };
    const heldMs = now.at - last.at - DELAY_RESOLUTION_MS;
    if (heldMs > longest.heldMs) longest = { heldMs, heldCpuMs: now.cpuMs - last.cpuMs };
    last = now;
  }, DELAY_RESOLUTION_MS);
  return () => {
    clearInterval(timer);
    return { heldMs: Math.round(longest.heldMs), heldCpuMs: Math.round(longest.heldCpuMs) };
  };
}

async function measure<T>(work: () => Promise<T>): Promise<Measured<T>> {
  const held = watchLoop();
  const startedAt = performance.now();
  const result = await work();
  const ms = performance.now() - startedAt;
  await delay(DELAY_RESOLUTION_MS * 4);
  return { result, ms: Math.round(ms), ...held() };
}

function ownCapacity(creditorId: string): Capacity {
  return {
    capacityId: creditorId,
    caseId: 'bench',
    personId: creditorId,
    creditorId,
    kind: 'self',
    expiresAt: null,
    revokedAt: null,
  };
}

/** One ballot of every unit of the roll, through the meeting's writer. */
async function castAll(room: MeetingRoom, resolutionId: string): Promise<void> {
  const resolution = room.state.resolutions.get(resolutionId);
  const roll = room.rollOf(resolutionId);
  if (!resolution?.roll || !roll) throw new Error('the vote is not open');
  const { documentsRoot } = resolution.published;
  const rollRoot = resolution.roll.root;
  const unitIds = [...roll.units.keys()];
  for (let at = 0; at < unitIds.length; at += UNDER_WAY) {
    const portion = unitIds.slice(at, at + UNDER_WAY).map((unitId) => {
      const now = new Date().toISOString();
      return room.submit(
        castBallot({
          ballot: {
            v: '1',
            origin: room.state.origin,
            resolutionId,
            round: '1',
            rollRoot,
            unitId,
            choice: 'for',
            version: '0',
            actingAs: unitId,
            documentsRoot,
            nonce: randomBytes(16).toString('base64url'),
            clientTs: now,
          },
          personId: unitId,
          capacity: ownCapacity(unitId),
          hasEnded: false,
          signature: undefined,
          roll,
          receivedAt: now,
        }),
      );
    });
    await Promise.all(portion);
  }
}

async function prepare(order: PrepareOrder): Promise<PreparedMeeting> {
  const child = fork(new URL('votes/prepare.ts', import.meta.url));
  child.send(order);
  const [prepared] = (await once(child, 'message')) as [PreparedMeeting];
  await once(child, 'exit');
  return prepared;
}

const { folder, database, close } = await startBenchDatabase('votes');
let server: Awaited<ReturnType<typeof composeBenchServer>> | undefined;
try {
  console.log(`preparing ${creditors} creditors …`);
  const order = { folder, databaseUri: database.uri };
  const { meetingId, host: lead } = await prepare({ ...order, creditors });
  server = await composeBenchServer(order);
  const emptyMb = residentMb();
  const { conduct } = server.services;
  const host = await conduct.admit(lead, meetingId);
  await conduct.movePhase(host, 'begin', 'published');
  const { room } = host;
  const [resolution] = room.state.resolutions.values();
  if (!resolution) throw new Error('the meeting has no resolution');
  const { resolutionId } = resolution.published;
  await delay(SETTLE_MS);
  const preview = await measure(() => room.rollOrPreview(resolution));
  const { units, totals } = preview.result;
  const profiler = profileFile === undefined ? undefined : await startProfiler();
  const freeze = await measure(() =>
    conduct.openVote(host, {
      resolutionId,
      closesAt: new Date(Date.now() + VOTE_WINDOW_MS).toISOString(),
      expectedUnits: units.size,
      expectedUnsecuredFen: String(totals.unsecuredFen),
    }),
  );
  if (profiler) await writeFile(profileFile ?? '', await profiler());
  console.log('casting …');
  const cast = await measure(() => castAll(room, resolutionId));
  await delay(SETTLE_MS);
  const count = await measure(() => conduct.closeVote(host, { resolutionId }));
  const grownMb = Math.round(residentMb() - emptyMb);
  const { ledger, rolls } = server.stores;
  const history = await readHistory(ledger, meetingId);
  const open = await openPrivates(ledger, meetingId, history);
  const recount = await measure(() => countAgain({ rolls, meetingId, history, open }));
  const line = ({ ms, heldMs, heldCpuMs }: Measured<unknown>, limitMs: number | null) => ({
    ms,
    'at most': limitMs,
    'event loop held, ms': heldMs,
    'of that computing': heldCpuMs,
  });
  console.table({
    'roll built': line(preview, null),
    'roll stored and frozen': line(freeze, FREEZE_MAX_MS),
    [`${units.size} ballots`]: line(cast, null),
    'closed, counted, announced': line(count, COUNT_MAX_MS),
    'counted again': line(recount, null),
  });
  const matches = recount.result.get(`${resolutionId}/1`)?.tallyMatches === true;
  console.log(
    `counted again to the same bytes: ${matches}; resident memory grew by ${grownMb} MB up to the verdict`,
  );
  const held = [preview, freeze, cast, count, recount].every(({ heldMs }) => heldMs <= HELD_MAX_MS);
  const isSmall = grownMb <= MEMORY_MAX_MB;
  const isReached = freeze.ms <= FREEZE_MAX_MS && count.ms <= COUNT_MAX_MS && held && isSmall && matches;
  console.log(`figures ${isReached ? 'reached' : 'MISSED'}; memory limit ${MEMORY_MAX_MB} MB`);
  process.exitCode = isReached ? 0 : 1;
} finally {
  await server?.close();
  await close();
}
