/** CPU time from Linux's own counters: what a benchmark's machine was busy with beside it. */
import { readFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';

/** Linux counts in hundredths of a second whatever the kernel's tick. */
const TICKS_PER_SECOND = 100;

/** User and system time of a process and its threads, seconds. */
export async function processCpuS(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name in brackets may hold spaces; after it come the fields from the third on.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Time that all processors of the machine have been busy, seconds. */
export async function machineCpuS(): Promise<number> {
  const [line = ''] = (await readFile('/proc/stat', 'utf8')).split('\n');
  const [user, nice, system, , , irq, softirq] = line.split(/\s+/).slice(1).map(Number);
  const busy = [user, nice, system, irq, softirq].reduce<number>((sum, each) => sum + (each ?? 0), 0);
  return busy / TICKS_PER_SECOND;
}

/** Profiles this process until the returned function is called, which answers with a `.cpuprofile`. */
export async function startProfiler(): Promise<() => Promise<string>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  return async () => JSON.stringify((await session.post('Profiler.stop')).profile);
}
