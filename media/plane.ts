/**
 * The SFU plane: rooms spread over workers, behind the MediaPlane port. It holds what outlives a room,
 * namely the rights to send and how often a room lost its worker.
 */
import type { JoinReply, MediaSource } from '../server/protocol/media.ts';
import type { MediaEvent, MediaPlane, MediaStatus, PeerRef } from '../server/services/ports/media-port.ts';
import { MediaError } from './errors.ts';
import { DEATHS_BEFORE_ISOLATION, ROOM_PEERS_MAX } from './limits.ts';
import { Peer } from './peer.ts';
import { Room, toProducerInfo } from './room.ts';
import { fromSfuCapabilities } from './wire.ts';
import { WorkerPool, type PooledWorker, type WorkerPoolOptions } from './worker-pool.ts';

export type MediaPlaneOptions = WorkerPoolOptions;

const NO_RIGHTS: ReadonlySet<MediaSource> = new Set();
/** A room can lose its worker between being made and being entered; then it is made again. */
const ROOM_ATTEMPTS = 3;

/**
 * Starts the workers. Does not fail when they do not start: the meeting and its votes go on without
 * picture, `status()` says so, joins are refused with MEDIA_UNAVAILABLE, and the plane keeps trying.
 */
export async function createMediaPlane(options: MediaPlaneOptions): Promise<MediaPlane> {
  const plane = new SfuPlane(options);
  await plane.start();
  return plane;
}

class SfuPlane implements MediaPlane {
  readonly #options: MediaPlaneOptions;
  readonly #pool: WorkerPool;
  readonly #rooms = new Map<string, Room>();
  readonly #roomsBeingMade = new Map<string, Promise<Room>>();
  readonly #rights = new Map<string, Map<string, ReadonlySet<MediaSource>>>();
  readonly #deaths = new Map<string, number>();
  readonly #listeners = new Set<(event: MediaEvent) => void>();
  #closed = false;

  constructor(options: MediaPlaneOptions) {
    this.#options = options;
    this.#pool = new WorkerPool(options, (worker) => this.#workerDied(worker));
  }

  start(): Promise<void> {
    return this.#pool.start();
  }

  async join(ref: PeerRef, options: { resume?: boolean | undefined } = {}): Promise<JoinReply> {
    const room = await this.#enter(ref.roomId);
    const before = room.peers.get(ref.peerId);
    if (before && options.resume === true) {
      before.resume();
      return this.#joinReply(room, before, true);
    }
    before?.close();
    if (!before && room.peers.size >= ROOM_PEERS_MAX) throw new MediaError('MEDIA_LIMIT', 'the room is full');
    const peer = new Peer(ref.peerId, room);
    room.peers.set(ref.peerId, peer);
    return this.#joinReply(room, peer, false);
  }

  async createTransport(ref: PeerRef, request: Parameters<MediaPlane['createTransport']>[1]) {
    return this.#requirePeer(ref).createTransport(request);
  }

  async connectTransport(ref: PeerRef, ...rest: Parameters<Peer['connectTransport']>) {
    return this.#requirePeer(ref).connectTransport(...rest);
  }

  async restartIce(ref: PeerRef, transportId: string) {
    return this.#requirePeer(ref).restartIce(transportId);
  }

  async produce(ref: PeerRef, request: Parameters<MediaPlane['produce']>[1]) {
    return this.#requirePeer(ref).produce(request);
  }

  async closeProducer(ref: PeerRef, producerId: string) {
    return this.#requirePeer(ref).closeProducer(producerId);
  }

  async pauseProducer(ref: PeerRef, producerId: string) {
    return this.#requirePeer(ref).pauseProducer(producerId);
  }

  async resumeProducer(ref: PeerRef, producerId: string) {
    return this.#requirePeer(ref).resumeProducer(producerId);
  }

  async mute(ref: PeerRef, source: MediaSource) {
    await this.#findPeer(ref)?.mute(source);
  }

  async consume(ref: PeerRef, producerId: string) {
    return this.#requirePeer(ref).consume(producerId);
  }

  async resumeConsumer(ref: PeerRef, consumerId: string) {
    return this.#requirePeer(ref).resumeConsumer(consumerId);
  }

  async setPreferredLayers(ref: PeerRef, ...rest: Parameters<Peer['setPreferredLayers']>) {
    return this.#requirePeer(ref).setPreferredLayers(...rest);
  }

  async leave(ref: PeerRef): Promise<void> {
    const room = this.#rooms.get(ref.roomId);
    const peer = room?.peers.get(ref.peerId);
    if (!room || !peer) return;
    room.peers.delete(ref.peerId);
    peer.close();
    if (room.peers.size === 0) this.#dropRoom(room);
  }

  setProduceRights(roomId: string, peerId: string, sources: ReadonlySet<MediaSource>): void {
    const rights = this.#rights.get(roomId) ?? new Map<string, ReadonlySet<MediaSource>>();
    if (sources.size > 0) rights.set(peerId, new Set(sources));
    else rights.delete(peerId);
    if (rights.size > 0) this.#rights.set(roomId, rights);
    else this.#rights.delete(roomId);
    this.#findPeer({ roomId, peerId })?.applyRights(sources);
  }

  produceRights(roomId: string, peerId: string): ReadonlySet<MediaSource> {
    return this.#rights.get(roomId)?.get(peerId) ?? NO_RIGHTS;
  }

  suspendPeer(ref: PeerRef): void {
    const peer = this.#findPeer(ref);
    peer?.suspend(() => {
      if (this.#findPeer(ref) === peer) void this.leave(ref);
    });
  }

  closeRoom(roomId: string): void {
    this.#rights.delete(roomId);
    this.#deaths.delete(roomId);
    const room = this.#rooms.get(roomId);
    if (room) this.#dropRoom(room);
  }

  workerOf(roomId: string): { readonly pid: number } | undefined {
    const room = this.#rooms.get(roomId);
    return room && { pid: room.worker.worker.pid };
  }

  status(): MediaStatus {
    const peers = [...this.#rooms.values()].flatMap((room) => [...room.peers.values()]);
    const sum = (key: 'producers' | 'consumers') =>
      peers.reduce((total, peer) => total + peer.counts[key], 0);
    return {
      workersWanted: this.#pool.wanted,
      workersAlive: this.#pool.aliveCount,
      workerDeaths: this.#pool.deaths,
      rooms: this.#rooms.size,
      peers: peers.length,
      producers: sum('producers'),
      consumers: sum('consumers'),
    };
  }

  onEvent(listener: (event: MediaEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const room of this.#rooms.values()) room.close();
    this.#rooms.clear();
    this.#rights.clear();
    await this.#pool.close();
  }

  async #enter(roomId: string): Promise<Room> {
    for (let attempt = 1; attempt <= ROOM_ATTEMPTS; attempt += 1) {
      if (this.#closed) break;
      const room = await this.#roomOf(roomId);
      if (!room.closed) return room;
    }
    throw new MediaError('MEDIA_UNAVAILABLE', 'the room does not stay up');
  }

  async #roomOf(roomId: string): Promise<Room> {
    const room = this.#rooms.get(roomId);
    if (room && !room.closed) return room;
    const pending = this.#roomsBeingMade.get(roomId);
    if (pending) return pending;
    const making = this.#makeRoom(roomId).finally(() => this.#roomsBeingMade.delete(roomId));
    this.#roomsBeingMade.set(roomId, making);
    return making;
  }

  async #makeRoom(roomId: string): Promise<Room> {
    const isSuspect = (this.#deaths.get(roomId) ?? 0) >= DEATHS_BEFORE_ISOLATION;
    const isolated = isSuspect ? await this.#pool.acquireIsolated() : undefined;
    const worker = isolated ?? (await this.#pool.acquire((candidate) => this.#loadOf(candidate)));
    try {
      const room = await Room.create({
        roomId,
        worker,
        emit: (event) => this.#emit(event),
        rightsOf: (peerId) => this.produceRights(roomId, peerId),
      });
      this.#rooms.set(roomId, room);
      return room;
    } catch (error) {
      this.#pool.release(worker);
      throw new MediaError('MEDIA_UNAVAILABLE', 'the worker takes no room', { cause: error });
    }
  }

  /** Peers weigh, rooms break the tie: rooms fill at the same minute and are still empty then. */
  #loadOf(worker: PooledWorker): number {
    let load = 0;
    for (const room of this.#rooms.values()) {
      if (room.worker === worker) load += 1 + room.peers.size;
    }
    return load;
  }

  #workerDied(worker: PooledWorker): void {
    for (const room of [...this.#rooms.values()]) {
      if (room.worker !== worker) continue;
      this.#deaths.set(room.id, (this.#deaths.get(room.id) ?? 0) + 1);
      this.#dropRoom(room);
      this.#emit({ type: 'room-reset', roomId: room.id });
    }
  }

  #dropRoom(room: Room): void {
    if (this.#rooms.get(room.id) === room) this.#rooms.delete(room.id);
    room.close();
    this.#pool.release(room.worker);
  }

  #joinReply(room: Room, peer: Peer, isResumed: boolean): JoinReply {
    return {
      peerId: peer.id,
      routerRtpCapabilities: fromSfuCapabilities(room.router.rtpCapabilities),
      producers: room.producers.map(toProducerInfo),
      isResumed,
      consumerIds: [...peer.consumerIds],
      mayProduce: [...this.produceRights(room.id, peer.id)],
    };
  }

  #findPeer(ref: PeerRef): Peer | undefined {
    return this.#rooms.get(ref.roomId)?.peers.get(ref.peerId);
  }

  #requirePeer(ref: PeerRef): Peer {
    const peer = this.#findPeer(ref);
    if (!peer) throw new MediaError('MEDIA_NOT_JOINED');
    return peer;
  }

  #emit(event: MediaEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        this.#options.log.error({ err: error, event: event.type }, 'listener of media events failed');
      }
    }
  }
}
