/**
 * The port to the SFU plane. It knows rooms and peers by id and nothing of creditors or votes: who may
 * send is told to it (`setProduceRights`), and every `produce` is checked against that.
 *
 * A room is the live side of one meeting; a peer is one connected device in it.
 * Every method that can be refused rejects with an error whose `code` is a `MediaErrorCode`.
 */
import type {
  ConsumerInfo,
  DtlsParameters,
  IceParameters,
  JoinReply,
  MediaErrorCode,
  MediaKind,
  MediaSource,
  ProducerClosedReason,
  ProducerInfo,
  RtpCapabilities,
  RtpParameters,
  TransportInfo,
} from '../../protocol/media.ts';

export interface PeerRef {
  readonly roomId: string;
  readonly peerId: string;
}

/** A refusal of the plane, as it is thrown. */
export interface MediaFault extends Error {
  readonly code: MediaErrorCode;
}

/** What happens in rooms. `roomId` says who is to hear it: all in that room, but for `producer-layers`. */
export type MediaEvent =
  | { readonly type: 'producer-added'; readonly roomId: string; readonly producer: ProducerInfo }
  | {
      readonly type: 'producer-paused';
      readonly roomId: string;
      readonly producerId: string;
      readonly isPaused: boolean;
    }
  | {
      readonly type: 'producer-closed';
      readonly roomId: string;
      readonly producerId: string;
      readonly peerId: string;
      readonly source: MediaSource;
      readonly reason: ProducerClosedReason;
    }
  /** For one peer: camera layers above this one are looked at by nobody. */
  | {
      readonly type: 'producer-layers';
      readonly roomId: string;
      readonly peerId: string;
      readonly producerId: string;
      readonly maxSpatialLayer: number;
    }
  /** At most two a second for a room; null is silence. */
  | { readonly type: 'active-speaker'; readonly roomId: string; readonly peerId: string | null }
  /** The room's worker died: every peer has to join again. Rights are kept. */
  | { readonly type: 'room-reset'; readonly roomId: string };

export interface ProduceRequest {
  readonly transportId: string;
  readonly source: MediaSource;
  readonly kind: MediaKind;
  readonly rtpParameters: RtpParameters;
}

/** Layers of a consumer: spatial 0–2, temporal 0–2 (highest when left out). */
export interface PreferredLayers {
  readonly spatialLayer: number;
  readonly temporalLayer?: number | undefined;
}

export type CreateTransportRequest =
  { readonly direction: 'send' } | { readonly direction: 'recv'; readonly rtpCapabilities: RtpCapabilities };

/** Figures for `/readyz` and the metrics. */
export interface MediaStatus {
  readonly workersWanted: number;
  readonly workersAlive: number;
  readonly workerDeaths: number;
  readonly rooms: number;
  readonly peers: number;
  readonly producers: number;
  readonly consumers: number;
}

export interface MediaPlane {
  /**
   * Enters the room, made on first use. With `resume` a place that is still held is taken up with all
   * its transports; without, what the peer had before is closed. MEDIA_UNAVAILABLE when no worker
   * comes up within a few seconds, MEDIA_LIMIT when the room is full.
   */
  join(peer: PeerRef, options?: { resume?: boolean | undefined }): Promise<JoinReply>;
  createTransport(peer: PeerRef, request: CreateTransportRequest): Promise<TransportInfo>;
  connectTransport(peer: PeerRef, transportId: string, dtlsParameters: DtlsParameters): Promise<void>;
  restartIce(peer: PeerRef, transportId: string): Promise<IceParameters>;
  produce(peer: PeerRef, request: ProduceRequest): Promise<{ producerId: string }>;
  closeProducer(peer: PeerRef, producerId: string): Promise<void>;
  pauseProducer(peer: PeerRef, producerId: string): Promise<void>;
  /** Only ever on behalf of the one who sends: the server unmutes nobody. */
  resumeProducer(peer: PeerRef, producerId: string): Promise<void>;
  /** Host's mute: pauses what the peer sends from this source, if it sends it. */
  mute(peer: PeerRef, source: MediaSource): Promise<void>;
  consume(peer: PeerRef, producerId: string): Promise<ConsumerInfo>;
  resumeConsumer(peer: PeerRef, consumerId: string): Promise<void>;
  setPreferredLayers(peer: PeerRef, consumerId: string, layers: PreferredLayers): Promise<void>;
  /** Idempotent; closes all that the peer has. Its rights stay until they are withdrawn. */
  leave(peer: PeerRef): Promise<void>;

  /**
   * Sets what the peer may send from now on, before or after it joins. Producers of sources that are
   * no longer in the set are closed before this returns, and with them their consumers.
   */
  setProduceRights(roomId: string, peerId: string, sources: ReadonlySet<MediaSource>): void;
  produceRights(roomId: string, peerId: string): ReadonlySet<MediaSource>;

  /** The peer's socket is lost: its place is held for 30 s, then it leaves. `join` ends the wait. */
  suspendPeer(peer: PeerRef): void;
  /** Closes the room for all and forgets its rights. Idempotent. */
  closeRoom(roomId: string): void;
  /** The worker process that carries the room (metrics, and tests that kill it). */
  workerOf(roomId: string): { readonly pid: number } | undefined;
  status(): MediaStatus;
  /** Returns the function that ends the subscription. */
  onEvent(listener: (event: MediaEvent) => void): () => void;
  /** Idempotent; ends rooms and workers. */
  close(): Promise<void>;
}
