import { statfs } from 'node:fs/promises';
import { DomainError } from '../domain/errors.ts';

/** New votes are refused below this: what is promised to be recorded must have room. */
const VOTE_MIN_FREE_BYTES = 2 * 1024 ** 3;

/** @throws DomainError STORAGE_FULL when the disk under `directory` is nearly full */
export async function requireFreeSpace(directory: string, purpose: 'vote'): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  if (bavail * bsize < VOTE_MIN_FREE_BYTES) throw new DomainError('STORAGE_FULL', { params: { purpose } });
}
