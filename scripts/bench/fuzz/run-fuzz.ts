/** Runs seeded cases over all targets and counts what came of them; a fault names the case that shows it again. */
import { BundleError } from '../../../server/domain/record/bundle/bundle-error.ts';
import { MalformedCase } from '../../../server/domain/count-check/malformed.ts';
import { RecordFormatError } from '../../../server/domain/record/canonical.ts';
import { createChance, mutate } from './mutate.ts';
import type { Target } from './targets.ts';

/** A reader that takes longer for a few hundred bytes hangs on somebody's purpose. */
const CASE_MAX_MS = 5_000;
const KEPT_FAULTS = 20;

export interface Fault {
  readonly target: string;
  /** Number of the case: with the run's seed it makes the same input again. */
  readonly number: number;
  readonly kind: 'CRASH' | 'HANG' | 'ACCEPTED';
  readonly detail: string;
  readonly input: string;
}

export interface TargetCounts {
  cases: number;
  refused: number;
  accepted: number;
  slowestMs: number;
}

export interface FuzzReport {
  readonly counts: ReadonlyMap<string, TargetCounts>;
  readonly faults: readonly Fault[];
}

export async function runFuzz(
  targets: readonly Target[],
  options: { readonly seed: number; readonly cases: number; readonly onProgress?: (done: number) => void },
): Promise<FuzzReport> {
  const shares = targets.flatMap((target) => Array.from({ length: target.share }, () => target));
  const counts = new Map(
    targets.map(({ name }) => [name, { cases: 0, refused: 0, accepted: 0, slowestMs: 0 }]),
  );
  const faults: Fault[] = [];
  for (let number = 0; number < options.cases; number++) {
    // Each case has its own chance, so that one can be run again alone.
    const chance = createChance(Math.imul(options.seed, 0x01000193) ^ Math.imul(number + 1, 0x9e3779b1));
    const target = chance.pick(shares);
    const seed = chance.pick(target.seeds);
    const input = mutate(seed, chance.pick(target.seeds), chance);
    const fault = await runCase(target, { seed, input }, counts.get(target.name));
    if (fault) faults.push({ target: target.name, number, ...fault, input: input.toString('base64') });
    if (faults.length >= KEPT_FAULTS) break;
    if (number % 10_000 === 0) options.onProgress?.(number);
  }
  return { counts, faults };
}

async function runCase(
  target: Target,
  { seed, input }: { readonly seed: Uint8Array; readonly input: Buffer },
  counts: TargetCounts | undefined,
): Promise<Pick<Fault, 'kind' | 'detail'> | undefined> {
  if (!counts) throw new Error('a target that is not counted');
  const startedAt = performance.now();
  let fault: Pick<Fault, 'kind' | 'detail'> | undefined;
  try {
    const verdict = target.accepts(input, seed);
    // Most readers answer at once; waiting for those would be most of the time.
    const isRight = typeof verdict === 'boolean' ? verdict : await verdict;
    counts.accepted += 1;
    if (!isRight) fault = { kind: 'ACCEPTED', detail: 'a changed input was taken for what it is not' };
  } catch (error) {
    if (isDeclared(error)) counts.refused += 1;
    else fault = { kind: 'CRASH', detail: String((error as Error).stack ?? error) };
  }
  const tookMs = performance.now() - startedAt;
  counts.cases += 1;
  counts.slowestMs = Math.max(counts.slowestMs, tookMs);
  return tookMs > CASE_MAX_MS ? { kind: 'HANG', detail: `${Math.round(tookMs)} ms` } : fault;
}

function isDeclared(error: unknown): boolean {
  return [RecordFormatError, BundleError, MalformedCase].some((declared) => error instanceof declared);
}
