/**
 * Everything that the reading of a claims table can say, keyed by code, in Chinese and English.
 * An error stops the import, a warning is shown and confirmed with the control totals. `{name}` is
 * filled from the finding's params; `{…column}` is the key of a column, shown by its heading.
 * Browser-safe, so that the client composes the text in the reader's language.
 */
import { cellTemplates } from './claims-import/cell-findings.ts';
import { isSheetColumn, sheetColumns } from './claims-import/columns.ts';
import { fileTemplates, sheetTemplates } from './claims-import/file-findings.ts';
import { amountTemplates, crossTemplates } from './claims-import/row-findings.ts';
import type { ImportTemplate } from './claims-import/template.ts';
import type { Language } from './scalars.ts';

export const importTemplates = {
  ...fileTemplates,
  ...sheetTemplates,
  ...cellTemplates,
  ...amountTemplates,
  ...crossTemplates,
} as const;

export type ImportCode = keyof typeof importTemplates;
/** Refusals of the file as a whole: nothing in it was read. */
export type FileRefusalCode = keyof typeof fileTemplates;

type Placeholder<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholder<Rest> : never;
/** What a code's texts need to be filled. */
export type ImportParams<C extends ImportCode> = Readonly<
  Record<Placeholder<(typeof importTemplates)[C]['zh']>, string>
>;

/** Something found in an uploaded table, on its way to the administrator who uploaded it. */
export interface ImportFinding {
  readonly code: ImportCode;
  /** Name of the sheet; empty when the file as a whole is meant. */
  readonly sheet: string;
  /** Address such as `F12`; a row is addressed by its first cell, a whole sheet or file by nothing. */
  readonly cell: string;
  readonly params: Readonly<Record<string, string>>;
}

const unknownText: Readonly<Record<Language, string>> = { 'zh-CN': '未知问题', en: 'Unknown problem' };

function paramText(language: Language, name: string, value: string | undefined): string {
  if (value === undefined) return '';
  if (!name.toLowerCase().endsWith('column') || !isSheetColumn(value)) return value;
  const column = sheetColumns[value];
  return language === 'en' ? column.en : column.zh;
}

const isImportCode = (code: string): code is ImportCode => Object.hasOwn(importTemplates, code);

/** The sentence for a code; a code of a newer server gives a neutral text, never an exception. */
export function importMessage(
  language: Language,
  code: string,
  params: Readonly<Record<string, string>> = {},
): string {
  if (!isImportCode(code)) return unknownText[language];
  const template: ImportTemplate = importTemplates[code];
  const text = language === 'en' ? template.en : template.zh;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => paramText(language, name, params[name]));
}

/** Whether a finding stops the import. */
export function isImportError(code: ImportCode): boolean {
  return importTemplates[code].severity === 'error';
}
