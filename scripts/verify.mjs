// `npm run verify -- bundle.zip --policy FILE`: checks a meeting's record without its server.
// Standard output carries the report alone; what the bootstrap has to say goes to standard error.
import { fileURLToPath } from 'node:url';
import { ensurePackages } from './setup/packages.mjs';
import { reportFailure } from './setup/progress.mjs';
import { runsOnPinnedNode } from './setup/runtime.mjs';

/** As in run-verify.ts, of what goes wrong before it. Not 1: whoever reads the exit code must not take a full disk for a forged record. */
const VERIFIER_BROKE = 4;

async function main() {
  const print = console.log;
  console.log = console.error;
  await ensurePackages();
  if (!runsOnPinnedNode(fileURLToPath(import.meta.url))) return;
  const { runVerify } = await import('./verify/run-verify.ts');
  process.exitCode = await runVerify(process.argv.slice(2), { print, complain: console.error });
}

main().catch((error) => {
  reportFailure(error);
  process.exitCode = VERIFIER_BROKE;
});
