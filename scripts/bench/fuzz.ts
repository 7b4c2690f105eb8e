/**
 * Fuzzes everything that reads what others have written: entries, rolls, notes, checkpoints, proofs, policies,
 * keys, bundles, the whole verifier, socket messages, cases of the tally command. Seeded: the same run on every machine.
 *
 * Usage: npm run bench -- fuzz [cases, 1 000 000 by default] [seed, 1 by default]. Ends with 1 at any fault.
 */
import { runFuzz } from './fuzz/run-fuzz.ts';
import { createTargets } from './fuzz/targets.ts';

const cases = Number(process.argv[2] ?? '1000000');
const seed = Number(process.argv[3] ?? '1');
if (!Number.isSafeInteger(cases) || !Number.isSafeInteger(seed)) throw new Error('fuzz [cases] [seed]');

const startedAt = performance.now();
const { counts, faults } = await runFuzz(createTargets(), {
  seed,
  cases,
  onProgress: (done) => {
    if (process.stdout.isTTY) process.stdout.write(`\r${done} of ${cases}`);
  },
});
if (process.stdout.isTTY) process.stdout.write('\r\x1b[2K');
const column = (value: string | number, width: number) => String(value).padStart(width);
console.log(
  `${'reader'.padEnd(20)}${column('cases', 9)}${column('refused', 9)}${column('taken', 9)}${column('slowest', 11)}`,
);
for (const [name, { cases: made, refused, accepted, slowestMs }] of counts) {
  const slowest = `${slowestMs.toFixed(1)} ms`;
  console.log(
    `${name.padEnd(20)}${column(made, 9)}${column(refused, 9)}${column(accepted, 9)}${column(slowest, 11)}`,
  );
}
for (const { target, number, kind, detail, input } of faults) {
  console.error(`${kind} in ${target}, case ${number} of seed ${seed}: ${detail}\n  ${input.slice(0, 400)}`);
}
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
console.log(`${cases} cases in ${seconds} s, seed ${seed}: ${faults.length} faults`);
if (faults.length > 0) process.exitCode = 1;
