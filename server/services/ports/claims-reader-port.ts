/** What the import of a claims table needs of the part that reads the uploaded file. */
import type { ErrorCode } from '../../protocol/errors.ts';
import type { ImportFinding } from '../../protocol/import-messages.ts';
import type { ClaimsTable, ClaimsTableContext } from '../../domain/claims/read-claims-table.ts';

/** The file as a whole was refused; nothing in it was read. */
export interface ClaimsFileRefused {
  readonly status: 'refused';
  readonly sha256: string;
  readonly refusal: ImportFinding;
  /** What to throw when the upload is answered with an error at once. */
  readonly errorCode: ErrorCode;
}

/** The table was read; it may be full of errors, and then `creditors` and `claims` are empty. */
export interface ClaimsFileRead extends ClaimsTable {
  readonly status: 'read';
  /** Of the file, lower-case hexadecimal. */
  readonly sha256: string;
}

export type ClaimsReadResult = ClaimsFileRefused | ClaimsFileRead;

export interface ClaimsReader {
  /**
   * Reads an uploaded workbook from a file on this machine. Bad files are results, not exceptions;
   * rejects only when reading could not be tried at all. One file is read at a time, others wait.
   */
  read(filePath: string, context: ClaimsTableContext): Promise<ClaimsReadResult>;
}
