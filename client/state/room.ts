/**
 * The live state of one meeting on this page: the streams, the own personal state, the connection in
 * words, and the server's clock. Components read `useRoom`; everything that acts is a function here.
 */
import { create } from 'zustand';
import type { Audience, Delta, PersonalState, UnitRights } from '../../server/protocol/room.ts';
import type { RoomState } from '../../server/protocol/room-slices.ts';
import type { RoomReply, RoomRequest, RoomRequestName } from '../../server/protocol/room.ts';
import { AppError, isErrorCode, isTransient, toAppError } from '../api/app-error.ts';
import { openRoomSocket, type RoomSocket } from '../api/socket.ts';
import { findSeenRecord } from '../record/seen-record.ts';
import { observeServerTime } from './clock.ts';
import { applyDelta, mergeStreams, toStream, type Streams } from './revision.ts';
import { withUnits } from './rights.ts';

/** A join that failed for a passing reason is tried again after this time. */
const REJOIN_AFTER_MS = 3_000;

/** `lost`: the server cannot be reached, voting is impossible now. `ended`: nothing will come back by itself. */
export type Connection = 'idle' | 'connecting' | 'connected' | 'lost' | 'ended';

interface RoomStore {
  readonly meetingId: string | undefined;
  readonly connection: Connection;
  /** Why the room cannot be entered or was ended. */
  readonly refusal: AppError | undefined;
  readonly streams: Streams;
  readonly state: RoomState;
  readonly personal: PersonalState | undefined;
  /** Grows with everything that is told of a halted record, so that its page asks anew where it goes on. */
  readonly haltNews: number;
}

const EMPTY: RoomStore = {
  meetingId: undefined,
  connection: 'idle',
  refusal: undefined,
  streams: {},
  state: {},
  personal: undefined,
  haltNews: 0,
};

export const useRoom = create<RoomStore>(() => EMPTY);

let socket: RoomSocket | undefined;
const joinedListeners = new Set<() => void>();
const syncing = new Set<Audience>();

/** The open socket for the media plane, which has requests of its own; undefined outside a meeting. */
export function findRoomSocket(): RoomSocket | undefined {
  return socket;
}

/** Called after every successful join of the room, the first and each after a lost connection. */
export function onRoomJoined(listener: () => void): () => void {
  joinedListeners.add(listener);
  return () => void joinedListeners.delete(listener);
}

function setStreams(streams: Streams): void {
  useRoom.setState({ streams, state: mergeStreams(streams) });
}

/** For socket refusals that no repetition will change. */
function endRoom(error: AppError): void {
  useRoom.setState({ connection: 'ended', refusal: error });
  socket?.close();
  socket = undefined;
}

/** Every page of the meeting gives way to what happened; the socket stays, to be told where it goes on. */
function haltRoom(): void {
  useRoom.setState(({ haltNews }) => ({
    connection: 'ended',
    refusal: new AppError('ROLLBACK'),
    haltNews: haltNews + 1,
  }));
}

/** The server is shown what this browser saw: a restored backup is found out by it (record.md 5). */
function lastCheckpointOf(meetingId: string): { lastCheckpoint?: string } {
  const checkpoint = findSeenRecord(meetingId)?.checkpoint;
  return checkpoint ? { lastCheckpoint: checkpoint } : {};
}

async function join(meetingId: string, own: RoomSocket): Promise<void> {
  const sentMs = Date.now();
  try {
    const reply = await own.request('room:join', { meetingId, ...lastCheckpointOf(meetingId) });
    if (socket !== own) return;
    observeServerTime(reply.serverTime, sentMs, Date.now());
    const streams: Record<string, ReturnType<typeof toStream>> = {};
    for (const snapshot of reply.snapshots) streams[snapshot.audience] = toStream(snapshot);
    setStreams(streams);
    useRoom.setState({ connection: 'connected', refusal: undefined, personal: reply.personal });
    for (const listener of joinedListeners) listener();
  } catch (thrown) {
    if (socket !== own) return;
    const error = toAppError(thrown);
    if (error.code === 'ROLLBACK') haltRoom();
    else if (!isTransient(error.code)) endRoom(error);
    else
      setTimeout(() => void (socket === own && own.isConnected() && join(meetingId, own)), REJOIN_AFTER_MS);
  }
}

async function sync(audience: Audience, own: RoomSocket): Promise<void> {
  if (syncing.has(audience)) return;
  syncing.add(audience);
  try {
    const known = useRoom.getState().streams[audience];
    const from = { audience, epoch: known?.epoch ?? '', rev: known?.rev ?? 0 };
    const reply = await own.request('room:sync', from);
    syncing.delete(audience);
    if (socket !== own) return;
    if (reply.snapshot !== null) {
      setStreams({ ...useRoom.getState().streams, [audience]: toStream(reply.snapshot) });
    }
    for (const delta of reply.deltas ?? []) receiveDelta(delta, own);
  } catch {
    // The next delta, or the join after reconnecting, asks again.
  } finally {
    syncing.delete(audience);
  }
}

function receiveDelta(delta: Delta, own: RoomSocket): void {
  if (socket !== own) return;
  const { streams } = useRoom.getState();
  const outcome = applyDelta(streams[delta.audience], delta);
  if (outcome.kind === 'applied') setStreams({ ...streams, [delta.audience]: outcome.stream });
  if (outcome.kind === 'gap') void sync(delta.audience, own);
}

/** Takes up what a ballot has changed of the own view, told by its answer or by a message. */
export function updateUnits(units: UnitRights): void {
  const { personal } = useRoom.getState();
  // The answer may come when the page shows another meeting already.
  if (personal?.rights[units.resolutionId]) useRoom.setState({ personal: withUnits(personal, units) });
}

function listen(meetingId: string, own: RoomSocket): void {
  own.onConnect(() => void join(meetingId, own));
  own.onDisconnect(() => {
    if (socket === own) useRoom.setState({ connection: 'lost' });
  });
  own.onRefused((message) => {
    if (socket !== own) return;
    if (isErrorCode(message) && !isTransient(message)) endRoom(new AppError(message));
    else useRoom.setState({ connection: 'lost' });
  });
  own.onNotification('state:delta', (delta) => receiveDelta(delta, own));
  own.onNotification('state:personal', (personal) => {
    if (socket === own) useRoom.setState({ personal });
  });
  own.onNotification('state:units', (units) => {
    if (socket === own) updateUnits(units);
  });
  own.onNotification('session:ended', ({ code }) => {
    if (socket === own) endRoom(new AppError(code));
  });
  for (const news of ['meeting:halted', 'meeting:continued'] as const)
    own.onNotification(news, () => socket === own && haltRoom());
  own.onNotification('server:stopping', () => {
    if (socket === own) useRoom.setState({ connection: 'lost' });
  });
}

/** Opens the socket and keeps this page in the meeting until `leaveRoom`. Calling it again does nothing. */
export function enterRoom(meetingId: string): void {
  const current = useRoom.getState();
  if (socket !== undefined && current.meetingId === meetingId) return;
  leaveRoom();
  useRoom.setState({ ...EMPTY, meetingId, connection: 'connecting' }, true);
  const own = openRoomSocket();
  socket = own;
  listen(meetingId, own);
}

export function leaveRoom(): void {
  socket?.close();
  socket = undefined;
  syncing.clear();
  useRoom.setState(EMPTY, true);
}

/** Sends a request of the room. Throws AppError; NETWORK at once when the line is down. */
export function request<N extends RoomRequestName>(name: N, payload: RoomRequest<N>): Promise<RoomReply<N>> {
  const isIn = useRoom.getState().connection === 'connected';
  if (socket === undefined || !isIn) return Promise.reject(new AppError('NETWORK'));
  const own = socket;
  return own.request(name, payload).catch((thrown: unknown) => {
    const error = toAppError(thrown);
    if (error.code === 'ROLLBACK' && socket === own) haltRoom();
    throw error;
  });
}

/** A phone that wakes up or finds a network does not wait for the next attempt. */
function retryNow(): void {
  if (document.visibilityState === 'visible') socket?.reconnectNow();
}

if (typeof window !== 'undefined') {
  window.addEventListener('online', retryNow);
  document.addEventListener('visibilitychange', retryNow);
}
