/** Reading one field of a case after another, each refused with its path when it is not what it should be. */
import { pointerPart } from './json-text.ts';
import { kindOf, malformed } from './malformed.ts';

type Fields = Readonly<Record<string, unknown>>;

/** An object with no other fields than those named. */
export function objectAt(value: unknown, path: string, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return malformed(path, `expected an object, found ${kindOf(value)}`);
  }
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) malformed(`${path}/${pointerPart(key)}`, 'unknown field');
  }
  return value as Fields;
}

export function arrayAt(value: unknown, path: string): readonly unknown[] {
  if (value === undefined) return malformed(path, 'missing');
  return Array.isArray(value)
    ? (value as unknown[])
    : malformed(path, `expected an array, found ${kindOf(value)}`);
}

/** A field that has been left out. */
export function isAbsent(fields: Fields, key: string): boolean {
  return fields[key] === undefined;
}

const FEN = /^(0|[1-9][0-9]{0,17})$/;

export function fenAt(value: unknown, path: string): bigint {
  const text = textAt(value, path, 'a decimal string of fen');
  return FEN.test(text) ? BigInt(text) : malformed(path, 'expected a decimal string of fen such as "12345"');
}

export function nullableFenAt(value: unknown, path: string): bigint | null {
  return value === null ? null : fenAt(value, path);
}

export function booleanAt(value: unknown, path: string): boolean {
  if (value === undefined) return malformed(path, 'missing');
  return typeof value === 'boolean'
    ? value
    : malformed(path, `expected true or false, found ${kindOf(value)}`);
}

/** One of a closed list of words. */
export function wordAt<W extends string>(value: unknown, path: string, words: readonly W[]): W {
  const text = textAt(value, path, 'a string');
  return words.find((word) => word === text) ?? malformed(path, `expected one of ${words.join(', ')}`);
}

const CONTROL_OR_BLANK = /^\s*$|[\p{Cc}\p{Zl}\p{Zp}]/u;
const NAME_MAX_LENGTH = 128;

/** An identifier of the asker's own: any printable text of up to 128 characters. */
export function nameAt(value: unknown, path: string): string {
  const text = textAt(value, path, 'a string');
  const isName = text.length <= NAME_MAX_LENGTH && !CONTROL_OR_BLANK.test(text) && text.isWellFormed();
  return isName ? text : malformed(path, `expected 1 to ${NAME_MAX_LENGTH} printable characters`);
}

export function textAt(value: unknown, path: string, expected: string): string {
  if (value === undefined) return malformed(path, 'missing');
  return typeof value === 'string' ? value : malformed(path, `expected ${expected}, found ${kindOf(value)}`);
}
