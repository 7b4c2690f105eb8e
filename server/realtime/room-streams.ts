/**
 * The streams of one meeting: what each audience sees, recomputed from the folded state after durable
 * changes. Critical changes go out at once, counters merged into one delta (media.md, classes of message).
 */
import type { EntryType, Entry } from '../protocol/entries.ts';
import type { RecordState } from '../protocol/record-state.ts';
import type { Audience, Delta } from '../protocol/room.ts';
import type { ClockSlice, IncidentsSlice, QueueSlice, StageSlice } from '../protocol/room-slices.ts';
import type { MeetingRoom } from '../services/conduct/meeting-room.ts';
import { agendaSlice, attendanceSlice, floorSlice, meetingSlice } from '../services/conduct/slices.ts';
import { titleOf } from '../services/conduct/rights.ts';
import { electionSlices } from '../services/conduct/vote/election-slices.ts';
import { resolutionSlice } from '../services/conduct/vote/vote-slices.ts';
import { verificationSlice } from '../services/objections/objection-views.ts';
import { createAudienceStream, type AudienceStream } from './audience-stream.ts';

/** Counters are merged into one delta per this time. */
const COUNTERS_EVERY_MS = 500;

/** Entries that only move counters; everything else is critical. */
const counterEntries: ReadonlySet<EntryType> = new Set([
  'presence',
  'ballot.cast',
  'incident',
  'key.bind',
  'objection',
]);

export const audiences: readonly Audience[] = ['public', 'staff', 'host'];

/** What the streams need to know beside the ledger: who is connected, and how people are named. */
export interface LiveFacts {
  onlinePersons(): number;
  stagePeers(): StageSlice['peers'];
  /** Label of a person on the floor or in the queue, from memory. */
  labelOf(personId: string, capacityId: string | null): string;
  isOnline(personId: string): boolean;
  /** State of the record; undefined until it was read. */
  recordState(): RecordState | undefined;
}

export interface RoomStreams {
  readonly byAudience: Readonly<Record<Audience, AudienceStream>>;
  /** Recomputes soon: at once for critical entries, else with the next counters. */
  onEntries(entries: readonly Entry[]): void;
  /** Something outside the ledger changed (a device came or went). */
  touch(): void;
  flush(): void;
  close(): void;
}

export function createRoomStreams(
  room: MeetingRoom,
  live: LiveFacts,
  options: { readonly epoch: string; readonly publish: (delta: Delta) => void },
): RoomStreams {
  const byAudience: Record<Audience, AudienceStream> = {
    public: createAudienceStream('public', options.epoch),
    staff: createAudienceStream('staff', options.epoch),
    host: createAudienceStream('host', options.epoch),
  };
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    // Fenced by another writer: clients keep what they have until the ledger is taken over again.
    if (!room.isOpen) return;
    const next: Record<Audience, Record<string, unknown>> = {
      public: publicSlices(room, live),
      staff: staffSlices(room, live),
      host: hostSlices(room),
    };
    for (const audience of audiences) {
      const delta = byAudience[audience].update(next[audience]);
      if (delta) options.publish(delta);
    }
  }

  function flushSoon(): void {
    timer ??= setTimeout(flush, COUNTERS_EVERY_MS);
  }

  flush();
  return {
    byAudience,
    onEntries(entries) {
      if (entries.every((entry) => counterEntries.has(entry.t))) flushSoon();
      else flush();
    },
    touch: flushSoon,
    flush,
    close: () => clearTimeout(timer),
  };
}

function publicSlices(room: MeetingRoom, live: LiveFacts): Record<string, unknown> {
  const { state, facts } = room;
  const slices: Record<string, unknown> = {
    meeting: meetingSlice(state, facts),
    agenda: agendaSlice(state, facts),
    attendance: attendanceSlice(state, room.amounts, live.onlinePersons()),
    floor: floorSlice(state, floorLabel(room, live)),
    stage: { peers: live.stagePeers() } satisfies StageSlice,
  };
  if (state.host) {
    const { personId, since } = state.host;
    slices['host'] = { personId, label: live.labelOf(personId, null), since };
  }
  const verification = verificationSlice(state);
  if (verification) slices['verification'] = verification;
  const context = { state, facts, textOf: room.textOf };
  for (const [id, resolution] of state.resolutions)
    slices[`resolution:${id}`] = resolutionSlice(resolution, context);
  for (const election of electionSlices(state, (id) => titleOf(room, id)))
    slices[`election:${election.electionId}`] = election;
  return slices;
}

function floorLabel({ state: { floor } }: MeetingRoom, live: LiveFacts): string | null {
  return floor.state === 'free' ? null : live.labelOf(floor.personId, floor.capacityId);
}

function staffSlices({ state }: MeetingRoom, live: LiveFacts): Record<string, unknown> {
  const queue: QueueSlice = {
    hands: state.hands.map(({ personId, capacityId, raisedAt }) => ({
      personId,
      label: live.labelOf(personId, capacityId),
      raisedAt,
      isOnline: live.isOnline(personId),
    })),
  };
  const incidents: IncidentsSlice = {
    items: state.incidents.map(({ ts, code }) => ({ at: ts, code })).reverse(),
  };
  const clock: ClockSlice = { isSuspect: state.isClockSuspect };
  const record = live.recordState();
  return { queue, incidents, clock, ...(record && { record }) };
}

/** Live counts exist only while a vote is open. */
function hostSlices(room: MeetingRoom): Record<string, unknown> {
  const slices: Record<string, unknown> = {};
  for (const id of room.state.resolutions.keys()) {
    const count = room.liveCountOf(id);
    if (count) slices[`tally:${id}`] = count.slice();
  }
  return slices;
}
