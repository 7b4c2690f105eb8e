import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Outside the checkout, so that a fresh clone need not build or fetch again. */
export const CACHE = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'creditors-meeting');

/** @param {...string} parts */
export function inRoot(...parts) {
  return join(ROOT, ...parts);
}
