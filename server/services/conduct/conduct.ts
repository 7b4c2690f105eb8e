/**
 * The conduct of a meeting: one use case for each request of the room. Access is established anew for
 * every call; what is allowed in the meeting's present state the commands decide in ledger order.
 */
import { dueOf, natureAmountsOf } from '../../domain/due.ts';
import { DomainError } from '../../domain/errors.ts';
import { freezeRule, settingsFor } from '../../domain/rules/freeze-rule.ts';
import { isResolutionTypeId, resolutionTypes } from '../../domain/rules/registry.ts';
import type { ReceiptView, RoomRequest } from '../../protocol/room.ts';
import type { MeetingPhase } from '../../protocol/room-slices.ts';
import type { Clock } from '../clock.ts';
import type { RollStore } from '../ledger-port.ts';
import type { Session } from '../session.ts';
import { moveToItem, phaseMove, takeHost } from './commands/agenda-commands.ts';
import { castBallot, toReceipt } from './commands/ballot-command.ts';
import type { MeetingActor } from './commands/command.ts';
import type { ConductData } from './conduct-data.ts';
import { lowerHand, offerFloor, raiseHand, speakerStep, withdrawFloor } from './commands/floor-commands.ts';
import { indexRoll } from './vote/frozen-roll.ts';
import { isStaff, requireRoomAccess, type AccessReader, type MeetingAccess } from './meeting-access.ts';
import { previewRoll, type MeetingRoom } from './meeting-room.ts';
import { titleOf } from './rights.ts';
import { prepareRoll } from './vote/roll-freezing.ts';
import type { Rooms } from './rooms.ts';
import { signIn, staffSignIn } from './commands/sign-in-commands.ts';
import type { VoteClock } from './vote/vote-clock.ts';
import {
  closeVoteByHost,
  extendVote,
  openVote,
  requireDeadline,
  requireOpenable,
  requireResolution,
  resumeVote,
} from './commands/vote-commands.ts';

/** An admitted person in a room, as of this request. */
export interface Admitted {
  readonly session: Session;
  readonly room: MeetingRoom;
  readonly access: MeetingAccess;
}

export interface ConductDeps {
  readonly rooms: Rooms;
  readonly data: ConductData;
  readonly rolls: RollStore;
  readonly accessOf: AccessReader;
  readonly voteClock: VoteClock;
  readonly clock: Clock;
  /** Refuses new votes when the disk is nearly full. @throws DomainError STORAGE_FULL */
  readonly requireSpaceForVote: () => Promise<void>;
  /** Tells the holder what was recorded, on a second channel. Must not wait. */
  readonly announceReceipt: (admitted: Admitted, receipt: ReceiptView) => void;
}

export type Conduct = ReturnType<typeof createConduct>;

export function createConduct(deps: ConductDeps) {
  const { rooms, data, clock } = deps;
  const actorOf = ({ access }: Admitted): MeetingActor => ({ personId: access.personId, role: access.role });
  const nameOf = async (personId: string) => (await data.personName(personId)) ?? '';

  return {
    /** @throws DomainError NOT_FOUND, NOT_ON_THE_CASE, OTHER_PROVINCE, FORBIDDEN */
    async admit(session: Session, meetingId: string): Promise<Admitted> {
      const room = await rooms.open(meetingId);
      const access = await deps.accessOf(session, room.facts);
      requireRoomAccess(access);
      return { session, room, access };
    },

    /** Staff are present by entering; it is recorded once. */
    async enter(admitted: Admitted): Promise<void> {
      const { room, access } = admitted;
      if (!isStaff(access.role) || room.state.signIns.has(`${access.personId}/staff`)) return;
      await room.submit(staffSignIn(access.personId, access.role, await nameOf(access.personId)));
    },

    async signIn({ room, access }: Admitted, capacityIds: readonly string[]): Promise<string> {
      const capacities = capacityIds.map((id) => {
        const capacity = access.capacities.find((candidate) => candidate.capacityId === id);
        const creditor = capacity && room.book.creditors.get(capacity.creditorId);
        if (!capacity || !creditor) throw new DomainError('UNIT_NOT_YOURS');
        const { creditorId } = creditor;
        const byNature = natureAmountsOf(room.book, creditorId);
        return { capacity, creditor, amountFen: room.amounts.get(creditorId) ?? 0n, byNature };
      });
      const { personId } = access;
      const personName = await nameOf(personId);
      return room.submit(signIn({ personId, personName, capacities, nowMs: clock.now() }));
    },

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
      const actorName = await nameOf(admitted.access.personId);
      await admitted.room.submit(takeHost({ actor: actorOf(admitted), actorName, ...request }));
    },

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

    async openVote(
      admitted: Admitted,
      request: RoomRequest<'vote:open'>,
    ): Promise<{ rollRoot: string; units: number }> {
      const { room } = admitted;
      const actor = actorOf(admitted);
      const resolution = requireOpenable(room.state, actor, request.resolutionId);
      requireDeadline(request.closesAt, clock.now());
      await deps.requireSpaceForVote();
      const { type } = resolution.published;
      if (!isResolutionTypeId(type)) throw new DomainError('RESOLUTION_UNKNOWN');
      const roll = previewRoll(room.book, type);
      requireConfirmedRoll(roll, request);
      const prepared = await prepareRoll({
        resolutionId: request.resolutionId,
        round: resolution.round,
        version: '0',
        roll,
        book: room.book,
        sourceSha256: room.facts.case.claimsFileSha256,
        auditHead: await data.auditHead(),
        actor,
      });
      const { freeze, chunks, privates, rows } = prepared;
      for (const [index, bytes] of chunks.entries()) {
        await deps.rolls.putChunk(room.meetingId, { sha256: freeze.chunks[index]?.sha256 ?? '', bytes });
      }
      room.expectRoll(freeze.root, indexRoll(freeze.version, rows));
      const resolutionType = resolutionTypes[type];
      const rule = freezeRule(resolutionType, settingsFor(resolutionType));
      const command = openVote({ actor, freeze, rule, closesAt: request.closesAt });
      await room.submit({ ...command, privates });
      return { rollRoot: freeze.root, units: roll.units.length };
    },

    async extendVote(admitted: Admitted, request: RoomRequest<'vote:extend'>): Promise<void> {
      requireDeadline(request.closesAt, clock.now());
      await admitted.room.submit(extendVote({ actor: actorOf(admitted), ...request }));
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
      const isOwnUnit = access.capacities.some(
        (capacity) => capacity.creditorId === unitId && capacity.capacityId === ballot.actingAs,
      );
      const roll = room.rollOf(resolutionId);
      const recorded = await room.submit(
        castBallot({ ballot, personId: access.personId, isOwnUnit, roll, receivedAt }),
      );
      const receipt = toReceipt(room.state, recorded, {
        resolutionId,
        round,
        unitId,
        creditorName: room.book.creditors.get(unitId)?.name ?? '',
        resolutionTitle: titleOf(room, resolutionId),
      });
      deps.announceReceipt(admitted, receipt);
      return receipt;
    },
  };
}

/** The host confirmed figures in words; the roll that is frozen must be the one that was confirmed. */
function requireConfirmedRoll(roll: ReturnType<typeof previewRoll>, request: RoomRequest<'vote:open'>): void {
  if (roll.units.length === 0) throw new DomainError('ROLL_EMPTY');
  const unsecuredFen = roll.totals[0]?.unsecuredFen ?? '0';
  const isConfirmed =
    roll.units.length === request.expectedUnits && unsecuredFen === request.expectedUnsecuredFen;
  if (isConfirmed) return;
  throw new DomainError('STALE_COMMAND', {
    params: { field: 'roll', actual: `${roll.units.length}/${unsecuredFen}` },
  });
}
