/** Clocks that jump, windows of weeks, and servers that stop, in votes by classes and second rounds (record.md 11). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestDatabase } from '../support/database.ts';
import { expectRefused, VOTE_WINDOW_MS } from '../support/meeting-scene.ts';
import {
  beginWith,
  castUnit,
  consent,
  openRound,
  shown,
  unitsOf,
  voteThrough,
  type VotesScene,
} from '../support/meeting-votes.ts';
import {
  createMovableClock,
  ofType,
  startMeetingServer,
  type MeetingServer,
} from '../support/meeting-server.ts';

const PLAN = { type: 'R06', title: '重整计划草案' };
const MANAGEMENT = { type: 'R03', title: '债务人财产管理方案' };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

let database: ReturnType<typeof openTestDatabase>;
let dataDir: string;
let clock: ReturnType<typeof createMovableClock>;
let server: MeetingServer;
const start = () => startMeetingServer({ databaseUri: database.uri, dataDir, clock });
beforeAll(async () => {
  database = openTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'meeting-time-'));
  clock = createMovableClock();
  server = await start();
});
afterAll(async () => {
  await server.close();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

async function restartAfter(awayMs: number, scene: VotesScene): Promise<VotesScene> {
  await server.close();
  clock.advance(awayMs);
  server = await start();
  const host = await server.connect(server.staff['administrator-lead'].personId);
  const judge = await server.connect(server.staff.judge.personId);
  await host.join(scene.meetingId);
  await judge.join(scene.meetingId);
  return { ...scene, host, judge };
}

/** A plan whose secured creditors failed it, in its second round with one ballot. */
async function secondRound(windowMs: number) {
  const scene = await beginWith(server, [PLAN]);
  const { resolutionId } = scene;
  await openRound(server, scene);
  await voteThrough(server, scene, {
    resolutionId,
    choiceOf: ({ group }) => (group === 'SECURED' ? 'against' : 'for'),
  });
  await openRound(server, scene, { windowMs });
  const [unit] = await unitsOf(server, scene, resolutionId);
  const receipt = await castUnit(server, scene, {
    resolutionId,
    ballot: { unitId: unit?.unitId ?? '', choice: 'for' },
  });
  return { scene, resolutionId, receipt, unitId: unit?.unitId ?? '' };
}

describe('a clock that jumps', () => {
  it('stops what hangs on the time until the host has confirmed it, over a restart too', async () => {
    const scene = await beginWith(server, [MANAGEMENT, { ...MANAGEMENT, title: '另一项方案' }]);
    const { resolutionId } = scene;
    await openRound(server, scene);
    const closesAt = shown(scene.host, resolutionId).closesAt ?? '';
    clock.jump(HOUR_MS);
    await scene.host.until(() => scene.host.state().clock?.isSuspect);
    const later = new Date(clock.now() + HOUR_MS).toISOString();
    const extend = { resolutionId, expectedClosesAt: closesAt, closesAt: later, ...consent };
    await expectRefused(server, scene, {
      code: 'CLOCK_JUMPED',
      by: () => scene.host.refusal('vote:extend', extend),
    });
    await expectRefused(server, scene, {
      code: 'CLOCK_JUMPED',
      by: () => scene.host.refusal('vote:close', { resolutionId }),
    });
    await expect(openRound(server, scene, { resolutionId: scene.resolutionIds[1] ?? '' })).rejects.toThrow(
      'CLOCK_JUMPED',
    );
    expect(shown(scene.host, resolutionId).status).toBe('open');
    await expectRefused(server, scene, {
      code: 'NOT_HOST',
      by: () => scene.judge.refusal('clock:confirm', { reason: '已与标准时间核对' }),
    });
    await scene.host.ask('clock:confirm', { reason: '已与标准时间核对' });
    await scene.host.until(() => shown(scene.host, resolutionId).verdict);
    expect(scene.host.state().clock).toEqual({ isSuspect: false });
    const codes = ofType(await server.ledger(scene.meetingId), 'incident').map(({ body }) => body.code);
    expect(codes.filter((code) => code.startsWith('CLOCK'))).toEqual(['CLOCK_JUMP', 'CLOCK_CONFIRMED']);
  });
});

describe('a server that stops in a second round', () => {
  it('goes on with the round, its groups and its ballots', async () => {
    const { scene, resolutionId, receipt, unitId } = await secondRound(HOUR_MS);
    const again = await restartAfter(0, scene);
    expect(shown(again.host, resolutionId)).toMatchObject({
      status: 'open',
      round: '2',
      earlierRounds: [{ round: '1', verdict: { outcome: 'FAILED' } }],
    });
    await again.host.until(() => again.host.state()[`tally:${resolutionId}`]?.castHeads === 1);
    const [group] = again.host.state()[`tally:${resolutionId}`]?.groups ?? [];
    expect(group).toMatchObject({ group: 'SECURED', for: { heads: '1' } });
    const room = await server.composed.services.rooms.open(scene.meetingId);
    expect(room.state.resolutions.get(resolutionId)?.ballots.get(unitId)?.seq).toBe(receipt.seq);
  });

  it('is interrupted when it was away at the deadline, and resumed or closed as the court decides', async () => {
    const { scene, resolutionId, unitId } = await secondRound(VOTE_WINDOW_MS);
    const again = await restartAfter(10 * VOTE_WINDOW_MS, scene);
    expect(shown(again.host, resolutionId).status).toBe('interrupted');
    const closesAt = new Date(clock.now() + VOTE_WINDOW_MS).toISOString();
    await again.host.ask('vote:resume', { resolutionId, closesAt, ...consent });
    await again.host.until(() => shown(again.host, resolutionId).status === 'open');
    expect(shown(again.host, resolutionId).extensions).toMatchObject([
      { kind: 'resumption', reason: consent.reason, courtConsentNo: consent.courtConsentNo },
    ]);
    const others = (await unitsOf(server, again, resolutionId)).filter((unit) => unit.unitId !== unitId);
    for (const unit of others) {
      await castUnit(server, again, { resolutionId, ballot: { unitId: unit.unitId, choice: 'for' } });
    }
    await again.host.ask('vote:close', { resolutionId });
    await again.host.until(() => shown(again.host, resolutionId).verdict?.round === '2');
    expect(shown(again.host, resolutionId)).toMatchObject({
      closedBy: 'ALL_VOTED',
      verdict: { outcome: 'PASSED' },
    });
  });

  it('may be aborted while it is interrupted, and the group votes again', async () => {
    const { scene, resolutionId } = await secondRound(VOTE_WINDOW_MS);
    const again = await restartAfter(10 * VOTE_WINDOW_MS, scene);
    await again.host.ask('vote:abort', { resolutionId, expectedRound: '2', ...consent });
    await again.host.until(() => shown(again.host, resolutionId).nextRound?.round === '3');
    expect(shown(again.host, resolutionId).nextRound?.groups).toContain('SECURED');
    await openRound(server, again, { resolutionId });
    expect((await unitsOf(server, again, resolutionId)).every(({ group }) => group === 'SECURED')).toBe(true);
  });
});

describe('a window of weeks', () => {
  it('closes at its deadline to the millisecond, after a restart on the way', async () => {
    const scene = await beginWith(server, [MANAGEMENT]);
    const { resolutionId } = scene;
    await openRound(server, scene, { windowMs: 28 * DAY_MS });
    const closesAt = shown(scene.host, resolutionId).closesAt ?? '';
    const [unit] = await unitsOf(server, scene, resolutionId);
    const again = await restartAfter(14 * DAY_MS, scene);
    await castUnit(server, again, { resolutionId, ballot: { unitId: unit?.unitId ?? '', choice: 'for' } });
    const room = await server.composed.services.rooms.open(scene.meetingId);
    // Silence of days is an outage early in the window; from ten minutes before the deadline on it would interrupt.
    clock.advance(Date.parse(closesAt) - clock.now() - 11 * MINUTE_MS);
    await untilBeat(() => Date.parse(room.state.lastTs) >= Date.parse(closesAt) - 11 * MINUTE_MS);
    for (let minute = 0; minute < 11; minute += 1) {
      const before = clock.now();
      clock.advance(MINUTE_MS);
      await untilBeat(() => Date.parse(room.state.lastTs) > before);
    }
    await again.host.until(() => shown(again.host, resolutionId).verdict);
    expect(shown(again.host, resolutionId)).toMatchObject({ closedBy: 'DEADLINE', closedAt: closesAt });
  }, 120_000);

  /** The server looks at its clock once a second; each look leaves a sign of life when a minute has passed. */
  async function untilBeat(hasBeaten: () => boolean): Promise<void> {
    while (!hasBeaten()) await new Promise((resolve) => setImmediate(resolve));
  }
});
