import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { compressFiles } from './compress.mjs';
import { hashInputs } from './hash.mjs';
import { ROOT, inRoot } from './paths.mjs';
import { step } from './progress.mjs';
import { run } from './run.mjs';
import { pinnedNode } from './runtime.mjs';

/** Everything that ends up in the bundle: the client, what it shares with the server, and the packages. */
const INPUTS = ['client', 'server/protocol', 'server/domain', 'package-lock.json', 'tsconfig.json'];

/** Builds the client into dist/client, unless it was built from the same inputs. */
export async function ensureClientBuild() {
  const stamp = inRoot('dist', 'client.inputs');
  const inputs = hashInputs(
    ROOT,
    INPUTS.map((path) => inRoot(path)),
  );
  const isThere = (/** @type {string} */ page) => existsSync(inRoot('dist', 'client', page));
  const built = isThere('index.html') && isThere('verifier.html') && existsSync(stamp);
  if (built && readFileSync(stamp, 'utf8') === inputs) return;
  await step('Client (Vite)', async (detail) => {
    await viteBuild('client', detail);
    // The first build empties the folder; the page that works from a USB stick is laid beside it.
    await viteBuild('client/verifier', detail);
  });
  compressFiles(inRoot('dist', 'client'));
  writeFileSync(stamp, inputs);
}

/**
 * @param {string} folder with a vite.config.ts
 * @param {(text: string) => void} onLine
 */
function viteBuild(folder, onLine) {
  return run(pinnedNode(), [inRoot('node_modules', 'vite', 'bin', 'vite.js'), 'build', folder], {
    cwd: ROOT,
    onLine,
    env: { ...process.env, NODE_ENV: 'production' },
  });
}
