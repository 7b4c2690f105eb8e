import { constants } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { DomainError } from '../domain/errors.ts';
import type { FileKind, FileVault } from '../services/ports/master-data-ports.ts';

/** Uploads stop here, so that the record can still be written (new votes stop at 2 GB). */
const MIN_FREE_BYTES = 5 * 1024 ** 3;

export interface FileVaultOptions {
  /** `<data directory>/documents`; made when it is missing. */
  readonly directory: string;
  readonly minFreeBytes?: number;
}

/**
 * Files under their SHA-256: what is shown is what was uploaded, and the same bytes lie there once. A file
 * appears under its name only when all of it is on the disk.
 */
export function createFileVault(options: FileVaultOptions): FileVault {
  const { directory, minFreeBytes = MIN_FREE_BYTES } = options;
  const pathOf = (sha256: string, kind: FileKind) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError('not a SHA-256');
    return join(directory, sha256.slice(0, 2), `${sha256}.${kind}`);
  };
  return {
    pathOf,
    async read(sha256, kind) {
      try {
        const file = await open(pathOf(sha256, kind), 'r');
        return file.createReadStream();
      } catch (error) {
        throw new DomainError('NOT_FOUND', { cause: error });
      }
    },
    async requireSpace() {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const { bavail, bsize } = await statfs(directory);
      if (bavail * bsize < minFreeBytes) throw new DomainError('STORAGE_FULL');
    },
    async keep(file, kind) {
      const target = pathOf(file.sha256, kind);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      const partial = join(dirname(target), `.${randomUUID()}.part`);
      try {
        await copyFile(file.path, partial, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
        await syncFile(partial);
        await rename(partial, target);
        await syncDirectory(dirname(target));
      } catch (error) {
        await rm(partial, { force: true });
        throw toStorageError(error);
      }
    },
  };
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.chmod(0o600);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The rename itself survives a power cut only once its directory is written. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function toStorageError(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT' ? new DomainError('STORAGE_FULL', { cause: error }) : error;
}
