import { it } from '@jest/globals';

/**
 * Tests that go on from where the one before stopped: after a failure the rest would only wait in vain, so
 * they fail at once. `onFailure` may take pictures of what was seen.
 */
export function createSteps(
  onFailure: () => Promise<void>,
): (name: string, act: () => Promise<void>) => void {
  let failed: string | undefined;
  return (name, act) => {
    it(name, async () => {
      if (failed !== undefined) throw new Error(`Not tried: “${failed}” failed before it.`);
      try {
        await act();
      } catch (error) {
        failed = name;
        await onFailure();
        throw error;
      }
    });
  };
}
