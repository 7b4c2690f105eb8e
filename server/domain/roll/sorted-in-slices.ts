/** Sorting a long list without holding whoever waits for its turn: a merge sort that pauses. */

/** Elements worked on between two pauses; about 1 ms. */
export const SLICE = 1_000;

/** A new list in ascending order of the key; yields after every slice of work. */
export function* sortedInSlices<T>(list: readonly T[], keyOf: (item: T) => string): Generator<void, T[]> {
  const byKey = (a: T, b: T) => compare(keyOf(a), keyOf(b));
  let runs: T[][] = [];
  for (let at = 0; at < list.length; at += SLICE) {
    runs.push(list.slice(at, at + SLICE).sort(byKey));
    yield;
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(yield* mergeInSlices(runs[at] ?? [], runs[at + 1] ?? [], byKey));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* mergeInSlices<T>(
  left: readonly T[],
  right: readonly T[],
  byKey: (a: T, b: T) => number,
): Generator<void, T[]> {
  const merged: T[] = [];
  let fromLeft = 0;
  let fromRight = 0;
  while (fromLeft < left.length || fromRight < right.length) {
    const a = left[fromLeft];
    const b = right[fromRight];
    if (b === undefined || (a !== undefined && byKey(a, b) <= 0)) {
      merged.push(a as T);
      fromLeft += 1;
    } else {
      merged.push(b);
      fromRight += 1;
    }
    if (merged.length % SLICE === 0) yield;
  }
  return merged;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
