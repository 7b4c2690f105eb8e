import type { MeetingState } from '../../server/protocol/rest/meeting-routes.ts';
import { SIGN_IN_OPENS_BEFORE_MS } from '../../server/protocol/room.ts';
import type { MeetingSlice, RoomState } from '../../server/protocol/room-slices.ts';
import { resolutionsOf } from './rights.ts';

/** State of a meeting as the room has it live, told as lists tell it, with the first deadline of a vote. */
export function liveStateOf(
  meeting: MeetingSlice,
  room: RoomState,
  nowMs: number,
): { state: MeetingState; votingClosesAt: string | null } {
  const deadlines = resolutionsOf(room)
    .filter(({ status }) => status === 'open')
    .map(({ closesAt }) => closesAt ?? '')
    .sort();
  const votingClosesAt = deadlines[0] ?? null;
  if (meeting.phase === 'closed')
    return { state: votingClosesAt === null ? 'closed' : 'voting-after', votingClosesAt };
  if (votingClosesAt !== null) return { state: 'voting', votingClosesAt };
  if (meeting.phase !== 'published') return { state: meeting.phase, votingClosesAt };
  const isSigningIn = nowMs >= Date.parse(meeting.startsAt) - SIGN_IN_OPENS_BEFORE_MS;
  return { state: isSigningIn ? 'signing-in' : 'not-started', votingClosesAt };
}
