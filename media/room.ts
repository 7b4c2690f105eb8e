/**
 * The live room of one meeting: a router on one worker, its peers, and who speaks. Closed with its
 * last peer, or lost with its worker; what the peers may send is kept outside and survives both.
 */
import type { types } from 'mediasoup';
import type { MediaSource, ProducerClosedReason, ProducerInfo } from '../server/protocol/media.ts';
import type { MediaEvent } from '../server/services/ports/media-port.ts';
import { ActiveSpeaker } from './active-speaker.ts';
import { LayerDemand } from './layer-demand.ts';
import { ROOM_PRODUCERS_MAX } from './limits.ts';
import type { Peer } from './peer.ts';
import type { PooledWorker } from './worker-pool.ts';

/** VP8 for every browser in use, iPhones and WeChat included; Opus with forward error correction. */
const MEDIA_CODECS: types.RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 1 },
  },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
];

/** A producer with whom it belongs to. */
export interface StagedProducer {
  readonly producer: types.Producer;
  readonly peerId: string;
  readonly source: MediaSource;
}

export interface RoomOptions {
  readonly roomId: string;
  readonly worker: PooledWorker;
  readonly emit: (event: MediaEvent) => void;
  readonly rightsOf: (peerId: string) => ReadonlySet<MediaSource>;
}

export class Room {
  readonly id: string;
  readonly worker: PooledWorker;
  readonly router: types.Router;
  readonly peers = new Map<string, Peer>();
  readonly rightsOf: (peerId: string) => ReadonlySet<MediaSource>;
  readonly layers: LayerDemand;
  readonly #stage = new Map<string, StagedProducer>();
  readonly #speaker: ActiveSpeaker;
  readonly #emit: (event: MediaEvent) => void;
  #reserved = 0;
  #closed = false;

  static async create(options: RoomOptions): Promise<Room> {
    const { roomId, emit } = options;
    const router = await options.worker.worker.createRouter({ mediaCodecs: MEDIA_CODECS });
    try {
      const tell = (peerId: string | null) => emit({ type: 'active-speaker', roomId, peerId });
      return new Room(options, router, await ActiveSpeaker.create(router, tell));
    } catch (error) {
      router.close();
      throw error;
    }
  }

  private constructor(options: RoomOptions, router: types.Router, speaker: ActiveSpeaker) {
    this.id = options.roomId;
    this.worker = options.worker;
    this.rightsOf = options.rightsOf;
    this.router = router;
    this.#emit = options.emit;
    this.#speaker = speaker;
    this.layers = new LayerDemand((producerId, maxSpatialLayer) =>
      this.#tellLayers(producerId, maxSpatialLayer),
    );
  }

  /** Also true from the moment its worker is dead, before the pool has noticed. */
  get closed(): boolean {
    return this.#closed || this.router.closed;
  }

  get producers(): readonly StagedProducer[] {
    return [...this.#stage.values()];
  }

  findProducer(producerId: string): StagedProducer | undefined {
    return this.#stage.get(producerId);
  }

  /** Holds one of the room's places for a producer that is being made; false when all are taken. */
  reserveProducer(): boolean {
    if (this.#stage.size + this.#reserved >= ROOM_PRODUCERS_MAX) return false;
    this.#reserved += 1;
    return true;
  }

  releaseReservation(): void {
    this.#reserved -= 1;
  }

  addProducer(staged: StagedProducer): void {
    const { producer, peerId, source } = staged;
    this.#stage.set(producer.id, staged);
    this.#emit({ type: 'producer-added', roomId: this.id, producer: toProducerInfo(staged) });
    if (producer.type === 'simulcast') this.layers.track(producer.id);
    if (source === 'microphone') {
      // Who speaks is an extra: a room without it is still a room, so a refusal here is not the sender's.
      void this.#speaker.add(producer.id, peerId).catch(() => undefined);
    }
  }

  /** Takes the producer off the stage; with it end all its consumers. */
  removeProducer(producerId: string, reason: ProducerClosedReason): void {
    const staged = this.#stage.get(producerId);
    if (!staged) return;
    this.#stage.delete(producerId);
    staged.producer.close();
    const { peerId, source } = staged;
    this.#emit({ type: 'producer-closed', roomId: this.id, producerId, peerId, source, reason });
    this.#speaker.forget(producerId);
    this.layers.forget(producerId);
  }

  producerPaused(producerId: string, isPaused: boolean): void {
    this.#emit({ type: 'producer-paused', roomId: this.id, producerId, isPaused });
  }

  /** Idempotent. Says nothing to the peers: who closes the room knows what to tell them. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#speaker.close();
    this.layers.close();
    for (const peer of this.peers.values()) peer.roomClosed();
    this.peers.clear();
    this.#stage.clear();
    this.router.close();
  }

  #tellLayers(producerId: string, maxSpatialLayer: number): void {
    const peerId = this.#stage.get(producerId)?.peerId;
    if (peerId === undefined) return;
    this.#emit({ type: 'producer-layers', roomId: this.id, peerId, producerId, maxSpatialLayer });
  }
}

export function toProducerInfo({ producer, peerId, source }: StagedProducer): ProducerInfo {
  return { producerId: producer.id, peerId, source, kind: producer.kind, isPaused: producer.paused };
}
