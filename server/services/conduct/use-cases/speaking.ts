/** The floor, from the raised hand to its end. */
import { DomainError } from '../../../domain/errors.ts';
import { lowerHand, offerFloor, raiseHand, speakerStep, withdrawFloor } from '../commands/floor-commands.ts';
import type { MeetingRoom } from '../meeting-room.ts';
import { actorOf, type Admitted } from './conduct-deps.ts';

export function createSpeaking() {
  return {
    async raiseHand({ room, access }: Admitted, capacityId: string): Promise<number> {
      if (!access.capacities.some((capacity) => capacity.capacityId === capacityId)) {
        throw new DomainError('UNIT_NOT_YOURS');
      }
      return room.submit(raiseHand(access.personId, capacityId));
    },

    async lowerHand({ room, access }: Admitted): Promise<void> {
      await room.submit(lowerHand(access.personId));
    },

    async offerFloor(admitted: Admitted, personId: string): Promise<void> {
      await admitted.room.submit(offerFloor(actorOf(admitted), personId));
    },

    async speakerStep({ room, access }: Admitted, step: 'accept' | 'decline' | 'end'): Promise<void> {
      await room.submit(speakerStep(step, access.personId));
    },

    /** The speaker's device has been away too long. */
    async endFloorOfAbsent(room: MeetingRoom, personId: string): Promise<void> {
      await room.submit(speakerStep('end', personId, 'DISCONNECTED'));
    },

    async withdrawFloor(admitted: Admitted, expectedPersonId: string): Promise<void> {
      await admitted.room.submit(withdrawFloor(actorOf(admitted), expectedPersonId));
    },
  };
}
