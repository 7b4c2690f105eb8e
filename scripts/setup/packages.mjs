import { readFileSync } from 'node:fs';
import { step } from './progress.mjs';
import { ROOT, inRoot } from './paths.mjs';
import { run } from './run.mjs';

/** Installs exactly the lock file, unless that is what is there. */
export async function ensurePackages() {
  if (isInstalled()) return;
  // npm runs this script: its own program is then known, and need not be on PATH.
  const npm = process.env['npm_execpath'];
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  await step('npm packages', (detail) =>
    run(command, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=http'], {
      cwd: ROOT,
      onLine: detail,
    }),
  );
}

/**
 * npm writes node_modules/.package-lock.json last, so it exists only after a complete installation; comparing
 * the versions also accepts what `npm install` has put there.
 */
function isInstalled() {
  const wanted = readPackages(inRoot('package-lock.json'));
  const present = readPackages(inRoot('node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' || present[path]?.version === entry.version || (entry.optional && !present[path]),
  );
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
