/**
 * Look-ups that are asked for in one turn of the event loop become one query: when ballots arrive in bursts,
 * a query for each would cost the server more than everything else about them.
 */

/** Ids in one query. */
const BATCH_MAX = 500;

interface Waiting<T> {
  readonly id: string;
  readonly resolve: (found: T | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** @returns a look-up of one id over a query of many; ids that the query does not find are undefined */
export function batchLookups<T>(
  findMany: (ids: readonly string[]) => Promise<readonly T[]>,
  idOf: (found: T) => string,
): (id: string) => Promise<T | undefined> {
  let waiting: Waiting<T>[] = [];

  async function flush(): Promise<void> {
    const batch = waiting;
    waiting = [];
    for (let start = 0; start < batch.length; start += BATCH_MAX) {
      await answer(batch.slice(start, start + BATCH_MAX));
    }
  }

  async function answer(batch: readonly Waiting<T>[]): Promise<void> {
    try {
      const found = await findMany([...new Set(batch.map(({ id }) => id))]);
      const byId = new Map(found.map((one) => [idOf(one), one]));
      for (const { id, resolve } of batch) resolve(byId.get(id));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return (id) =>
    new Promise((resolve, reject) => {
      waiting.push({ id, resolve, reject });
      if (waiting.length === 1) setImmediate(() => void flush());
    });
}
