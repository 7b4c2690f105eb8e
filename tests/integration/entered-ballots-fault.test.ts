import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EnteredBallot } from '../../server/domain/entered-ballots/entered-ballot.ts';
import { openTestDatabase } from '../support/database.ts';
import { confirmPaper, enterPaper, openDesks } from '../support/entered-ballots.ts';
import { beginMeeting, castFrom, openVote, voters } from '../support/meeting-scene.ts';
import {
  createMovableClock,
  ofType,
  startMeetingServer,
  type MeetingServer,
} from '../support/meeting-server.ts';

const HOUR_MS = 3_600_000;

let database: ReturnType<typeof openTestDatabase>;
let dataDir: string;
let server: MeetingServer;
const clock = createMovableClock();
const start = () => startMeetingServer({ databaseUri: database.uri, dataDir, clock });
beforeAll(async () => {
  database = openTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'meeting-entered-'));
  server = await start();
});
afterAll(async () => {
  await server.close();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

async function restart(): Promise<void> {
  await server.close();
  server = await start();
}

/** A ballot that staff have entered in an open vote of an hour. */
async function enteredBallot() {
  const scene = await beginMeeting(server);
  await openVote(server, scene, HOUR_MS);
  const [voter] = (await voters(server, scene)).list;
  if (!voter) throw new Error('the claims table has no voters');
  const { staff } = await openDesks(server);
  const { data } = await enterPaper(server, scene, staff, { creditor: voter, choice: 'against' });
  return { scene, voter, entryId: data.entryId };
}

/** The entry as a kill leaves it: both agree, and nobody knows whether the ledger has it. */
async function leaveConfirming(entryId: string): Promise<void> {
  const entries = server.composed.stores.models.cases.db.collection<EnteredBallot & { _id: string }>(
    'entered_ballots',
  );
  const { personId } = server.staff['administrator-lead'];
  const at = new Date(clock.now()).toISOString();
  const second = { personId, role: 'administrator-lead', choice: 'against', at } as const;
  await entries.updateOne({ _id: entryId }, { $set: { state: 'confirming', second, outcome: null } });
}

describe('a server that goes down while a ballot on paper is confirmed', () => {
  it('before it is in the ledger: confirming again records it, once', async () => {
    const { scene, entryId } = await enteredBallot();
    await leaveConfirming(entryId);
    await restart();
    const { lead } = await openDesks(server);
    const { data } = await confirmPaper(scene, lead, entryId, 'against');
    const cast = ofType(await server.ledger(scene.meetingId), 'ballot.cast');
    expect(cast).toHaveLength(1);
    expect(data).toMatchObject({ state: 'recorded', outcome: { seq: cast[0]?.seq } });
  });

  it('after it is in the ledger: confirming again finds the same ballot', async () => {
    const { scene, entryId } = await enteredBallot();
    const { lead } = await openDesks(server);
    const before = await confirmPaper(scene, lead, entryId, 'against');
    await leaveConfirming(entryId);
    await restart();
    const again = await confirmPaper(scene, (await openDesks(server)).lead, entryId, 'against');
    expect(again.data.outcome).toEqual(before.data.outcome);
    expect(ofType(await server.ledger(scene.meetingId), 'ballot.cast')).toHaveLength(1);
  });

  it('after it was kept as void: confirming again finds it, with its reason', async () => {
    const { scene, voter, entryId } = await enteredBallot();
    await castFrom(server, scene, { creditor: voter, choice: 'for' });
    const { lead } = await openDesks(server);
    const before = await confirmPaper(scene, lead, entryId, 'against');
    expect(before.data.state).toBe('void');
    await leaveConfirming(entryId);
    await restart();
    const again = await confirmPaper(scene, (await openDesks(server)).lead, entryId, 'against');
    expect(again.data.outcome).toEqual(before.data.outcome);
    expect(ofType(await server.ledger(scene.meetingId), 'ballot.void')).toHaveLength(1);
  });

  it('keeps what waits for its second person', async () => {
    const { scene, entryId } = await enteredBallot();
    await restart();
    const { data } = await confirmPaper(scene, (await openDesks(server)).lead, entryId, 'against');
    expect(data.state).toBe('recorded');
  });

  it('and confirmed at the same moment by two devices it is recorded once', async () => {
    const { scene, entryId } = await enteredBallot();
    const { lead } = await openDesks(server);
    const both = await Promise.all([
      confirmPaper(scene, lead, entryId, 'against'),
      confirmPaper(scene, lead, entryId, 'against'),
    ]);
    expect(both.some(({ data }) => data.state === 'recorded')).toBe(true);
    expect(ofType(await server.ledger(scene.meetingId), 'ballot.cast')).toHaveLength(1);
  });
});
