/**
 * Accepted ballots a second: `node scripts/bench/ballots.ts [roll] [concurrent] [voters] [profile]`, by default a
 * roll of 2 000 units and 64 ballots under way at once; of a larger roll the first 2 000 creditors vote, each on a
 * socket and with a device key of their own. Accepted means durable, in the tree, under a signed and stored
 * checkpoint, and the receipt returned. With a last argument the server's CPU profile is written to that file.
 *
 * The server is composed in this process with a real embedded database; the load comes over real sockets from
 * a process of its own on the same machine. A ballot counts when its receipt has arrived, and at the end the
 * ledger is read back and compared with the receipts.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { composeBenchServer, startBenchDatabase } from './bench-server.ts';
import { machineCpuS, processCpuS, startProfiler } from './cpu-time.ts';
import type { LoadMessage, LoadOrder, LoadReport, Receipts } from './ballots/load.ts';
import { createStages } from './ballots/stages.ts';
import { countUnproven, openVoteOf, readBallots } from './voting-meeting.ts';

const FLOOR_PER_SECOND = 1_500;
const DELAY_RESOLUTION_MS = 5;
/** Garbage of the import is gone and the database has written its checkpoint before the load begins. */
const SETTLE_MS = 3_000;

const creditors = Number(process.argv[2] ?? 2_000);
const concurrent = Number(process.argv[3] ?? 64);
const voting = Math.min(creditors, Number(process.argv[4] ?? 2_000));
const profileFile = process.argv[5];

async function readCpu(mongodPid: number) {
  const [server, mongod, machine] = await Promise.all([
    processCpuS(process.pid),
    processCpuS(mongodPid),
    machineCpuS(),
  ]);
  return { server, mongod, machine };
}

async function nextMessage<T>(child: ChildProcess): Promise<T> {
  const [message] = (await once(child, 'message')) as [T];
  return message;
}

const { folder, database, close } = await startBenchDatabase('ballots');
const server = await composeBenchServer({ folder, databaseUri: database.uri });
let load: ChildProcess | undefined;
try {
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`;
  server.origins.add(url);
  console.log(`preparing ${creditors} creditors …`);
  const { room, meetingId, common, voters } = await openVoteOf(server, creditors, voting);
  load = fork(new URL('ballots/load.ts', import.meta.url), { serialization: 'advanced' });
  const order: LoadOrder = { url, meetingId, concurrent, common, voters };
  load.send(order);
  console.log(`connecting ${voters.length} sockets …`);
  await nextMessage(load);
  await delay(SETTLE_MS);
  const stages = createStages(server, room);
  const held = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
  const before = await readCpu(database.pid());
  held.enable();
  const profiler = profileFile === undefined ? undefined : await startProfiler();
  load.send('go' satisfies LoadMessage);
  const report = await nextMessage<LoadReport>(load);
  held.disable();
  if (profiler) await writeFile(profileFile ?? '', await profiler());
  const after = await readCpu(database.pid());
  const [serverS, mongodS] = [after.server - before.server, after.mongod - before.mongod];
  const othersS = after.machine - before.machine - serverS - mongodS - report.cpuS;
  load.send('receipts' satisfies LoadMessage);
  const receipts = await nextMessage<Receipts>(load);
  const recorded = await readBallots(server.stores.ledger, meetingId);
  const unproven = await countUnproven(server.signer.publicKey, common.origin, receipts);
  const lost = receipts.filter(({ unitId, seq }) => recorded.get(unitId) !== seq).length;
  const perSecond = receipts.length / (report.elapsedMs / 1000);
  console.log('\nballots over real sockets, load included');
  console.table({
    'units on the roll': creditors,
    'distinct creditors with keys of their own': voters.length,
    'under way at once': concurrent,
    'accepted: durable, signed, with receipt': receipts.length,
    refused: report.refused,
    'receipts not in the ledger': lost,
    'receipts that do not verify': unproven,
    'ballots a second': Math.round(perSecond),
    'seconds in all': +(report.elapsedMs / 1000).toFixed(2),
    'p50 ms': report.p50Ms,
    'p99 ms': report.p99Ms,
    'event loop held at most ms': Math.round(held.max / 1e6),
    'CPU of the server, s': +serverS.toFixed(2),
    'CPU of the database, s': +mongodS.toFixed(2),
    'CPU of the load, s': +report.cpuS.toFixed(2),
    'CPU of everything else on the machine, s': +Math.max(0, othersS).toFixed(2),
  });
  console.log('where the time of a ballot goes, ms');
  console.table(stages.report(report.meanMs));
  console.log(`floor ${FLOOR_PER_SECOND}/s: ${perSecond >= FLOOR_PER_SECOND ? 'reached' : 'MISSED'}`);
  process.exitCode = perSecond >= FLOOR_PER_SECOND && lost === 0 && unproven === 0 ? 0 : 1;
} finally {
  load?.kill();
  await server.close();
  await close();
}
