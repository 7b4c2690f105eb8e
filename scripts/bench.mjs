// `npm run bench -- ballots`: puts in place what a benchmark needs, as `npm start` does, and runs it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensurePackages } from './setup/packages.mjs';
import { ROOT, inRoot } from './setup/paths.mjs';
import { prepareServer } from './setup/prepare.mjs';
import { reportFailure, SetupError } from './setup/progress.mjs';
import { runsOnPinnedNode, SERVER_FLAGS, SERVER_MALLOC } from './setup/runtime.mjs';

const KNOWN = ['ballots', 'bundle', 'fuzz', 'import', 'kill', 'roll', 'verify', 'votes'];

async function main() {
  const [name = '', ...args] = process.argv.slice(2);
  const file = inRoot('scripts', 'bench', `${name}.ts`);
  if (!KNOWN.includes(name) || !existsSync(file))
    throw new SetupError(`Name a benchmark: ${KNOWN.join(', ')}`);
  await ensurePackages();
  if (!runsOnPinnedNode(fileURLToPath(import.meta.url))) return;
  const env = { ...SERVER_MALLOC, ...(await prepareServer()) };
  const command = [...SERVER_FLAGS, file, ...args];
  const bench = spawn(process.execPath, command, { cwd: ROOT, env, stdio: 'inherit' });
  const [code] = await once(bench, 'exit');
  process.exitCode = typeof code === 'number' ? code : 1;
}

main().catch(reportFailure);
