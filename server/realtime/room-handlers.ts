/** One handler for every request of the room's contract; a missing one does not compile. */
import { DomainError } from '../domain/errors.ts';
import type { voteRequests } from '../protocol/vote/requests.ts';
import type { RoomReply, RoomRequest, RoomRequestName } from '../protocol/room.ts';
import type { Clock } from '../services/clock.ts';
import type { Admitted, Conduct } from '../services/conduct/conduct.ts';
import { isRolledBack } from '../services/ledger/rolled-back.ts';
import type { Connection } from './gateway.ts';
import { haltedRoom } from './live-room.ts';
import type { RoomHub } from './room-hub.ts';

export type RoomHandlers = {
  readonly [N in RoomRequestName]: (
    connection: Connection,
    payload: RoomRequest<N>,
    receivedAtMs: number,
  ) => Promise<RoomReply<N>>;
};

export interface RoomHandlersDeps {
  readonly conduct: Conduct;
  readonly hub: RoomHub;
  readonly clock: Clock;
}

type Commands = Omit<RoomHandlers, 'room:join' | 'room:sync' | 'room:leave' | 'ballot:cast'>;

export function createRoomHandlers(deps: RoomHandlersDeps): RoomHandlers {
  const { conduct, hub, clock } = deps;
  const serverTime = () => new Date(clock.now()).toISOString();

  /** Access is established anew for every event in the room that the device has joined. */
  async function admitted(connection: Connection): Promise<Admitted> {
    if (connection.meetingId === null) throw new DomainError('NOT_FOUND', { detail: 'join a room first' });
    return conduct.admit(connection.session, connection.meetingId);
  }

  return {
    'room:join': async (connection, { meetingId, lastCheckpoint }) => {
      const wait = (error: unknown): never => {
        // It is told that the meeting goes on, and no more than that: where, it has to ask.
        if (isRolledBack(error)) connection.join(haltedRoom(meetingId));
        throw error;
      };
      const person = await conduct.admit(connection.session, meetingId).catch(wait);
      if (lastCheckpoint !== undefined) await person.room.compare(lastCheckpoint).catch(wait);
      await conduct.enter(person);
      return { ...(await hub.join(connection, person)), serverTime: serverTime() };
    },
    'room:sync': async (connection, { audience, epoch, rev }) => {
      await admitted(connection);
      const missed = hub.sync(connection, audience, { epoch, rev });
      if (!missed) throw new DomainError('FORBIDDEN');
      return { ...missed, serverTime: serverTime() };
    },
    'room:leave': async (connection) => {
      hub.leave(connection);
      return {};
    },
    ...createCommands(conduct, hub, admitted),
    'ballot:cast': async (connection, request, receivedAtMs) => {
      const receivedAt = new Date(receivedAtMs).toISOString();
      const person = await admitted(connection);
      person.room.ballotsOnTheWay += 1;
      try {
        const send = () => conduct.cast(person, request, receivedAt);
        return await hub.cast(connection, request.ballot, send);
      } finally {
        person.room.ballotsOnTheWay -= 1;
      }
    },
  };
}

/** Commands of host, speaker and creditor; what they may do the ledger decides. */
function createCommands(
  conduct: Conduct,
  hub: RoomHub,
  admitted: (connection: Connection) => Promise<Admitted>,
): Commands {
  /** A command that answers with nothing. */
  const done =
    <P>(act: (admitted: Admitted, payload: P) => Promise<unknown>) =>
    async (connection: Connection, payload: P): Promise<Record<string, never>> => {
      await act(await admitted(connection), payload);
      return {};
    };

  return {
    'presence:sign-in': async (connection, { capacityIds }) => ({
      signedInAt: await conduct.signIn(await admitted(connection), capacityIds),
    }),
    'key:bind': async (connection, request) => conduct.bindKey(await admitted(connection), request),
    'meeting:begin': done((person, { expectedPhase }) => conduct.movePhase(person, 'begin', expectedPhase)),
    'meeting:adjourn': done((person, { expectedPhase }) =>
      conduct.movePhase(person, 'adjourn', expectedPhase),
    ),
    'meeting:resume': done((person, { expectedPhase }) => conduct.movePhase(person, 'resume', expectedPhase)),
    'meeting:close': done((person, { expectedPhase }) => conduct.movePhase(person, 'close', expectedPhase)),
    'host:take': done(conduct.takeHost),
    'agenda:move': done(conduct.moveToItem),
    'floor:raise': async (connection, { capacityId }) => ({
      position: await conduct.raiseHand(await admitted(connection), capacityId),
    }),
    'floor:lower': done(conduct.lowerHand),
    'floor:offer': done((person, { personId }) => conduct.offerFloor(person, personId)),
    'floor:accept': async (connection) => {
      await conduct.speakerStep(await admitted(connection), 'accept');
      hub.floorAccepted(connection);
      return {};
    },
    'floor:decline': done((person) => conduct.speakerStep(person, 'decline')),
    'floor:end': done((person) => conduct.speakerStep(person, 'end')),
    'floor:withdraw': done((person, { expectedPersonId }) => conduct.withdrawFloor(person, expectedPersonId)),
    ...createVoteCommands(conduct, admitted, done),
  };
}

type VoteCommands = Pick<RoomHandlers, keyof typeof voteRequests>;
type Done = <P>(
  act: (admitted: Admitted, payload: P) => Promise<unknown>,
) => (connection: Connection, payload: P) => Promise<Record<string, never>>;

function createVoteCommands(
  conduct: Conduct,
  admitted: (connection: Connection) => Promise<Admitted>,
  done: Done,
): VoteCommands {
  return {
    'vote:open': async (connection, request) => conduct.openVote(await admitted(connection), request),
    'vote:extend': done(conduct.extendVote),
    'vote:close': done(conduct.closeVote),
    'vote:resume': done(conduct.resumeVote),
    'vote:abort': done(conduct.abortVote),
    'roll:correct': async (connection, request) => conduct.correctRoll(await admitted(connection), request),
    'resolution:add': async (connection, request) =>
      conduct.addResolution(await admitted(connection), request),
    'election:lot': done(conduct.recordLot),
    'clock:confirm': done(conduct.confirmClock),
  };
}
