/**
 * One joining of the room: a device, a transport in each direction, and what goes through them. It
 * lives until the SFU loses the room or the place; then the client closes it and opens another.
 */
import type { Device, types } from 'mediasoup-client';
import type { JoinReply, MediaSource, ProducerInfo, RtpParameters } from '../../server/protocol/media.ts';
import { producerOptions } from './profile.ts';
import { codeOf, type LoadDevice, type RemoteTrack, type TypedSignal } from './types.ts';

/** A consumer that could not be had for a passing reason is asked for again after this time. */
const CONSUME_AGAIN_MS = 2_000;

interface Received {
  readonly consumer: types.Consumer;
  info: ProducerInfo;
  /** Layer that the server was last asked for; a consumer starts on the lowest. */
  layer: number;
}

export interface SessionEvents {
  readonly onRemoteChanged: () => void;
  readonly onTransportState: () => void;
  /** The server closed what was sent from this source. */
  readonly onOwnClosed: (source: MediaSource) => void;
  readonly onOwnPaused: (source: MediaSource, isPaused: boolean) => void;
}

export interface SessionDeps extends SessionEvents {
  readonly signal: TypedSignal;
  readonly loadDevice: LoadDevice;
  /** Simulcast layer wanted for a source of a peer. */
  readonly layerFor: (info: ProducerInfo) => number;
}

export class MediaSession {
  readonly peerId: string;
  readonly #deps: SessionDeps;
  readonly #device: Device;
  readonly #stage = new Map<string, ProducerInfo>();
  readonly #received = new Map<string, Received>();
  readonly #consuming = new Set<string>();
  readonly #sent = new Map<MediaSource, types.Producer>();
  /** Producers that ended, so that one whose end overtakes its own making is noticed. */
  readonly #ended = new Set<string>();
  #recv: types.Transport | undefined;
  #send: Promise<types.Transport> | undefined;
  #sendTransport: types.Transport | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /** From the answer to `media:join` on. Notifications that came meanwhile are handed over by the caller. */
  static async open(deps: SessionDeps, joined: JoinReply): Promise<MediaSession> {
    const device = await deps.loadDevice();
    await device.load({ routerRtpCapabilities: joined.routerRtpCapabilities as types.RtpCapabilities });
    const session = new MediaSession(deps, device, joined);
    try {
      session.#recv = await session.#createTransport('recv');
    } catch (error) {
      session.close();
      throw error;
    }
    session.#reconcile();
    return session;
  }

  private constructor(deps: SessionDeps, device: Device, joined: JoinReply) {
    this.peerId = joined.peerId;
    this.#deps = deps;
    this.#device = device;
    for (const info of joined.producers) this.#stage.set(info.producerId, info);
  }

  get remote(): readonly RemoteTrack[] {
    return [...this.#received.values()].map(({ consumer, info }) => ({
      producerId: info.producerId,
      peerId: info.peerId,
      source: info.source,
      kind: info.kind,
      track: consumer.track,
      isPaused: info.isPaused,
    }));
  }

  /** Of the transports that carry something; one that is still unused is `new`. */
  get transportStates(): readonly types.ConnectionState[] {
    return this.#transports.map((transport) => transport.connectionState);
  }

  get #transports(): readonly types.Transport[] {
    return [this.#recv, this.#sendTransport].filter((transport) => transport !== undefined);
  }

  producerAdded(info: ProducerInfo): void {
    this.#stage.set(info.producerId, info);
    this.#reconcile();
  }

  producerClosed(producerId: string): void {
    this.#stage.delete(producerId);
    this.#ended.add(producerId);
    for (const [source, producer] of this.#sent) {
      if (producer.id !== producerId) continue;
      this.#sent.delete(source);
      producer.close();
      this.#deps.onOwnClosed(source);
    }
    this.#reconcile();
  }

  producerPaused(producerId: string, isPaused: boolean): void {
    const info = this.#stage.get(producerId);
    if (info) this.#stage.set(producerId, { ...info, isPaused });
    const received = this.#received.get(producerId);
    if (received) {
      received.info = { ...received.info, isPaused };
      this.#deps.onRemoteChanged();
    }
    for (const [source, producer] of this.#sent) {
      if (producer.id !== producerId || producer.paused === isPaused) continue;
      // The server pauses; only the participant resumes, and then knows it already.
      if (!isPaused) continue;
      producer.pause();
      this.#deps.onOwnPaused(source, isPaused);
    }
  }

  /** Layers that nobody looks at are not encoded either. */
  limitLayers(producerId: string, maxSpatialLayer: number): void {
    for (const producer of this.#sent.values()) {
      if (producer.id !== producerId) continue;
      // Sending more than is needed is no harm.
      producer.setMaxSpatialLayer(maxSpatialLayer).catch(() => undefined);
    }
  }

  /** The place was held while the socket was gone: takes over what changed meanwhile. */
  resumed(joined: JoinReply): void {
    this.#stage.clear();
    for (const info of joined.producers) this.#stage.set(info.producerId, info);
    const alive = new Set(joined.consumerIds);
    for (const [producerId, { consumer }] of this.#received) {
      if (!alive.has(consumer.id)) this.#stopReceiving(producerId);
    }
    for (const producer of [...this.#sent.values()]) {
      if (!this.#stage.has(producer.id)) this.producerClosed(producer.id);
    }
    for (const { producerId, isPaused } of joined.producers) this.producerPaused(producerId, isPaused);
    this.#reconcile();
  }

  async produce(source: MediaSource, track: MediaStreamTrack): Promise<void> {
    const transport = await this.#requireSendTransport();
    const producer = await transport.produce({
      track,
      ...producerOptions(source),
      // The tracks belong to the client: they outlive a session.
      stopTracks: false,
      disableTrackOnPause: true,
      appData: { source },
    });
    this.#sent.set(source, producer);
    if (this.#closed || this.#ended.has(producer.id)) {
      this.#sent.delete(source);
      producer.close();
      throw new Error('what was sent is closed already');
    }
  }

  async stopProducing(source: MediaSource): Promise<void> {
    const producer = this.#sent.get(source);
    if (!producer) return;
    this.#sent.delete(source);
    producer.close();
    await this.#deps.signal.ask('media:producer.close', { producerId: producer.id });
  }

  async pause(source: MediaSource): Promise<void> {
    const producer = this.#sent.get(source);
    if (!producer) return;
    producer.pause();
    await this.#deps.signal.ask('media:producer.pause', { producerId: producer.id });
  }

  async resume(source: MediaSource): Promise<void> {
    const producer = this.#sent.get(source);
    if (!producer) return;
    await this.#deps.signal.ask('media:producer.resume', { producerId: producer.id });
    producer.resume();
  }

  async replaceTrack(source: MediaSource, track: MediaStreamTrack): Promise<void> {
    await this.#sent.get(source)?.replaceTrack({ track });
  }

  /** Asks for the layers that the tiles want now. */
  updateLayers(): void {
    for (const received of this.#received.values()) {
      if (received.info.source !== 'camera') continue;
      const spatialLayer = this.#deps.layerFor(received.info);
      if (spatialLayer === received.layer) continue;
      const before = received.layer;
      received.layer = spatialLayer;
      const { id: consumerId } = received.consumer;
      this.#deps.signal.ask('media:consumer.layers', { consumerId, spatialLayer }).catch(() => {
        // The picture stays as it is; the next change of size asks again.
        received.layer = before;
      });
    }
  }

  /** New paths for the same transports: producers and consumers keep their ids. */
  async restartIce(): Promise<void> {
    await Promise.all(
      this.#transports.map(async (transport) => {
        const { id: transportId } = transport;
        const { iceParameters, iceServers } = await this.#deps.signal.ask('media:transport.restart-ice', {
          transportId,
        });
        await transport.updateIceServers({ iceServers });
        await transport.restartIce({ iceParameters });
      }),
    );
  }

  /** Idempotent. Local only: the caller says `media:leave` when it leaves. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#retry);
    for (const transport of this.#transports) transport.close();
    this.#received.clear();
    this.#sent.clear();
    this.#stage.clear();
  }

  #requireSendTransport(): Promise<types.Transport> {
    this.#send ??= this.#createTransport('send').catch((error: unknown) => {
      this.#send = undefined;
      throw error;
    });
    return this.#send;
  }

  async #createTransport(direction: 'send' | 'recv'): Promise<types.Transport> {
    const info = await this.#deps.signal.ask(
      'media:transport.create',
      direction === 'send'
        ? { direction }
        : {
            direction,
            rtpCapabilities: this.#device.recvRtpCapabilities as JoinReply['routerRtpCapabilities'],
          },
    );
    if (this.#closed) throw new Error('the session was closed');
    const { transportId: id, iceParameters, iceCandidates, dtlsParameters, iceServers } = info;
    const options: types.TransportOptions = { id, iceParameters, iceCandidates, dtlsParameters, iceServers };
    const transport =
      direction === 'send'
        ? this.#device.createSendTransport(options)
        : this.#device.createRecvTransport(options);
    this.#wire(transport);
    if (direction === 'send') this.#sendTransport = transport;
    return transport;
  }

  #wire(transport: types.Transport): void {
    const { signal, onTransportState } = this.#deps;
    const transportId = transport.id;
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      signal.ask('media:transport.connect', { transportId, dtlsParameters }).then(done, failed);
    });
    transport.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
      const source = appData['source'] as MediaSource;
      signal
        .ask('media:produce', { transportId, source, kind, rtpParameters: rtpParameters as RtpParameters })
        .then(({ producerId }) => done({ id: producerId }), failed);
    });
    transport.on('connectionstatechange', onTransportState);
  }

  /** Makes what is received equal to what is on the stage, but for one's own. */
  #reconcile(): void {
    if (this.#closed) return;
    for (const producerId of [...this.#received.keys()]) {
      if (!this.#stage.has(producerId)) this.#stopReceiving(producerId);
    }
    for (const info of this.#stage.values()) {
      const { producerId, peerId } = info;
      const isWanted = peerId !== this.peerId && !this.#received.has(producerId);
      if (isWanted && !this.#consuming.has(producerId)) void this.#receive(producerId);
    }
  }

  async #receive(producerId: string): Promise<void> {
    this.#consuming.add(producerId);
    try {
      await this.#consume(producerId);
    } catch (error) {
      // Closed in the meantime, or not for this browser: nothing to ask again.
      const isFinal = ['MEDIA_PRODUCER_UNKNOWN', 'MEDIA_UNSUPPORTED'].includes(codeOf(error) ?? '');
      if (!isFinal && !this.#closed) {
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => this.#reconcile(), CONSUME_AGAIN_MS);
      }
    } finally {
      this.#consuming.delete(producerId);
    }
  }

  async #consume(producerId: string): Promise<void> {
    const { signal } = this.#deps;
    const made = await signal.ask('media:consume', { producerId });
    if (this.#closed || !this.#recv) return;
    const consumer = await this.#recv.consume({
      id: made.consumerId,
      producerId,
      kind: made.kind,
      rtpParameters: made.rtpParameters as types.RtpParameters,
      // Sound and picture of one peer play in step; the screen is a stream of its own.
      streamId: made.source === 'screen' ? `${made.peerId}-screen` : made.peerId,
    });
    const info = this.#stage.get(producerId);
    if (this.#closed || !info) {
      consumer.close();
      return;
    }
    this.#received.set(producerId, { consumer, info, layer: 0 });
    this.#deps.onRemoteChanged();
    this.updateLayers();
    await signal.ask('media:consumer.resume', { consumerId: made.consumerId }).catch((error: unknown) => {
      this.#stopReceiving(producerId);
      throw error;
    });
  }

  #stopReceiving(producerId: string): void {
    const received = this.#received.get(producerId);
    if (!received) return;
    this.#received.delete(producerId);
    received.consumer.close();
    this.#deps.onRemoteChanged();
  }
}
