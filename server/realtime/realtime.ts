/** The whole socket edge put together: gateway, room hub, handlers of room and media. */
import { createHash } from 'node:crypto';
import { mediaRequests, type IceServer } from '../protocol/media.ts';
import type { RecordState } from '../protocol/record-state.ts';
import { roomRequests } from '../protocol/room.ts';
import { DomainError } from '../domain/errors.ts';
import type { Clock } from '../services/clock.ts';
import type { Conduct } from '../services/conduct/conduct.ts';
import type { ConductData } from '../services/conduct/conduct-data.ts';
import type { Rooms } from '../services/conduct/rooms.ts';
import type { MediaEvent, MediaPlane } from '../services/ports/media-port.ts';
import type { Session } from '../services/session.ts';
import { createGateway, type Connection, type GatewayDeps, type Handler } from './gateway.ts';
import { createMediaHandlers, toMediaNotification } from './media-handlers.ts';
import { audienceRoom, haltedRoom } from './live-room.ts';
import { createRoomHub } from './room-hub.ts';
import { createRoomHandlers } from './room-handlers.ts';

export interface RealtimeDeps extends Pick<
  GatewayDeps,
  'http' | 'sessions' | 'tokenOf' | 'isAllowedOrigin' | 'allowPolling' | 'log'
> {
  readonly conduct: Conduct;
  readonly data: ConductData;
  readonly plane: MediaPlane;
  readonly rooms: Rooms;
  readonly clock: Clock;
  readonly recordStateOf: (meetingId: string) => RecordState | undefined;
  /** STUN and TURN servers for a peer, with fresh credentials. */
  readonly iceServersFor: (peerId: string) => IceServer[];
}

/** How long clients wait before they come back after an orderly stop. */
const RECONNECT_AFTER_MS = 1_000;

export function createRealtime(deps: RealtimeDeps) {
  const { conduct, plane, clock } = deps;
  const hub = createRoomHub({
    conduct,
    data: deps.data,
    plane,
    recordStateOf: deps.recordStateOf,
    broadcast: (room, name, payload) => gateway.broadcast(room, name, payload),
    log: deps.log,
  });
  const roomHandlers = createRoomHandlers({ conduct, hub, clock });
  const mediaHandlers = createMediaHandlers({ plane, iceServersFor: deps.iceServersFor });

  /** A media request acts on the device's own place in the room that it has joined. */
  const inRoom =
    (handle: (peer: { roomId: string; peerId: string }, payload: never) => Promise<unknown>): Handler =>
    async (connection: Connection, payload) => {
      if (connection.meetingId === null) throw new DomainError('MEDIA_NOT_JOINED');
      await conduct.admit(connection.session, connection.meetingId);
      return handle({ roomId: connection.meetingId, peerId: connection.peerId }, payload);
    };

  const gateway = createGateway({
    ...deps,
    requests: { ...roomRequests, ...mediaRequests },
    handlers: {
      ...(roomHandlers as Readonly<Record<string, Handler>>),
      ...Object.fromEntries(
        Object.entries(mediaHandlers).map(([name, handle]) => [name, inRoom(handle as never)]),
      ),
    },
    onDisconnect: (connection) => hub.leave(connection),
    peerIdOf,
    now: clock.now,
  });

  const stopListening = plane.onEvent((event) => publishMedia(event));

  function publishMedia(event: MediaEvent): void {
    const { name, payload, toPeerId, isVolatile } = toMediaNotification(event);
    if (toPeerId !== null)
      return hub.notifyPeer({ meetingId: event.roomId, peerId: toPeerId }, name, payload);
    const send = isVolatile ? gateway.broadcastVolatile : gateway.broadcast;
    send(audienceRoom(event.roomId, 'public'), name, payload);
  }

  return {
    isOnline: hub.isOnline,
    /** What a room shows beside its ledger has changed. */
    touch: hub.touch,
    /** Capacities or roles have changed: every open device is judged anew. */
    recheckAll: hub.recheckAll,
    /** A halted meeting goes on under a new origin. */
    continued: (meetingId: string) => gateway.broadcast(haltedRoom(meetingId), 'meeting:continued', {}),
    connections: gateway.connections,
    async close(): Promise<void> {
      stopListening();
      await gateway.close(RECONNECT_AFTER_MS);
      hub.close();
    },
  };
}

/** Not guessable by others, who know neither the session nor the page's own name for its tab. */
function peerIdOf(session: Session, deviceId: string): string {
  return createHash('sha256').update(`${session.sessionId}/${deviceId}`).digest('base64url').slice(0, 22);
}
