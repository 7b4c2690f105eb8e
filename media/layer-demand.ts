/**
 * Which simulcast layers of a camera anybody looks at. Layers above that need not be sent at all: a
 * phone that speaks to a hall of thumbnails saves two thirds of its upstream and its battery.
 */
import { CAMERA_LAYERS } from '../server/protocol/media.ts';
import { LAYER_LOWER_AFTER_MS } from './limits.ts';

interface Demand {
  /** Layer that each consumer prefers. */
  readonly wanted: Map<string, number>;
  /** How many consumers prefer each layer. */
  readonly counts: number[];
  /** Highest layer that the sender sends now. */
  told: number;
  timer: NodeJS.Timeout | undefined;
}

export class LayerDemand {
  readonly #demands = new Map<string, Demand>();
  readonly #tell: (producerId: string, maxSpatialLayer: number) => void;

  constructor(tell: (producerId: string, maxSpatialLayer: number) => void) {
    this.#tell = tell;
  }

  /** A camera comes on the stage, sending all its layers. */
  track(producerId: string): void {
    const counts = Array.from({ length: CAMERA_LAYERS }, () => 0);
    const demand: Demand = { wanted: new Map(), counts, told: CAMERA_LAYERS - 1, timer: undefined };
    this.#demands.set(producerId, demand);
    this.#weigh(producerId, demand);
  }

  /** A consumer prefers this layer from now on. Producers that are not tracked have one layer only. */
  want(producerId: string, consumerId: string, layer: number): void {
    const demand = this.#demands.get(producerId);
    if (!demand) return;
    this.#count(demand, consumerId, -1);
    demand.wanted.set(consumerId, Math.min(layer, CAMERA_LAYERS - 1));
    this.#count(demand, consumerId, 1);
    this.#weigh(producerId, demand);
  }

  drop(producerId: string, consumerId: string): void {
    const demand = this.#demands.get(producerId);
    if (!demand) return;
    this.#count(demand, consumerId, -1);
    demand.wanted.delete(consumerId);
    this.#weigh(producerId, demand);
  }

  forget(producerId: string): void {
    clearTimeout(this.#demands.get(producerId)?.timer);
    this.#demands.delete(producerId);
  }

  close(): void {
    for (const producerId of [...this.#demands.keys()]) this.forget(producerId);
  }

  #count(demand: Demand, consumerId: string, by: 1 | -1): void {
    const layer = demand.wanted.get(consumerId);
    if (layer !== undefined) demand.counts[layer] = (demand.counts[layer] ?? 0) + by;
  }

  /** Rises at once, falls only when nobody has wanted more for a while. */
  #weigh(producerId: string, demand: Demand): void {
    const highest = highestWanted(demand);
    if (highest >= demand.told) {
      clearTimeout(demand.timer);
      demand.timer = undefined;
      if (highest === demand.told) return;
      demand.told = highest;
      this.#tell(producerId, highest);
      return;
    }
    demand.timer ??= setTimeout(() => {
      demand.timer = undefined;
      demand.told = highestWanted(demand);
      this.#tell(producerId, demand.told);
    }, LAYER_LOWER_AFTER_MS).unref();
  }
}

function highestWanted({ counts }: Demand): number {
  return Math.max(
    0,
    counts.findLastIndex((count) => count > 0),
  );
}
