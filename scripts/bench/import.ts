/**
 * Time and memory of importing a claims table: `node scripts/bench/import.ts [rows]`, 10 000 by default.
 * Prints one JSON object: milliseconds, peak resident memory of the child and of this process in MB, and how
 * long this process's event loop was held at most.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';
import { manyClaimRows } from '../../server/demo/fictitious-claims.ts';
import { writeClaimsWorkbook } from '../../server/documents/claims-template.ts';
import { createXlsxClaimsReader } from '../../server/documents/xlsx-reader.ts';

const SAMPLE_INTERVAL_MS = 25;
const DELAY_RESOLUTION_MS = 5;

/** Highest resident memory of any child so far in kB, from Linux's own high-water mark; 0 elsewhere. */
async function childPeakKb(): Promise<number> {
  try {
    const children = await readFile(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8');
    const peaks = children
      .trim()
      .split(/\s+/)
      .filter((pid) => pid !== '')
      .map(async (pid) =>
        Number(/VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0),
      );
    return Math.max(0, ...(await Promise.all(peaks)));
  } catch {
    // The child ended between the two readings.
    return 0;
  }
}

const rows = Number(process.argv[2] ?? 10_000);
const folder = await mkdtemp(path.join(tmpdir(), 'bench-import-'));
try {
  const file = path.join(folder, 'claims.xlsx');
  const content = await writeClaimsWorkbook(manyClaimRows(rows));
  await writeFile(file, content);
  // What building the file left behind is not to be counted as the reading's delay.
  await new Promise((resolve) => setTimeout(resolve, 500));
  let peakKb = 0;
  const sample = async () => {
    peakKb = Math.max(peakKb, await childPeakKb());
  };
  const sampler = setInterval(() => void sample(), SAMPLE_INTERVAL_MS);
  const before = process.memoryUsage().rss;
  const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
  delay.enable();
  const startedAt = performance.now();
  const result = await createXlsxClaimsReader().read(file, { today: '2026-11-22' });
  const elapsedMs = performance.now() - startedAt;
  delay.disable();
  clearInterval(sampler);
  const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
  const report = {
    rows: result.status === 'read' ? result.claims.length : 0,
    fileKb: Math.round(content.length / 1024),
    elapsedMs: Math.round(elapsedMs),
    childPeakMb: Math.round(peakKb / 1024),
    parentBeforeMb: megabytes(before),
    parentAfterMb: megabytes(process.memoryUsage().rss),
    maxDelayMs: Math.round(delay.max / 1e5) / 10,
    p99DelayMs: Math.round(delay.percentile(99) / 1e5) / 10,
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true });
}
