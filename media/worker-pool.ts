/**
 * The SFU's worker processes: one thread each, one port each for UDP and TCP. A worker that dies is
 * replaced at once on the same port; its death is routine and touches only the rooms it carried.
 */
import { createWorker, type types } from 'mediasoup';
import { MediaError } from './errors.ts';
import { ISOLATED_WORKERS_MAX, STILLBORN_MS, WORKER_RETRY_MS, WORKER_WAIT_MS } from './limits.ts';

/** The part of a structured logger that the plane uses. */
export interface MediaLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface WorkerPoolOptions {
  /** Path of the worker binary; the package's own when left out. */
  readonly workerBin?: string | undefined;
  readonly numWorkers: number;
  readonly listenIp: string;
  /** Address or host name that clients are told, when it differs from `listenIp`. */
  readonly announcedAddress?: string | undefined;
  /** Worker n listens on `portBase + n`, UDP and TCP. Left out or 0: any free port. */
  readonly portBase?: number | undefined;
  readonly log: MediaLog;
}

export interface PooledWorker {
  readonly slot: number;
  readonly isIsolated: boolean;
  /** Monotonic clock, milliseconds. */
  readonly startedAtMs: number;
  readonly worker: types.Worker;
  readonly webRtcServer: types.WebRtcServer;
}

interface Waiter {
  readonly resolve: (worker: PooledWorker) => void;
  readonly timer: NodeJS.Timeout;
}

export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #onDied: (worker: PooledWorker) => void;
  readonly #alive = new Map<number, PooledWorker>();
  readonly #waiters = new Set<Waiter>();
  readonly #retries = new Set<NodeJS.Timeout>();
  readonly #startingIsolated = new Set<number>();
  #deaths = 0;
  #closed = false;

  constructor(options: WorkerPoolOptions, onDied: (worker: PooledWorker) => void) {
    this.#options = options;
    this.#onDied = onDied;
  }

  get deaths(): number {
    return this.#deaths;
  }

  get wanted(): number {
    return this.#options.numWorkers;
  }

  get aliveCount(): number {
    return [...this.#alive.values()].filter((worker) => !worker.isIsolated).length;
  }

  /** Resolves after the first attempt of every worker; those that failed go on being tried. */
  async start(): Promise<void> {
    const slots = Array.from({ length: this.#options.numWorkers }, (_, slot) => slot);
    await Promise.all(slots.map((slot) => this.#keepUp(slot, 0)));
  }

  /**
   * The live worker with the smallest load, waiting for one that is coming up; MEDIA_UNAVAILABLE after
   * `WORKER_WAIT_MS`.
   */
  async acquire(loadOf: (worker: PooledWorker) => number): Promise<PooledWorker> {
    const [best] = [...this.#alive.values()]
      .filter((worker) => !worker.isIsolated)
      .toSorted((a, b) => loadOf(a) - loadOf(b));
    if (best) return best;
    if (this.#closed) throw new MediaError('MEDIA_UNAVAILABLE', 'the plane is closed');
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        reject(new MediaError('MEDIA_UNAVAILABLE', 'no worker'));
      }, WORKER_WAIT_MS);
      const waiter: Waiter = { resolve, timer };
      this.#waiters.add(waiter);
    });
  }

  /** A worker for one room alone; undefined when there are enough of those, or it does not start. */
  async acquireIsolated(): Promise<PooledWorker | undefined> {
    const first = this.#options.numWorkers;
    for (let slot = first; slot < first + ISOLATED_WORKERS_MAX; slot += 1) {
      if (this.#alive.has(slot) || this.#startingIsolated.has(slot)) continue;
      this.#startingIsolated.add(slot);
      return this.#spawn(slot)
        .catch(() => undefined)
        .finally(() => this.#startingIsolated.delete(slot));
    }
    return undefined;
  }

  /** Ends an isolated worker whose room is gone. */
  release(worker: PooledWorker): void {
    if (!worker.isIsolated || this.#alive.get(worker.slot) !== worker) return;
    this.#alive.delete(worker.slot);
    worker.worker.close();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of this.#retries) clearTimeout(timer);
    for (const { timer } of this.#waiters) clearTimeout(timer);
    this.#waiters.clear();
    const ended = [...this.#alive.values()].map(({ worker }) => {
      const isGone = new Promise<void>((resolve) => worker.once('subprocessclose', resolve));
      worker.close();
      return worker.subprocessClosed ? undefined : isGone;
    });
    this.#alive.clear();
    await Promise.all(ended);
  }

  /** Starts the worker of a slot, and tries again later when it does not start. */
  async #keepUp(slot: number, attempt: number): Promise<void> {
    try {
      const pooled = await this.#spawn(slot);
      for (const waiter of this.#waiters) {
        clearTimeout(waiter.timer);
        waiter.resolve(pooled);
      }
      this.#waiters.clear();
    } catch (error) {
      if (this.#closed) return;
      this.#options.log.error({ err: error, slot, attempt }, 'media worker does not start');
      this.#retryLater(slot, attempt + 1);
    }
  }

  #retryLater(slot: number, attempt: number): void {
    const pauseMs = WORKER_RETRY_MS[Math.min(attempt, WORKER_RETRY_MS.length - 1)];
    const timer = setTimeout(() => {
      this.#retries.delete(timer);
      void this.#keepUp(slot, attempt);
    }, pauseMs);
    this.#retries.add(timer);
  }

  async #spawn(slot: number): Promise<PooledWorker> {
    const { workerBin } = this.#options;
    const worker = await createWorker({
      logLevel: 'error',
      ...(workerBin === undefined ? {} : { workerBin }),
    });
    const isIsolated = slot >= this.#options.numWorkers;
    try {
      const webRtcServer = await worker.createWebRtcServer({ listenInfos: this.#listenInfos(slot) });
      if (this.#closed) throw new MediaError('MEDIA_UNAVAILABLE', 'the plane is closed');
      const pooled: PooledWorker = { slot, isIsolated, startedAtMs: performance.now(), worker, webRtcServer };
      this.#alive.set(slot, pooled);
      worker.once('died', (error) => this.#died(pooled, error));
      this.#options.log.info({ slot, pid: worker.pid, isIsolated }, 'media worker ready');
      return pooled;
    } catch (error) {
      worker.close();
      throw error;
    }
  }

  #listenInfos(slot: number): types.TransportListenInfo[] {
    const { listenIp, announcedAddress, portBase } = this.#options;
    return (['udp', 'tcp'] as const).map((protocol) => ({
      protocol,
      ip: listenIp,
      ...(announcedAddress === undefined ? {} : { announcedAddress }),
      ...(portBase ? { port: portBase + slot } : {}),
    }));
  }

  #died(pooled: PooledWorker, error: Error): void {
    if (this.#closed || this.#alive.get(pooled.slot) !== pooled) return;
    this.#alive.delete(pooled.slot);
    this.#deaths += 1;
    this.#options.log.error({ err: error, slot: pooled.slot, pid: pooled.worker.pid }, 'media worker died');
    // One that dies while starting would otherwise be started hundreds of times a second.
    const isStillborn = performance.now() - pooled.startedAtMs < STILLBORN_MS;
    if (!pooled.isIsolated) this.#retryLater(pooled.slot, isStillborn ? 1 : 0);
    this.#onDied(pooled);
  }
}
