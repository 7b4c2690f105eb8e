import type { ImportFinding } from '../../../../server/protocol/rest/case-routes.ts';
import { importMessage } from '../../../../server/protocol/import-messages.ts';
import type { Language } from '../../../../server/protocol/scalars.ts';

interface NamedFinding {
  readonly severity: string;
  readonly finding: ImportFinding;
}

/** A spreadsheet reads a field that begins so as a formula; what came from a foreign file must not run. */
const FORMULA_START = /^[=+\-@\t\r]/;

function field(text: string): string {
  const guarded = FORMULA_START.test(text) ? `'${text}` : text;
  return `"${guarded.replaceAll('"', '""')}"`;
}

/** The findings as CSV in UTF-8 with a byte order mark, without which Excel shows Chinese as rubbish. */
export function findingsCsv(
  heading: readonly string[],
  rows: readonly NamedFinding[],
  language: Language,
): string {
  const lines = rows.map(({ severity, finding }) => [
    severity,
    finding.sheet,
    finding.cell,
    finding.params['found'] ?? '',
    importMessage(language, finding.code, finding.params),
  ]);
  return `\uFEFF${[heading, ...lines].map((line) => line.map(field).join(',')).join('\r\n')}\r\n`;
}

/** Hands a text to the browser as a download. */
export function saveText(fileName: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}
