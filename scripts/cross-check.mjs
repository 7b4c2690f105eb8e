// `npm run cross-check -- bundle.zip`: holds a bundle's checkpoints and our proofs over it against golang.org/x/mod,
// written by other hands. Optional: it needs Go, and fetches that one module.
import { fileURLToPath } from 'node:url';
import { ensurePackages } from './setup/packages.mjs';
import { reportFailure } from './setup/progress.mjs';
import { runsOnPinnedNode } from './setup/runtime.mjs';

async function main() {
  await ensurePackages();
  if (!runsOnPinnedNode(fileURLToPath(import.meta.url))) return;
  const { runCrossCheck } = await import('./cross-check/run-cross-check.ts');
  const output = { print: console.log, complain: console.error };
  process.exitCode = await runCrossCheck(process.argv.slice(2), output);
}

main().catch(reportFailure);
