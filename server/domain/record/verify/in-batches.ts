import type { Pause } from './context.ts';

/** Signatures asked for at once: enough for every thread of the pool, and not a memory's worth. */
const BATCH = 256;

/** Works through a list with several items under way at once, so that all cores verify signatures. */
export async function inBatches<T>(
  items: readonly T[],
  pause: Pause,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < items.length; at += BATCH) {
    await Promise.all(items.slice(at, at + BATCH).map(work));
    await pause(at, items.length);
  }
}
