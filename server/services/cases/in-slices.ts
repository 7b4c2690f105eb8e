/** Rows worked on before others have their turn: a few milliseconds. */
const SLICE_ROWS = 400;

/** Does work over many rows without holding the event loop (limit of the process: 50 ms). */
export async function mapInSlices<T, R>(rows: readonly T[], map: (row: T) => R): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < rows.length; start += SLICE_ROWS) {
    for (const row of rows.slice(start, start + SLICE_ROWS)) results.push(map(row));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return results;
}
