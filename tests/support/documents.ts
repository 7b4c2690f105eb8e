/** Reads generated documents back, as somebody who got them would. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';

const run = promisify(execFile);

/** Runs a poppler tool on a PDF. */
async function poppler(tool: string, pdf: Buffer, options: readonly string[] = []): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'pdf-'));
  try {
    const path = join(directory, 'file.pdf');
    await writeFile(path, pdf);
    const { stdout } = await run(tool, tool === 'pdftotext' ? [...options, path, '-'] : [...options, path]);
    return stdout;
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Text of a PDF without the spaces and line ends of its layout. */
export async function textOfPdf(pdf: Buffer): Promise<string> {
  return (await poppler('pdftotext', pdf)).replaceAll(/\s/g, '');
}

/** Text of each page of a PDF. */
export async function pagesOfPdf(pdf: Buffer): Promise<string[]> {
  return (await poppler('pdftotext', pdf, ['-layout'])).split('\f').slice(0, -1);
}

/** One line a font: name, type, encoding, embedded, subset, map to Unicode. */
export async function fontsOfPdf(pdf: Buffer): Promise<string[]> {
  return (await poppler('pdffonts', pdf)).trim().split('\n').slice(2);
}

/** Files of a zip by name. */
export async function filesOfZip(bytes: Buffer): Promise<Map<string, Buffer>> {
  const zip = await fromBufferPromise(bytes);
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  }
  return files;
}

/** Text of a Word document, paragraphs parted by line feeds. */
export function textOfDocx(files: ReadonlyMap<string, Buffer>): string {
  const xml = files.get('word/document.xml')?.toString('utf8') ?? '';
  const paragraphs = xml.split('</w:p>').map((part) => part.replaceAll(/<w:t[^>]*>|<[^>]+>/g, ''));
  const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"' };
  return paragraphs.join('\n').replaceAll(/&(?:lt|gt|amp|quot);/g, (entity) => entities[entity] ?? entity);
}
