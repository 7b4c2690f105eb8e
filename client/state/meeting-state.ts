import type { MeetingState } from '../../server/protocol/rest/meeting-routes.ts';
import { findOpen } from '../../server/protocol/resolution-types.ts';
import { SIGN_IN_OPENS_BEFORE_MS } from '../../server/protocol/room.ts';
import type { MeetingSlice, RoomState } from '../../server/protocol/room-slices.ts';
import { resolutionsOf } from './rights.ts';

/** State of a meeting as the room has it live, told as lists tell it, with the first deadline of what is open. */
export function liveStateOf(
  meeting: MeetingSlice,
  room: RoomState,
  nowMs: number,
): { state: MeetingState; votingClosesAt: string | null } {
  const open = findOpen(resolutionsOf(room).filter(({ status }) => status === 'open'));
  const votingClosesAt = open?.closesAt ?? null;
  if (open) return { state: meeting.phase === 'closed' ? `${open.state}-after` : open.state, votingClosesAt };
  if (meeting.phase !== 'published') return { state: meeting.phase, votingClosesAt };
  const isSigningIn = nowMs >= Date.parse(meeting.startsAt) - SIGN_IN_OPENS_BEFORE_MS;
  return { state: isSigningIn ? 'signing-in' : 'not-started', votingClosesAt };
}
