/**
 * Time and memory of verifying a meeting's bundle with `npm run verify`, in a process of its own:
 * `npm run bench -- verify [voters]`, 50 000 by default. Each voter signs in, binds a key and casts a signed
 * ballot; a checkpoint stands at every 64 entries. Ends with 1 above the limit.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tellRecord } from '../../tests/support/record/record-story.ts';
import { bundleOf, sealRecord } from '../../tests/support/record/seal-record.ts';
import { log, policy, witnesses } from '../../tests/support/record/verify-record.ts';
import { machineCpuS } from './cpu-time.ts';

const LIMIT_S = 30;
const ENTRIES_PER_CHECKPOINT = 64;

const voters = Number(process.argv[2] ?? '50000');
const folder = await mkdtemp(path.join(tmpdir(), 'bench-verify-'));
const bundleFile = path.join(folder, 'bundle.zip');
const policyFile = path.join(folder, 'policy.txt');

console.log(`Making the record of ${voters} voters …`);
const story = tellRecord({ voters });
const checkpointSizes = Array.from(
  { length: Math.floor(story.drafts.length / ENTRIES_PER_CHECKPOINT) },
  (_, index) => (index + 1) * ENTRIES_PER_CHECKPOINT,
);
const bundle = bundleOf(sealRecord(story, { log, witnesses, checkpointSizes }).files);
await writeFile(bundleFile, bundle);
await writeFile(policyFile, policy);

const script = path.join(import.meta.dirname, '..', 'verify.mjs');
const startedAt = performance.now();
const cpuBefore = await machineCpuS();
const child = spawn(process.execPath, [script, bundleFile, '--policy', policyFile], { stdio: 'inherit' });
const [code] = (await once(child, 'exit')) as [number | null];
const seconds = (performance.now() - startedAt) / 1000;
const machineS = (await machineCpuS()) - cpuBefore;
console.log(
  `${story.drafts.length} entries, ${(bundle.length / 1e6).toFixed(1)} MB: ${seconds.toFixed(1)} s ` +
    `(the machine was busy for ${machineS.toFixed(1)} s of CPU in all; limit ${LIMIT_S} s), exit code ${code}`,
);
await rm(folder, { recursive: true });
if (code !== 0 || seconds > LIMIT_S) process.exitCode = 1;
