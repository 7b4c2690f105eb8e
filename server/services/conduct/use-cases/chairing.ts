/** Chairing: phases, agenda, and who is host. */
import { dueOf } from '../../../domain/due.ts';
import type { RoomRequest } from '../../../protocol/room.ts';
import type { MeetingPhase } from '../../../protocol/room-slices.ts';
import { moveToItem, phaseMove, takeHost } from '../commands/agenda-commands.ts';
import { actorOf, nameOf, type Admitted, type ConductDeps } from './conduct-deps.ts';

export function createChairing({ data }: ConductDeps) {
  return {
    async movePhase(
      admitted: Admitted,
      move: 'begin' | 'adjourn' | 'resume' | 'close',
      expectedPhase: MeetingPhase,
    ): Promise<void> {
      const { room } = admitted;
      const due = move === 'begin' ? dueOf(room.book) : undefined;
      await room.submit(phaseMove({ move, actor: actorOf(admitted), expectedPhase, ...(due && { due }) }));
    },

    async moveToItem(admitted: Admitted, request: RoomRequest<'agenda:move'>): Promise<void> {
      await admitted.room.submit(moveToItem({ actor: actorOf(admitted), ...request }));
    },

    async takeHost(admitted: Admitted, request: RoomRequest<'host:take'>): Promise<void> {
      const actorName = await nameOf(data, admitted.access.personId);
      await admitted.room.submit(takeHost({ actor: actorOf(admitted), actorName, ...request }));
    },
  };
}
