/**
 * How the child process hands a claims table to the server: one JSON value a line, rows first, so that the
 * server parses it in slices as it arrives and never holds its event loop for a whole table.
 */
import type { FileRefusalCode } from '../protocol/import-messages.ts';
import type { ClaimsTable } from '../domain/claims/read-claims-table.ts';
import type { ImportedClaim, ImportedCreditor } from '../domain/claims/types.ts';

export type ClaimsSummary = Omit<ClaimsTable, 'creditors' | 'claims'>;

export type ClaimsLine =
  | { readonly kind: 'refused'; readonly code: FileRefusalCode; readonly params: Record<string, string> }
  | { readonly kind: 'creditor'; readonly value: ImportedCreditor }
  | { readonly kind: 'claim'; readonly value: ImportedClaim }
  /** Always last: without it the output was cut off. */
  | { readonly kind: 'summary'; readonly value: ClaimsSummary };

/** Amounts travel as decimal strings under names that end in `Fen`, and under no other. */
const isAmountName = (name: string): boolean => name.endsWith('Fen');

export function encodeLine(line: ClaimsLine): string {
  const text = JSON.stringify(line, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  return `${text}\n`;
}

export function decodeLine(text: string): ClaimsLine {
  return JSON.parse(text, (name, value: unknown) =>
    isAmountName(name) && typeof value === 'string' ? BigInt(value) : value,
  ) as ClaimsLine;
}

export function* tableLines(table: ClaimsTable): Generator<ClaimsLine> {
  const { creditors, claims, ...summary } = table;
  for (const value of creditors) yield { kind: 'creditor', value };
  for (const value of claims) yield { kind: 'claim', value };
  yield { kind: 'summary', value: summary };
}
