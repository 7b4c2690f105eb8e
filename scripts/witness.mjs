// `npm run witness -- …`: a witness of meeting records, for a court, a committee or a province. It needs the npm
// packages and the pinned Node, and nothing else of the server: no database, no media worker, no pages.
import { fileURLToPath } from 'node:url';
import { ensurePackages } from './setup/packages.mjs';
import { reportFailure } from './setup/progress.mjs';
import { runsOnPinnedNode } from './setup/runtime.mjs';

async function main() {
  await ensurePackages();
  if (!runsOnPinnedNode(fileURLToPath(import.meta.url))) return;
  const { runWitness } = await import('./witness/run.ts');
  await runWitness(process.argv.slice(2));
}

main().catch(reportFailure);
