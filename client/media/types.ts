/** What the media library needs from the page, and what it shows to it. Free of any framework. */
import type { Device } from 'mediasoup-client';
import type {
  MediaKind,
  MediaNotification,
  MediaNotificationName,
  MediaReply,
  MediaRequest,
  MediaRequestName,
  MediaSource,
} from '../../server/protocol/media.ts';

/** The socket as the library sees it. A refusal rejects with an error that carries the server's `code`. */
export interface MediaSignal {
  request(name: MediaRequestName, payload: unknown): Promise<unknown>;
  /** Returns the function that ends the subscription. */
  on(name: MediaNotificationName, listener: (payload: never) => void): () => void;
}

/** The same with the types of the contract. */
export interface TypedSignal {
  ask<N extends MediaRequestName>(name: N, payload: MediaRequest<N>): Promise<MediaReply<N>>;
  on<N extends MediaNotificationName>(name: N, listener: (payload: MediaNotification<N>) => void): () => void;
}

export function typedSignal(signal: MediaSignal): TypedSignal {
  return {
    ask: (name, payload) => signal.request(name, payload) as Promise<never>,
    on: (name, listener) => signal.on(name, listener),
  };
}

export type LoadDevice = () => Promise<Device>;

/**
 * `interrupted`: picture and sound stopped and are being brought back. `failed`: this has taken long
 * (it is still being tried), or this browser cannot do it (`failure` says MEDIA_UNSUPPORTED).
 */
export type MediaConnection = 'idle' | 'connecting' | 'connected' | 'interrupted' | 'failed';

export interface RemoteTrack {
  readonly producerId: string;
  /** Who sends: a connected device. */
  readonly peerId: string;
  readonly source: MediaSource;
  readonly kind: MediaKind;
  readonly track: MediaStreamTrack;
  readonly isPaused: boolean;
}

/**
 * `preview`: seen by oneself only. `paused`: by oneself or the host; only `resumeProducing` ends it.
 * `interrupted`: a telephone call, another app or a pulled plug took the device.
 */
export type LocalStatus = 'preview' | 'starting' | 'sending' | 'paused' | 'interrupted';

export interface LocalTrack {
  readonly track: MediaStreamTrack;
  readonly status: LocalStatus;
}

export interface MediaState {
  readonly connection: MediaConnection;
  /** Code of the last failure while `interrupted` or `failed`. */
  readonly failure: string | null;
  /** Own id in the room; null before joining. */
  readonly peerId: string | null;
  readonly remote: readonly RemoteTrack[];
  readonly local: Readonly<Partial<Record<MediaSource, LocalTrack>>>;
  readonly activeSpeaker: string | null;
}

/** Why a camera or microphone cannot be had; the words are the page's. */
export type DeviceProblem =
  'DEVICE_PERMISSION_DENIED' | 'DEVICE_NOT_FOUND' | 'DEVICE_BUSY' | 'DEVICE_UNSUPPORTED';

export class MediaDeviceError extends Error {
  readonly code: DeviceProblem;

  constructor(code: DeviceProblem, options?: ErrorOptions) {
    super(code, options);
    this.name = 'MediaDeviceError';
    this.code = code;
  }
}

/** The code of a refusal, of a device problem, or of what the socket itself reports; null for other errors. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
