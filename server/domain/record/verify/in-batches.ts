import type { Pause } from './context.ts';

/** Signatures asked for before others get their turn. */
const BATCH = 64;
/** Batches under way, not a memory's worth: while earlier ones are verified, the next one is made ready. */
const UNDER_WAY = 16;

/**
 * Works through a list with several items under way at once, so that all cores verify signatures. Rejects with the
 * first failure, of the list or of the work, once nothing is under way any more.
 */
export async function inBatches<T>(
  items: Iterable<T>,
  pause: (done: number) => ReturnType<Pause>,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const underWay: Promise<unknown>[] = [];
  let batch: Promise<unknown>[] = [];
  let done = 0;
  try {
    for (const item of items) {
      batch.push(work(item));
      done += 1;
      if (batch.length < BATCH) continue;
      const asked = Promise.all(batch);
      // Looked at when its turn comes; until then a failure must not end the process.
      asked.catch(() => undefined);
      underWay.push(asked);
      batch = [];
      if (underWay.length === UNDER_WAY) await underWay.shift();
      await pause(done);
    }
    await Promise.all([...underWay, ...batch]);
  } catch (error) {
    await Promise.allSettled([...underWay, ...batch]);
    throw error;
  }
}
