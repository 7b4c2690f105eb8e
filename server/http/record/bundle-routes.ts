import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { recordBundleRoutes } from '../../protocol/rest/record-bundle-routes.ts';
import type { BundleExport } from '../../services/record/bundle-export.ts';
import { sendFileReply } from '../file-reply.ts';
import { route } from '../route.ts';

/** The evidence bundle: packed anew for each request, sent, and removed. */
export function registerBundleRoutes(app: FastifyInstance, bundles: BundleExport): void {
  route(app, recordBundleRoutes.bundle, async ({ session, params, query, reply }) => {
    const { path, sizeBytes, fileName } = await bundles.export(
      session,
      params.meetingId,
      query.version ?? 'public',
    );
    const content = createReadStream(path);
    // Also when the reader goes away in the middle.
    content.once('close', () => void rm(path, { force: true }));
    return sendFileReply(reply, {
      content,
      contentType: 'application/zip',
      fileName,
      disposition: 'attachment',
      sizeBytes,
    });
  });
}
