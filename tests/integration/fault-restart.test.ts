import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import type { RecordView } from '../../server/protocol/rest/meeting-routes.ts';
import type { ResolutionSlice } from '../../server/protocol/room-slices.ts';
import { openTestDatabase } from '../support/database.ts';
import type { RoomClient } from '../support/meeting-client.ts';
import {
  ballotOf,
  beginMeeting,
  castFrom,
  enterCreditor,
  expectRefused,
  openVote,
  voters,
  type Scene,
} from '../support/meeting-scene.ts';
import {
  createMovableClock,
  ofType,
  startMeetingServer,
  type MeetingServer,
} from '../support/meeting-server.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const consent = { reason: '服务中断，合议庭决定', courtConsentNo: '（2026）虚01破1号之五' };

let database: ReturnType<typeof openTestDatabase>;
let dataDir: string;
let clock: ReturnType<typeof createMovableClock>;
let server: MeetingServer;
const start = () => startMeetingServer({ databaseUri: database.uri, dataDir, clock });
beforeAll(async () => {
  database = openTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'meeting-restart-'));
  clock = createMovableClock();
  server = await start();
});
afterAll(async () => {
  await server.close();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

/** The server is away for so long, and then there again on the same database. */
async function restartAfter(awayMs: number): Promise<void> {
  await server.close();
  clock.advance(awayMs);
  server = await start();
}

/** Host and judge come back into the room. */
async function comeBack(scene: Scene): Promise<Scene> {
  const host = await server.connect(server.staff['administrator-lead'].personId);
  const judge = await server.connect(server.staff.judge.personId);
  await host.join(scene.meetingId);
  await judge.join(scene.meetingId);
  return { ...scene, host, judge };
}

const shown = (client: RoomClient, { resolutionId }: Scene) =>
  client.state()[`resolution:${resolutionId}`] as ResolutionSlice;

/** An open vote with one ballot of the first voter. */
async function voteWithOneBallot(windowMs = HOUR_MS) {
  const scene = await beginMeeting(server);
  const opened = await openVote(server, scene, windowMs);
  const { list } = await voters(server, scene);
  const [first, second] = list;
  if (!first || !second) throw new Error('too few voters');
  const ballot = await ballotOf(server, scene, first, 'for');
  const device = await enterCreditor(server, scene, first);
  const receipt = await device.ask('ballot:cast', { ballot });
  return { scene, ...opened, list, first, second, ballot, receipt };
}

describe('a server that starts again during a meeting', () => {
  it('goes on where it was: item, hands, host, the open vote with its ballots', async () => {
    const { scene, first, second, ballot, receipt, closesAt } = await voteWithOneBallot();
    const [item = ''] = scene.itemIds;
    await scene.host.ask('agenda:move', { toItemId: item, expectedItemId: null });
    const waiting = await enterCreditor(server, scene, second);
    await waiting.ask('floor:raise', { capacityId: second.capacityId });
    await restartAfter(0);
    const again = await comeBack(scene);
    expect(again.host.state()).toMatchObject({
      meeting: { phase: 'in-progress' },
      agenda: { currentItemId: item },
      host: { personId: server.staff['administrator-lead'].personId },
      floor: { state: 'free', queueLength: 1 },
      [`tally:${scene.resolutionId}`]: { castHeads: 1 },
    });
    expect(shown(again.host, scene)).toMatchObject({ status: 'open', closesAt });
    const device = await server.connect(first.personId);
    await device.join(scene.meetingId);
    expect(await device.ask('ballot:cast', { ballot })).toEqual(receipt);
    await castFrom(server, scene, { creditor: second, choice: 'against' });
    await again.host.until(() => again.host.state()[`tally:${scene.resolutionId}`]?.castHeads === 2);
  });

  it('gives clients another epoch, so that they take the snapshot', async () => {
    const { scene } = await voteWithOneBallot();
    const before = scene.host.streams().public;
    await restartAfter(0);
    const { host } = await comeBack(scene);
    const reply = await host.ask('room:sync', {
      audience: 'public',
      epoch: before?.epoch ?? '',
      rev: before?.rev ?? 0,
    });
    expect(reply.deltas).toBeNull();
    expect(reply.snapshot?.epoch).not.toBe(before?.epoch);
  });

  it('records an outage before the last part of the window as an incident, and the vote goes on', async () => {
    const { scene, second } = await voteWithOneBallot();
    await restartAfter(10 * MINUTE_MS);
    const { host } = await comeBack(scene);
    expect(shown(host, scene).status).toBe('open');
    const incidents = ofType(await server.ledger(scene.meetingId), 'incident').map(({ body }) => body.code);
    expect(incidents).toContain('OUTAGE');
    await castFrom(server, scene, { creditor: second, choice: 'for' });
  });

  it('notices a short pause without a word', async () => {
    const { scene } = await voteWithOneBallot();
    await restartAfter(30_000);
    await comeBack(scene);
    const incidents = ofType(await server.ledger(scene.meetingId), 'incident').map(({ body }) => body.code);
    expect(incidents).not.toContain('OUTAGE');
  });

  it('completes a vote whose verdict was cut off, with the same figures', async () => {
    const { scene } = await voteWithOneBallot();
    await scene.host.ask('vote:close', { resolutionId: scene.resolutionId, ...consent });
    await scene.host.until(() => shown(scene.host, scene).verdict);
    const before = await server.ledger(scene.meetingId);
    const [tally] = ofType(before, 'tally');
    const [verdict] = ofType(before, 'verdict');
    await server.close();
    await dropFrom(scene.meetingId, Number(tally?.seq));
    server = await start();
    const after = await server.ledger(scene.meetingId);
    expect(ofType(after, 'tally').map(({ body }) => body)).toEqual([tally?.body]);
    expect(ofType(after, 'verdict').map(({ body }) => body)).toEqual([verdict?.body]);
  });
});

describe('a server that was away at the deadline', () => {
  it('interrupts the vote and waits for a decision', async () => {
    const { scene, second, closesAt } = await voteWithOneBallot();
    await restartAfter(HOUR_MS + MINUTE_MS);
    const again = await comeBack(scene);
    expect(shown(again.judge, scene)).toMatchObject({ status: 'interrupted', verdict: null });
    const [interrupt] = ofType(await server.ledger(scene.meetingId), 'ballot.interrupt');
    expect(interrupt?.body).toMatchObject({ closesAt });
    const late = await enterCreditor(server, scene, second);
    const lateBallot = { ballot: await ballotOf(server, scene, second) };
    await expectRefused(server, scene, {
      code: 'RESOLUTION_NOT_OPEN',
      by: () => late.refusal('ballot:cast', lateBallot),
    });
    await expectRefused(server, scene, {
      code: 'CONSENT_REQUIRED',
      by: () => again.host.refusal('vote:close', { resolutionId: scene.resolutionId }),
    });
  });

  it('goes on with the court’s consent to a new deadline', async () => {
    const { scene, second } = await voteWithOneBallot();
    await restartAfter(HOUR_MS + MINUTE_MS);
    const again = await comeBack(scene);
    const resumeTo = new Date(clock.now() + MINUTE_MS).toISOString();
    await again.host.ask('vote:resume', {
      resolutionId: scene.resolutionId,
      closesAt: resumeTo,
      ...consent,
    });
    await castFrom(server, scene, { creditor: second, choice: 'for' });
    clock.advance(MINUTE_MS);
    await again.host.until(() => shown(again.host, scene).verdict);
    expect(shown(again.host, scene)).toMatchObject({
      status: 'closed',
      closedBy: 'DEADLINE',
      closedAt: resumeTo,
      verdict: { for: { heads: '2' } },
    });
  });

  it('closes as of the deadline with the court’s consent; who signs in after it does not count (E29, E6)', async () => {
    const { scene, second, closesAt } = await voteWithOneBallot();
    await restartAfter(HOUR_MS + MINUTE_MS);
    const again = await comeBack(scene);
    await enterCreditor(server, scene, second);
    await again.host.ask('vote:close', { resolutionId: scene.resolutionId, ...consent });
    await again.host.until(() => shown(again.host, scene).verdict);
    expect(shown(again.host, scene)).toMatchObject({
      closedBy: 'AFTER_INTERRUPTION',
      closedAt: closesAt,
      verdict: { for: { heads: '1' }, heads: { numerator: '1', denominator: '1', passed: true } },
    });
    const { personId } = server.staff.judge;
    const cookie = await server.cookieOf(personId, ['judge']);
    const path = `${server.origin}/api/meetings/${scene.meetingId}/record`;
    const { checks } = (await (await fetch(path, { headers: { cookie } })).json()) as RecordView;
    expect(checks.find(({ code }) => code === 'VERDICT_RECOMPUTES')).toMatchObject({ state: 'conforms' });
  });

  it('interrupts as well when it was long away in the last part of the window', async () => {
    const { scene } = await voteWithOneBallot();
    await restartAfter(HOUR_MS - MINUTE_MS);
    const again = await comeBack(scene);
    expect(shown(again.host, scene).status).toBe('interrupted');
  });
});

/** As if the server had been killed after the entry before: nothing later was written, nor signed. */
async function dropFrom(meetingId: string, seq: number): Promise<void> {
  const client = await mongo.MongoClient.connect(database.uri);
  const db = client.db(database.name);
  await db.collection('ledger').deleteMany({ meetingId, seq: { $gte: seq } });
  // Of every meeting: the signer that starts anew has another key, and would find all of them forged.
  await db.collection('checkpoints').deleteMany({});
  await client.close();
  await rm(join(dataDir, 'signer'), { recursive: true });
}
