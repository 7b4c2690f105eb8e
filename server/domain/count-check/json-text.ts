/**
 * Reads JSON text in which no object names a key twice: `JSON.parse` alone keeps the last one silently, and
 * a case that says two things is not a case.
 */
import { malformed } from './malformed.ts';

interface Open {
  readonly path: string;
  /** Undefined in an array. */
  readonly keys: Set<string> | undefined;
  /** Key or index that is being read. */
  at: string;
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/** @throws MalformedCase */
export function parseCaseText(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return malformed('', `not JSON: ${error instanceof Error ? error.message : ''}`);
  }
  refuseDuplicateKeys(text);
  return value;
}

/** The text is JSON already: strings and brackets are all that has to be looked at. */
function refuseDuplicateKeys(text: string): void {
  const open: Open[] = [];
  let lastString: string | undefined;
  for (const [token] of text.matchAll(TOKENS)) {
    const inside = open.at(-1);
    if (token === '{' || token === '[') {
      const path = inside === undefined ? '' : `${inside.path}/${inside.at}`;
      open.push({ path, keys: token === '{' ? new Set() : undefined, at: '0' });
    } else if (token === '}' || token === ']') {
      open.pop();
    } else if (token === ',') {
      if (inside?.keys === undefined && inside !== undefined) inside.at = String(Number(inside.at) + 1);
    } else if (token === ':') {
      if (inside?.keys !== undefined) takeKey(inside, inside.keys, lastString ?? '');
    } else {
      lastString = JSON.parse(token) as string;
    }
  }
}

function takeKey(inside: Open, keys: Set<string>, key: string): void {
  inside.at = pointerPart(key);
  if (keys.has(key)) malformed(`${inside.path}/${inside.at}`, 'the same field twice');
  keys.add(key);
}

/** One part of an RFC 6901 pointer. */
export function pointerPart(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
