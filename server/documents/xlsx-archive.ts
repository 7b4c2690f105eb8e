/**
 * The archive that a workbook is: what kind of file it is by its content, its parts, and reading a part as a
 * stream. Sizes are judged before anything is inflated, and yauzl ends a part that is longer than it says.
 */
import { open, readFile, stat } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { openPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { MAX_ARCHIVE_PARTS, MAX_INFLATED_BYTES } from './xlsx-limits.ts';
import { XlsxRefusal } from './xlsx-refusal.ts';

const SIGNATURE_BYTES = 8;
/** Old Office files and encrypted new ones are both compound files; only the latter carry this stream. */
const ENCRYPTED_MARK = Buffer.from('EncryptedPackage', 'utf16le');
/** Compound files larger than this are not searched for the mark. */
const MAX_SEARCHED_BYTES = 64 * 1024 * 1024;

const SIGNATURES: readonly { readonly name: string; readonly bytes: string }[] = [
  { name: 'ZIP', bytes: '504b0304' },
  { name: 'ZIP', bytes: '504b0506' },
  { name: 'OLE', bytes: 'd0cf11e0a1b11ae1' },
  { name: 'PDF', bytes: '25504446' },
  { name: 'PNG', bytes: '89504e47' },
  { name: 'JPEG', bytes: 'ffd8ff' },
  { name: 'RAR', bytes: '52617221' },
  { name: '7z', bytes: '377abcaf' },
  { name: 'RTF', bytes: '7b5c727466' },
];

async function readSignature(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SIGNATURE_BYTES), 0, SIGNATURE_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function guessText(start: Buffer): string {
  if (start.length === 0) return '空文件 / empty';
  const text = start.toString('latin1').trimStart();
  if (text.startsWith('<')) return 'HTML/XML';
  // oxlint-disable-next-line no-control-regex -- bytes of a text file
  return /^[\t\r\n\u0020-\u007E\u0080-\u00FF]*$/.test(text) ? 'CSV/TXT' : '未知 / unknown';
}

async function isEncryptedCompound(path: string): Promise<boolean> {
  const { size } = await stat(path);
  return size <= MAX_SEARCHED_BYTES && (await readFile(path)).includes(ENCRYPTED_MARK);
}

/** Refuses what is not a zip archive, naming what it is instead. */
async function requireZip(path: string): Promise<void> {
  const start = await readSignature(path);
  const hex = start.toString('hex');
  const detected = SIGNATURES.find(({ bytes }) => hex.startsWith(bytes))?.name ?? guessText(start);
  if (detected === 'ZIP') return;
  if (detected !== 'OLE') throw new XlsxRefusal('FILE_NOT_XLSX', { detected });
  if (await isEncryptedCompound(path)) throw new XlsxRefusal('FILE_ENCRYPTED');
  throw new XlsxRefusal('FILE_NOT_XLSX', { detected: 'XLS/DOC (Office 97–2003)' });
}

/** An opened workbook archive; parts are named as in the archive, `xl/workbook.xml`. */
export interface XlsxArchive {
  readonly partNames: readonly string[];
  /** The part's text in pieces, checked against its CRC at the end. */
  readText(part: string): AsyncGenerator<string>;
  close(): void;
}

async function listParts(zip: ZipFile): Promise<Map<string, Entry>> {
  const parts = new Map<string, Entry>();
  let inflatedBytes = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw new XlsxRefusal('FILE_ENCRYPTED');
    inflatedBytes += entry.uncompressedSize;
    if (inflatedBytes > MAX_INFLATED_BYTES) {
      const limitMb = String(MAX_INFLATED_BYTES / 1024 / 1024);
      throw new XlsxRefusal('FILE_INFLATES_TOO_LARGE', { limitMb });
    }
    if (parts.has(entry.fileName) || parts.size >= MAX_ARCHIVE_PARTS) {
      throw new XlsxRefusal('FILE_BROKEN', { part: entry.fileName.slice(0, 60) });
    }
    parts.set(entry.fileName, entry);
  }
  return parts;
}

function requireWorkbook(parts: ReadonlyMap<string, Entry>): void {
  const names = [...parts.keys()];
  if (names.some((name) => name.endsWith('vbaProject.bin'))) {
    throw new XlsxRefusal('FILE_NOT_XLSX', { detected: 'XLSM' });
  }
  if (parts.has('xl/workbook.xml') && parts.has('[Content_Types].xml')) return;
  const kinds = [
    { name: 'XLSB', part: 'xl/workbook.bin' },
    { name: 'DOCX', part: 'word/document.xml' },
    { name: 'PPTX', part: 'ppt/presentation.xml' },
    { name: 'ODF', part: 'mimetype' },
  ];
  const detected = kinds.find(({ part }) => parts.has(part))?.name ?? 'ZIP';
  throw new XlsxRefusal('FILE_NOT_XLSX', { detected });
}

async function* inflate(zip: ZipFile, entry: Entry): AsyncGenerator<string> {
  const stream = await zip.openReadStreamPromise(entry);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let checksum = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    checksum = crc32(chunk, checksum);
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
  if (checksum !== entry.crc32) throw new XlsxRefusal('FILE_BROKEN', { part: entry.fileName });
}

/**
 * Opens a workbook for reading.
 * @throws XlsxRefusal when it is no workbook, encrypted, damaged, or too large once inflated
 */
export async function openXlsxArchive(path: string): Promise<XlsxArchive> {
  await requireZip(path);
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(refuseDamaged);
  try {
    const parts = await listParts(zip);
    requireWorkbook(parts);
    return {
      partNames: [...parts.keys()],
      readText(part) {
        const entry = parts.get(part);
        if (entry === undefined) throw new XlsxRefusal('FILE_BROKEN', { part: part.slice(0, 60) });
        return inflate(zip, entry);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    return refuseDamaged(error);
  }
}

/** Whatever yauzl finds wrong with an archive is damage to whoever uploaded it. */
function refuseDamaged(error: unknown): never {
  throw error instanceof XlsxRefusal ? error : new XlsxRefusal('FILE_BROKEN', { part: 'ZIP' });
}
