import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { DomainError } from '../domain/errors.ts';
import type { PdfInspector } from '../services/ports/master-data-ports.ts';

const run = promisify(execFile);

const PAGE_COUNTER = fileURLToPath(new URL('./pdf-page-counter.ts', import.meta.url));
const COUNTER_HEAP_MB = 192;
const COUNTER_TIMEOUT_MS = 15_000;
/** Readers look for the end mark in the last kilobyte; some writers add more padding. */
const TAIL_BYTES = 2048;
const HEADER = /^%PDF-[12]\.\d/;

/**
 * Judges a PDF by its bytes: the name says nothing. Only header and end mark are read here; the pages are
 * counted in a child process with limits of memory and time, and a file that defeats it has no page count.
 */
export function createPdfInspector(): PdfInspector {
  return {
    async inspect(path) {
      const { head, tail } = await readEnds(path);
      if (!HEADER.test(head)) throw new DomainError('FILE_TYPE_WRONG', { params: { expected: 'PDF' } });
      if (!tail.includes('%%EOF')) throw new DomainError('FILE_DAMAGED');
      return { pages: await countPages(path) };
    },
  };
}

async function readEnds(path: string): Promise<{ head: string; tail: string }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = await file.read(Buffer.alloc(16), 0, 16, 0);
    const length = Math.min(TAIL_BYTES, size);
    const tail = await file.read(Buffer.alloc(length), 0, length, size - length);
    return { head: latin(head.buffer, head.bytesRead), tail: latin(tail.buffer, tail.bytesRead) };
  } finally {
    await file.close();
  }
}

const latin = (buffer: Buffer, length: number) => buffer.toString('latin1', 0, length);

async function countPages(path: string): Promise<number | null> {
  const memory = `--max-old-space-size=${COUNTER_HEAP_MB}`;
  try {
    const { stdout } = await run(process.execPath, [memory, PAGE_COUNTER, path], {
      timeout: COUNTER_TIMEOUT_MS,
      killSignal: 'SIGKILL',
      maxBuffer: 1024,
      // Nothing of the server's configuration is the child's business.
      env: {},
    });
    const pages = Number(stdout);
    return Number.isSafeInteger(pages) && pages > 0 ? pages : null;
  } catch {
    // Out of time or memory: the document is stored all the same, its length is just not shown.
    return null;
  }
}
