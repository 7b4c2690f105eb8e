import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { ensureDebianPackages } from './debian.mjs';
import { SetupError, step } from './progress.mjs';
import { run } from './run.mjs';

/**
 * Builds the worker from the source inside the npm package, with Debian's libraries in place of the ones its
 * build would download.
 *
 * @param {string} source node_modules/mediasoup/worker
 * @param {string} recipeFolder recipe.json and overlay/
 * @param {string} target an existing folder outside the checkout
 * @returns {Promise<string>} the binary, inside `target`
 */
export async function buildMediaWorker(source, recipeFolder, target) {
  const recipe = JSON.parse(readFileSync(join(recipeFolder, 'recipe.json'), 'utf8'));
  await ensureDebianPackages('The media worker', recipe.debianPackages);
  const folder = await mkdtemp(join(target, 'build-'));
  const binary = join(target, 'mediasoup-worker.built');
  try {
    await cp(source, folder, { recursive: true });
    await rm(join(folder, 'subprojects'), { recursive: true, force: true });
    await cp(join(recipeFolder, 'overlay'), folder, { recursive: true });
    for (const replacement of recipe.replacements) await replaceOnce(folder, replacement);
    await step('Media worker: build from source (about 5 minutes, once)', (detail) =>
      compile(folder, recipe.mesonOptions, detail),
    );
    await run('strip', ['-o', binary, join(folder, 'out', 'mediasoup-worker')]);
    return binary;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * A replacement that finds nothing means another source than the recipe was written for.
 *
 * @param {string} folder
 * @param {{ file: string, from: string, to: string }} replacement
 */
async function replaceOnce(folder, { file, from, to }) {
  const path = join(folder, file);
  const parts = (await readFile(path, 'utf8')).split(from);
  if (parts.length !== 2) {
    throw new SetupError(
      `The media worker's recipe does not fit this version: ${file} has no single "${from}".`,
    );
  }
  await writeFile(path, parts.join(to));
}

/**
 * @param {string} folder
 * @param {string[]} mesonOptions
 * @param {(text: string) => void} onLine
 */
async function compile(folder, mesonOptions, onLine) {
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  await run('meson', ['setup', 'out', ...mesonOptions], { cwd: folder, env, onLine });
  // One compiler for each processor: more need memory that small machines do not have.
  const jobs = String(Math.max(1, cpus().length));
  await run('ninja', ['-C', 'out', '-j', jobs, 'mediasoup-worker'], { cwd: folder, env, onLine });
}
