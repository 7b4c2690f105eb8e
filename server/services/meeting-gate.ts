/** Who comes to a published meeting over HTTP, and in which role; decided anew for every request. */
import { DomainError } from '../domain/errors.ts';
import type { Role } from '../protocol/scalars.ts';
import type { ConductData } from './conduct/conduct-data.ts';
import type { AccessReader, MeetingAccess } from './conduct/meeting-access.ts';
import type { MeetingRoom } from './conduct/meeting-room.ts';
import type { Rooms } from './conduct/rooms.ts';
import type { Session } from './session.ts';

export interface MeetingGate {
  /** @throws DomainError NOT_FOUND also for a draft; NOT_ON_THE_CASE, OTHER_PROVINCE; FORBIDDEN for other roles */
  enter(session: Session, meetingId: string, roles?: readonly Role[]): Promise<Visit>;
}

export interface Visit {
  readonly room: MeetingRoom;
  readonly access: MeetingAccess;
}

/** Who answers for the administrator. */
export const LEAD_ROLES: readonly Role[] = ['administrator-lead'];
/** Who works for the administrator on the case. */
export const ADMINISTRATOR_ROLES: readonly Role[] = ['administrator-lead', 'administrator-staff'];
/** Who may see what the administrator does with the creditors' papers. */
export const STAFF_ROLES: readonly Role[] = [...ADMINISTRATOR_ROLES, 'judge', 'clerk'];

export function createMeetingGate(deps: {
  readonly data: ConductData;
  readonly rooms: Rooms;
  readonly accessOf: AccessReader;
}): MeetingGate {
  return {
    async enter(session, meetingId, roles) {
      const facts = await deps.data.findMeeting(meetingId);
      if (facts?.meeting.status !== 'published') throw new DomainError('NOT_FOUND');
      const access = await deps.accessOf(session, facts);
      if (roles && !roles.includes(access.role)) throw new DomainError('FORBIDDEN');
      const room = await deps.rooms.open(meetingId);
      await room.wake();
      return { room, access };
    },
  };
}
