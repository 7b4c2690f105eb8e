import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReceiptView } from '../../server/protocol/room.ts';
import { startEmbeddedDatabase, type EmbeddedDatabase } from '../../server/storage/embedded-database.ts';
import { portOf, startCuttingProxy, viaProxy, type CuttingProxy } from '../support/cutting-proxy.ts';
import { requireMongodBin } from '../support/engines.ts';
import { ballotOf, beginMeeting, openVote, voters, type Scene } from '../support/meeting-scene.ts';
import { ofType, startMeetingServer, type MeetingServer } from '../support/meeting-server.ts';
import { castUntilAnswered, receiptOf, type Voter } from '../support/meeting-voter.ts';

const FAULTS = 3;
/** Voters who have a ballot under way at the same time. */
const AT_ONCE = 4;

let dataDir: string;
let database: EmbeddedDatabase;
let proxy: CuttingProxy;
let server: MeetingServer;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'meeting-fault-'));
  // As in production: a killed mongod is started again by its supervisor, on the same address.
  database = await startEmbeddedDatabase({
    dataDir,
    mongodBin: requireMongodBin(),
    cacheGigabytes: 0.25,
    ballastBytes: 0,
  });
  proxy = await startCuttingProxy(portOf(database.uri));
  server = await startMeetingServer({ databaseUri: viaProxy(database.uri, proxy) });
});
afterAll(async () => {
  await server.close();
  await proxy.stop();
  await database.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** Phones with their ballots, before anything fails. */
async function prepareVoters(scene: Scene): Promise<Voter[]> {
  const { list } = await voters(server, scene);
  return Promise.all(
    list.map(async (creditor) => {
      const ballot = await ballotOf(server, scene, creditor, 'for');
      const cookie = await server.cookieOf(creditor.personId, ['creditor']);
      const connect = () => server.connect(creditor.personId, { cookie });
      return { connect, meetingId: scene.meetingId, ballot };
    }),
  );
}

/** Everybody votes, a few at a time; `disturb` is called with the number of receipts so far, after each. */
async function voteUnderFaults(
  phones: readonly Voter[],
  disturb: (receipts: number) => void,
): Promise<ReceiptView[]> {
  const queue = phones.values();
  const receipts: ReceiptView[] = [];
  const voteOneByOne = async () => {
    for (const phone of queue) {
      receipts.push(receiptOf(await castUntilAnswered(phone)));
      disturb(receipts.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, voteOneByOne));
  return receipts;
}

/** Every receipt is the entry of its number, every unit has voted once, and nothing else is recorded. */
async function expectRecorded(scene: Scene, receipts: readonly ReceiptView[]): Promise<void> {
  const cast = ofType(await server.ledger(scene.meetingId), 'ballot.cast');
  const recorded = cast.map(({ seq, ts, body }) => ({ seq, ts, unitId: body.ballot.unitId }));
  const promised = receipts.map(({ seq, ts, unitId }) => ({ seq, ts, unitId }));
  expect(recorded).toEqual(promised.toSorted((a, b) => Number(a.seq) - Number(b.seq)));
  expect(new Set(recorded.map(({ unitId }) => unitId)).size).toBe(recorded.length);
}

describe('a vote while the database fails', () => {
  it('loses no acknowledged ballot and counts none twice when mongod is killed', async () => {
    const scene = await beginMeeting(server);
    await openVote(server, scene, 3_600_000);
    const phones = await prepareVoters(scene);
    let kills = 0;
    const receipts = await voteUnderFaults(phones, (count) => {
      if (count !== 3 + kills * 8 || kills >= FAULTS) return;
      kills += 1;
      process.kill(database.pid(), 'SIGKILL');
    });
    expect(kills).toBe(FAULTS);
    expect(receipts).toHaveLength(phones.length);
    await expectRecorded(scene, receipts);
    await scene.host.ask('vote:close', { resolutionId: scene.resolutionId });
    const key = `resolution:${scene.resolutionId}` as const;
    await scene.host.until(() => scene.host.state()[key]?.verdict);
    expect(scene.host.state()[key]?.verdict?.for.heads).toBe(String(phones.length));
  });

  it('loses none and counts none twice when the replies are cut after the write', async () => {
    const scene = await beginMeeting(server);
    await openVote(server, scene, 3_600_000);
    const phones = await prepareVoters(scene);
    const cutsBefore = proxy.cuts;
    proxy.cutReplies('ledger', 1);
    const receipts = await voteUnderFaults(phones, (count) => {
      if (count % 6 === 1) proxy.cutReplies('ledger', 1);
    });
    expect(proxy.cuts - cutsBefore).toBeGreaterThanOrEqual(FAULTS);
    expect(receipts).toHaveLength(phones.length);
    await expectRecorded(scene, receipts);
  });

  it('tells whoever asks that nothing can be recorded now, and goes on afterwards', async () => {
    const scene = await beginMeeting(server);
    const [first = '', second = ''] = scene.itemIds;
    process.kill(database.pid(), 'SIGKILL');
    let ack = await scene.host.request('agenda:move', { toItemId: first, expectedItemId: null });
    // It waits for the database as long as it may; a refusal says that it is to be asked again.
    if (!ack.ok) expect(ack.error.code).toBe('UNAVAILABLE');
    while (!ack.ok) ack = await scene.host.request('agenda:move', { toItemId: first, expectedItemId: null });
    await scene.host.ask('agenda:move', { toItemId: second, expectedItemId: first });
    await scene.judge.until(() => scene.judge.state().agenda?.currentItemId === second);
  });
});
