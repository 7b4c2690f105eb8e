import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, inRoot } from '../setup/paths.mjs';

/**
 * @typedef {object} ProjectResult
 * @property {string} project
 * @property {number} passed
 * @property {number} failed test files that could not be run count as one each
 * @property {number} skipped
 */

/** Integration and browser tests start servers and measure time: one file after the other. */
const WORKERS = { unit: '2', integration: '1', e2e: '1' };
const UNIT_TIMEOUT_MS = 20_000;
/** Without a locale Chromium cannot name files in Chinese: those that it is given, and those that it downloads. */
const LOCALE = { LC_ALL: 'C.UTF-8' };

/**
 * Runs one of Jest's projects; its report goes to the terminal.
 *
 * @param {string} project
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<ProjectResult>}
 */
export async function runProject(project, env) {
  console.log(`\nTests: ${project}`);
  const folder = await mkdtemp(join(tmpdir(), 'meeting-test-'));
  try {
    const outputFile = join(folder, 'result.json');
    await runJest(jestArguments(project, outputFile), env);
    return toResult(project, JSON.parse(await readFile(outputFile, 'utf8')));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { project, passed: 0, failed: 1, skipped: 0 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} project
 * @param {string} outputFile
 */
function jestArguments(project, outputFile) {
  const workers = WORKERS[/** @type {keyof typeof WORKERS} */ (project)];
  const args = ['--selectProjects', project, '--passWithNoTests', '--maxWorkers', workers];
  if (project === 'unit') args.push('--testTimeout', String(UNIT_TIMEOUT_MS));
  // A test that failed may leave its server running; the run then ends with its report all the same.
  return [...args, '--forceExit', '--json', '--outputFile', outputFile];
}

/**
 * Jest ends with an error code when a test has failed; what counts is in its output file.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<void>}
 */
function runJest(args, env) {
  const program = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  return new Promise((resolve, reject) => {
    const jest = spawn(
      process.execPath,
      [...program, inRoot('node_modules', 'jest', 'bin', 'jest.js'), ...args],
      {
        cwd: ROOT,
        env: { ...env, ...LOCALE },
        // The report is on standard error; standard output would repeat it as JSON.
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    jest.on('error', reject);
    jest.on('exit', () => resolve());
  });
}

/**
 * @param {string} project
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   numRuntimeErrorTestSuites: number }} json
 * @returns {ProjectResult}
 */
function toResult(project, json) {
  return {
    project,
    passed: json.numPassedTests,
    failed: json.numFailedTests + json.numRuntimeErrorTestSuites,
    skipped: json.numPendingTests + json.numTodoTests,
  };
}
