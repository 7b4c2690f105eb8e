import { open } from 'node:fs/promises';
import { DomainError } from '../domain/errors.ts';
import type { ScanInspector } from '../services/ports/entered-ballot-port.ts';
import type { PdfInspector } from '../services/ports/master-data-ports.ts';

/** Cameras add data behind the end mark of a picture. */
const TAIL_BYTES = 64 * 1024;
const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);
const JPEG_END = Buffer.from([0xff, 0xd9]);
const PNG_START = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PNG_END = Buffer.from('IEND');

/**
 * Judges a scan by its first and last bytes: the name says nothing. Pictures are never decoded here; the browser
 * that shows them does, in a sandbox and under the type that was found.
 */
export function createScanInspector(pdf: PdfInspector): ScanInspector {
  return {
    async inspect(path) {
      const { head, tail } = await readEnds(path);
      if (head.subarray(0, 5).toString('latin1') === '%PDF-') {
        await pdf.inspect(path);
        return 'pdf';
      }
      if (head.subarray(0, JPEG_START.length).equals(JPEG_START))
        return whole('jpg', tail.includes(JPEG_END));
      if (head.subarray(0, PNG_START.length).equals(PNG_START)) return whole('png', tail.includes(PNG_END));
      throw new DomainError('FILE_TYPE_WRONG', { params: { expected: 'PDF / JPG / PNG' } });
    },
  };
}

function whole<K extends 'jpg' | 'png'>(kind: K, hasEnd: boolean): K {
  if (!hasEnd) throw new DomainError('FILE_DAMAGED');
  return kind;
}

async function readEnds(path: string): Promise<{ head: Buffer; tail: Buffer }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = await file.read(Buffer.alloc(16), 0, 16, 0);
    const length = Math.min(TAIL_BYTES, size);
    const tail = await file.read(Buffer.alloc(length), 0, length, size - length);
    return {
      head: head.buffer.subarray(0, head.bytesRead),
      tail: tail.buffer.subarray(0, tail.bytesRead),
    };
  } finally {
    await file.close();
  }
}
