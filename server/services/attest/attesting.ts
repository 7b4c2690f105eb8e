/**
 * Follows the meetings' records: each new checkpoint goes to the witnesses, the ones at freezing, closing and
 * sealing to the time-stamp authority as well, and what came of it to the people (record.md 6 and 13).
 */
import type { Entry } from '../../protocol/entries.ts';
import type { MeetingState } from '../../domain/meeting/state.ts';
import type { MeetingRoom } from '../conduct/meeting-room.ts';
import type { StampReason } from './ports.ts';
import type { RecordStates } from './record-states.ts';
import type { TimeStamping } from './time-stamping.ts';
import type { Witnessing } from './witnessing.ts';

export interface AttestingDeps {
  readonly witnessing: Witnessing | null;
  readonly timeStamping: TimeStamping | null;
  readonly states: RecordStates;
}

export interface Attesting {
  /** From the room's first opening on, which calls with no entries. Repeatable. Never delays what is recorded. */
  follow(room: MeetingRoom): void;
  /** A ledger was opened, and its room not yet. */
  convened(meetingId: string): void;
  /** Meetings that nobody writes any more: what their last checkpoint still lacks. */
  takeUp(meetingIds: readonly string[]): Promise<void>;
  close(): void;
}

const stampedTypes: Readonly<Partial<Record<Entry['t'], StampReason>>> = {
  'roll.freeze': 'freeze',
  'ballot.close': 'close',
  'minutes.seal': 'seal',
};

export function createAttesting({ witnessing, timeStamping, states }: AttestingDeps): Attesting {
  const followed = new WeakSet<MeetingRoom>();

  function onEntries(room: MeetingRoom, entries: readonly Entry[]): void {
    const { meetingId } = room;
    witnessing?.follow(meetingId);
    states.refresh(meetingId);
    for (const { t, seq } of entries) {
      const reason = stampedTypes[t];
      if (reason !== undefined) timeStamping?.want(meetingId, { seq: Number(seq), reason });
    }
    if (entries.length === 0) wantMissed(room);
  }

  /** The server may have died between an entry and the order for its stamp; what is ordered stays as it is. */
  function wantMissed({ meetingId, state }: MeetingRoom): void {
    for (const event of stampedEvents(state)) timeStamping?.want(meetingId, event);
  }

  return {
    follow(room) {
      if (followed.has(room)) return;
      followed.add(room);
      room.onEntries((entries) => onEntries(room, entries));
    },
    convened: (meetingId) => witnessing?.follow(meetingId),
    async takeUp(meetingIds) {
      for (const meetingId of meetingIds) witnessing?.follow(meetingId);
      await timeStamping?.takeUp();
    },
    close() {
      witnessing?.close();
      timeStamping?.close();
      states.close();
    },
  };
}

/** The closings of a meeting's votes, and the seals of its minutes. Freezing is followed by the opening at once, so that it is never the last. */
function* stampedEvents({
  resolutions,
  seals,
}: MeetingState): Generator<{ seq: number; reason: StampReason }> {
  for (const { closed } of resolutions.values()) {
    if (closed) yield { seq: Number(closed.seq), reason: 'close' };
  }
  for (const { seq } of seals) yield { seq: Number(seq), reason: 'seal' };
}
