import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReceivedFile } from '../../server/services/ports/master-data-ports.ts';
import type { MeetingServer } from './meeting-server.ts';

/** A file as the server has received it. */
export async function withUpload<T>(bytes: Buffer, work: (file: ReceivedFile) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'meeting-import-'));
  try {
    const path = join(directory, 'claims.xlsx');
    await writeFile(path, bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return await work({ path, sizeBytes: bytes.length, sha256, fileName: '债权表.xlsx' });
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Puts another claims table into force on the server's case, as an administrator does. */
export async function importClaims({ composed, staff, caseId }: MeetingServer, bytes: Buffer): Promise<void> {
  const lead = staff['administrator-lead'];
  const { imports } = composed.services;
  await withUpload(bytes, async (file) => {
    const preview = await imports.upload(lead, caseId, file);
    await imports.confirm(lead, { caseId, importId: preview.importId }, preview.totals);
  });
}
