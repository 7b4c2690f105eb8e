/**
 * One connected device in a room, and all it has: at most one transport for each direction, one
 * producer for each source, and its consumers. It can name only its own ids.
 *
 * Requests of one peer run one after the other, so that two at once cannot both pass a limit.
 */
import type { types } from 'mediasoup';
import {
  ENCODINGS_MAX,
  type ConsumerInfo,
  type DtlsParameters,
  type IceParameters,
  type MediaKind,
  type MediaSource,
  type TransportInfo,
} from '../server/protocol/media.ts';
import type {
  CreateTransportRequest,
  PreferredLayers,
  ProduceRequest,
} from '../server/services/ports/media-port.ts';
import { askSfu, MediaError } from './errors.ts';
import {
  INCOMING_MAX_BPS,
  INITIAL_OUTGOING_BPS,
  KEY_FRAME_DELAY_MS,
  PEER_CONSUMERS_MAX,
  PEER_QUEUE_MAX,
  PLACE_HELD_MS,
} from './limits.ts';
import type { Room } from './room.ts';
import {
  fromSfuIce,
  fromSfuRtpParameters,
  toSfuCapabilities,
  toSfuDtls,
  toSfuRtpParameters,
  toTransportInfo,
} from './wire.ts';

type Direction = CreateTransportRequest['direction'];

/** What each source is, and in how many encodings it may come. */
const sourceRules: Readonly<Record<MediaSource, { kind: MediaKind; encodingsMax: number }>> = {
  camera: { kind: 'video', encodingsMax: ENCODINGS_MAX },
  microphone: { kind: 'audio', encodingsMax: 1 },
  screen: { kind: 'video', encodingsMax: 1 },
};

export class Peer {
  readonly id: string;
  readonly #room: Room;
  readonly #transports = new Map<Direction, types.WebRtcTransport>();
  readonly #producers = new Map<MediaSource, types.Producer>();
  readonly #consumers = new Map<string, types.Consumer>();
  #capabilities: types.RtpCapabilities | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #queueLength = 0;
  #suspension: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(id: string, room: Room) {
    this.id = id;
    this.#room = room;
  }

  get consumerIds(): readonly string[] {
    return [...this.#consumers.keys()];
  }

  get counts(): { producers: number; consumers: number } {
    return { producers: this.#producers.size, consumers: this.#consumers.size };
  }

  createTransport(request: CreateTransportRequest): Promise<TransportInfo> {
    return this.#inTurn(async () => {
      const { direction } = request;
      if (this.#transports.has(direction)) throw new MediaError('MEDIA_LIMIT', 'one transport a direction');
      const transport = await this.#room.router.createWebRtcTransport({
        webRtcServer: this.#room.worker.webRtcServer,
        enableUdp: true,
        enableTcp: true,
        preferUdp: true,
        enableSctp: false,
        initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BPS,
      });
      if (direction === 'send') await transport.setMaxIncomingBitrate(INCOMING_MAX_BPS);
      if (this.#closed) {
        transport.close();
        throw new MediaError('MEDIA_NOT_JOINED');
      }
      if (request.direction === 'recv') this.#capabilities = toSfuCapabilities(request.rtpCapabilities);
      this.#transports.set(direction, transport);
      return toTransportInfo(transport);
    });
  }

  connectTransport(transportId: string, dtlsParameters: DtlsParameters): Promise<void> {
    return this.#inTurn(() =>
      this.#requireTransport(transportId).connect({ dtlsParameters: toSfuDtls(dtlsParameters) }),
    );
  }

  restartIce(transportId: string): Promise<IceParameters> {
    return this.#inTurn(async () => fromSfuIce(await this.#requireTransport(transportId).restartIce()));
  }

  produce(request: ProduceRequest): Promise<{ producerId: string }> {
    return this.#inTurn(async () => {
      const { source, kind, rtpParameters, transportId } = request;
      this.#requireRight(source);
      const transport = this.#requireTransport(transportId, 'send');
      checkShape(request);
      if (this.#producers.has(source)) throw new MediaError('MEDIA_LIMIT', 'one producer a source');
      if (!this.#room.reserveProducer()) throw new MediaError('MEDIA_LIMIT', 'the stage is full');
      try {
        const producer = await transport.produce({
          kind,
          rtpParameters: toSfuRtpParameters(rtpParameters),
          ...(kind === 'video' ? { keyFrameRequestDelay: KEY_FRAME_DELAY_MS } : {}),
        });
        this.#stage(source, producer);
        return { producerId: producer.id };
      } finally {
        this.#room.releaseReservation();
      }
    });
  }

  closeProducer(producerId: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#drop(this.#requireProducer(producerId).source, 'closed');
    });
  }

  pauseProducer(producerId: string): Promise<void> {
    return this.#inTurn(() => this.#setPaused(this.#requireProducer(producerId).producer, true));
  }

  resumeProducer(producerId: string): Promise<void> {
    return this.#inTurn(() => this.#setPaused(this.#requireProducer(producerId).producer, false));
  }

  /** The host's mute. Not in turn: it must not wait behind what the peer asks for. */
  async mute(source: MediaSource): Promise<void> {
    const producer = this.#producers.get(source);
    if (producer) await askSfu(this.#room, () => this.#setPaused(producer, true));
  }

  /** Closes at once what the rights no longer cover. */
  applyRights(rights: ReadonlySet<MediaSource>): void {
    for (const source of [...this.#producers.keys()]) {
      if (!rights.has(source)) this.#drop(source, 'right-withdrawn');
    }
  }

  consume(producerId: string): Promise<ConsumerInfo> {
    return this.#inTurn(async () => {
      const staged = this.#room.findProducer(producerId);
      if (!staged) throw new MediaError('MEDIA_PRODUCER_UNKNOWN');
      const transport = this.#transports.get('recv');
      if (!transport || !this.#capabilities)
        throw new MediaError('MEDIA_TRANSPORT_UNKNOWN', 'none to receive');
      this.#forgetConsumersOf(producerId);
      if (this.#consumers.size >= PEER_CONSUMERS_MAX)
        throw new MediaError('MEDIA_LIMIT', 'too many consumers');
      const consumer = await transport.consume({
        producerId,
        rtpCapabilities: this.#capabilities,
        paused: true,
        ignoreDtx: true,
        // Viewers start on the lowest layer and rise when their tile is large.
        ...(staged.producer.type === 'simulcast' ? { preferredLayers: { spatialLayer: 0 } } : {}),
      });
      this.#keep(consumer);
      return {
        consumerId: consumer.id,
        producerId,
        peerId: staged.peerId,
        source: staged.source,
        kind: consumer.kind,
        rtpParameters: fromSfuRtpParameters(consumer.rtpParameters),
        isProducerPaused: consumer.producerPaused,
      };
    });
  }

  resumeConsumer(consumerId: string): Promise<void> {
    return this.#inTurn(() => this.#requireConsumer(consumerId).resume());
  }

  setPreferredLayers(consumerId: string, layers: PreferredLayers): Promise<void> {
    return this.#inTurn(async () => {
      const consumer = this.#requireConsumer(consumerId);
      if (consumer.kind !== 'video') throw new MediaError('MEDIA_UNSUPPORTED', 'sound has no layers');
      const { spatialLayer, temporalLayer } = layers;
      await consumer.setPreferredLayers({
        spatialLayer,
        ...(temporalLayer === undefined ? {} : { temporalLayer }),
      });
      this.#room.layers.want(consumer.producerId, consumerId, spatialLayer);
    });
  }

  /** Waits for the socket to come back; `onLost` when it does not. */
  suspend(onLost: () => void): void {
    if (this.#closed) return;
    clearTimeout(this.#suspension);
    this.#suspension = setTimeout(onLost, PLACE_HELD_MS).unref();
  }

  resume(): void {
    clearTimeout(this.#suspension);
    this.#suspension = undefined;
  }

  /** Idempotent: takes what it sends off the stage, and closes its transports. */
  close(): void {
    if (this.#closed) return;
    for (const source of [...this.#producers.keys()]) this.#drop(source, 'left');
    this.roomClosed();
    for (const transport of this.#transports.values()) transport.close();
    this.#transports.clear();
  }

  /** The room closed me: its router closes the transports itself. */
  roomClosed(): void {
    this.#closed = true;
    clearTimeout(this.#suspension);
    this.#producers.clear();
  }

  #stage(source: MediaSource, producer: types.Producer): void {
    try {
      // The right may have been withdrawn, or the peer may have left, while the SFU was asked.
      if (this.#closed) throw new MediaError('MEDIA_NOT_JOINED');
      this.#requireRight(source);
    } catch (error) {
      producer.close();
      throw error;
    }
    this.#producers.set(source, producer);
    this.#room.addProducer({ producer, peerId: this.id, source });
  }

  #drop(source: MediaSource, reason: 'closed' | 'right-withdrawn' | 'left'): void {
    const producer = this.#producers.get(source);
    if (!producer) return;
    this.#producers.delete(source);
    this.#room.removeProducer(producer.id, reason);
  }

  async #setPaused(producer: types.Producer, isPaused: boolean): Promise<void> {
    if (producer.closed || producer.paused === isPaused) return;
    await (isPaused ? producer.pause() : producer.resume());
    if (!producer.closed) this.#room.producerPaused(producer.id, isPaused);
  }

  #keep(consumer: types.Consumer): void {
    const { id, producerId } = consumer;
    this.#consumers.set(id, consumer);
    this.#room.layers.want(producerId, id, 0);
    consumer.observer.once('close', () => {
      this.#consumers.delete(id);
      this.#room.layers.drop(producerId, id);
    });
  }

  /** A client that asks again has lost the first consumer: it gets a new one, not two. */
  #forgetConsumersOf(producerId: string): void {
    for (const consumer of [...this.#consumers.values()]) {
      if (consumer.producerId === producerId) consumer.close();
    }
  }

  #requireRight(source: MediaSource): void {
    if (!this.#room.rightsOf(this.id).has(source)) throw new MediaError('MEDIA_FORBIDDEN', source);
  }

  #requireTransport(transportId: string, direction?: Direction): types.WebRtcTransport {
    for (const [own, transport] of this.#transports) {
      if (transport.id === transportId && (direction === undefined || own === direction)) return transport;
    }
    throw new MediaError('MEDIA_TRANSPORT_UNKNOWN');
  }

  #requireProducer(producerId: string): { source: MediaSource; producer: types.Producer } {
    for (const [source, producer] of this.#producers) {
      if (producer.id === producerId) return { source, producer };
    }
    throw new MediaError('MEDIA_PRODUCER_UNKNOWN');
  }

  #requireConsumer(consumerId: string): types.Consumer {
    const consumer = this.#consumers.get(consumerId);
    // The worker reports the end of a consumer a moment after that of its producer.
    if (!consumer || !this.#room.findProducer(consumer.producerId))
      throw new MediaError('MEDIA_CONSUMER_UNKNOWN');
    return consumer;
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    if (this.#queueLength >= PEER_QUEUE_MAX)
      return Promise.reject(new MediaError('MEDIA_LIMIT', 'too many requests'));
    this.#queueLength += 1;
    const run = this.#queue.then(() => {
      if (this.#room.closed) throw new MediaError('MEDIA_UNAVAILABLE');
      if (this.#closed) throw new MediaError('MEDIA_NOT_JOINED');
      return askSfu(this.#room, task);
    });
    this.#queue = run.then(
      () => (this.#queueLength -= 1),
      () => (this.#queueLength -= 1),
    );
    return run;
  }
}

/** What mediasoup lets through, and we do not. */
function checkShape({ source, kind, rtpParameters }: ProduceRequest): void {
  const rule = sourceRules[source];
  if (kind !== rule.kind) throw new MediaError('MEDIA_UNSUPPORTED', `${source} is ${rule.kind}`);
  // mediasoup does not compare the kind with the codecs.
  if (!rtpParameters.codecs.every((codec) => codec.mimeType.startsWith(`${kind}/`))) {
    throw new MediaError('MEDIA_UNSUPPORTED', `a codec is not ${kind}`);
  }
  const encodings = rtpParameters.encodings?.length ?? 0;
  // mediasoup takes none for "whatever comes with this mid"; then nothing would be limited.
  if (encodings === 0) throw new MediaError('MEDIA_UNSUPPORTED', 'no encoding');
  if (encodings > rule.encodingsMax) throw new MediaError('MEDIA_LIMIT', 'too many encodings');
}
