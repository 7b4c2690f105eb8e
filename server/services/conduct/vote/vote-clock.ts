/**
 * Time in a vote (record.md 11): closes at the deadline, writes a sign of life once a minute while a
 * vote is open, notices outages when the server comes back and clocks that jump. It looks at the clock
 * once a second and never trusts one long timer.
 */
import { afterDowntime, CLOCK_JUMP_MAX_MS, OUTAGE_MIN_MS } from '../../../domain/meeting/vote-window.ts';
import { needsCount } from '../../../domain/meeting/rounds.ts';
import type { ResolutionState } from '../../../domain/meeting/state.ts';
import type { Clock } from '../../clock.ts';
import type { MeetingRoom } from '../meeting-room.ts';
import { closeVoteAtDeadline, interruptVote, recordIncident } from '../commands/vote-commands.ts';
import { countAndAnnounce } from './count-round.ts';

/** How often the clock is looked at. */
export const TICK_MS = 1_000;
const HEARTBEAT_MS = 60_000;
/** Requests received in time may still be on their way to the writer for this long after the deadline. */
const CLOSE_GRACE_MS = 500;
/** Closing waits no longer than this for ballots on their way: those that come too late never end. */
const CLOSE_WAIT_MAX_MS = 5_000;

export interface VoteClock {
  /** Judges what the time without a server did to the open votes; once, when the room is opened. */
  takeUp(room: MeetingRoom): Promise<void>;
  /** One look at the clock, for all rooms; resolves when it has had its consequences. */
  tick(rooms: readonly MeetingRoom[]): Promise<void>;
  /** Tally and verdict of every closed vote that lacks them. */
  announce(room: MeetingRoom): Promise<void>;
}

export function createVoteClock(
  clock: Clock,
  log: { error(object: object, message: string): void },
): VoteClock {
  const readJump = createJumpReader(clock);
  const heartbeats = new Map<string, number>();
  const busy = new Set<string>();

  async function lookAt(room: MeetingRoom, jumped: boolean): Promise<void> {
    await room.wake();
    const open = openVotes(room);
    if (open.length === 0) {
      heartbeats.delete(room.meetingId);
      // Closed by the host while the database went away: the verdict is still missing.
      return announceAll(room);
    }
    if (jumped && !room.state.isClockSuspect) await room.submit(recordIncident({ code: 'CLOCK_JUMP' }));
    // Nothing could be written for long although this process was up: the database was away.
    const lastTsMs = Date.parse(room.state.lastTs);
    if (!jumped && clock.now() - lastTsMs >= OUTAGE_MIN_MS) await judgeOutage(room, lastTsMs, clock.now());
    await beat(room);
    // In the ledger, so that a restart does not forget it; the host confirms the clock.
    if (!room.state.isClockSuspect) await closeDue(room, clock.now());
    await announceAll(room);
  }

  /** A look that waits for the database must not be overtaken by the next one. */
  async function lookOnce(room: MeetingRoom, jumped: boolean): Promise<void> {
    const { meetingId } = room;
    if (busy.has(meetingId)) return;
    busy.add(meetingId);
    try {
      await lookAt(room, jumped);
    } catch (error) {
      log.error({ err: error, meetingId }, 'vote clock failed');
    } finally {
      busy.delete(meetingId);
    }
  }

  async function beat(room: MeetingRoom): Promise<void> {
    const [first] = openVotes(room);
    const last = heartbeats.get(room.meetingId);
    if (!first || (last !== undefined && clock.monotonic() - last < HEARTBEAT_MS)) return;
    const { resolutionId } = first.published;
    await room.submit(recordIncident({ code: 'HEARTBEAT', resolutionId, round: first.round }));
    heartbeats.set(room.meetingId, clock.monotonic());
  }

  return {
    announce: announceAll,
    async takeUp(room) {
      const lastSignMs = Date.parse(room.state.previousWriterTs || room.state.lastTs);
      await judgeOutage(room, lastSignMs, clock.now());
      await announceAll(room);
    },
    async tick(rooms) {
      const jumped = Math.abs(readJump()) > CLOCK_JUMP_MAX_MS;
      const going = rooms.filter(({ isHalted }) => !isHalted);
      await Promise.all(going.map((room) => lookOnce(room, jumped)));
    },
  };
}

/** Milliseconds by which the wall clock moved more than time passed since the last reading. */
function createJumpReader(clock: Clock): () => number {
  let lastWall = clock.now();
  let lastMonotonic = clock.monotonic();
  return () => {
    const wall = clock.now();
    const monotonic = clock.monotonic();
    const jump = wall - lastWall - (monotonic - lastMonotonic);
    lastWall = wall;
    lastMonotonic = monotonic;
    return jump;
  };
}

/** What a time in which nothing could be recorded does to the open votes. */
async function judgeOutage(room: MeetingRoom, downFromMs: number, upAtMs: number): Promise<void> {
  const down = { from: new Date(downFromMs).toISOString(), to: new Date(upAtMs).toISOString() };
  for (const { published, opened, closesAt } of openVotes(room)) {
    if (!opened || closesAt === null) continue;
    const window = { openedAtMs: Date.parse(opened.ts), closesAtMs: Date.parse(closesAt) };
    const { resolutionId } = published;
    const consequence = afterDowntime(window, downFromMs, upAtMs);
    if (consequence === 'interrupt') await room.submit(interruptVote(resolutionId, down));
    if (consequence === 'incident') {
      await room.submit(recordIncident({ code: 'OUTAGE', resolutionId, ...down }));
    }
  }
}

async function closeDue(room: MeetingRoom, nowMs: number): Promise<void> {
  for (const { closesAt, published } of openVotes(room)) {
    if (closesAt === null) continue;
    const overdueMs = nowMs - Date.parse(closesAt);
    if (overdueMs < CLOSE_GRACE_MS || (room.ballotsOnTheWay > 0 && overdueMs < CLOSE_WAIT_MAX_MS)) continue;
    await room.submit(closeVoteAtDeadline(published.resolutionId, closesAt));
  }
}

/** Counts that are being made, so that two who ask for the same one wait for the same one. */
const counting = new WeakMap<MeetingRoom, Map<string, Promise<void>>>();

async function announceAll(room: MeetingRoom): Promise<void> {
  const pending = counting.get(room) ?? new Map<string, Promise<void>>();
  counting.set(room, pending);
  for (const [resolutionId, resolution] of room.state.resolutions) {
    if (!needsCount(resolution)) continue;
    const running =
      pending.get(resolutionId) ??
      countAndAnnounce(room, resolutionId).finally(() => pending.delete(resolutionId));
    pending.set(resolutionId, running);
    await running;
  }
}

function openVotes(room: MeetingRoom): ResolutionState[] {
  return [...room.state.resolutions.values()].filter((resolution) => resolution.status === 'open');
}
