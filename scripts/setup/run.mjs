import { spawn, spawnSync } from 'node:child_process';
import { SetupError } from './progress.mjs';

const TAIL_LINES = 25;

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(line: string) => void} [onLine] each line of output as it comes
 * @property {number} [timeoutMs] kills the command after this long
 */

/**
 * Runs a command quietly and returns its standard output.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string>}
 * @throws {SetupError} with the end of its output when it fails
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs,
    });
    let output = '';
    let standardOutput = '';
    /** @param {Buffer} chunk */
    const read = (chunk) => {
      const text = chunk.toString();
      output += text;
      const line = text.trimEnd().split('\n').at(-1);
      if (line) options.onLine?.(line);
    };
    child.stdout.on('data', (chunk) => {
      standardOutput += chunk.toString();
      read(chunk);
    });
    child.stderr.on('data', read);
    child.on('error', (error) => reject(new SetupError(`${command} could not be run: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(standardOutput);
      else reject(new SetupError(failure(`${command} ${args.join(' ')}`, code ?? signal, output)));
    });
  });
}

/**
 * @param {string} command
 * @param {number | string | null} how
 * @param {string} output
 */
function failure(command, how, output) {
  const tail = output.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
  return `${command}\nended with ${how}:\n${tail}`;
}

/**
 * The standard output of a command, or undefined when it is missing or fails.
 *
 * @param {string} command
 * @param {string[]} args
 */
export function tryRun(command, args) {
  const result = spawnSync(command, args, { encoding: 'utf8' });
  return result.status === 0 ? result.stdout : undefined;
}
