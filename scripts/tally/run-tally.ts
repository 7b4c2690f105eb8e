/**
 * The tally command: `FILE` or `-` for standard input, with `--lines` one case a line. Exit codes: 0 counted,
 * 2 malformed (the message names path and reason), 1 anything else, such as a file that is not there.
 */
import { createReadStream } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { caseResult } from '../../server/domain/count-check/case-result.ts';
import { countCase } from '../../server/domain/count-check/count-case.ts';
import { MalformedCase } from '../../server/domain/count-check/malformed.ts';
import { readCaseText } from '../../server/domain/count-check/read-case.ts';
import { asksForHelp } from '../setup/arguments.mjs';

const COUNTED = 0;
const FAILED = 1;
const MALFORMED = 2;

const USAGE = `Usage: npm run --silent tally -- FILE|- [--lines]
  FILE     a case in JSON; - reads standard input
  --lines  one case a line; the answers come one a line, in the same order
  --help   print this and do nothing`;

export async function runTally(args: readonly string[]): Promise<number> {
  if (asksForHelp(args)) {
    process.stdout.write(`${USAGE}\n`);
    return COUNTED;
  }
  const files = args.filter((arg) => arg === '-' || !arg.startsWith('-'));
  const options = args.filter((arg) => arg !== '-' && arg.startsWith('-'));
  const [file] = files;
  if (file === undefined || files.length > 1 || options.some((option) => option !== '--lines')) {
    console.error(USAGE);
    return FAILED;
  }
  const source = file === '-' ? process.stdin : createReadStream(file);
  try {
    return options.length > 0 ? await countLines(source) : await countOne(source);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return FAILED;
  }
}

async function countOne(source: Readable): Promise<number> {
  const answer = answerTo(withoutMark(await text(source)));
  if (answer instanceof MalformedCase) {
    console.error(`Malformed: ${answer.message}`);
    return MALFORMED;
  }
  process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  return COUNTED;
}

/** Every line has its answer, so that a malformed one does not stop the others; blank lines have none. */
async function countLines(source: Readable): Promise<number> {
  let code = COUNTED;
  let number = 0;
  const lines = createInterface({ input: source, crlfDelay: Infinity });
  let failure: Error | undefined;
  source.once('error', (error: Error) => {
    failure = error;
    lines.close();
  });
  for await (const line of lines) {
    number += 1;
    const content = number === 1 ? withoutMark(line) : line;
    if (content.trim() === '') continue;
    const answer = answerTo(content);
    if (answer instanceof MalformedCase) code = MALFORMED;
    await writeLine(answer instanceof MalformedCase ? errorOf(answer, number) : answer);
  }
  if (failure !== undefined) throw failure;
  return code;
}

function answerTo(caseText: string) {
  try {
    const input = readCaseText(caseText);
    return caseResult(input, countCase(input));
  } catch (error) {
    if (error instanceof MalformedCase) return error;
    throw error;
  }
}

function errorOf({ path, reason }: MalformedCase, line: number) {
  return { v: '1', error: { line: String(line), path, reason } };
}

async function writeLine(value: unknown): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(value)}\n`)) await once(process.stdout, 'drain');
}

/** Windows programs begin a file with a byte order mark. */
function withoutMark(content: string): string {
  return content.startsWith('\uFEFF') ? content.slice(1) : content;
}
