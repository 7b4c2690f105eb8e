/**
 * Child process: prints the number of pages of a PDF, 0 when it cannot be told. ISO 32000: the root of the
 * page tree is a `/Pages` dictionary whose `/Count` is the number of all pages below it, so the largest
 * count is the document's. Since PDF 1.5 dictionaries may lie in compressed object streams.
 */
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

/** One object stream holds some hundred dictionaries; what inflates to more is no honest one. */
const STREAM_MAX_BYTES = 8 * 1024 * 1024;
/** Together, so that a thousand small bombs cost no more than one. */
const TOTAL_MAX_BYTES = 64 * 1024 * 1024;
/** A dictionary of the page tree is short, apart from its list of kids. */
const DICTIONARY_REACH = 20_000;

function largestCount(text: string): number {
  let largest = 0;
  for (const match of text.matchAll(/\/Type\s*\/Pages\b/g)) {
    const start = text.lastIndexOf('<<', match.index);
    const end = text.indexOf('>>', match.index);
    if (start < 0 || end < 0 || end - start > DICTIONARY_REACH) continue;
    const count = /\/Count\s+(\d{1,6})\b/.exec(text.slice(start, end));
    if (count !== null) largest = Math.max(largest, Number(count[1]));
  }
  return largest;
}

function* objectStreams(bytes: Buffer, text: string): Generator<string> {
  let total = 0;
  for (const match of text.matchAll(/\/Type\s*\/ObjStm\b/g)) {
    const keyword = text.indexOf('stream', match.index);
    if (keyword < 0 || keyword - match.index > DICTIONARY_REACH) continue;
    const start = keyword + 'stream'.length + (text[keyword + 6] === '\r' ? 2 : 1);
    const end = text.indexOf('endstream', start);
    if (end < 0) continue;
    try {
      const inflated = inflateSync(bytes.subarray(start, end), { maxOutputLength: STREAM_MAX_BYTES });
      total += inflated.length;
      if (total > TOTAL_MAX_BYTES) return;
      yield inflated.toString('latin1');
    } catch {
      // Encrypted or damaged: other streams may still tell.
    }
  }
}

function countPages(path: string): number {
  const bytes = readFileSync(path);
  const text = bytes.toString('latin1');
  let pages = largestCount(text);
  for (const stream of objectStreams(bytes, text)) pages = Math.max(pages, largestCount(stream));
  return pages;
}

const path = process.argv[2];
process.stdout.write(String(path === undefined ? 0 : countPages(path)));
