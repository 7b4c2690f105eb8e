import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What makes this installation itself; kept in the data directory, outside the database's backup. */
export interface Installation {
  /** Names it in the origins of its ledgers. ASCII, no slash. */
  readonly installId: string;
  /** Names this server as the writer of ledgers; the same after a restart. */
  readonly nodeId: string;
  /** 32 random bytes from which the accounts' keys come. */
  readonly secret: Uint8Array;
}

const FILE = 'installation.json';

/** Reads the installation's identity or makes it at the first start. The file is readable by its owner alone. */
export async function openInstallation(dataDir: string): Promise<Installation> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, FILE);
  const stored = (await readStored(path)) ?? (await create(path));
  return { installId: stored.installId, nodeId: stored.nodeId, secret: Buffer.from(stored.secret, 'base64') };
}

interface Stored {
  readonly installId: string;
  readonly nodeId: string;
  readonly secret: string;
}

async function readStored(path: string): Promise<Stored | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Stored;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function create(path: string): Promise<Stored> {
  const stored: Stored = {
    installId: `cm-${randomBytes(6).toString('hex')}`,
    nodeId: `node-${randomBytes(6).toString('hex')}`,
    secret: randomBytes(32).toString('base64'),
  };
  // Exclusive: of two servers that start on the same directory only one makes its identity.
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(JSON.stringify(stored));
    await file.sync();
  } finally {
    await file.close();
  }
  return stored;
}
