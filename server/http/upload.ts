import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../domain/errors.ts';

/** Longer names are cut; they are shown, never used as a path. */
const FILE_NAME_MAX_CHARACTERS = 200;

export interface Upload {
  /** Temporary file of ours with a random name. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** As the sender names it, without folders and control characters; for display only. */
  readonly fileName: string;
  /** Removes the temporary file; call it in a `finally`. */
  cleanup(): Promise<void>;
}

/**
 * Streams the one uploaded file to disk without ever holding it in memory. Its type is not looked at here:
 * whoever reads the content decides by the content.
 * @throws DomainError INVALID_REQUEST without a file, FILE_TOO_LARGE beyond `maxBytes`,
 *   UNSUPPORTED_MEDIA_TYPE when the body is not multipart
 */
export async function receiveUpload(request: FastifyRequest, maxBytes: number): Promise<Upload> {
  if (!request.isMultipart()) throw new DomainError('UNSUPPORTED_MEDIA_TYPE');
  const part = await request.file({ limits: { fileSize: maxBytes, files: 1 } });
  if (part === undefined) throw new DomainError('INVALID_REQUEST', { detail: 'body: file missing' });
  const path = join(request.server.httpContext.temporaryDirectory, `upload-${randomUUID()}`);
  const cleanup = () => rm(path, { force: true });
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(part.file, measure, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    await cleanup();
    throw toStorageError(error);
  }
  if (part.file.truncated) {
    await cleanup();
    throw new DomainError('FILE_TOO_LARGE', { params: { maxBytes } });
  }
  return { path, sizeBytes, sha256: hash.digest('hex'), fileName: toDisplayName(part.filename), cleanup };
}

function toStorageError(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT' ? new DomainError('STORAGE_FULL', { cause: error }) : error;
}

function toDisplayName(fileName: string): string {
  const name = basename(fileName.replaceAll('\\', '/')).replaceAll(/\p{C}/gu, '').trim();
  return [...name].slice(0, FILE_NAME_MAX_CHARACTERS).join('') || 'file';
}

/** Receives the file only once the person may send it, and removes it whatever happens. */
export async function withUpload<T>(
  request: FastifyRequest,
  maxBytes: number,
  use: (file: Upload) => Promise<T>,
): Promise<T> {
  const file = await receiveUpload(request, maxBytes);
  try {
    return await use(file);
  } finally {
    await file.cleanup();
  }
}
