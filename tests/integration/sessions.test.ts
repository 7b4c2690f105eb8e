/** Sessions that several processes keep in mind: what one of them ends, the others must not believe for long. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createSessions } from '../../server/services/accounts/sessions.ts';
import type { SessionStore } from '../../server/services/accounts/ports.ts';
import { systemIds } from '../../server/services/clock.ts';
import { createSessionStore } from '../../server/storage/accounts/session-store.ts';
import { connectDatabase, type DatabaseConnection } from '../../server/storage/connect.ts';
import { openTestDatabase, type OpenTestDatabase } from '../support/database.ts';
import { createMovableClock, type MovableClock } from '../support/meeting-server.ts';

/** An ending is asked for when the last answer is older than a second. */
const BELIEVED_MS = 1_000;

let database: OpenTestDatabase;
let clock: MovableClock;
let connections: DatabaseConnection[];

beforeEach(() => {
  database = openTestDatabase();
  clock = createMovableClock();
  connections = [];
});
afterEach(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await database.drop();
});

/** A process of its own, which counts what it asks the database for. */
async function startProcess() {
  const connection = await connectDatabase(database.uri);
  connections.push(connection);
  const { store, prepare } = createSessionStore(connection.connection);
  await prepare();
  const asked = { sessions: 0, endings: 0 };
  const counting: SessionStore = {
    ...store,
    findMany: (ids) => {
      asked.sessions += 1;
      return store.findMany(ids);
    },
    countEndings: () => {
      asked.endings += 1;
      return store.countEndings();
    },
  };
  return { asked, db: connection.db, ...createSessions({ store: counting, clock, ids: systemIds }) };
}

type Process = Awaited<ReturnType<typeof startProcess>>;

const openFor = (process: Process, personId: string) =>
  process.open({ personId, stage: 'full', roles: ['creditor'], province: null });

describe('a session', () => {
  it('is looked up once, and an hour later believed without another look', async () => {
    const process = await startProcess();
    const { token, session } = await openFor(process, 'person-1');
    for (let turn = 0; turn < 3; turn++) {
      expect(await process.findByToken(token)).toEqual(session);
      expect(await process.findById(session.sessionId)).toEqual(session);
      clock.advance(20 * 60_000);
    }
    expect(process.asked).toEqual({ sessions: 1, endings: 3 });
  });

  it('that another process ends is worth nothing here a second later', async () => {
    const [here, there] = [await startProcess(), await startProcess()];
    const ended = await openFor(here, 'person-1');
    const kept = await openFor(here, 'person-2');
    for (const { token } of [ended, kept]) expect(await here.findByToken(token)).toBeDefined();
    await there.endAllOf('person-1');
    clock.advance(BELIEVED_MS);
    expect(await here.findByToken(ended.token)).toBeUndefined();
    expect(await here.findByToken(kept.token)).toEqual(kept.session);
  });

  it('that is ended here is worth nothing at once, and no other is looked up again for it', async () => {
    const process = await startProcess();
    const [ended, kept] = [await openFor(process, 'person-1'), await openFor(process, 'person-2')];
    for (const { token } of [ended, kept]) expect(await process.findByToken(token)).toBeDefined();
    const { sessions } = process.asked;
    await process.end(ended.session.sessionId);
    expect(await process.findByToken(ended.token)).toBeUndefined();
    clock.advance(BELIEVED_MS);
    expect(await process.findByToken(kept.token)).toEqual(kept.session);
    // The one more is the look for the session that is gone.
    expect(process.asked.sessions).toBe(sessions + 1);
  });

  it('that was ended between endings of others is noticed among them', async () => {
    const [here, there] = [await startProcess(), await startProcess()];
    const all = [];
    for (const person of ['a', 'b', 'c']) all.push(await openFor(here, person));
    for (const { token } of all) expect(await here.findByToken(token)).toBeDefined();
    await here.endAllOf('a');
    await there.endAllOf('b');
    await here.endAllOf('c');
    clock.advance(BELIEVED_MS);
    for (const { token } of all) expect(await here.findByToken(token)).toBeUndefined();
  });

  it('that was ended by a process which died before it could count it is forgotten by the sweep', async () => {
    const process = await startProcess();
    const { token, session } = await openFor(process, 'person-1');
    expect(await process.findByToken(token)).toBeDefined();
    await process.db.collection('sessions').deleteOne({ _id: session.sessionId as never });
    await process.sweep();
    expect(await process.findByToken(token)).toBeUndefined();
  });
});
