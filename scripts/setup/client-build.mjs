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
  const built = existsSync(inRoot('dist', 'client', 'index.html')) && existsSync(stamp);
  if (built && readFileSync(stamp, 'utf8') === inputs) return;
  await step('Client (Vite)', (detail) =>
    run(pinnedNode(), [inRoot('node_modules', 'vite', 'bin', 'vite.js'), 'build', 'client'], {
      cwd: ROOT,
      onLine: detail,
      env: { ...process.env, NODE_ENV: 'production' },
    }),
  );
  compressFiles(inRoot('dist', 'client'));
  writeFileSync(stamp, inputs);
}
