/**
 * The live picture and sound of a meeting, for any framework: `getState` and `subscribe` show it, the
 * other functions act. mediasoup-client is loaded on the first join, so that the page itself stays small.
 * Camera and microphone are asked for by `preview`, `startProducing` and `resumeProducing` alone.
 */
import { createStore } from 'zustand/vanilla';
import type { MediaSource, ProducerInfo } from '../../server/protocol/media.ts';
import type { CaptureDevices } from './capture.ts';
import { LocalTracks } from './local-tracks.ts';
import { layerForTile, type TileSize } from './profile.ts';
import { RoomLink } from './room-link.ts';
import type { MediaSession } from './session.ts';
import {
  typedSignal,
  type LoadDevice,
  type MediaSignal,
  type MediaState,
  type TypedSignal,
} from './types.ts';

export interface MediaClientOptions extends MediaSignal {
  /** Default: the browser's own. Tests give a device without a browser. */
  readonly loadDevice?: LoadDevice;
  /** Default: `navigator.mediaDevices`. */
  readonly devices?: CaptureDevices | undefined;
}

export interface DeviceChoice {
  readonly deviceId?: string;
}

export interface MediaClient {
  getState(): MediaState;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (state: MediaState, before: MediaState) => void): () => void;
  /**
   * Enters the room, or takes up the place again after the socket was lost: to be called each time the
   * meeting itself has been joined. Resolves when joined, retries passing failures by itself, rejects
   * with the code of a final one.
   */
  join(): Promise<void>;
  /** Own picture or sound, sent to nobody. Throws MediaDeviceError. */
  preview(source: MediaSource, choice?: DeviceChoice): Promise<MediaStreamTrack>;
  /** Sends. Throws MediaDeviceError, or the server's refusal (MEDIA_FORBIDDEN without the floor). */
  startProducing(source: MediaSource, choice?: DeviceChoice): Promise<void>;
  /** Ends sending or a preview; the device is given back at once. */
  stopProducing(source: MediaSource): Promise<void>;
  pauseProducing(source: MediaSource): Promise<void>;
  /** After a pause, a mute by the host or an interruption: always the participant's own act. */
  resumeProducing(source: MediaSource): Promise<void>;
  /** How large a peer's picture is shown; undefined when it is not shown. */
  setTileSize(peerId: string, source: MediaSource, size: TileSize | undefined): void;
  /** Leaves and gives the devices back. The client can join again. */
  leave(): Promise<void>;
  /** Leaves for good. */
  close(): void;
}

const IDLE: MediaState = {
  connection: 'idle',
  failure: null,
  peerId: null,
  remote: [],
  local: {},
  activeSpeaker: null,
};

const loadBrowserDevice: LoadDevice = async () => {
  const { Device } = await import('mediasoup-client');
  return Device.factory();
};

export function createMediaClient(options: MediaClientOptions): MediaClient {
  return new SfuClient(options);
}

const tileKey = (peerId: string, source: MediaSource) => `${source}:${peerId}`;

class SfuClient implements MediaClient {
  readonly #store = createStore<MediaState>(() => IDLE);
  readonly #signal: TypedSignal;
  readonly #local: LocalTracks;
  readonly #link: RoomLink;
  readonly #tiles = new Map<string, TileSize>();
  readonly #subscriptions: (() => void)[] = [];

  constructor(options: MediaClientOptions) {
    this.#signal = typedSignal(options);
    this.#local = new LocalTracks({
      devices: 'devices' in options ? options.devices : globalThis.navigator?.mediaDevices,
      onChanged: () => this.#store.setState({ local: this.#local.snapshot }),
      onInterrupted: (source) => this.#interrupted(source),
    });
    this.#link = new RoomLink({
      signal: this.#signal,
      loadDevice: options.loadDevice ?? loadBrowserDevice,
      layerFor: (info) => this.#layerFor(info),
      onConnection: (connection, failure) => this.#store.setState({ connection, failure }),
      onRemoteChanged: () => {
        const { session } = this.#link;
        this.#store.setState({ remote: session?.remote ?? [], peerId: session?.peerId ?? null });
      },
      onOwnClosed: (source) => this.#local.drop(source),
      onOwnPaused: (source) => this.#local.setStatus(source, 'paused'),
      onNewSession: (session) => this.#sendAgain(session),
    });
    this.#listenToRoom();
    this.#listenToPage();
  }

  getState(): MediaState {
    return this.#store.getState();
  }

  subscribe(listener: (state: MediaState, before: MediaState) => void): () => void {
    return this.#store.subscribe(listener);
  }

  join(): Promise<void> {
    return this.#link.connect();
  }

  preview(source: MediaSource, { deviceId }: DeviceChoice = {}): Promise<MediaStreamTrack> {
    return this.#local.open(source, this.#local.statusOf(source) ?? 'preview', deviceId);
  }

  async startProducing(source: MediaSource, { deviceId }: DeviceChoice = {}): Promise<void> {
    const status = this.#local.statusOf(source);
    if (status !== undefined && status !== 'preview') return;
    const track = await this.#local.open(source, 'starting', deviceId);
    try {
      const session = await this.#link.requireSession();
      await session.produce(source, track);
      if (this.#local.statusOf(source) === undefined) await session.stopProducing(source);
      else this.#local.setStatus(source, 'sending');
    } catch (error) {
      this.#local.drop(source);
      throw error;
    }
  }

  async stopProducing(source: MediaSource): Promise<void> {
    this.#local.drop(source);
    await this.#link.session?.stopProducing(source);
  }

  async pauseProducing(source: MediaSource): Promise<void> {
    if (this.#local.statusOf(source) !== 'sending') return;
    this.#local.setStatus(source, 'paused');
    await this.#link.session?.pause(source);
  }

  async resumeProducing(source: MediaSource): Promise<void> {
    const status = this.#local.statusOf(source);
    if (status !== 'paused' && status !== 'interrupted') return;
    const track = await this.#local.open(source, status);
    const session = await this.#link.requireSession();
    await session.replaceTrack(source, track);
    await session.resume(source);
    this.#local.setStatus(source, 'sending');
  }

  setTileSize(peerId: string, source: MediaSource, size: TileSize | undefined): void {
    if (size) this.#tiles.set(tileKey(peerId, source), size);
    else this.#tiles.delete(tileKey(peerId, source));
    this.#link.session?.updateLayers();
  }

  async leave(): Promise<void> {
    const wasWanted = this.#link.isWanted;
    this.#link.disconnect();
    this.#local.dropAll();
    this.#store.setState(IDLE);
    // Without a socket there is nobody to tell; the server lets the place go by itself.
    if (wasWanted) await this.#signal.ask('media:leave', {}).catch(() => undefined);
  }

  close(): void {
    for (const end of this.#subscriptions.splice(0)) end();
    void this.leave();
  }

  #listenToRoom(): void {
    const { on } = this.#signal;
    this.#subscriptions.push(
      on('media:producer-added', (info) => this.#link.notify((session) => session.producerAdded(info))),
      on('media:producer-closed', ({ producerId }) =>
        this.#link.notify((session) => session.producerClosed(producerId)),
      ),
      on('media:producer-paused', ({ producerId, isPaused }) =>
        this.#link.notify((session) => session.producerPaused(producerId, isPaused)),
      ),
      on('media:producer-layers', ({ producerId, maxSpatialLayer }) =>
        this.#link.notify((session) => session.limitLayers(producerId, maxSpatialLayer)),
      ),
      on('media:active-speaker', ({ peerId }) => this.#store.setState({ activeSpeaker: peerId })),
      on('media:reset', () => this.#link.reset()),
    );
  }

  #listenToPage(): void {
    if (typeof window === 'undefined') return;
    const networkChanged = () => void this.#link.restartIce();
    const shown = () => this.#pageShown();
    window.addEventListener('online', networkChanged);
    document.addEventListener('visibilitychange', shown);
    this.#subscriptions.push(
      () => window.removeEventListener('online', networkChanged),
      () => document.removeEventListener('visibilitychange', shown),
    );
  }

  /** A new session starts empty: sends what was being sent, as far as the right is still there. */
  async #sendAgain(session: MediaSession): Promise<void> {
    for (const { source, track, isPaused } of this.#local.toSendAgain) {
      try {
        await session.produce(source, track);
        if (isPaused) await session.pause(source);
      } catch {
        // The floor may have been taken back meanwhile; the room's state says so.
        this.#local.drop(source);
      }
    }
  }

  #interrupted(source: MediaSource): void {
    const status = this.#local.statusOf(source);
    if (status === undefined || status === 'paused') return;
    // Whoever ends the sharing of the screen means it.
    if (source === 'screen' || status === 'preview') {
      this.stopProducing(source).catch(() => undefined);
      return;
    }
    this.#local.setStatus(source, 'interrupted');
    this.#link.session?.pause(source).catch(() => undefined);
  }

  /** iOS takes the camera from a hidden page. The picture comes back by itself, the microphone does not. */
  #pageShown(): void {
    if (document.visibilityState !== 'visible') return;
    if (this.#local.statusOf('camera') === 'interrupted') {
      this.resumeProducing('camera').catch(() => undefined);
    }
  }

  #layerFor({ peerId, source }: ProducerInfo): number {
    const size = this.#tiles.get(tileKey(peerId, source));
    return size ? layerForTile(size, globalThis.devicePixelRatio ?? 1) : 0;
  }
}
