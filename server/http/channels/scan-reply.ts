import type { FastifyReply } from 'fastify';
import { SCAN_TYPES } from '../../services/entered-ballots/entry-views.ts';
import type { StoredScan } from '../../services/ports/entered-ballot-port.ts';
import type { FileVault } from '../../services/ports/master-data-ports.ts';
import { sendFileReply } from '../file-reply.ts';

/** A photograph or PDF that somebody has sent in, under a name that tells nothing. */
export async function sendScan(
  reply: FastifyReply,
  vault: Pick<FileVault, 'read'>,
  { kind, sha256, sizeBytes }: StoredScan,
): Promise<FastifyReply> {
  if (kind === 'xlsx') throw new Error('a spreadsheet is no scan');
  return sendFileReply(reply, {
    content: await vault.read(sha256, kind),
    contentType: SCAN_TYPES[kind],
    fileName: `${sha256.slice(0, 12)}.${kind}`,
    disposition: 'inline',
    sizeBytes,
    etag: sha256,
  });
}
