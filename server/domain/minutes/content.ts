/**
 * Minutes (会议笔录) as content without a layout: the Word and the PDF writer put down the same words. The
 * sections and their order are those of court practice (企业破产法 art. 61(2): 债权人会议应当对所议事项的决议
 * 作成会议记录). Text is Chinese, as the document that is signed.
 */

export interface MinutesContent {
  /** E.g. 第一次债权人会议笔录. */
  readonly title: string;
  readonly caseNumber: string;
  /** Name of the case, e.g. 江南某某有限公司破产清算案. */
  readonly caseName: string;
  readonly court: string;
  /** What every page says: 演示, 草稿, 脱敏本. */
  readonly marks: readonly string[];
  readonly sections: readonly MinutesSection[];
  /** Roles that sign, one line each. */
  readonly signatures: readonly string[];
  /** Lists that would hide the text, after the signatures. */
  readonly annexes: readonly MinutesSection[];
}

export interface MinutesSection {
  readonly heading: string;
  readonly blocks: readonly MinutesBlock[];
}

export type MinutesBlock =
  | { readonly kind: 'text'; readonly text: string }
  /** Smaller, for explanations. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly Fact[] }
  /** Text put to the vote, as it was published; paragraphs are parted by line feeds. */
  | { readonly kind: 'quote'; readonly text: string }
  /** Hashes and the like, which must stay on one line to be compared. */
  | { readonly kind: 'code'; readonly rows: readonly Fact[] }
  | { readonly kind: 'table'; readonly table: MinutesTable }
  | { readonly kind: 'verdict'; readonly word: string; readonly text: string };

export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface MinutesTable {
  readonly columns: readonly MinutesColumn[];
  readonly rows: readonly (readonly string[])[];
  /** The last row is the total. */
  readonly hasTotal: boolean;
}

export interface MinutesColumn {
  readonly title: string;
  /** Share of the line, relative to the other columns. */
  readonly width: number;
  readonly isNumber: boolean;
}

export const text = (value: string): MinutesBlock => ({ kind: 'text', text: value });
export const note = (value: string): MinutesBlock => ({ kind: 'note', text: value });
export const heading = (value: string): MinutesBlock => ({ kind: 'heading', text: value });
export const facts = (rows: readonly Fact[]): MinutesBlock => ({ kind: 'facts', rows });
export const fact = (label: string, value: string): Fact => ({ label, value });

/** Columns as [title, relative width, kind]. */
export function table(
  columns: readonly (readonly [title: string, width: number, kind?: 'number'])[],
  rows: readonly (readonly string[])[],
  hasTotal = false,
): MinutesBlock {
  const named = columns.map(([title, width, kind]) => ({ title, width, isNumber: kind === 'number' }));
  return { kind: 'table', table: { columns: named, rows, hasTotal } };
}
