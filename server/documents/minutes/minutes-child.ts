/**
 * Child process: writes minutes. Reads `{content, format}` as JSON from its input and writes the document to
 * its output. Started by renderer.ts, because reading two fonts of 14 MB would hold the server.
 */
import { setPriority } from 'node:os';
import process from 'node:process';
import { buffer } from 'node:stream/consumers';
import type { MinutesContent } from '../../domain/minutes/content.ts';
import type { MinutesFormat } from '../../services/ports/minutes-renderer-port.ts';

/** Below the server and the media workers: a meeting may be going on. */
const BACKGROUND_PRIORITY = 10;

interface Order {
  readonly content: MinutesContent;
  readonly format: MinutesFormat;
}

/** Only the writer that is asked for is loaded. */
async function write({ content, format }: Order): Promise<Buffer> {
  if (format === 'pdf') return (await import('./pdf.ts')).writeMinutesPdf(content);
  return (await import('./docx.ts')).writeMinutesDocx(content);
}

setPriority(BACKGROUND_PRIORITY);
const lifetimeMs = Number(process.argv[2] ?? '0');
// The parent kills in time; this is for a child whose parent is gone.
setTimeout(() => process.exit(1), lifetimeMs).unref();
const order = JSON.parse((await buffer(process.stdin)).toString('utf8')) as Order;
process.stdout.write(await write(order));
