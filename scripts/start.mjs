// `npm start`: puts everything in place that is not there yet, then runs the server. Until the npm packages are
// installed, nothing but Node itself (18 or later) can be counted on.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { asksForHelp, checkArguments, USAGE } from './setup/arguments.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { ROOT, inRoot } from './setup/paths.mjs';
import { prepareServer } from './setup/prepare.mjs';
import { reportFailure } from './setup/progress.mjs';
import { runsOnPinnedNode, SERVER_FLAGS, SERVER_MALLOC, superviseChild } from './setup/runtime.mjs';

async function main() {
  const args = process.argv.slice(2);
  if (asksForHelp(args)) {
    console.log(USAGE);
    return;
  }
  checkArguments(args);
  await ensurePackages();
  if (!runsOnPinnedNode(fileURLToPath(import.meta.url))) return;
  const env = { ...SERVER_MALLOC, ...(await prepareServer()) };
  // The channel tells the server when this process is gone, also when it was killed.
  const server = spawn(process.execPath, [...SERVER_FLAGS, inRoot('server', 'main.ts'), ...args], {
    cwd: ROOT,
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  superviseChild(server);
}

main().catch(reportFailure);
