/** The meetings with devices in them: who joins which, and how the rest of the edge reaches them. */
import type {
  Audience,
  BallotBody,
  BallotReply,
  PersonalState,
  ReceiptView,
  Snapshot,
} from '../protocol/room.ts';
import type { Admitted, Conduct } from '../services/conduct/conduct.ts';
import type { MeetingRoom } from '../services/conduct/meeting-room.ts';
import type { Connection } from './gateway.ts';
import { LiveRoom, type LiveRoomDeps } from './live-room.ts';

export interface RoomHubDeps extends Omit<LiveRoomDeps, 'endFloorOf'> {
  readonly conduct: Pick<Conduct, 'admit' | 'endFloorOfAbsent'>;
  readonly log: { error(object: object, message: string): void };
}

export type RoomHub = ReturnType<typeof createRoomHub>;

export function createRoomHub(deps: RoomHubDeps) {
  const { conduct, log } = deps;
  const live = new Map<string, LiveRoom>();
  const of = (connection: Connection) => live.get(connection.meetingId ?? '');

  function endFloorOf(room: MeetingRoom, personId: string): void {
    conduct
      .endFloorOfAbsent(room, personId)
      .catch((error: unknown) => log.error({ err: error }, 'floor of an absent speaker not ended'));
  }

  function follow(room: MeetingRoom): LiveRoom {
    const liveRoom = live.get(room.meetingId) ?? new LiveRoom(room, { ...deps, endFloorOf });
    live.set(room.meetingId, liveRoom);
    return liveRoom;
  }

  return {
    /** Puts a device into a room and answers with what it may see. */
    async join(
      connection: Connection,
      { room, access }: Admitted,
    ): Promise<{ snapshots: Snapshot[]; personal: PersonalState }> {
      if (connection.meetingId !== room.meetingId) of(connection)?.leave(connection);
      return follow(room).join(connection, access);
    },

    sync: (connection: Connection, audience: Audience, since: { epoch: string; rev: number }) =>
      of(connection)?.sync(connection, audience, since),
    leave: (connection: Connection): void => of(connection)?.leave(connection),
    async cast(
      connection: Connection,
      ballot: BallotBody,
      send: () => Promise<ReceiptView>,
    ): Promise<BallotReply> {
      // Of one that has left in between the ballot counts all the same; there is nothing to tell it.
      return (await of(connection)?.cast(connection, ballot, send)) ?? { ...(await send()), rights: [] };
    },
    floorAccepted: (connection: Connection): void => of(connection)?.floorAccepted(connection),
    isOnline: (meetingId: string, personId: string): boolean =>
      live.get(meetingId)?.isOnline(personId) ?? false,
    touch: (meetingId: string): void => live.get(meetingId)?.touch(),
    notifyPeer: (peer: { meetingId: string; peerId: string }, name: string, payload: unknown): void =>
      live.get(peer.meetingId)?.notifyPeer(peer.peerId, name, payload),

    /** Capacities or roles have changed: the open devices of all meetings are judged anew. */
    async recheckAll(): Promise<void> {
      for (const liveRoom of live.values()) {
        await liveRoom.recheck(async ({ connection }) => {
          const { access } = await conduct.admit(connection.session, liveRoom.room.meetingId);
          return access;
        });
      }
    },

    close(): void {
      for (const liveRoom of live.values()) liveRoom.close();
      live.clear();
    },
  };
}
