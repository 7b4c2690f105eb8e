import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTimeStampClient } from '../../server/attest/time-stamp-client.ts';
import { certificatesOfPem } from '../../server/domain/record/timestamp/pem.ts';
import { verifyTimeStamp } from '../../server/domain/record/timestamp/verify-time-stamp.ts';
import { createTimeStamping, type TimeStamping } from '../../server/services/attest/time-stamping.ts';
import { systemClock } from '../../server/services/clock.ts';
import { createTimeStampStore } from '../../server/storage/attest-stores.ts';
import { connectDatabase, type DatabaseConnection } from '../../server/storage/connect.ts';
import { openTestDatabase } from '../support/database.ts';
import { createTestInstallation, createTestLog } from '../support/test-log.ts';
import {
  startTimeStampAuthority,
  TEST_POLICY,
  type TimeStampAuthority,
} from '../support/time-stamp-authority.ts';

const MEETING = 'meeting-1';
const log = createTestLog(createTestInstallation('cm-0123456789ab'), `cm-0123456789ab/${MEETING}`);
log.append(12);

let test: ReturnType<typeof openTestDatabase>;
let database: DatabaseConnection;
let authority: TimeStampAuthority;
const opened: TimeStamping[] = [];

beforeAll(async () => {
  test = openTestDatabase();
  database = await connectDatabase(test.uri);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});
beforeEach(async () => {
  authority = await startTimeStampAuthority();
  await database.db.collection('timestamps').deleteMany({});
});
afterEach(async () => {
  for (const stamping of opened.splice(0)) stamping.close();
  await authority.close();
});

const clientOf = (caFile: string, policy?: string) => {
  const client = createTimeStampClient({ url: authority.url, caFile, policy });
  if (!client) throw new Error('configured');
  return client;
};

function start(port = clientOf(authority.rootFile)) {
  const store = createTimeStampStore(database.db);
  let changed = Promise.withResolvers<void>();
  const stamping = createTimeStamping({
    port,
    store,
    covering: async () => ({ size: log.tree.size, note: log.checkpoint() }),
    clock: systemClock,
    log: { warn: () => undefined },
    onChange: () => {
      changed.resolve();
      changed = Promise.withResolvers<void>();
    },
    retry: { minMs: 20, maxMs: 100 },
  });
  opened.push(stamping);
  const all = () => store.all(MEETING);
  return {
    stamping,
    all,
    async until(isReached: (stamps: Awaited<ReturnType<typeof all>>) => boolean) {
      for (;;) {
        const next = changed.promise;
        const stamps = await all();
        if (isReached(stamps)) return stamps;
        await next;
      }
    },
  };
}

describe('time stamps on checkpoints', () => {
  it('are asked for once an event, kept with their token, and hold against the root from outside', async () => {
    const { stamping, until } = start();
    stamping.want(MEETING, { seq: 4, reason: 'freeze' });
    stamping.want(MEETING, { seq: 9, reason: 'close' });
    stamping.want(MEETING, { seq: 9, reason: 'close' });
    const stamps = await until((found) => found.length === 2 && found.every(({ stamped }) => stamped));
    expect(stamps.map(({ seq, reason, size }) => [seq, reason, size])).toEqual([
      [4, 'freeze', 12],
      [9, 'close', 12],
    ]);
    const roots = certificatesOfPem(authority.rootPem);
    for (const { note, stamped } of stamps) {
      expect(note).toBe(log.checkpoint());
      const token = stamped?.token ?? new Uint8Array();
      const again = await verifyTimeStamp({ token, data: Buffer.from(note), roots });
      expect(again).toMatchObject({
        time: stamped?.time,
        authority: 'Test Time Authority',
        policy: TEST_POLICY,
      });
    }
  });

  it('that fail are shown, asked for again, and given when the authority is back', async () => {
    authority.state.mode = 'down';
    const { stamping, until } = start();
    stamping.want(MEETING, { seq: 9, reason: 'close' });
    const [failed] = await until(([stamp]) => (stamp?.attempts ?? 0) >= 2);
    expect(failed).toMatchObject({ stamped: null, failure: 'the authority answered 503' });
    authority.state.mode = 'up';
    const [stamped] = await until(([stamp]) => stamp?.stamped !== null);
    expect(stamped).toMatchObject({ failure: null, reason: 'close' });
  });

  it('are asked for after a restart, when they were still missing', async () => {
    authority.state.mode = 'down';
    const before = start();
    before.stamping.want(MEETING, { seq: 9, reason: 'close' });
    await before.until(([stamp]) => (stamp?.attempts ?? 0) >= 1);
    before.stamping.close();
    authority.state.mode = 'up';
    const after = start();
    await after.stamping.takeUp();
    await after.until(([stamp]) => stamp?.stamped !== null);
  });

  it('are not believed from another root, as an old answer, or under another policy', async () => {
    const client = clientOf(authority.rootFile);
    await client.stamp(Buffer.from('first'));
    authority.state.mode = 'replay';
    await expect(client.stamp(Buffer.from('second'))).rejects.toThrow('IMPRINT');
    await expect(client.stamp(Buffer.from('first'))).rejects.toThrow('NONCE');
    authority.state.mode = 'up';
    await expect(clientOf(authority.rootFile, '1.2.3.4.9').stamp(Buffer.from('x'))).rejects.toThrow(
      'REFUSED',
    );
    const other = await startTimeStampAuthority('Other Time');
    await expect(clientOf(other.rootFile).stamp(Buffer.from('x'))).rejects.toThrow('CHAIN');
    await other.close();
  });

  it('need a root that can be read', async () => {
    const empty = join(authority.directory, 'empty.pem');
    await writeFile(empty, 'no certificate');
    expect(() => clientOf(empty)).toThrow('holds no certificate');
    expect(() => clientOf(`${empty}.missing`)).toThrow('cannot be read');
  });
});
