/**
 * Reads uploaded claims tables. The file never enters this process: a child with limits of memory and time
 * reads and judges it (one cell at XFD1048576 in a file of 1.4 kB has ended a server before), and what it
 * says comes back line by line.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { DomainError } from '../domain/errors.ts';
import type { ClaimsTableContext } from '../domain/claims/read-claims-table.ts';
import type { ImportedClaim, ImportedCreditor } from '../domain/claims/types.ts';
import type { ErrorCode } from '../protocol/errors.ts';
import type { FileRefusalCode } from '../protocol/import-messages.ts';
import type {
  ClaimsFileRefused,
  ClaimsReader,
  ClaimsReadResult,
} from '../services/ports/claims-reader-port.ts';
import { decodeLine } from './claims-lines.ts';
import type { ClaimsSummary } from './claims-lines.ts';

const CHILD = path.join(import.meta.dirname, 'xlsx-child.ts');
/** What the child may read beside the file itself: the program and its packages. */
const PROGRAM_ROOT = path.resolve(import.meta.dirname, '..', '..');

/** A line is one row, or the summary with at most 2 000 findings. */
const MAX_LINE_CHARACTERS = 4 * 1024 * 1024;
/** Of the child's complaint only this much is kept, to tell why it ended. */
const MAX_STDERR_CHARACTERS = 16_384;
/** Files that wait while another is read; more are refused. */
const MAX_WAITING = 8;
/** How much longer than its parent's limit an orphaned child lives. */
const ORPHAN_GRACE_MS = 5_000;

export interface XlsxReaderOptions {
  /** Time for one file; 10 000 rows take about 2 s. */
  readonly timeoutMs?: number;
  /** Heap of the child in MB. */
  readonly memoryMb?: number;
}

type Limits = Required<XlsxReaderOptions>;

const errorCodes: Readonly<Record<FileRefusalCode, ErrorCode>> = {
  FILE_NOT_XLSX: 'FILE_TYPE_WRONG',
  FILE_ENCRYPTED: 'FILE_DAMAGED',
  FILE_BROKEN: 'FILE_DAMAGED',
  FILE_DOCTYPE: 'FILE_DAMAGED',
  FILE_INFLATES_TOO_LARGE: 'FILE_TOO_LARGE',
  CELL_BEYOND_LIMITS: 'FILE_TOO_LARGE',
  READ_TIMED_OUT: 'FILE_TOO_LARGE',
  READ_OUT_OF_MEMORY: 'FILE_TOO_LARGE',
};

interface Refusal {
  readonly code: FileRefusalCode;
  readonly params: Readonly<Record<string, string>>;
}

interface ChildOutput {
  refusal: Refusal | undefined;
  readonly creditors: ImportedCreditor[];
  readonly claims: ImportedClaim[];
  summary: ClaimsSummary | undefined;
}

async function hashFile(filePath: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(filePath)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function startChild(filePath: string, context: ClaimsTableContext, limits: Limits): ChildProcess {
  const lifetimeMs = limits.timeoutMs + ORPHAN_GRACE_MS;
  return spawn(
    process.execPath,
    [
      `--max-old-space-size=${limits.memoryMb}`,
      '--disable-warning=ExperimentalWarning',
      '--permission',
      `--allow-fs-read=${path.join(PROGRAM_ROOT, '*')}`,
      `--allow-fs-read=${filePath}`,
      CHILD,
      filePath,
      context.today,
      context.acceptanceDate ?? '',
      String(lifetimeMs),
    ],
    // Nothing of the server's environment: its secrets are no business of a parser.
    { stdio: ['ignore', 'pipe', 'pipe'], env: {} },
  );
}

function takeLine(text: string, output: ChildOutput): void {
  const line = decodeLine(text);
  if (line.kind === 'creditor') output.creditors.push(line.value);
  else if (line.kind === 'claim') output.claims.push(line.value);
  else if (line.kind === 'summary') output.summary = line.value;
  else output.refusal = { code: line.code, params: line.params };
}

/** Takes lines as they come; each piece of a pipe is parsed in about a millisecond. */
async function collectLines(child: ChildProcess, output: ChildOutput): Promise<void> {
  let rest = '';
  child.stdout?.setEncoding('utf8');
  for await (const chunk of (child.stdout ?? []) as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) takeLine(line, output);
    if (rest.length > MAX_LINE_CHARACTERS)
      throw new Error('the reader of claims tables wrote an endless line');
  }
}

async function collectStderr(child: ChildProcess): Promise<string> {
  let text = '';
  child.stderr?.setEncoding('utf8');
  for await (const chunk of (child.stderr ?? []) as AsyncIterable<string>) {
    if (text.length < MAX_STDERR_CHARACTERS) text += chunk;
  }
  return text;
}

const isOutOfMemory = (stderr: string): boolean =>
  /heap out of memory|Allocation failed|Invalid string length/i.test(stderr);

async function runChild(filePath: string, context: ClaimsTableContext, limits: Limits): Promise<ChildOutput> {
  const output: ChildOutput = { refusal: undefined, creditors: [], claims: [], summary: undefined };
  const child = startChild(filePath, context, limits);
  let isTimedOut = false;
  const timer = setTimeout(() => {
    isTimedOut = true;
    child.kill('SIGKILL');
  }, limits.timeoutMs);
  try {
    const closed = once(child, 'close');
    const [stderr] = await Promise.all([collectStderr(child), collectLines(child, output), closed]);
    if (isTimedOut) {
      output.refusal = { code: 'READ_TIMED_OUT', params: { seconds: String(limits.timeoutMs / 1000) } };
    } else if (isOutOfMemory(stderr)) {
      output.refusal = { code: 'READ_OUT_OF_MEMORY', params: { limitMb: String(limits.memoryMb) } };
    }
    if (output.refusal !== undefined || output.summary !== undefined) return output;
    // The complaint may quote the table, so only how the child ended is passed on.
    throw new Error(`the reader of claims tables ended with ${child.exitCode ?? child.signalCode}`);
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

function toRefused(sha256: string, { code, params }: Refusal): ClaimsFileRefused {
  const refusal = { code, sheet: '', cell: '', params };
  return { status: 'refused', sha256, refusal, errorCode: errorCodes[code] };
}

async function readFile(
  filePath: string,
  context: ClaimsTableContext,
  limits: Limits,
): Promise<ClaimsReadResult> {
  const sha256 = await hashFile(filePath);
  const { refusal, summary, creditors, claims } = await runChild(filePath, context, limits);
  if (refusal !== undefined || summary === undefined) {
    return toRefused(sha256, refusal ?? { code: 'FILE_BROKEN', params: { part: '' } });
  }
  return { status: 'read', sha256, ...summary, creditors, claims };
}

/** The reader of claims tables as `.xlsx`; by default 30 s and 512 MB a file, one file at a time. */
export function createXlsxClaimsReader(options: XlsxReaderOptions = {}): ClaimsReader {
  const limits: Limits = { timeoutMs: options.timeoutMs ?? 30_000, memoryMb: options.memoryMb ?? 512 };
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    async read(filePath, context) {
      if (waiting >= MAX_WAITING) throw new DomainError('UNAVAILABLE');
      waiting += 1;
      const turn = last.then(() => readFile(path.resolve(filePath), context, limits));
      last = turn.catch(() => undefined);
      try {
        return await turn;
      } finally {
        waiting -= 1;
      }
    },
  };
}
