/** A short seeded run of the fuzzer; `npm run bench -- fuzz` makes a million cases. */
import { describe, expect, it } from '@jest/globals';
import { createChance, mutate } from '../../scripts/bench/fuzz/mutate.ts';
import { runFuzz } from '../../scripts/bench/fuzz/run-fuzz.ts';
import { createTargets, type Target } from '../../scripts/bench/fuzz/targets.ts';

describe('hostile input', () => {
  it('neither breaks a reader nor gets a changed byte through', async () => {
    const { counts, faults } = await runFuzz(createTargets(), { seed: 20_261_122, cases: 5_000 });
    expect(faults).toEqual([]);
    for (const { cases } of counts.values()) expect(cases).toBeGreaterThan(0);
  });

  it('is the same on every machine', () => {
    const bytes = Buffer.from('a text of some length, 12345');
    const run = () =>
      Array.from({ length: 50 }, (_, seed) => mutate(bytes, bytes, createChance(seed)).toString('hex'));
    expect(run()).toEqual(run());
    expect(new Set(run()).size).toBeGreaterThan(40);
  });
});

describe('the fuzzer', () => {
  const target = (accepts: Target['accepts']): Target => ({
    name: 'reader',
    share: 1,
    seeds: [Buffer.from('seed')],
    accepts,
  });
  const faultsOf = async (accepts: Target['accepts']) =>
    (await runFuzz([target(accepts)], { seed: 1, cases: 30 })).faults.map(({ kind }) => kind);

  it('finds a reader that breaks', async () => {
    expect(
      await faultsOf(() => {
        throw new TypeError('undefined is not a function');
      }),
    ).toContain('CRASH');
  });

  it('finds a reader that takes what was changed', async () => {
    expect(await faultsOf(async () => false)).toContain('ACCEPTED');
  });
});
