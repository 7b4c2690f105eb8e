import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createWitnessClient } from '../../server/attest/witness-client.ts';
import { parsePolicy } from '../../server/domain/record/notes/policy.ts';
import { witnessPolicySha256 } from '../../server/domain/record/notes/policy-digest.ts';
import { createWitnessing, type Witnessing } from '../../server/services/attest/witnessing.ts';
import { systemClock } from '../../server/services/clock.ts';
import { sha256 } from '../../server/services/record-crypto.ts';
import { createCosignatureStore } from '../../server/storage/attest-stores.ts';
import { connectDatabase, type DatabaseConnection } from '../../server/storage/connect.ts';
import { openTestDatabase } from '../support/database.ts';
import { createTestInstallation, createTestLog, type TestLog } from '../support/test-log.ts';
import { policyOf, startTestWitness, type TestWitness } from '../support/witness-process.ts';

const MEETING = 'meeting-1';
const system = createTestInstallation('cm-0123456789ab');

let test: ReturnType<typeof openTestDatabase>;
let database: DatabaseConnection;
let witnesses: TestWitness[];
const opened: Witnessing[] = [];

beforeAll(async () => {
  test = openTestDatabase();
  database = await connectDatabase(test.uri);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});
beforeEach(async () => {
  const names = ['court.example/w', 'committee.example/w', 'province.example/w'];
  witnesses = await Promise.all(names.map((name) => startTestWitness(name, [system.vkey])));
  await database.db.collection('cosignatures').deleteMany({});
});
afterEach(async () => {
  for (const witnessing of opened.splice(0)) witnessing.close();
  for (const witness of witnesses) await witness.close();
});

const newLog = () => createTestLog(system, `${system.name}/${MEETING}`);

/** The server's side over a log, with what people would see. Each change of it is a turn. */
function watch(log: TestLog, meetingId = MEETING) {
  const policy = parsePolicy(sha256, policyOf(witnesses, 2));
  let changed = Promise.withResolvers<void>();
  const witnessing = createWitnessing({
    policy: { policy, sha256: witnessPolicySha256(sha256, policy) },
    port: createWitnessClient(),
    store: createCosignatureStore(database.db),
    heads: {
      latest: async () => ({ size: log.tree.size, note: log.checkpoint() }),
      consistencyProof: async (_, oldSize, newSize) => log.tree.consistencyProof(oldSize, newSize),
    },
    clock: systemClock,
    log: { warn: () => undefined },
    onChange: () => {
      changed.resolve();
      changed = Promise.withResolvers<void>();
    },
  });
  opened.push(witnessing);
  type State = Awaited<ReturnType<Witnessing['stateOf']>>;
  return {
    follow: () => witnessing.follow(meetingId),
    state: () => witnessing.stateOf(meetingId),
    async until(isReached: (state: State) => boolean): Promise<State> {
      for (;;) {
        const next = changed.promise;
        const state = await witnessing.stateOf(meetingId);
        if (isReached(state)) return state;
        await next;
      }
    },
  };
}

const standings = (state: { witnesses: readonly { standing: string }[] }) =>
  state.witnesses.map(({ standing }) => standing);

describe('a server with three witnesses of which two must agree', () => {
  it('has its record cosigned, follows its growth, and knows of it after a restart', async () => {
    const log = newLog();
    log.append(5);
    const before = watch(log);
    expect(await before.state()).toMatchObject({
      witnessed: null,
      witnesses: [{ standing: 'waiting' }, {}, {}],
    });
    before.follow();
    await before.until(({ witnesses: all }) => all.every(({ last }) => last?.size === 5));
    log.append(8);
    before.follow();
    const all = await before.until(({ witnesses: them }) => them.every(({ last }) => last?.size === 13));
    expect(all.witnessed?.size).toBe(13);

    const after = await watch(log).state();
    expect(after).toMatchObject({ witnessed: { size: 13 } });
    expect(standings(after)).toEqual(['cosigned', 'cosigned', 'cosigned']);
    const lines = await createCosignatureStore(database.db).findBySize(MEETING, 13);
    expect(new Set(lines.map(({ line }) => line.split(' ')[1]))).toEqual(
      new Set(witnesses.map(({ name }) => name)),
    );
  });

  it('has a quorum with one of them down, and catches up with it when it is back', async () => {
    const log = newLog();
    log.append(3);
    await witnesses[2]?.kill9();
    const server = watch(log);
    server.follow();
    const down = await server.until(({ witnessed }) => witnessed !== null);
    expect(down.witnessed?.size).toBe(3);
    await server.until((state) => standings(state)[2] === 'unreachable');
    await witnesses[2]?.start();
    await server.until(({ witnesses: all }) => all[2]?.last?.size === 3);
  });

  it('has none with two of them down', async () => {
    const log = newLog();
    log.append(3);
    await witnesses[1]?.kill9();
    await witnesses[2]?.kill9();
    const server = watch(log);
    server.follow();
    const state = await server.until((now) => standings(now).join() === 'cosigned,unreachable,unreachable');
    expect(state.witnessed).toBeNull();
  });

  it('sends the proof from the size that a witness names, when it does not know any more what was cosigned', async () => {
    const log = newLog();
    log.append(4);
    const first = watch(log);
    first.follow();
    await first.until(({ witnesses: all }) => all.every(({ last }) => last !== null));
    await database.db.collection('cosignatures').deleteMany({});
    log.append(6);
    const forgetful = watch(log);
    forgetful.follow();
    const state = await forgetful.until(({ witnesses: all }) => all.every(({ last }) => last?.size === 10));
    expect(state.witnessed?.size).toBe(10);
  });

  it('cannot get a quorum for two different records of one meeting', async () => {
    const log = newLog();
    const fork = newLog();
    log.append(2);
    fork.append(2);
    log.append(4, 'shown to the court');
    fork.append(4, 'shown to the creditors');
    const court = watch(log);
    court.follow();
    await court.until(({ witnesses: all }) => all.every(({ last }) => last !== null));
    const creditors = watch(fork, 'fork');
    creditors.follow();
    const state = await creditors.until((now) => standings(now).every((standing) => standing === 'conflict'));
    expect(state.witnessed).toBeNull();
    // Nor does the first one any more: the fault is the log's, whichever record is the true one.
    log.append(1, 'shown to the court');
    court.follow();
    const stopped = await court.until((now) => standings(now).every((standing) => standing === 'conflict'));
    expect(stopped.witnessed?.size).toBe(6);
  });

  it('is told that its record was rolled back when a witness has seen more of it', async () => {
    const log = newLog();
    log.append(9);
    const server = watch(log);
    server.follow();
    await server.until(({ witnesses: all }) => all.every(({ last }) => last !== null));
    const restored = newLog();
    restored.append(7);
    await database.db.collection('cosignatures').deleteMany({});
    const after = watch(restored);
    after.follow();
    await after.until((now) => standings(now).every((standing) => standing === 'ahead'));
  });
});
