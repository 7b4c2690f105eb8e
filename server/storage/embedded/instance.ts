import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

const KEYFILE_BYTES = 96;
const PASSWORD_BYTES = 32;

/** What identifies one embedded database; kept with mode 0600 beside its files. */
export interface Instance {
  readonly instanceId: string;
  readonly user: string;
  readonly password: string;
  /** Kept from start to start: the replica set's configuration names it. */
  readonly port: number;
}

export interface InstancePaths {
  readonly root: string;
  readonly files: string;
  readonly keyFile: string;
  readonly instanceFile: string;
  readonly logFile: string;
  readonly ballast: string;
}

export function instancePaths(dataDir: string): InstancePaths {
  // Absolute, so that it can be compared with what a running process says of itself.
  const root = resolve(dataDir, 'database');
  return {
    root,
    files: join(root, 'files'),
    keyFile: join(root, 'keyfile'),
    instanceFile: join(root, 'instance.json'),
    logFile: join(root, 'mongod.log'),
    ballast: join(root, 'ballast'),
  };
}

/** Reads the instance of a data directory, or creates it with fresh secrets and a free port. */
export async function openInstance(paths: InstancePaths): Promise<Instance> {
  await mkdir(paths.files, { recursive: true, mode: 0o700 });
  await chmod(paths.root, 0o700);
  if (!existsSync(paths.keyFile)) {
    await writeSecret(paths.keyFile, `${randomBytes(KEYFILE_BYTES).toString('base64')}\n`);
  }
  if (existsSync(paths.instanceFile)) {
    return JSON.parse(await readFile(paths.instanceFile, 'utf8')) as Instance;
  }
  const instance: Instance = {
    instanceId: randomUUID(),
    user: 'creditors-meeting',
    password: randomBytes(PASSWORD_BYTES).toString('hex'),
    port: await findFreePort(),
  };
  await saveInstance(paths, instance);
  return instance;
}

export async function saveInstance(paths: InstancePaths, instance: Instance): Promise<void> {
  await writeSecret(paths.instanceFile, `${JSON.stringify(instance, null, 2)}\n`);
}

/** Complete or absent, never half written: a crash in between must not lose the password. */
async function writeSecret(path: string, content: string): Promise<void> {
  const partial = `${path}.partial`;
  const file = await open(partial, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
}

export function findFreePort(): Promise<number> {
  return listenOn(0);
}

export async function isPortFree(port: number): Promise<boolean> {
  return listenOn(port).then(
    () => true,
    () => false,
  );
}

function listenOn(wanted: number): Promise<number> {
  return new Promise((settle, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => settle(port));
    });
  });
}
