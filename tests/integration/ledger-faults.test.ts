/** record.md 3 under real faults: the database killed in the middle of a vote, and answers lost after the write. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { MeetingLedger } from '../../server/services/ledger-port.ts';
import {
  openTestDatabase,
  startTestDatabase,
  type OpenTestDatabase,
  type TestDatabase,
} from '../support/database.ts';
import { portOf, startCuttingProxy, viaProxy, type CuttingProxy } from '../support/cutting-proxy.ts';
import {
  castUntilAnswered,
  convene,
  openTestLedger,
  readBallots,
  readLedger,
  type Recorded,
  type TestLedger,
  type VoteState,
} from '../support/ledger.ts';

const VOTERS = 16;

/** Voters one after the other in each of 16 lines, as long as `isGoing`; every answer is kept. */
async function voteWhile(
  isGoing: () => boolean,
  writer: () => MeetingLedger<VoteState>,
  onUnavailable?: () => unknown,
): Promise<Map<string, Recorded>> {
  const receipts = new Map<string, Recorded>();
  const line = async (voter: number) => {
    for (let turn = 0; isGoing(); turn++) {
      const unitId = `unit-${voter}-${turn}`;
      receipts.set(unitId, await castUntilAnswered(writer(), unitId, onUnavailable));
    }
  };
  await Promise.all(Array.from({ length: VOTERS }, (_, voter) => line(voter)));
  return receipts;
}

/** Every receipt names an entry that is there, byte for byte, and there is no ballot without a receipt. */
async function expectRecordedOnce(test: TestLedger, receipts: Map<string, Recorded>): Promise<void> {
  const ballots = await readBallots(test.store);
  expect(ballots.size).toBe(receipts.size);
  for (const [unitId, { seq, leafHash }] of receipts) expect(ballots.get(unitId)).toEqual({ seq, leafHash });
}

describe('killing the database in the middle of a vote', () => {
  let database: TestDatabase;
  let test: TestLedger;

  beforeAll(async () => {
    database = await startTestDatabase();
    test = await openTestLedger(database.uri);
  });

  afterAll(async () => {
    await test.close();
    await database.stop();
  });

  it('loses no acknowledged ballot and counts none twice, three times over', async () => {
    const writer = test.writer({
      limits: { appendTimeoutMs: 200, outcomeWaitMs: 400, queueWaitMs: 400 },
    });
    await writer.open();
    await writer.submit(convene);
    let isGoing = true;
    const refusals: number[] = [];
    const voting = voteWhile(
      () => isGoing,
      () => writer,
      () => refusals.push(Date.now()),
    );
    for (let round = 0; round < 3; round++) {
      await delay(300);
      await database.kill9();
      // Down until a voter was told so: the driver's own retries must not hide the outage from the writer.
      const before = refusals.length;
      while (refusals.length === before) await delay(10);
      await database.restart();
    }
    await delay(300);
    isGoing = false;
    const receipts = await voting;
    expect(receipts.size).toBeGreaterThan(VOTERS);
    await expectRecordedOnce(test, receipts);
  });

  it('another writer afterwards folds the same ballots', async () => {
    const before = await readBallots(test.store);
    const writer = test.writer();
    await writer.open();
    expect([...writer.state.ballots.keys()]).toEqual([...before.keys()]);
  });
});

describe('losing the answers of the database after the write', () => {
  let database: OpenTestDatabase;
  let proxy: CuttingProxy;
  let test: TestLedger;

  beforeEach(async () => {
    database = openTestDatabase();
    proxy = await startCuttingProxy(portOf(database.uri));
    test = await openTestLedger(viaProxy(database.uri, proxy));
  });

  afterEach(async () => {
    await test.close();
    await proxy.stop();
    await database.drop();
  });

  it.each([1, 2, 7])(
    'in %i inserts: every ballot is recorded once and has the receipt of its entry',
    async (times) => {
      const writer = test.writer({ limits: { appendTimeoutMs: 500 } });
      await writer.open();
      await writer.submit(convene);
      let isGoing = true;
      const voting = voteWhile(
        () => isGoing,
        () => writer,
      );
      await delay(100);
      proxy.cutReplies('ledger', times);
      while (proxy.cuts < times) await delay(10);
      await delay(300);
      isGoing = false;
      await expectRecordedOnce(test, await voting);
    },
  );

  it('for as long as an insert is tried: what was written is found and acknowledged without a second entry', async () => {
    const writer = test.writer({ limits: { appendTimeoutMs: 400 } });
    await writer.open();
    await writer.submit(convene);
    proxy.cutReplies('ledger', Infinity);
    const answer = castUntilAnswered(writer, 'unit-1');
    while (!test.events.includes('outcome-unknown')) await delay(10);
    proxy.cutReplies('ledger', 0);
    const { seq } = await answer;
    expect(proxy.cuts).toBeGreaterThan(0);
    expect(test.events).toContain('outcome-unknown');
    const entries = await readLedger(test.store);
    expect(entries.filter(({ entry }) => entry.t === 'ballot.cast').map(({ entry }) => entry.seq)).toEqual([
      seq,
    ]);
  });
});
