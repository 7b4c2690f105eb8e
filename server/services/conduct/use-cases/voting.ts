/** Votes while they run: extension, resumption, closing, abort, and the way of a ballot. */
import { DomainError } from '../../../domain/errors.ts';
import type { Capacity } from '../../../domain/master-data.ts';
import type { TallyUnit } from '../../../domain/record/tally.ts';
import type { ReceiptView, RoomRequest } from '../../../protocol/room.ts';
import type { MeetingAccess } from '../meeting-access.ts';
import { castBallot, toReceipt } from '../commands/ballot-command.ts';
import {
  abortVote,
  closeVoteByHost,
  confirmClock,
  extendVote,
  requireDeadline,
  requireResolution,
  resumeVote,
} from '../commands/vote-commands.ts';
import { titleOf } from '../rights.ts';
import type { FrozenRoll } from '../vote/frozen-roll.ts';
import { checkSignature } from './keys.ts';
import { actorOf, type Admitted, type ConductDeps } from './conduct-deps.ts';

export function createVoting(deps: ConductDeps) {
  const { clock } = deps;
  return {
    async extendVote(admitted: Admitted, request: RoomRequest<'vote:extend'>): Promise<void> {
      requireDeadline(request.closesAt, clock.now());
      await admitted.room.submit(extendVote({ actor: actorOf(admitted), ...request }));
    },

    async abortVote(admitted: Admitted, request: RoomRequest<'vote:abort'>): Promise<void> {
      const nowMs = clock.now();
      await admitted.room.submit(abortVote({ actor: actorOf(admitted), nowMs, ...request }));
    },

    async confirmClock(admitted: Admitted, { reason }: RoomRequest<'clock:confirm'>): Promise<void> {
      await admitted.room.submit(confirmClock(actorOf(admitted), reason));
    },

    async resumeVote(admitted: Admitted, request: RoomRequest<'vote:resume'>): Promise<void> {
      requireDeadline(request.closesAt, clock.now());
      await admitted.room.submit(resumeVote({ actor: actorOf(admitted), ...request }));
    },

    async closeVote(admitted: Admitted, request: RoomRequest<'vote:close'>): Promise<void> {
      const { room } = admitted;
      const { resolutionId, reason, courtConsentNo } = request;
      requireResolution(room.state, resolutionId);
      const roll = room.rollOf(resolutionId);
      if (!roll) throw new DomainError('RESOLUTION_NOT_OPEN');
      const actor = actorOf(admitted);
      const nowMs = clock.now();
      await room.submit(closeVoteByHost({ actor, resolutionId, reason, courtConsentNo, nowMs, roll }));
      await deps.voteClock.announce(room);
    },

    /** The way of a ballot. `receivedAt` is taken first: the deadline is judged by it. */
    async cast(
      admitted: Admitted,
      request: RoomRequest<'ballot:cast'>,
      receivedAt: string,
    ): Promise<ReceiptView> {
      const { room, access } = admitted;
      const { ballot } = request;
      const { resolutionId, round, unitId } = ballot;
      const roll = room.rollOf(resolutionId);
      const owner = ownerOf(roll, unitId);
      const acting = findActing(access, owner.creditorId, ballot.actingAs);
      const signature = await checkSignature(room, request);
      const recorded = await room.submit(
        castBallot({ ballot, personId: access.personId, ...acting, signature, roll, receivedAt }),
      );
      const receipt = toReceipt(room.state, recorded, {
        resolutionId,
        round,
        unitId,
        group: owner.group,
        creditorName: room.book.creditors.get(owner.creditorId)?.name ?? '',
        resolutionTitle: titleOf(room, resolutionId),
      });
      deps.announceReceipt(admitted, receipt, acting.capacity);
      const proof = recorded.proof?.() ?? (await deps.proofs.receiptOf(room.meetingId, Number(recorded.seq)));
      return { ...receipt, proof };
    },
  };
}

/** Whose unit it is: a creditor has one of its own, or one in each group. Not on the roll: as it is named. */
function ownerOf(roll: FrozenRoll | undefined, unitId: string): Pick<TallyUnit, 'creditorId' | 'group'> {
  return roll?.units.get(unitId) ?? roll?.excluded.get(unitId) ?? { creditorId: unitId, group: 'ALL' };
}

/** The capacity that the ballot names, also when it is no longer in force. */
function findActing(
  access: MeetingAccess,
  owner: string,
  actingAs: string,
): { readonly capacity: Capacity | undefined; readonly hasEnded: boolean } {
  const isMeant = ({ creditorId, capacityId }: Capacity) => creditorId === owner && capacityId === actingAs;
  const inForce = access.capacities.find(isMeant);
  return {
    capacity: inForce ?? access.endedCapacities.find(isMeant),
    hasEnded: inForce === undefined,
  };
}
