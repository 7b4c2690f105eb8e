import { SetupError, step } from './progress.mjs';
import { run, tryRun } from './run.mjs';

/**
 * Makes sure of Debian or Ubuntu packages: root installs what is missing, anybody else is told the exact line.
 *
 * @param {string} purpose what they are for, as the user reads it
 * @param {readonly string[]} packages
 * @throws {SetupError} when something is missing that cannot be installed here
 */
export async function ensureDebianPackages(purpose, packages) {
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const line = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (!tryRun('apt-get', ['--version'])) {
    throw new SetupError(`${purpose} needs these packages (Debian's names): ${missing.join(' ')}`);
  }
  if (process.getuid?.() !== 0) {
    throw new SetupError(
      `${purpose} needs Debian packages. Install them, then start again:\n\n  sudo ${line}`,
    );
  }
  await step(`Debian packages for ${purpose.toLowerCase()}`, async (detail) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update'], { env, onLine: detail });
    await run('apt-get', line.split(' ').slice(1), { env, onLine: detail });
  });
}

/** @param {string} name */
function isInstalled(name) {
  return tryRun('dpkg-query', ['-W', '-f=${db:Status-Status}', name])?.startsWith('installed') ?? false;
}
