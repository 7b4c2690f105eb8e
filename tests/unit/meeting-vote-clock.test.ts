/** record.md 11: admission stops at the deadline, outages at it interrupt, a clock that jumps waits for the host. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterDowntime, criticalPartMs, OUTAGE_MIN_MS } from '../../server/domain/meeting/vote-window.ts';
import type { Command } from '../../server/services/conduct/commands/command.ts';
import { extendVote } from '../../server/services/conduct/commands/vote-commands.ts';
import type { MeetingRoom } from '../../server/services/conduct/meeting-room.ts';
import { createVoteClock } from '../../server/services/conduct/vote/vote-clock.ts';
import { SAMPLE_TIME } from '../support/entry-samples.ts';
import { fold, HOST, rollOf, RESOLUTION, voteUnderWay } from '../support/meeting-states.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const START_MS = Date.parse(SAMPLE_TIME);

/** A room with an open vote over a clock that only the test moves. */
function createScene(windowMs: number) {
  const state = voteUnderWay(windowMs);
  const roll = rollOf([100n, 200n]);
  let wallMs = START_MS;
  let monotonicMs = 0;
  const room = {
    meetingId: 'meeting-1',
    state,
    isClockSuspect: false,
    ballotsOnTheWay: 0,
    wake: () => Promise.resolve(),
    rollOf: (resolutionId: string) => (resolutionId === RESOLUTION ? roll : undefined),
    submit<R>(command: Command<R>): Promise<R> {
      const plan = command.decide(state, { tsMs: wallMs });
      const appended = plan.entries.map((entry) => {
        const seq = String(state.size);
        fold(state, entry, Math.max(wallMs, Date.parse(state.lastTs)) - START_MS);
        return { seq, ts: state.lastTs, leafHash: seq, proof: () => '' };
      });
      return Promise.resolve(plan.reply(appended));
    },
  } as unknown as MeetingRoom;
  const clock = { now: () => wallMs, monotonic: () => monotonicMs };
  const voteClock = createVoteClock(clock, {
    error: ({ err }: { err?: unknown }) => {
      throw err;
    },
  });
  const resolution = () => {
    const found = state.resolutions.get(RESOLUTION);
    if (!found) throw new Error('no resolution');
    return found;
  };
  return {
    room,
    state,
    resolution,
    voteClock,
    tick: () => voteClock.tick([room]),
    /** Time passes, looked at once a second as in the server. */
    async pass(ms: number): Promise<void> {
      for (let left = ms; left > 0; left -= 1_000) {
        wallMs += Math.min(left, 1_000);
        monotonicMs += Math.min(left, 1_000);
        await voteClock.tick([room]);
      }
    },
    /** Time passes in which nobody looks. */
    skip(ms: number): void {
      wallMs += ms;
      monotonicMs += ms;
    },
    jump: (ms: number) => void (wallMs += ms),
    incidents: () => state.incidents.map(({ code }) => code),
  };
}

describe('the clock of a vote', () => {
  it('closes at the deadline and announces the verdict', async () => {
    const scene = createScene(MINUTE_MS);
    await scene.pass(MINUTE_MS - 1_000);
    expect(scene.resolution().status).toBe('open');
    await scene.pass(2_000);
    expect(scene.resolution().closed?.body).toMatchObject({ cause: 'DEADLINE' });
    expect(scene.resolution().closed?.body.effectiveAt).toBe(scene.resolution().closesAt);
    expect(scene.resolution().verdict?.body.outcome).toBe('FAILED');
  });

  it('waits a little for ballots that are on their way, and not for ever', async () => {
    const scene = createScene(MINUTE_MS);
    scene.room.ballotsOnTheWay = 1;
    await scene.pass(MINUTE_MS + 3_000);
    expect(scene.resolution().status).toBe('open');
    await scene.pass(3_000);
    expect(scene.resolution().status).toBe('closed');
  });

  it('writes a sign of life once a minute', async () => {
    const scene = createScene(HOUR_MS);
    const before = scene.state.size;
    await scene.pass(10 * MINUTE_MS);
    expect(scene.state.size - before).toBe(10);
    expect(scene.incidents()).toEqual([]);
  });

  it('never relies on one long timer: a vote of 58 days is open on the 57th', async () => {
    const day = 24 * HOUR_MS;
    const scene = createScene(58 * day);
    for (let passed = 0; passed < 57 * day; passed += MINUTE_MS) {
      scene.skip(MINUTE_MS);
      await scene.tick();
    }
    expect(scene.resolution().status).toBe('open');
  });

  it.each([
    ['forward', 5_000],
    ['back', -5_000],
  ])('that jumps %s closes nothing until the host does', async (_how, byMs) => {
    const scene = createScene(MINUTE_MS);
    await scene.pass(5_000);
    scene.jump(byMs);
    await scene.tick();
    expect(scene.incidents()).toEqual(['CLOCK_JUMP']);
    await scene.pass(2 * MINUTE_MS);
    expect(scene.resolution().status).toBe('open');
    expect(scene.incidents()).toEqual(['CLOCK_JUMP']);
  });

  it('does not take a slow drift for a jump', async () => {
    const scene = createScene(MINUTE_MS);
    for (let second = 0; second < 30; second += 1) {
      scene.jump(50);
      await scene.pass(1_000);
    }
    expect(scene.incidents()).toEqual([]);
  });

  it('takes a long silence in which nothing could be written for an outage', async () => {
    const scene = createScene(HOUR_MS);
    await scene.pass(MINUTE_MS);
    scene.skip(5 * MINUTE_MS);
    await scene.tick();
    expect(scene.incidents()).toEqual(['OUTAGE']);
    scene.skip(HOUR_MS);
    await scene.tick();
    expect(scene.resolution().status).toBe('interrupted');
    await scene.pass(MINUTE_MS);
    expect(scene.resolution().closed).toBeNull();
  });

  it('completes a closed vote that lacks its verdict', async () => {
    const scene = createScene(MINUTE_MS);
    const { closesAt } = scene.resolution();
    fold(scene.state, {
      t: 'ballot.close',
      body: { resolutionId: RESOLUTION, round: '1', effectiveAt: closesAt ?? '', cause: 'DEADLINE' },
    });
    await scene.tick();
    expect(scene.resolution()).toMatchObject({ tally: {}, verdict: {} });
    const { size } = scene.state;
    await scene.tick();
    expect(scene.state.size).toBe(size);
  });
});

describe('what an outage does to a vote', () => {
  const hour = { openedAtMs: 0, closesAtMs: HOUR_MS };
  const day = { openedAtMs: 0, closesAtMs: 24 * HOUR_MS };

  it.each([
    ['over the deadline', hour, HOUR_MS - 1_000, HOUR_MS, 'interrupt'],
    ['long after it', hour, 10 * MINUTE_MS, 3 * HOUR_MS, 'interrupt'],
    ['in the last tenth of an hour', hour, 53 * MINUTE_MS, 55 * MINUTE_MS, 'interrupt'],
    ['short, in the last tenth', hour, 58 * MINUTE_MS, 59 * MINUTE_MS, 'continue'],
    ['before the last tenth', hour, 10 * MINUTE_MS, 53 * MINUTE_MS, 'incident'],
    ['in the last ten minutes of a day', day, 23.8 * HOUR_MS, 23.9 * HOUR_MS, 'interrupt'],
    ['before them', day, 22 * HOUR_MS, 23.8 * HOUR_MS, 'incident'],
    ['short', day, HOUR_MS, HOUR_MS + OUTAGE_MIN_MS - 1, 'continue'],
  ])('%s', (_when, window, downFromMs, upAtMs, consequence) => {
    expect(afterDowntime(window, downFromMs, upAtMs)).toBe(consequence);
  });

  it('is never passed over at the deadline, and the last part is at most ten minutes and a tenth', () => {
    const times = fc.record({
      windowMs: fc.integer({ min: 20_000, max: 120 * 24 * HOUR_MS }),
      downFrom: fc.double({ min: 0, max: 1, noNaN: true }),
      upAt: fc.double({ min: 0, max: 2, noNaN: true }),
    });
    fc.assert(
      fc.property(times, ({ windowMs, downFrom, upAt }) => {
        const window = { openedAtMs: START_MS, closesAtMs: START_MS + windowMs };
        const [from, to] = [START_MS + downFrom * windowMs, START_MS + upAt * windowMs];
        if (to >= window.closesAtMs) expect(afterDowntime(window, from, to)).toBe('interrupt');
        expect(criticalPartMs(window)).toBeLessThanOrEqual(Math.min(10 * MINUTE_MS, windowMs / 10));
      }),
    );
  });
});

describe('E9: an extension', () => {
  const extending = (tsMs: number) => {
    const closesAt = new Date(START_MS + HOUR_MS).toISOString();
    const later = new Date(START_MS + 2 * HOUR_MS).toISOString();
    const state = voteUnderWay(HOUR_MS);
    state.host = { ...HOST, since: SAMPLE_TIME };
    const request = { resolutionId: RESOLUTION, expectedClosesAt: closesAt, closesAt: later };
    const command = extendVote({
      actor: HOST,
      ...request,
      reason: '网络中断',
      courtConsentNo: '（2026）虚01破1号之一',
    });
    return command.decide(state, { tsMs }).entries.map(({ t }) => t);
  };

  it('is taken until the deadline, and not from it on, while the vote waits to be closed', () => {
    expect(extending(START_MS + HOUR_MS - 1)).toEqual(['ballot.extend']);
    for (const tsMs of [START_MS + HOUR_MS, START_MS + HOUR_MS + 500]) {
      expect(() => extending(tsMs)).toThrow(expect.objectContaining({ code: 'RESOLUTION_NOT_OPEN' }));
    }
  });
});
