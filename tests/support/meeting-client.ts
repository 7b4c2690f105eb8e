/** A device in the room over a real socket: it follows the streams as the page does. */
import { randomBytes } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { applyDelta, mergeStreams, toStream, type Streams } from '../../client/state/revision.ts';
import { withUnits } from '../../client/state/rights.ts';
import type { Ack, ErrorCode } from '../../server/protocol/errors.ts';
import type { MediaReply, MediaRequest, MediaRequestName } from '../../server/protocol/media.ts';
import type {
  Delta,
  PersonalState,
  RoomReply,
  RoomRequest,
  RoomRequestName,
  UnitRights,
} from '../../server/protocol/room.ts';

export type RequestName = RoomRequestName | MediaRequestName;
export type RequestOf<N extends RequestName> = N extends RoomRequestName
  ? RoomRequest<N>
  : N extends MediaRequestName
    ? MediaRequest<N>
    : never;
export type ReplyOf<N extends RequestName> = N extends RoomRequestName
  ? RoomReply<N>
  : N extends MediaRequestName
    ? MediaReply<N>
    : never;

export interface ConnectOptions {
  readonly url: string;
  /** Undefined: the header is not sent. */
  readonly origin: string | undefined;
  readonly cookie: string | undefined;
  readonly deviceId?: string;
  /** Comes back by itself, as pages do; off by default, since most tests ask for one connection. */
  readonly reconnects?: boolean;
}

export interface Received {
  readonly name: string;
  readonly payload: unknown;
}

/** A handshake that the server refused: `message` is its code. */
export class HandshakeRefused extends Error {}

export type RoomClient = Awaited<ReturnType<typeof connectRoom>>;

/** Opens a socket. Rejects with HandshakeRefused. */
export async function connectRoom(options: ConnectOptions) {
  const socket = openSocket(options);
  const received: Received[] = [];
  const watchers = new Set<() => void>();
  let streams: Streams = {};
  let personal: PersonalState | undefined;
  let gaps = 0;

  const wake = () => {
    for (const watcher of watchers) watcher();
  };
  socket.onAny((name: string, payload: unknown) => {
    received.push({ name, payload });
    if (name === 'state:personal') personal = payload as PersonalState;
    if (name === 'state:units' && personal) personal = withUnits(personal, payload as UnitRights);
    if (name === 'state:delta') follow(payload as Delta);
    wake();
  });
  socket.on('disconnect', wake);

  function follow(delta: Delta): void {
    const outcome = applyDelta(streams[delta.audience], delta);
    if (outcome.kind === 'applied') streams = { ...streams, [delta.audience]: outcome.stream };
    if (outcome.kind !== 'gap') return;
    gaps += 1;
    catchUp(delta.audience).catch((error: unknown) => {
      // A device that has left meanwhile misses nothing.
      if (socket.connected) throw error;
    });
  }

  async function catchUp(audience: Delta['audience']): Promise<void> {
    const { epoch, rev } = streams[audience] ?? { epoch: '', rev: 0 };
    const ack = await request('room:sync', { audience, epoch, rev });
    if (!ack.ok) return;
    if (ack.data.snapshot) streams = { ...streams, [audience]: toStream(ack.data.snapshot) };
    for (const delta of ack.data.deltas ?? []) follow(delta);
    wake();
  }

  async function request<N extends RequestName>(name: N, payload: RequestOf<N>): Promise<Ack<ReplyOf<N>>> {
    const ack = (await raw(name, payload)) as Ack<ReplyOf<N>>;
    if (name === 'ballot:cast' && ack.ok) takeUpBallot(ack.data as ReplyOf<'ballot:cast'>);
    return ack;
  }

  /** As pages do: the answer to a ballot says what it changes for this device. */
  function takeUpBallot({ resolutionId, rights }: ReplyOf<'ballot:cast'>): void {
    if (personal) personal = withUnits(personal, { resolutionId, rights });
  }

  function raw(name: string, payload: unknown): Promise<Ack<unknown>> {
    return new Promise((resolve, reject) => {
      if (!socket.connected) return reject(new Error('not connected'));
      const gone = () => reject(new Error('disconnected before the answer'));
      socket.once('disconnect', gone);
      socket.emit(name, payload, (ack: Ack<unknown>) => {
        socket.off('disconnect', gone);
        resolve(ack);
      });
    });
  }

  await connected(socket);
  return {
    socket,
    received,
    request,
    /** Past the contract: whatever name and payload. */
    raw,
    /** What must succeed. */
    async ask<N extends RequestName>(name: N, payload: RequestOf<N>): Promise<ReplyOf<N>> {
      const ack = await request(name, payload);
      if (!ack.ok) throw new Error(`${name} was refused: ${JSON.stringify(ack.error)}`);
      return ack.data;
    },
    /** The code of what must be refused. */
    async refusal(name: string, payload: unknown): Promise<ErrorCode> {
      const ack = await raw(name, payload);
      if (ack.ok) throw new Error(`${name} was granted`);
      return ack.error.code;
    },
    async join(meetingId: string): Promise<RoomReply<'room:join'>> {
      const ack = await request('room:join', { meetingId });
      if (!ack.ok) throw new Error(`the room was closed to this person: ${ack.error.code}`);
      for (const snapshot of ack.data.snapshots) {
        streams = { ...streams, [snapshot.audience]: toStream(snapshot) };
      }
      personal = ack.data.personal;
      return ack.data;
    },
    /** What this device shows now. */
    state: () => mergeStreams(streams),
    streams: () => streams,
    personal: () => personal,
    gaps: () => gaps,
    isConnected: () => socket.connected,
    /** Resolves with the first truthy value; asked again after everything that arrives. */
    until<T>(find: () => T | undefined | null | false): Promise<T> {
      return new Promise((resolve) => {
        const look = () => {
          const found = find();
          if (!found) return;
          watchers.delete(look);
          resolve(found);
        };
        watchers.add(look);
        look();
      });
    },
    ended: () => ended(socket),
    close: () => void socket.disconnect(),
  };
}

function openSocket({ url, origin, cookie, deviceId, reconnects = false }: ConnectOptions): Socket {
  return io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: reconnects,
    extraHeaders: { ...(origin !== undefined && { origin }), ...(cookie !== undefined && { cookie }) },
    auth: { deviceId: deviceId ?? randomBytes(16).toString('hex') },
  });
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    // The line may also be lost between the upgrade and the answer to the handshake.
    socket.once('disconnect', (reason) => reject(new Error(`disconnected before the handshake: ${reason}`)));
    socket.once('connect_error', (error) => {
      socket.disconnect();
      reject(new HandshakeRefused(error.message));
    });
  });
}

function ended(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (!socket.connected) return resolve();
    socket.once('disconnect', () => resolve());
  });
}
