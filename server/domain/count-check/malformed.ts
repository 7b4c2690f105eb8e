/** Input of the tally command that is not in its form. Never guessed at: who checks a count wants no help. */

/** Where and why. The path is an RFC 6901 pointer into the case, empty for the case as a whole. */
export class MalformedCase extends Error {
  readonly path: string;
  readonly reason: string;

  constructor(path: string, reason: string) {
    super(`${path === '' ? '(the whole case)' : path}: ${reason}`);
    this.name = 'MalformedCase';
    this.path = path;
    this.reason = reason;
  }
}

export function malformed(path: string, reason: string): never {
  throw new MalformedCase(path, reason);
}

/** What a value is, as a message names it. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
