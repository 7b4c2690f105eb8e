/**
 * Roll and count of a large meeting: `node scripts/bench/roll.ts [creditors]`, 50 000 by default. Builds the
 * roll of a property management plan (one unit a creditor) and of a reorganisation plan (a third of the
 * creditors in two groups), and counts a ballot for every unit, in slices as the server does. Prints one JSON
 * object for each: milliseconds in all, the longest slice, and how long the event loop was held at most.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';
import { countVoteSlices, type CountedBallot } from '../../server/domain/record/tally.ts';
import { buildRollSlices, type RollClaim } from '../../server/domain/roll.ts';
import { freezeRule, settingsFor } from '../../server/domain/rules/freeze-rule.ts';
import { resolutionTypes } from '../../server/domain/rules/registry.ts';
import type { ResolutionTypeId } from '../../server/protocol/resolution-types.ts';
import { runSlices } from '../../server/services/run-slices.ts';

const DELAY_RESOLUTION_MS = 5;
const CHOICES = ['for', 'against', 'abstain'] as const;

/** Every third creditor has security for half of its claim, every tenth a temporary part. */
function claimsOf(creditors: number): RollClaim[] {
  return Array.from({ length: creditors }, (_, index) => ({
    // A shuffled order, as a claims table has it.
    creditorId: `creditor-${String((index * 7_919) % creditors).padStart(6, '0')}`,
    nature: index % 3 === 0 ? 'SECURED' : 'ORDINARY',
    confirmedFen: BigInt(index + 1) * 100n,
    temporaryFen: index % 10 === 0 ? 5_000n : null,
    securedFen: index % 3 === 0 ? BigInt(index + 1) * 50n : 0n,
    priorityWaived: false,
  }));
}

interface Measured<T> {
  readonly value: T;
  readonly ms: number;
  readonly longestSliceMs: number;
  readonly loopHeldMaxMs: number;
}

async function measure<T>(slices: Generator<void, T>): Promise<Measured<T>> {
  let longestSliceMs = 0;
  function* timed(): Generator<void, T> {
    for (;;) {
      const startedAt = performance.now();
      const step = slices.next();
      longestSliceMs = Math.max(longestSliceMs, performance.now() - startedAt);
      if (step.done === true) return step.value;
      yield;
    }
  }
  const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
  delay.enable();
  const startedAt = performance.now();
  const value = await runSlices(timed());
  const ms = performance.now() - startedAt;
  delay.disable();
  return { value, ms, longestSliceMs, loopHeldMaxMs: delay.max / 1e6 - DELAY_RESOLUTION_MS };
}

async function run(id: ResolutionTypeId, claims: readonly RollClaim[]): Promise<void> {
  const type = resolutionTypes[id];
  const settings = settingsFor(type);
  const roll = await measure(buildRollSlices({ claims, rule: type.rule, settings }));
  const ballots: CountedBallot[] = roll.value.units.map(({ unitId }, index) => ({
    unitId,
    choice: CHOICES[index % CHOICES.length] ?? 'for',
    channel: 'online',
    isSigned: true,
  }));
  const signIns = new Map(roll.value.units.map(({ creditorId }) => [creditorId, 'self' as const]));
  const tally = await measure(
    countVoteSlices({
      resolutionId: 'bench',
      round: '1',
      rollRoot: `${'A'.repeat(43)}=`,
      rule: freezeRule(type, settings, { roll: roll.value }),
      units: roll.value.units,
      signIns,
      ballots,
      firstSeq: '0',
      lastSeq: '0',
    }),
  );
  const figures = ({ ms, longestSliceMs, loopHeldMaxMs }: Measured<unknown>) => ({
    ms: Math.round(ms),
    longestSliceMs: Math.round(longestSliceMs * 10) / 10,
    loopHeldMaxMs: Math.max(0, Math.round(loopHeldMaxMs)),
  });
  const report = { type: id, units: roll.value.units.length, roll: figures(roll), tally: figures(tally) };
  console.log(JSON.stringify(report));
}

const claims = claimsOf(Number(process.argv[2] ?? 50_000));
for (const id of ['R03', 'R06'] as const) await run(id, claims);
