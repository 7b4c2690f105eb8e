import { readFileSync } from 'node:fs';

/** A published set of test vectors (tests/vectors/README.md). */
export function readVectors<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`../vectors/${path}`, import.meta.url), 'utf8')) as T;
}
