/**
 * Counts the turns of the event loop while some work runs. Work that is cut into slices lets thousands
 * through, work that holds the loop lets none; the count needs no clock, so a busy machine does not matter.
 */
export async function turnsWhile<T>(work: Promise<T>): Promise<{ result: T; turns: number }> {
  let turns = 0;
  let isRunning = true;
  const count = (): void => {
    turns += 1;
    if (isRunning) setImmediate(count);
  };
  setImmediate(count);
  try {
    const result = await work;
    return { result, turns };
  } finally {
    isRunning = false;
  }
}

/** Prints a figure of a test run; figures are judged by the benchmarks, never by a clock in a test. */
export function reportFigure(text: string): void {
  process.stderr.write(`figure: ${text}\n`);
}
