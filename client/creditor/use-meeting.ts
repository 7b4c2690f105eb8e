import type { PersonalState } from '../../server/protocol/room.ts';
import type { MeetingSlice, RoomState } from '../../server/protocol/room-slices.ts';
import { useRoom } from '../state/room.ts';

interface KnownMeeting {
  readonly meeting: MeetingSlice;
  readonly personal: PersonalState;
  readonly state: RoomState;
  /** Path of the meeting's page; others lie below it. */
  readonly base: string;
}

/** For pages below MeetingLayout, which draws them only once both are known. */
export function useMeeting(): KnownMeeting {
  const { state, personal } = useRoom();
  if (state.meeting === undefined || personal === undefined) {
    throw new Error('useMeeting is for pages below MeetingLayout');
  }
  return { meeting: state.meeting, personal, state, base: `/meetings/${state.meeting.meetingId}` };
}
