/** Signatures are asked for many at once; a failure must find nothing under way (record.md 12). */
import { describe, expect, it } from '@jest/globals';
import { inBatches } from '../../server/domain/record/verify/in-batches.ts';

const pause = () => Promise.resolve();

describe('work in batches', () => {
  it('is done for every item, in the order of the list', async () => {
    const seen: number[] = [];
    await inBatches(Array.from({ length: 5_000 }).keys(), pause, async (item) => void seen.push(item));
    expect(seen).toEqual([...Array.from({ length: 5_000 }).keys()]);
  });

  it('of a list that cannot be read on ends with its failure, once what was begun has ended', async () => {
    const fails = Promise.withResolvers<never>();
    let isSettled = false;
    function* list() {
      yield 'begun';
      throw new Error('the list ends here');
    }
    const result = inBatches(list(), pause, () => fails.promise).catch((error: unknown) => {
      isSettled = true;
      return error;
    });
    await new Promise(setImmediate);
    expect(isSettled).toBe(false);
    // Would end the process if nobody looked at it.
    fails.reject(new Error('the worker is gone'));
    expect(await result).toEqual(new Error('the list ends here'));
  });

  it.each([0, 63, 64, 2_000, 4_999])('that fails at item %i ends with that failure', async (at) => {
    const work = async (item: number) => {
      await new Promise(setImmediate);
      if (item === at) throw new Error(`item ${item}`);
    };
    await expect(inBatches(Array.from({ length: 5_000 }).keys(), pause, work)).rejects.toThrow(`item ${at}`);
  });
});
