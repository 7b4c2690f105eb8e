/**
 * Writes minutes in a child process with limits of time and memory, one at a time: reading the Chinese
 * fonts and laying out some hundred pages would stop the server for seconds.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import type { Readable } from 'node:stream';
import { DomainError } from '../../domain/errors.ts';
import type { MinutesContent } from '../../domain/minutes/content.ts';
import type { MinutesFormat, MinutesRenderer } from '../../services/ports/minutes-renderer-port.ts';

const CHILD = path.join(import.meta.dirname, 'minutes-child.ts');

/** Documents that wait while another is written; more are refused. */
const MAX_WAITING = 16;
/** A document larger than this is not minutes. */
const MAX_BYTES = 64 * 1024 * 1024;
/** How much longer than its parent's limit an orphaned child lives. */
const ORPHAN_GRACE_MS = 5_000;

export interface MinutesRendererOptions {
  /** Time for one document; one of a hundred pages takes a few seconds. */
  readonly timeoutMs?: number;
  /** Heap of the child in MB. */
  readonly memoryMb?: number;
}

type Limits = Required<MinutesRendererOptions>;

/** By default 60 s and 768 MB a document. */
export function createMinutesRenderer(options: MinutesRendererOptions = {}): MinutesRenderer {
  const limits: Limits = { timeoutMs: options.timeoutMs ?? 60_000, memoryMb: options.memoryMb ?? 768 };
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    async render(content, format) {
      if (waiting >= MAX_WAITING) throw new DomainError('UNAVAILABLE');
      waiting += 1;
      const turn = last.then(() => runChild(content, format, limits));
      last = turn.catch(() => undefined);
      try {
        return await turn;
      } finally {
        waiting -= 1;
      }
    },
  };
}

async function runChild(content: MinutesContent, format: MinutesFormat, limits: Limits): Promise<Buffer> {
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${limits.memoryMb}`,
      '--disable-warning=ExperimentalWarning',
      CHILD,
      String(limits.timeoutMs + ORPHAN_GRACE_MS),
    ],
    // Nothing of the server's environment; what the child complains of may quote the minutes.
    { stdio: ['pipe', 'pipe', 'ignore'], env: {} },
  );
  const timer = setTimeout(() => child.kill('SIGKILL'), limits.timeoutMs);
  // A child that ends before it has read everything breaks the pipe; its exit code tells.
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify({ content, format }));
  try {
    const [bytes, [code]] = await Promise.all([collect(child.stdout), once(child, 'close')]);
    if (code !== 0 || bytes.length === 0) throw new DomainError('UNAVAILABLE');
    return bytes;
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

async function collect(output: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of output as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_BYTES) throw new DomainError('UNAVAILABLE');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
