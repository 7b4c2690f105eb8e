/**
 * The conduct of a meeting: one use case for each request of the room. Access is established anew for
 * every call; what is allowed in the meeting's present state the commands decide in ledger order.
 */
import type { RulingDesk } from '../meetings/meeting-reader-port.ts';
import type { Session } from '../session.ts';
import { requireRoomAccess } from './meeting-access.ts';
import { createAttendance } from './use-cases/attendance.ts';
import { createChairing } from './use-cases/chairing.ts';
import type { Admitted, ConductDeps } from './use-cases/conduct-deps.ts';
import { createItems } from './use-cases/items.ts';
import { createKeys } from './use-cases/keys.ts';
import { createOpening } from './use-cases/opening.ts';
import { createSpeaking } from './use-cases/speaking.ts';
import { createVoting } from './use-cases/voting.ts';

export type { Admitted };
export type Conduct = ReturnType<typeof createConduct>;

export function createConduct(deps: ConductDeps) {
  return {
    /** @throws DomainError NOT_FOUND, NOT_ON_THE_CASE, OTHER_PROVINCE, FORBIDDEN; to whom it is open also ROLLBACK */
    async admit(session: Session, meetingId: string): Promise<Admitted> {
      // First of all: of a meeting that could not be opened, too, a stranger learns nothing.
      const access = await deps.accessOf(session, await deps.rooms.factsOf(meetingId));
      requireRoomAccess(access);
      const room = await deps.rooms.open(meetingId);
      await room.wake();
      return { session, room, access };
    },

    ...createAttendance(deps),
    ...createChairing(deps),
    ...createItems(deps),
    ...createKeys(deps),
    ...createOpening(deps),
    ...createSpeaking(),
    ...createVoting(deps),
  };
}

/** Decisions of the court are recorded over HTTP, during the meeting and long after it. */
export function createRulingDesk(conduct: Conduct): RulingDesk {
  return {
    record: async (session, meetingId, input) =>
      conduct.recordRuling(await conduct.admit(session, meetingId), input),
  };
}
