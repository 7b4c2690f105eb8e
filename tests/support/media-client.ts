/**
 * Clients of the media library without a browser: mediasoup-client's own fake handler makes the RTP
 * parameters, everything else (schemas, handlers, plane, worker) is real. No packet is ever sent.
 */
import { Device, FakeHandler, testFakeParameters } from 'mediasoup-client';
import { Value } from 'typebox/value';
import { createMediaClient, type MediaClient } from '../../client/media/media-client.ts';
import {
  mediaNotifications,
  mediaRequests,
  type MediaNotificationName,
  type MediaRequestName,
} from '../../server/protocol/media.ts';
import { createMediaHandlers, toMediaNotification } from '../../server/realtime/media-handlers.ts';
import type { MediaPlane } from '../../server/services/ports/media-port.ts';

/** As much of a MediaStreamTrack as the libraries touch. */
export class FakeTrack extends EventTarget {
  readonly id = crypto.randomUUID();
  readonly kind: 'audio' | 'video';
  readonly label = 'fake';
  readyState: MediaStreamTrackState = 'live';
  enabled = true;
  muted = false;
  contentHint = '';

  constructor(kind: 'audio' | 'video') {
    super();
    this.kind = kind;
  }

  stop(): void {
    this.readyState = 'ended';
  }

  /** What happens when the plug is pulled. */
  end(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }

  getSettings(): MediaTrackSettings {
    return {};
  }
}

const streamOf = (track: FakeTrack) => ({ getTracks: () => [track] }) as unknown as MediaStream;

/** Cameras that are always there; `taken` lists what was asked for. */
export function fakeDevices() {
  const taken: FakeTrack[] = [];
  const take = (kind: 'audio' | 'video') => {
    const track = new FakeTrack(kind);
    taken.push(track);
    return Promise.resolve(streamOf(track));
  };
  return {
    taken,
    getUserMedia: (constraints?: MediaStreamConstraints) => take(constraints?.audio ? 'audio' : 'video'),
    getDisplayMedia: () => take('video'),
  };
}

const loadDevice = () =>
  Promise.resolve(new Device({ handlerFactory: FakeHandler.createFactory(testFakeParameters) }));

export interface TestClient {
  readonly client: MediaClient;
  readonly devices: ReturnType<typeof fakeDevices>;
  /** Requests in the order in which they were made. */
  readonly asked: MediaRequestName[];
  /** Cuts the socket, or brings it back. */
  setOnline(isOnline: boolean): void;
  /** The next request of this name is answered with an error of this code instead. */
  failNext(name: MediaRequestName, code: string): void;
}

export class RequestFailed extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** One device of a peer, wired to the plane as the gateway wires it, schemas checked both ways. */
export function connectClient(plane: MediaPlane, roomId: string, peerId: string): TestClient {
  const handlers = createMediaHandlers({ plane });
  const listeners = new Map<MediaNotificationName, (payload: never) => void>();
  const asked: MediaRequestName[] = [];
  const failures = new Map<MediaRequestName, string>();
  const devices = fakeDevices();
  let isOnline = true;
  plane.onEvent((event) => {
    if (event.roomId !== roomId || !isOnline) return;
    const { name, payload, toPeerId } = toMediaNotification(event);
    if (toPeerId !== null && toPeerId !== peerId) return;
    Value.Parse(mediaNotifications[name], payload);
    listeners.get(name)?.(structuredClone(payload) as never);
  });
  const request = async (name: MediaRequestName, payload: unknown): Promise<unknown> => {
    asked.push(name);
    if (!isOnline) throw new RequestFailed('NETWORK');
    const failure = failures.get(name);
    failures.delete(name);
    if (failure !== undefined) throw new RequestFailed(failure);
    const sent: unknown = JSON.parse(JSON.stringify(payload));
    if (!Value.Check(mediaRequests[name].request, sent)) throw new RequestFailed('INVALID_REQUEST');
    const handle = handlers[name] as (peer: object, request: unknown) => Promise<unknown>;
    const reply: unknown = JSON.parse(JSON.stringify(await handle({ roomId, peerId }, sent)));
    if (!Value.Check(mediaRequests[name].reply, reply)) throw new Error(`reply of ${name} breaks its schema`);
    return reply;
  };
  const client = createMediaClient({
    request,
    on: (name, listener) => {
      listeners.set(name, listener);
      return () => void listeners.delete(name);
    },
    loadDevice,
    devices,
  });
  return {
    client,
    devices,
    asked,
    setOnline: (online) => {
      isOnline = online;
    },
    failNext: (name, code) => void failures.set(name, code),
  };
}

/** Resolves when the client's state satisfies the condition; Jest's time limit ends the wait. */
export function stateOf(
  client: MediaClient,
  condition: (state: ReturnType<MediaClient['getState']>) => boolean,
): Promise<ReturnType<MediaClient['getState']>> {
  return new Promise((resolve) => {
    if (condition(client.getState())) return resolve(client.getState());
    const stop = client.subscribe((state) => {
      if (!condition(state)) return;
      stop();
      resolve(state);
    });
  });
}
