import { ROOT, inRoot } from '../setup/paths.mjs';
import { step } from '../setup/progress.mjs';
import { run } from '../setup/run.mjs';

const TYPED_FOLDERS = ['server', 'media', 'client', 'scripts', 'tests'];

/** @type {readonly { name: string, command: string, args: string[] }[]} */
const CHECKS = [
  { name: 'format (Prettier)', command: 'prettier', args: ['--check', '.', '--log-level', 'warn'] },
  { name: 'lint (oxlint, type-aware)', command: 'oxlint', args: ['--type-aware', '--deny-warnings'] },
  ...TYPED_FOLDERS.map((folder) => ({ name: `types (${folder})`, command: 'tsc', args: ['-p', folder] })),
  { name: 'unused code (knip)', command: 'knip', args: ['--no-progress'] },
  {
    name: 'direction of imports (dependency-cruiser)',
    command: 'depcruise',
    args: ['--config', '.dependency-cruiser.mjs', 'server', 'media', 'client'],
  },
];

/**
 * Runs every check, also after one has failed.
 *
 * @returns {Promise<string[]>} the names of those that failed, whose output has been printed
 */
export async function runChecks() {
  const failed = [];
  for (const { name, command, args } of CHECKS) {
    const bin = inRoot('node_modules', '.bin', command);
    try {
      await step(name, () => run(bin, args, { cwd: ROOT, env: pinnedPath() }));
    } catch (error) {
      failed.push(name);
      console.error(error instanceof Error ? error.message : error);
    }
  }
  return failed;
}

/** The tools' own first lines look for `node` on PATH, where an older one may come first. */
function pinnedPath() {
  return { ...process.env, PATH: `${inRoot('node_modules', '.bin')}:${process.env['PATH']}` };
}
