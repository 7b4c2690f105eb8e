/** Runs work that is cut into slices in one go. */
export function resultOf<R>(slices: Generator<void, R>): R {
  for (;;) {
    const step = slices.next();
    if (step.done === true) return step.value;
  }
}
