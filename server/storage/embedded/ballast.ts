import { existsSync } from 'node:fs';
import { open, rename, rm, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

const CHUNK_BYTES = 4 * 1024 * 1024;
/** Below this much free space the ballast is given up, so that the database can start and write again. */
const LOW_SPACE_BYTES = 128 * 1024 * 1024;
/** The ballast is only laid down where it does not itself make the disk tight. */
const COMFORT_FACTOR = 8;

async function freeBytes(path: string): Promise<number> {
  const stats = await statfs(path);
  return stats.bavail * stats.bsize;
}

/**
 * Writes a file of `sizeBytes` that only holds space. `mongod` dies on a full disk and does not start again
 * until there is room: releasing the ballast makes that room without losing any data.
 */
export async function layBallast(path: string, sizeBytes: number): Promise<void> {
  if (sizeBytes === 0 || existsSync(path)) return;
  if ((await freeBytes(dirname(path))) < sizeBytes * COMFORT_FACTOR) return;
  const partial = `${path}.partial`;
  const file = await open(partial, 'w', 0o600);
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    // Written, not truncated to length: a sparse file holds no space.
    for (let written = 0; written < sizeBytes; written += CHUNK_BYTES) await file.write(chunk);
  } finally {
    await file.close();
  }
  await rename(partial, path);
}

/** Removes the ballast when the disk is nearly full. Returns whether space was released. */
export async function releaseBallastWhenFull(path: string): Promise<boolean> {
  if (!existsSync(path) || (await freeBytes(dirname(path))) >= LOW_SPACE_BYTES) return false;
  await rm(path, { force: true });
  return true;
}
