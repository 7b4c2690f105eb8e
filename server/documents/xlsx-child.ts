/**
 * The child process in which an uploaded workbook is read: started by xlsx-reader.ts with limits of memory
 * and time and without rights beyond reading. Arguments: file, today, acceptance date or nothing, lifetime.
 */
import { once } from 'node:events';
import { setPriority } from 'node:os';
import process from 'node:process';
import { isInvestorsSheet } from '../domain/claims/investors/read-register.ts';
import { isClaimsSheet, readClaimsTable } from '../domain/claims/read-claims-table.ts';
import type { ClaimsTableContext } from '../domain/claims/read-claims-table.ts';
import { encodeLine, tableLines } from './claims-lines.ts';
import type { ClaimsLine } from './claims-lines.ts';
import { openXlsxArchive } from './xlsx-archive.ts';
import { XlsxRefusal } from './xlsx-refusal.ts';
import { readSheets } from './xlsx-sheets.ts';

/** Below the server and the media workers: an import may take its time, a meeting may not. */
const BACKGROUND_PRIORITY = 10;
/** Lines are written in pieces of about this many characters. */
const PIECE_CHARACTERS = 32_768;

async function readTable(path: string, context: ClaimsTableContext): Promise<Iterable<ClaimsLine>> {
  try {
    const archive = await openXlsxArchive(path);
    try {
      const sheets = await readSheets(archive, [isClaimsSheet, isInvestorsSheet]);
      return tableLines(readClaimsTable(sheets, context));
    } finally {
      archive.close();
    }
  } catch (error) {
    if (!(error instanceof XlsxRefusal)) throw error;
    return [{ kind: 'refused', code: error.code, params: { ...error.params } }];
  }
}

async function write(lines: Iterable<ClaimsLine>): Promise<void> {
  let piece = '';
  const flush = async () => {
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
    piece = '';
  };
  for (const line of lines) {
    piece += encodeLine(line);
    if (piece.length >= PIECE_CHARACTERS) await flush();
  }
  await flush();
}

const [path = '', today = '', acceptanceDate = '', lifetimeMs = '0'] = process.argv.slice(2);
setPriority(BACKGROUND_PRIORITY);
// The parent kills in time; this is for a child whose parent is gone.
setTimeout(() => process.exit(1), Number(lifetimeMs)).unref();
await write(await readTable(path, acceptanceDate === '' ? { today } : { today, acceptanceDate }));
