import { io, type Socket } from 'socket.io-client';
import type { Ack } from '../../server/protocol/errors.ts';
import type {
  RoomNotifications,
  RoomReply,
  RoomRequest,
  RoomRequestName,
} from '../../server/protocol/room.ts';
import { AppError } from './app-error.ts';

/** A lost socket tries again after 1 s, then more rarely; jitter keeps a room's phones from coming back at once. */
const RECONNECT_FIRST_MS = 1_000;
const RECONNECT_AT_MOST_MS = 8_000;
const RECONNECT_JITTER = 0.5;
/** An attempt that nobody answers is given up: with the longest wait before it, one is back within 30 s. */
const CONNECT_TIMEOUT_MS = 8_000;
/** After a shutdown in order, everybody's sockets were closed in the same instant. */
const RECONNECT_AT_MOST_FACTOR = 2;
const ACK_TIMEOUT_MS = 10_000;
const DEVICE_ID_BYTES = 16;

/**
 * Names this device on the media plane, so that its place is held while the socket is away. New with
 * every load of the page: two tabs are two devices.
 */
const deviceId = Array.from(crypto.getRandomValues(new Uint8Array(DEVICE_ID_BYTES)), (byte) =>
  byte.toString(16).padStart(2, '0'),
).join('');

export interface RoomSocket {
  readonly isConnected: () => boolean;
  /** Throws AppError: the server's code, TIMEOUT when the ack did not come, NETWORK when not connected. */
  request<N extends RoomRequestName>(name: N, payload: RoomRequest<N>): Promise<RoomReply<N>>;
  /** Media requests have their own table; the caller states the reply's type. */
  requestRaw(name: string, payload: unknown): Promise<unknown>;
  onNotification<N extends keyof RoomNotifications>(
    name: N,
    listener: (payload: RoomNotifications[N]) => void,
  ): void;
  onRaw(name: string, listener: (payload: never) => void): () => void;
  onConnect(listener: () => void): void;
  onDisconnect(listener: () => void): void;
  /** Refused handshake: the code that the server gave as the message, or NETWORK. */
  onRefused(listener: (message: string) => void): void;
  /** Tries at once instead of waiting for the next attempt. */
  reconnectNow(): void;
  close(): void;
}

function emit(socket: Socket, name: string, payload: unknown): Promise<unknown> {
  // Not buffered: what is sent while the line is down would arrive later, unasked and out of order.
  if (!socket.connected) return Promise.reject(new AppError('NETWORK'));
  return new Promise((resolve, reject) => {
    socket
      .timeout(ACK_TIMEOUT_MS)
      .emit(name, payload, (lost: Error | null, ack: Ack<unknown> | undefined) => {
        if (lost !== null || ack === undefined)
          reject(new AppError(socket.connected ? 'TIMEOUT' : 'NETWORK'));
        else if (ack.ok) resolve(ack.data);
        else reject(new AppError(ack.error.code, ack.error.params ?? {}, ack.error.detail));
      });
  });
}

/** The socket itself knows no notifications' types; the contract does. */
function listenTo(socket: Socket, name: string, listener: (payload: never) => void): void {
  socket.on(name, listener as (payload: unknown) => void);
}

/** Opens the socket of this page; it comes back by itself until closed. */
export function openRoomSocket(): RoomSocket {
  const socket = io({
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: RECONNECT_FIRST_MS,
    reconnectionDelayMax: RECONNECT_AT_MOST_MS,
    randomizationFactor: RECONNECT_JITTER,
    timeout: CONNECT_TIMEOUT_MS,
    withCredentials: true,
    auth: { deviceId },
  });
  const reconnectLater = (): void => {
    const delayMs = RECONNECT_FIRST_MS * (1 + Math.random() * RECONNECT_AT_MOST_FACTOR);
    setTimeout(() => !isClosed && !socket.connected && socket.connect(), delayMs);
  };
  // When the server closes a socket or refuses its handshake, socket.io does not come back by itself.
  socket.on('disconnect', (reason) => reason === 'io server disconnect' && reconnectLater());
  socket.on('connect_error', () => !socket.active && reconnectLater());
  let isClosed = false;
  return {
    isConnected: () => socket.connected,
    request: (name, payload) => emit(socket, name, payload) as Promise<never>,
    requestRaw: (name, payload) => emit(socket, name, payload),
    onNotification: (name, listener) => listenTo(socket, name, listener),
    onRaw: (name, listener) => {
      socket.on(name, listener as (p: unknown) => void);
      return () => void socket.off(name, listener as (p: unknown) => void);
    },
    onConnect: (listener) => void socket.on('connect', listener),
    onDisconnect: (listener) => void socket.on('disconnect', listener),
    onRefused: (listener) => void socket.on('connect_error', (error) => listener(error.message)),
    reconnectNow: () => {
      if (socket.connected) return;
      // A socket that waits for its next attempt ignores connect(); one that was given up does not.
      socket.disconnect();
      socket.connect();
    },
    close: () => {
      isClosed = true;
      socket.removeAllListeners();
      socket.disconnect();
    },
  };
}
