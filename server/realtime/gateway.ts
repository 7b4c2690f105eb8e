/**
 * The socket edge: handshake, schemas, sizes, rates and acks. It knows no use case; handlers come from
 * outside, one for every request of the contract (a missing one does not compile). Origin and host are
 * checked at the handshake, the session again at every event.
 */
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Compile, type Validator } from 'typebox/compile';
import type { TSchema } from 'typebox';
import { Server, type Socket } from 'socket.io';
import { DomainError } from '../domain/errors.ts';
import type { Ack } from '../protocol/errors.ts';
import { isDatabaseAway } from '../services/database-away.ts';
import type { Session, SessionReader } from '../services/session.ts';

/** One message; the largest legal one is an RTP parameter set of about 10 kB. */
const MESSAGE_MAX_BYTES = 48 * 1024;
/** Beyond this socket.io closes the connection without an answer. */
const CONNECTION_MAX_BYTES = 1024 * 1024;
/** Requests per second and burst of one socket; a person taps far slower, a media join makes 20. */
const RATE_PER_SECOND = 30;
const RATE_BURST = 90;

/** One connected device. */
export interface Connection {
  readonly id: string;
  readonly session: Session;
  /** The device's name on the media plane; it outlives the socket, so that the place can be held. */
  readonly peerId: string;
  /** Emits a notification to this device alone. */
  notify(name: string, payload: unknown): void;
  join(room: string): void;
  leave(room: string): void;
  /** Meeting that the device is in, or null. */
  meetingId: string | null;
}

export interface RequestEntry {
  readonly request: TSchema;
}
/** `receivedAtMs`: when the request arrived, before anything was looked up for it. */
export type Handler = (connection: Connection, payload: never, receivedAtMs: number) => Promise<unknown>;

export interface GatewayDeps {
  readonly http: HttpServer;
  readonly sessions: SessionReader;
  /** Token of the session cookie in a request's `Cookie` header. */
  readonly tokenOf: (cookieHeader: string | undefined) => string | undefined;
  /** Exact origins that may open a socket, and host names that the server answers to. */
  readonly isAllowedOrigin: (origin: string | undefined, request: IncomingMessage) => boolean;
  readonly requests: Readonly<Record<string, RequestEntry>>;
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly onDisconnect: (connection: Connection) => void;
  /** Wall clock, milliseconds since 1970. */
  readonly now: () => number;
  /** The device's name on the media plane: the same after a reconnection, another for every session. */
  readonly peerIdOf: (session: Session, deviceId: string) => string;
  /** Polling as well, for `--lan`: WebSockets under a self-signed certificate fail on iPhones. */
  readonly allowPolling: boolean;
  readonly log: { error(object: object, message: string): void };
}

export interface Gateway {
  /** To every device in a room such as `meeting:<id>:public`. */
  broadcast(room: string, name: string, payload: unknown): void;
  /** The same for what may be dropped on slow lines. */
  broadcastVolatile(room: string, name: string, payload: unknown): void;
  /** Ends all sockets of these sessions, telling them why. */
  endSessions(sessionIds: readonly string[]): void;
  connections(): number;
  /** Tells all sockets and closes them. */
  close(reconnectAfterMs: number): Promise<void>;
}

export function createGateway(deps: GatewayDeps): Gateway {
  const io = new Server(deps.http, {
    transports: deps.allowPolling ? ['websocket', 'polling'] : ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: CONNECTION_MAX_BYTES,
    pingInterval: 15_000,
    pingTimeout: 15_000,
    allowRequest: (request, decide) => {
      const allowed = deps.isAllowedOrigin(request.headers.origin, request);
      decide(allowed ? null : 'ORIGIN_REFUSED', allowed);
    },
  });
  const validators = compileAll(deps.requests);

  io.use((socket, next) => {
    const token = deps.tokenOf(socket.handshake.headers.cookie);
    void admit(socket, token, deps.sessions).then(
      () => next(),
      (error: unknown) => next(toHandshakeError(error)),
    );
  });
  io.on('connection', (socket) => serve({ socket, deps, validators }));
  deps.sessions.onEnded((sessionIds) => endSessions(io, sessionIds));

  return {
    broadcast: (room, name, payload) => void io.to(room).emit(name, payload),
    broadcastVolatile: (room, name, payload) => void io.volatile.to(room).emit(name, payload),
    endSessions: (sessionIds) => endSessions(io, sessionIds),
    connections: () => io.engine.clientsCount,
    async close(reconnectAfterMs) {
      io.emit('server:stopping', { reconnectAfterMs });
      // One turn of the loop lets the notification leave before the sockets do.
      await new Promise((resolve) => setImmediate(resolve));
      io.disconnectSockets(true);
      await io.close();
    },
  };
}

function compileAll(requests: GatewayDeps['requests']): ReadonlyMap<string, Validator> {
  return new Map(Object.entries(requests).map(([name, entry]) => [name, Compile(entry.request)]));
}

async function admit(socket: Socket, token: string | undefined, sessions: SessionReader): Promise<void> {
  const session = token === undefined ? undefined : await sessions.findByToken(token);
  if (!session) throw new DomainError('NOT_SIGNED_IN');
  if (session.stage !== 'full') throw new DomainError('SIGN_IN_INCOMPLETE');
  socket.data['session'] = session;
}

/** socket.io hands `data` of a middleware's error to the client's `connect_error`. */
function toHandshakeError(error: unknown): Error {
  const fault = isDatabaseAway(error) ? 'UNAVAILABLE' : 'INTERNAL';
  const code = error instanceof DomainError ? error.code : fault;
  return Object.assign(new Error(code), { data: { code } });
}

function endSessions(io: Server, sessionIds: readonly string[]): void {
  const ended = new Set(sessionIds);
  for (const socket of io.of('/').sockets.values()) {
    const session = socket.data['session'] as Session | undefined;
    if (!session || !ended.has(session.sessionId)) continue;
    socket.emit('session:ended', { code: 'SESSION_REVOKED' });
    socket.disconnect(true);
  }
}

interface Served {
  readonly socket: Socket;
  readonly deps: GatewayDeps;
  readonly validators: ReadonlyMap<string, Validator>;
}

interface Incoming {
  readonly name: string;
  readonly payload: unknown;
  /** Characters of the packet. */
  readonly size: number;
  readonly receivedAtMs: number;
}

function serve({ socket, deps, validators }: Served): void {
  const session = socket.data['session'] as Session;
  const connection = toConnection(socket, session, deps.peerIdOf(session, deviceIdOf(socket)));
  const takeToken = createBucket();
  let packetBytes = 0;
  // engine.io emits `packet` with the raw text just before the message is decoded and dispatched.
  socket.conn.on('packet', (packet: { data?: unknown }) => {
    packetBytes = typeof packet.data === 'string' ? packet.data.length : 0;
  });
  socket.onAny((name: string, ...args: unknown[]) => {
    const ack = args.at(-1);
    if (typeof ack !== 'function') return;
    const size = packetBytes;
    void handle({ name, payload: args[0], size, receivedAtMs: deps.now() })
      .then((data): Ack<unknown> => ({ ok: true, data }))
      .catch((error: unknown) => toAck(error, name, deps))
      .then((reply) => (ack as (reply: Ack<unknown>) => void)(reply));
  });
  socket.on('disconnect', () => deps.onDisconnect(connection));

  async function handle(event: Incoming): Promise<unknown> {
    if (!takeToken()) throw new DomainError('RATE_LIMITED');
    if (event.size > MESSAGE_MAX_BYTES)
      throw new DomainError('BODY_TOO_LARGE', { params: { max: MESSAGE_MAX_BYTES } });
    const validator = validators.get(event.name);
    const handler = deps.handlers[event.name];
    if (!validator || !handler) throw new DomainError('INVALID_REQUEST', { detail: 'unknown request' });
    if (!(await deps.sessions.findById(session.sessionId))) {
      setImmediate(() => socket.disconnect(true));
      throw new DomainError('SESSION_REVOKED');
    }
    if (!validator.Check(event.payload)) {
      throw new DomainError('INVALID_REQUEST', { detail: firstFault(validator, event.payload) });
    }
    return handler(connection, event.payload as never, event.receivedAtMs);
  }
}

/** Path and rule of the first fault; never the value, which may be personal. */
function firstFault(validator: Validator, payload: unknown): string {
  const fault = validator.Errors(payload)[0];
  return fault ? `${fault.instancePath || '/'}: ${fault.keyword}` : 'malformed';
}

function toAck(error: unknown, name: string, deps: GatewayDeps): Ack<never> {
  if (error instanceof DomainError) {
    const { code, params, detail } = error;
    return { ok: false, error: { code, ...(params && { params }), ...(detail !== undefined && { detail }) } };
  }
  deps.log.error({ err: error, request: name }, 'socket request failed');
  return { ok: false, error: { code: isDatabaseAway(error) ? 'UNAVAILABLE' : 'INTERNAL' } };
}

/** Random name that the page keeps for its tab; a client without one gets a new place each time. */
function deviceIdOf(socket: Socket): string {
  const auth: unknown = socket.handshake.auth['deviceId'];
  return typeof auth === 'string' && /^[A-Za-z0-9_-]{16,64}$/.test(auth) ? auth : socket.id;
}

function toConnection(socket: Socket, session: Session, peerId: string): Connection {
  return {
    id: socket.id,
    session,
    peerId,
    meetingId: null,
    notify: (name, payload) => void socket.emit(name, payload),
    join: (room) => void socket.join(room),
    leave: (room) => void socket.leave(room),
  };
}

/** Token bucket on the monotonic clock. */
function createBucket(): () => boolean {
  let tokens = RATE_BURST;
  let last = performance.now();
  return () => {
    const now = performance.now();
    tokens = Math.min(RATE_BURST, tokens + ((now - last) / 1000) * RATE_PER_SECOND);
    last = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
