/**
 * Long work on the serving process: done in slices, so that the event loop is never held for more than
 * 50 ms whatever the size of a roll (design.md, run time).
 */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Time after which others have their turn. A slice that has begun adds to it. */
const TURN_MS = 8;

/** Runs a generator to its end; its `yield`s are the places where it may be paused. */
export async function runSlices<R>(slices: Generator<void, R>): Promise<R> {
  let turnEndsAt = performance.now() + TURN_MS;
  for (;;) {
    const step = slices.next();
    if (step.done === true) return step.value;
    if (performance.now() < turnEndsAt) continue;
    await nextTurn();
    turnEndsAt = performance.now() + TURN_MS;
  }
}

/** Pauses when the turn is over; for loops that wait for something else as well. */
export function createPacer(): () => Promise<void> | undefined {
  let turnEndsAt = performance.now() + TURN_MS;
  return () => {
    if (performance.now() < turnEndsAt) return undefined;
    return nextTurn().then(() => {
      turnEndsAt = performance.now() + TURN_MS;
    });
  };
}
