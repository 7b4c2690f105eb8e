/**
 * What people paste into spreadsheets, made comparable. Every change that could alter a meaning is named,
 * so that it can be reported; spaces at the ends go silently.
 */

export type TextChange = 'HIDDEN_CHARACTERS' | 'FULL_WIDTH' | 'LEADING_APOSTROPHE' | 'LINE_BREAK';

export interface CleanedText {
  readonly text: string;
  readonly changes: readonly TextChange[];
}

/** Zero-width and direction marks, soft hyphen, byte order mark, control characters; not line breaks. */
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g;
const HARD_SPACE = /[\u00A0\u2007\u202F]/g;
const FULL_WIDTH = /[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/;
const HAN_GAP = /(?<=\p{Script=Han}) +(?=\p{Script=Han})/gu;

/** NFKC, except that full-width brackets stay: they belong to company names as registered. */
function normalise(text: string): string {
  return text.replace(/[^（）]+/g, (part) => part.normalize('NFKC'));
}

function replaceLineBreaks(text: string): string {
  return text.replace(/[ \t]*(?:\r\n|\r|\n|\u2028|\u2029)[ \t]*/g, ' ').replace(HAN_GAP, '');
}

/** Cleans the text of a cell and names what was changed. */
export function cleanText(raw: string): CleanedText {
  const changes: TextChange[] = [];
  const apply = (change: TextChange, before: string, after: string): string => {
    if (before !== after) changes.push(change);
    return after;
  };
  let text = raw.trim();
  text = apply('HIDDEN_CHARACTERS', text, text.replace(INVISIBLE, '').replace(HARD_SPACE, ' ').trim());
  text = apply('LEADING_APOSTROPHE', text, text.replace(/^['’‘]\s*/, ''));
  if (/[\r\n\u2028\u2029]/.test(text)) text = apply('LINE_BREAK', text, replaceLineBreaks(text));
  if (FULL_WIDTH.test(text)) changes.push('FULL_WIDTH');
  return { text: normalise(text).replace(/\s+/g, ' ').trim(), changes };
}

/** Whether nothing is left of a text once it is cleaned. */
export function isBlank(text: string): boolean {
  return text.trim() === '' || cleanText(text).text === '';
}

/** Form in which names are compared: brackets and dots of one kind, no spaces, one case. */
export function comparableName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/[•‧・∙⋅]/g, '·')
    .toUpperCase();
}
