/** Thrown inside the child process when a file is refused as a whole. */
import type { FileRefusalCode } from '../protocol/import-messages.ts';

export class XlsxRefusal extends Error {
  readonly code: FileRefusalCode;
  readonly params: Readonly<Record<string, string>>;

  constructor(code: FileRefusalCode, params: Readonly<Record<string, string>> = {}) {
    super(code);
    this.name = 'XlsxRefusal';
    this.code = code;
    this.params = params;
  }
}
