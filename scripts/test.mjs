// `npm test`: puts everything in place, checks the code, runs the tests. With an argument (unit, integration or
// e2e) it runs those tests only.
import { fileURLToPath } from 'node:url';
import { ensureDebianPackages } from './setup/debian.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { prepareServer } from './setup/prepare.mjs';
import { SetupError, elapsed, reportFailure } from './setup/progress.mjs';
import { runsOnPinnedNode } from './setup/runtime.mjs';
import { runChecks } from './test/checks.mjs';
import { runProject } from './test/projects.mjs';

const PROJECTS = ['unit', 'integration', 'e2e'];
const BROWSER_PACKAGES = ['chromium', 'fonts-noto-cjk', 'ffmpeg', 'poppler-utils'];

async function main() {
  const [only] = process.argv.slice(2);
  if (only !== undefined && !PROJECTS.includes(only)) {
    throw new SetupError(`Unknown kind of test: ${only}. Known: ${PROJECTS.join(', ')}.`);
  }
  await ensurePackages();
  if (!runsOnPinnedNode(fileURLToPath(import.meta.url))) return;
  const startedAt = Date.now();
  const env = only === 'unit' ? process.env : await prepareForServerTests();
  const failedChecks = only === undefined ? await runChecks() : [];
  const results = [];
  for (const project of only === undefined ? PROJECTS : [only]) results.push(await runProject(project, env));
  summarize(failedChecks, results, startedAt);
}

async function prepareForServerTests() {
  await ensureDebianPackages('Tests', BROWSER_PACKAGES);
  return prepareServer();
}

/**
 * @param {readonly string[]} failedChecks
 * @param {readonly import('./test/projects.mjs').ProjectResult[]} results
 * @param {number} startedAt
 */
function summarize(failedChecks, results, startedAt) {
  console.log(`\nSummary (${elapsed(startedAt)})`);
  for (const name of failedChecks) console.log(`  check failed: ${name}`);
  for (const { project, passed, failed, skipped } of results) {
    console.log(`  ${project}: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  // A failed check is a failure like any other; a passed one is no test.
  const failed = results.reduce((sum, result) => sum + result.failed, failedChecks.length);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}

main().catch(reportFailure);
