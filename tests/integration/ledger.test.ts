/** record.md 2 and 3 on a real database: what is acknowledged is there, once, and in its place. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type mongoose from 'mongoose';
import { DomainError } from '../../server/domain/errors.ts';
import { BATCH_MAX_ENTRIES } from '../../server/services/ledger/batch.ts';
import { LedgerDamagedError } from '../../server/services/ledger-fold.ts';
import type { DurableEntry, PrivateValue } from '../../server/services/ledger-port.ts';
import { createLeaseStore, createRollStore, ledgerId } from '../../server/storage/ledger-store.ts';
import { openTestDatabase, type OpenTestDatabase } from '../support/database.ts';
import { ballotCast } from '../support/entry-samples.ts';
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

describe('the documents of the ledger', () => {
  it('have padded ids, their bytes, and a key only where an entry exists once', async () => {
    const writer = await test.conveneWith();
    await writer.submit(cast('unit-1'));
    await writer.submit({
      privates: [],
      decide: () => ({ entries: [{ t: 'incident', body: { code: 'HEARTBEAT' } }], reply: () => undefined }),
    });
    const documents = await test.connection.db.collection('ledger').find().sort({ _id: 1 }).toArray();
    expect(documents.map(({ _id }) => String(_id))).toEqual([0, 1, 2].map((seq) => ledgerId(MEETING, seq)));
    expect(documents.map(({ key }) => key as unknown)).toEqual([
      'convene',
      'ballot/resolution-1/1/unit-1/0',
      undefined,
    ]);
    expect(Object.keys(documents[2]!)).toEqual(['_id', 'meetingId', 'seq', 'bytes']);
  });

  it('may not hold one key twice, and may hold many without one', async () => {
    const ledger = test.connection.db.collection<{ _id: string }>('ledger');
    const document = (seq: number, rest: object) => ({
      _id: ledgerId('m', seq),
      meetingId: 'm',
      seq,
      ...rest,
    });
    await ledger.insertMany([document(0, {}), document(1, {}), document(2, { key: 'a' })]);
    await ledger.insertOne({
      ...document(0, { key: 'a' }),
      _id: ledgerId('other', 0),
      meetingId: 'other',
    } as never);
    await expect(ledger.insertOne(document(3, { key: 'a' }))).rejects.toThrow(/E11000/);
  });
});

describe('a writer', () => {
  it('numbers without gaps and answers each of many concurrent ballots with its own entry', async () => {
    const writer = await test.conveneWith();
    const receipts = await Promise.all(units(1_000).map((unitId) => writer.submit(cast(unitId))));
    const ballots = await readBallots(test.store);
    expect(ballots.size).toBe(1_000);
    units(1_000).forEach((unitId, index) => {
      const { seq, leafHash } = receipts[index]!;
      expect(ballots.get(unitId)).toEqual({ seq, leafHash });
    });
    expect(writer.state.ballots.size).toBe(1_000);
  });

  it('decides each command against those before it in the same batch', async () => {
    const writer = await test.conveneWith();
    const nonce = newNonce();
    const [first, second, repeated] = await Promise.allSettled([
      writer.submit(cast('unit-1', nonce)),
      writer.submit(cast('unit-1')),
      writer.submit(cast('unit-1', nonce)),
    ]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'ALREADY_CAST' } });
    expect(first).toMatchObject(repeated);
    expect((await readBallots(test.store)).size).toBe(1);
  });

  it('shows others only what is durable', async () => {
    const seen: number[] = [];
    const writer = test.writer({
      store: {
        append: async (meetingId, entries, timeoutMs) => {
          seen.push(writer.state.ballots.size);
          await test.store.append(meetingId, entries, timeoutMs);
        },
      },
    });
    await writer.open();
    await writer.submit(convene);
    const told: DurableEntry[] = [];
    writer.onDurable((entries) => told.push(...entries));
    await Promise.all([writer.submit(cast('unit-1')), writer.submit(cast('unit-2'))]);
    expect(seen).toEqual([0, 0]);
    expect(told.map(({ entry }) => entry.t)).toEqual(['ballot.cast', 'ballot.cast']);
    expect(writer.state.ballots.size).toBe(2);
  });

  it('keeps batches within their bounds', async () => {
    const sizes: number[] = [];
    const writer = await test.conveneWith({
      store: {
        append: async (meetingId, entries, timeoutMs) => {
          sizes.push(entries.length);
          await test.store.append(meetingId, entries, timeoutMs);
        },
      },
    });
    await Promise.all(units(700).map((unitId) => writer.submit(cast(unitId))));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(BATCH_MAX_ENTRIES);
    const tooMany = Array.from({ length: BATCH_MAX_ENTRIES + 1 }, (_, index) => ballotCast(`more-${index}`));
    const command: VoteCommand<void> = {
      privates: [],
      decide: () => ({ entries: tooMany, reply: () => undefined }),
    };
    await expect(writer.submit(command)).rejects.toThrow(RangeError);
  });

  it('refuses one command without harm to its neighbours: a schema, a key, an entry that cannot be folded', async () => {
    const writer = await test.conveneWith();
    await writer.submit(cast('unit-0'));
    const append = (entry: ReturnType<typeof ballotCast> | { t: 'incident'; body: { code: string } }) =>
      writer.submit({ privates: [], decide: () => ({ entries: [entry], reply: () => undefined }) });
    const outcomes = await Promise.allSettled([
      writer.submit(cast('unit-1')),
      append(ballotCast('no unit')),
      append(ballotCast('unit-0')),
      append({ t: 'incident', body: { code: 'UNFOLDABLE' } }),
      writer.submit(cast('unit-2')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect([...writer.state.ballots.keys()]).toEqual(['unit-0', 'unit-1', 'unit-2']);
    expect((await readLedger(test.store)).map(({ entry }) => entry.t)).toEqual([
      'meeting.convene',
      'ballot.cast',
      'ballot.cast',
      'ballot.cast',
    ]);
  });

  it('never lets the time of an entry run back', async () => {
    let now = Date.parse('2026-11-22T06:30:00.000Z');
    const writer = await test.conveneWith({ now: () => now });
    now -= 3_600_000;
    const { ts } = await writer.submit(cast('unit-1'));
    expect(ts).toBe('2026-11-22T06:30:00.000Z');
  });

  it('refuses at once what is more than its queue holds', async () => {
    const writer = await test.conveneWith({ limits: { queue: 2 } });
    const outcomes = await Promise.all(units(4).map((unitId) => outcomeOf(writer.submit(cast(unitId)))));
    expect(outcomes).toEqual(['accepted', 'accepted', 'nothing-recorded', 'nothing-recorded']);
  });

  it('finishes what is queued when it is closed', async () => {
    const writer = await test.conveneWith();
    const receipts = Promise.all(units(50).map((unitId) => writer.submit(cast(unitId))));
    await writer.close();
    expect(await receipts).toHaveLength(50);
    expect(await outcomeOf(writer.submit(cast('late')))).toBe('nothing-recorded');
    expect(() => writer.state).toThrow(DomainError);
  });
});

describe('private values', () => {
  const value: PrivateValue = { commitment: 'c-1', key: 'k', field: 'reason', value: '家人住院' };
  const withReason: VoteCommand<void> = {
    privates: [value],
    decide: () => ({ entries: [{ t: 'incident', body: { code: 'NOTED' } }], reply: () => undefined }),
  };

  it('are there before the entry, by commitment, and can be erased', async () => {
    const writer = await test.conveneWith();
    await writer.submit(withReason);
    expect((await test.store.readPrivates(MEETING)).get('c-1')).toEqual(value);
    expect((await test.store.readPrivates(MEETING, ['other'])).size).toBe(0);
    await test.store.erasePrivates(MEETING, ['c-1']);
    expect((await test.store.readPrivates(MEETING)).size).toBe(0);
    expect(await readLedger(test.store)).toHaveLength(2);
  });

  it('are not changed by a second write', async () => {
    await test.store.putPrivates(MEETING, [value]);
    await test.store.putPrivates(MEETING, [{ ...value, value: '另一个' }]);
    expect((await test.store.readPrivates(MEETING, ['c-1'])).get('c-1')?.value).toBe('家人住院');
  });

  it('of a refused command are never written, and without them nothing is recorded', async () => {
    const writer = await test.conveneWith({
      store: { putPrivates: () => Promise.reject(new Error('no connection')) },
    });
    expect(await outcomeOf(writer.submit(withReason))).toBe('nothing-recorded');
    expect(await readLedger(test.store)).toHaveLength(1);
    await writer.submit(cast('unit-1'));
    expect([...writer.state.ballots.keys()]).toEqual(['unit-1']);
  });
});

describe('another writer', () => {
  it('fences the first one, which steps down and records nothing more', async () => {
    const first = await test.conveneWith();
    let steppedDown = 0;
    first.onStepDown(() => (steppedDown += 1));
    await first.submit(cast('unit-1'));
    const second = await test.openWriter();
    expect(await outcomeOf(first.submit(cast('unit-2')))).toBe('nothing-recorded');
    expect([first.isOpen, steppedDown]).toEqual([false, 1]);
    await second.submit(cast('unit-3'));
    const entries = await readLedger(test.store);
    expect(entries.map(({ entry }) => [entry.t, entry.epoch])).toEqual([
      ['meeting.convene', '1'],
      ['ballot.cast', '1'],
      ['writer.epoch', '2'],
      ['ballot.cast', '2'],
    ]);
    expect([...second.state.ballots.keys()]).toEqual(['unit-1', 'unit-3']);
  });

  it('loses the race for an entry without a trace, whoever wins', async () => {
    const first = await test.conveneWith();
    const second = await test.openWriter();
    await first.open();
    const writers = [first, second];
    await Promise.allSettled(units(40).map((unitId, index) => writers[index % 2]!.submit(cast(unitId))));
    const ballots = await readBallots(test.store);
    const survivor = writers.find(({ isOpen }) => isOpen);
    expect([...(survivor?.state.ballots.keys() ?? [])]).toEqual([...ballots.keys()]);
  });

  it('on another node waits for the lease, and gets it when it is given up', async () => {
    const first = await test.conveneWith({ nodeId: 'node-1' });
    const second = test.writer({ nodeId: 'node-2' });
    expect(await outcomeOf(second.open())).toBe('another-writer');
    await first.close();
    await second.open();
    expect(second.state.types).toEqual(['meeting.convene', 'writer.epoch']);
  });

  it('may take a lease that has run out by the database clock', async () => {
    const leases = createLeaseStore(test.connection.db);
    expect(await leases.claim('m', 'node-1', 60_000)).toBe(true);
    expect(await leases.claim('m', 'node-2', 60_000)).toBe(false);
    expect(await leases.claim('m', 'node-1', -1_000)).toBe(true);
    expect(await leases.claim('m', 'node-2', 60_000)).toBe(true);
    await leases.release('m', 'node-1');
    expect(await leases.claim('m', 'node-1', 60_000)).toBe(false);
  });
});

describe('opening again', () => {
  it('folds the same state from the ledger and takes a new epoch', async () => {
    const writer = await test.conveneWith();
    await Promise.all(units(600).map((unitId) => writer.submit(cast(unitId))));
    const before = [...writer.state.ballots];
    await writer.close();
    const again = await test.openWriter();
    expect([...again.state.ballots]).toEqual(before);
    const repeated = before[7]!;
    expect(await again.submit(cast(repeated[0], repeated[1].nonce))).toMatchObject({ seq: repeated[1].seq });
  });

  it('refuses a ledger with a gap', async () => {
    const writer = await test.conveneWith();
    await Promise.all(units(3).map((unitId) => writer.submit(cast(unitId))));
    await writer.close();
    await test.connection.db.collection<{ _id: string }>('ledger').deleteOne({ _id: ledgerId(MEETING, 2) });
    await expect(test.writer().open()).rejects.toThrow(LedgerDamagedError);
  });

  it('refuses an entry whose bytes were changed into another entry', async () => {
    const writer = await test.conveneWith();
    await Promise.all(units(2).map((unitId) => writer.submit(cast(unitId))));
    await writer.close();
    const ledger = test.connection.db.collection<{ _id: string; bytes: mongoose.mongo.Binary }>('ledger');
    const copied = await ledger.findOne({ _id: ledgerId(MEETING, 1) });
    await ledger.updateOne({ _id: ledgerId(MEETING, 2) }, { $set: { bytes: copied!.bytes } });
    await expect(test.writer().open()).rejects.toThrow(LedgerDamagedError);
  });
});

describe('roll chunks', () => {
  it('are found by their hash, stay as they were, and are bounded', async () => {
    const rolls = createRollStore(test.connection.db);
    const bytes = new TextEncoder().encode('{"unitId":"unit-1"}');
    await rolls.putChunk(MEETING, { sha256: 'a'.repeat(64), bytes });
    await rolls.putChunk(MEETING, { sha256: 'a'.repeat(64), bytes: new Uint8Array(1) });
    expect(new Uint8Array((await rolls.findChunk(MEETING, 'a'.repeat(64)))!)).toEqual(bytes);
    expect(await rolls.findChunk('other', 'a'.repeat(64))).toBeUndefined();
    const tooBig = { sha256: 'b'.repeat(64), bytes: new Uint8Array(1024 * 1024 + 1) };
    await expect(rolls.putChunk(MEETING, tooBig)).rejects.toThrow(RangeError);
  });
});

describe('the connection', () => {
  it('hands out int64 as bigint whatever its size, and int32 as number', async () => {
    const amounts = test.connection.db.collection('amounts');
    await amounts.insertOne({ small: 5n, large: 99_999_999_999_999_999n, count: 5 });
    expect(await amounts.findOne({}, { projection: { _id: 0 } })).toEqual({
      small: 5n,
      large: 99_999_999_999_999_999n,
      count: 5,
    });
  });
});
