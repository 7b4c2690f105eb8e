const TICK_MS = 1_000;
/** Where nothing can be redrawn (a log file), a line now and then shows that it goes on. */
const QUIET_TICKS_PER_LINE = 15;
const MILLISECONDS_PER_SECOND = 1_000;
const DETAIL_COLUMNS = 60;

/** A failure whose message tells the user what to do; no stack trace is wanted. */
export class SetupError extends Error {}

/**
 * Runs one step of the setup and shows what it does and for how long.
 *
 * @template T
 * @param {string} title
 * @param {(detail: (text: string) => void) => Promise<T>} work may report what it is at
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const startedAt = Date.now();
  let detail = '';
  let ticks = 0;
  const show = () => {
    ticks += 1;
    const line = `  ${title} … ${elapsed(startedAt)}${detail ? `  ${detail}` : ''}`;
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[2K${line}`);
    else if (ticks % QUIET_TICKS_PER_LINE === 0) console.log(line);
  };
  if (process.stdout.isTTY) process.stdout.write(`  ${title} …`);
  else console.log(`  ${title} …`);
  const timer = setInterval(show, TICK_MS);
  try {
    const result = await work((text) => {
      detail = text.trim().slice(0, DETAIL_COLUMNS);
    });
    finish(`✓ ${title}  ${elapsed(startedAt)}`);
    return result;
  } catch (error) {
    finish(`✗ ${title}  ${elapsed(startedAt)}`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** @param {string} line */
function finish(line) {
  console.log(process.stdout.isTTY ? `\r\x1b[2K${line}` : line);
}

/** @param {number} startedAt milliseconds since the epoch */
export function elapsed(startedAt) {
  return `${((Date.now() - startedAt) / MILLISECONDS_PER_SECOND).toFixed(1)} s`;
}

/**
 * What every command of the setup ends with when it fails.
 *
 * @param {unknown} error
 */
export function reportFailure(error) {
  console.error(error instanceof SetupError ? `\n${error.message}\n` : error);
  process.exitCode = 1;
}
