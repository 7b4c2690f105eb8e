/** record.md 3: any error of an insert means that its outcome is unknown, and it is found out. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type OpenTestDatabase } from '../support/database.ts';
import {
  cast,
  convene,
  MEETING,
  newNonce,
  openTestLedger,
  outcomeOf,
  readBallots,
  readLedger,
  units,
  type TestLedger,
  type VoteCommand,
} from '../support/ledger.ts';

let database: OpenTestDatabase;
let test: TestLedger;

beforeEach(async () => {
  database = openTestDatabase();
  test = await openTestLedger(database.uri);
});

afterEach(async () => {
  await test.close();
  await database.drop();
});

describe('an insert whose outcome is unknown', () => {
  /** Fails the append after it has done `did` of its entries. */
  function failing(times: number, did: (count: number) => number) {
    let left = times;
    return {
      append: async (meetingId: string, entries: readonly never[], timeoutMs: number) => {
        if (left <= 0) return test.store.append(meetingId, entries, timeoutMs);
        left -= 1;
        await test.store.append(meetingId, entries.slice(0, did(entries.length)), timeoutMs);
        throw new Error('connection lost');
      },
      arm: (count: number) => void (left = count),
    };
  }

  it('is acknowledged when all of it is found', async () => {
    const fault = failing(0, (count) => count);
    const writer = await test.conveneWith({ store: { append: fault.append } });
    fault.arm(1);
    const receipts = await Promise.all(units(5).map((unitId) => writer.submit(cast(unitId))));
    const ballots = await readBallots(test.store);
    expect(receipts.map(({ seq, leafHash }) => ({ seq, leafHash }))).toEqual([...ballots.values()]);
    expect(test.events).toContain('recovered');
    expect((await readLedger(test.store)).some(({ entry }) => entry.t === 'writer.epoch')).toBe(false);
  });

  it('is acknowledged as far as it is found; a fence keeps the rest from landing late', async () => {
    const fault = failing(0, () => 2);
    const writer = await test.conveneWith({ store: { append: fault.append } });
    fault.arm(1);
    const outcomes = await Promise.all(units(5).map((unitId) => outcomeOf(writer.submit(cast(unitId)))));
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(2);
    expect(new Set(outcomes.slice(2))).toEqual(new Set(['nothing-recorded']));
    expect((await readLedger(test.store)).map(({ entry }) => entry.t)).toEqual([
      'meeting.convene',
      'ballot.cast',
      'ballot.cast',
      'writer.epoch',
    ]);
    await Promise.all(
      units(5)
        .slice(2)
        .map((unitId) => writer.submit(cast(unitId))),
    );
    expect([...writer.state.ballots.keys()]).toEqual(units(5));
  });

  it('survives a fence whose own outcome is unknown', async () => {
    const fault = failing(0, (count) => (count === 1 ? 1 : 0));
    const writer = await test.conveneWith({ store: { append: fault.append } });
    fault.arm(2);
    const outcomes = await Promise.all(units(3).map((unitId) => outcomeOf(writer.submit(cast(unitId)))));
    expect(new Set(outcomes)).toEqual(new Set(['nothing-recorded']));
    await writer.submit(cast('unit-9'));
    expect((await readLedger(test.store)).map(({ entry }) => entry.t)).toEqual([
      'meeting.convene',
      'writer.epoch',
      'ballot.cast',
    ]);
  });

  it('of the first entry leaves the meeting unconvened', async () => {
    const fault = failing(1, () => 0);
    const writer = await test.openWriter({ store: { append: fault.append } });
    expect(await outcomeOf(writer.submit(convene))).toBe('nothing-recorded');
    expect(await writer.submit(convene)).toMatchObject({ seq: '0' });
  });

  it('leaves no private value of what was not recorded', async () => {
    const fault = failing(0, () => 0);
    const writer = await test.conveneWith({ store: { append: fault.append } });
    fault.arm(1);
    const command: VoteCommand<void> = {
      privates: [{ commitment: 'c-2', key: 'k', field: 'reason', value: 'x' }],
      decide: () => ({ entries: [{ t: 'incident', body: { code: 'NOTED' } }], reply: () => undefined }),
    };
    expect(await outcomeOf(writer.submit(command))).toBe('nothing-recorded');
    expect((await test.store.readPrivates(MEETING)).size).toBe(0);
  });

  it('is answered as unknown when the database stays away, and the meeting goes on when it is back', async () => {
    let isAway = false;
    const away = () => Promise.reject(new Error('no server'));
    const writer = await test.conveneWith({
      limits: { outcomeWaitMs: 100, queueWaitMs: 100, retryMaxMs: 20 },
      store: {
        append: (...args) => (isAway ? away() : test.store.append(...args)),
        read: (...args) =>
          isAway
            ? // eslint-disable-next-line require-yield -- it fails before the first portion.
              (async function* () {
                await away();
              })()
            : test.store.read(...args),
      },
    });
    isAway = true;
    const nonce = newNonce();
    const first = outcomeOf(writer.submit(cast('unit-1', nonce)));
    expect(await first).toBe('outcome-unknown');
    expect(await outcomeOf(writer.submit(cast('unit-2')))).toBe('nothing-recorded');
    isAway = false;
    expect(await writer.submit(cast('unit-1', nonce))).toMatchObject({ seq: '2' });
  });
});
