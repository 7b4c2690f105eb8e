import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

export interface FileReply {
  readonly content: Buffer | Uint8Array | Readable;
  /** Fixed by us, never taken from the sender. */
  readonly contentType: string;
  /** Any characters; sent by RFC 5987 with an ASCII fallback. */
  readonly fileName: string;
  /** `inline` opens in the browser where it can. */
  readonly disposition: 'inline' | 'attachment';
  readonly sizeBytes?: number;
  /** Strong validator without quotes, e.g. the SHA-256. */
  readonly etag?: string;
}

/** Sends a stored or generated file so that nothing in it can act as a page of ours. */
export function sendFileReply(reply: FastifyReply, file: FileReply): FastifyReply {
  reply
    .type(file.contentType)
    .header('content-disposition', toContentDisposition(file.disposition, file.fileName))
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "sandbox; default-src 'none'; style-src 'unsafe-inline'")
    .header('cache-control', 'private, no-cache');
  if (file.etag !== undefined) reply.header('etag', `"${file.etag}"`);
  if (file.sizeBytes !== undefined) reply.header('content-length', String(file.sizeBytes));
  return reply.send(file.content instanceof Uint8Array ? Buffer.from(file.content) : file.content);
}

/** RFC 6266 with both forms of the name: old readers take the ASCII one, all others the UTF-8 one. */
export function toContentDisposition(disposition: 'inline' | 'attachment', fileName: string): string {
  const ascii = fileName.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${disposition}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
