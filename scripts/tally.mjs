// `npm run tally -- input.json`: counts a vote that somebody wrote down, without a server or a database.
// Standard output carries the answer alone; what the bootstrap has to say goes to standard error.
import { fileURLToPath } from 'node:url';
import { ensurePackages } from './setup/packages.mjs';
import { reportFailure } from './setup/progress.mjs';
import { runsOnPinnedNode } from './setup/runtime.mjs';

async function main() {
  console.log = console.error;
  await ensurePackages();
  if (!runsOnPinnedNode(fileURLToPath(import.meta.url))) return;
  const { runTally } = await import('./tally/run-tally.ts');
  process.exitCode = await runTally(process.argv.slice(2));
}

main().catch(reportFailure);
