/**
 * Time in a vote (record.md 11): closes at the deadline, writes a sign of life once a minute while a
 * vote is open, notices outages when the server comes back and clocks that jump. It looks at the clock
 * once a second and never trusts one long timer.
 */
import { afterDowntime, CLOCK_JUMP_MAX_MS } from '../../../domain/meeting/vote-window.ts';
import type { ResolutionState } from '../../../domain/meeting/state.ts';
import type { Clock } from '../../clock.ts';
import type { MeetingRoom } from '../meeting-room.ts';
import {
  announceVerdict,
  closeVoteAtDeadline,
  interruptVote,
  recordIncident,
} from '../commands/vote-commands.ts';

/** How often the clock is looked at. */
export const TICK_MS = 1_000;
const HEARTBEAT_MS = 60_000;
/** Requests received in time may still be on their way to the writer for this long after the deadline. */
const CLOSE_GRACE_MS = 500;

export interface VoteClock {
  /** Judges what the time without a server did to the open votes; once, when the room is opened. */
  takeUp(room: MeetingRoom): Promise<void>;
  /** One look at the clock, for all rooms. */
  tick(rooms: readonly MeetingRoom[]): Promise<void>;
  /** Tally and verdict of every closed vote that lacks them. */
  announce(room: MeetingRoom): Promise<void>;
}

export function createVoteClock(
  clock: Clock,
  log: { error(object: object, message: string): void },
): VoteClock {
  let lastWall = clock.now();
  let lastMonotonic = clock.monotonic();
  const heartbeats = new Map<string, number>();
  const busy = new Set<string>();

  /** Milliseconds by which the wall clock moved more than time passed since the last look. */
  function jumpMs(): number {
    const wall = clock.now();
    const monotonic = clock.monotonic();
    const jump = wall - lastWall - (monotonic - lastMonotonic);
    lastWall = wall;
    lastMonotonic = monotonic;
    return jump;
  }

  async function lookAt(room: MeetingRoom, jumped: boolean): Promise<void> {
    const open = openVotes(room);
    if (open.length === 0) {
      room.isClockSuspect = false;
      return void heartbeats.delete(room.meetingId);
    }
    if (jumped && !room.isClockSuspect) {
      room.isClockSuspect = true;
      await room.submit(recordIncident({ code: 'CLOCK_JUMP' }));
    }
    await beat(room, open);
    if (room.isClockSuspect || room.ballotsOnTheWay > 0) return;
    for (const resolution of open) {
      const { closesAt, published } = resolution;
      if (closesAt === null || clock.now() < Date.parse(closesAt) + CLOSE_GRACE_MS) continue;
      await room.submit(closeVoteAtDeadline(published.resolutionId, closesAt));
    }
    await announceAll(room);
  }

  async function beat(room: MeetingRoom, open: readonly ResolutionState[]): Promise<void> {
    const last = heartbeats.get(room.meetingId);
    if (last !== undefined && clock.monotonic() - last < HEARTBEAT_MS) return;
    heartbeats.set(room.meetingId, clock.monotonic());
    const [first] = open;
    if (!first) return;
    const { resolutionId } = first.published;
    await room.submit(recordIncident({ code: 'HEARTBEAT', resolutionId, round: first.round }));
  }

  async function announceAll(room: MeetingRoom): Promise<void> {
    for (const [resolutionId, resolution] of room.state.resolutions) {
      if (!resolution.closed || resolution.verdict) continue;
      const roll = room.rollOf(resolutionId);
      if (roll) await room.submit(announceVerdict(resolutionId, roll));
    }
  }

  return {
    announce: announceAll,
    async takeUp(room) {
      const upAtMs = clock.now();
      const downFromMs = Date.parse(room.state.previousWriterTs || room.state.lastTs);
      for (const { published, opened, closesAt } of openVotes(room)) {
        if (!opened || closesAt === null) continue;
        const window = { openedAtMs: Date.parse(opened.ts), closesAtMs: Date.parse(closesAt) };
        const { resolutionId } = published;
        const down = { from: new Date(downFromMs).toISOString(), to: new Date(upAtMs).toISOString() };
        const consequence = afterDowntime(window, downFromMs, upAtMs);
        if (consequence === 'interrupt') await room.submit(interruptVote(resolutionId, down));
        if (consequence === 'incident')
          await room.submit(recordIncident({ code: 'OUTAGE', resolutionId, ...down }));
      }
      await announceAll(room);
    },
    async tick(rooms) {
      const jumped = Math.abs(jumpMs()) > CLOCK_JUMP_MAX_MS;
      for (const room of rooms) {
        // A look that waits for the database must not be overtaken by the next one.
        if (busy.has(room.meetingId)) continue;
        busy.add(room.meetingId);
        void lookAt(room, jumped)
          .catch((error: unknown) =>
            log.error({ err: error, meetingId: room.meetingId }, 'vote clock failed'),
          )
          .finally(() => busy.delete(room.meetingId));
      }
    },
  };
}

function openVotes(room: MeetingRoom): ResolutionState[] {
  return [...room.state.resolutions.values()].filter((resolution) => resolution.status === 'open');
}
