/**
 * Private values as bytes, a line `[commitment, key, field, value]` each. A roll of 50 000 rows brings 150 000 of
 * them: as objects they would lie in the heap until their chunk is stored, and fill it.
 */
import type { PrivateValue } from './ledger-port.ts';

type Line = [commitment: string, key: string, field: string, value: string];

export interface PrivateLines {
  add(value: PrivateValue): void;
  /** What was added so far; no copy. */
  bytes(): Uint8Array;
}

const FIRST_BYTES = 256 * 1024;
/** UTF-8 takes at most three bytes for each unit of UTF-16. */
const UNIT_MAX_BYTES = 3;

/** @param expectedBytes room made at once */
export function createPrivateLines(expectedBytes = FIRST_BYTES): PrivateLines {
  let room = Buffer.allocUnsafeSlow(expectedBytes);
  let length = 0;
  return {
    add({ commitment, key, field, value }) {
      // The first two are base64, which JSON does not escape. Six tenths of `JSON.stringify`'s time on all four.
      const line = `["${commitment}","${key}",${JSON.stringify(field)},${JSON.stringify(value)}]\n`;
      const needed = length + line.length * UNIT_MAX_BYTES;
      if (needed > room.length) {
        const larger = Buffer.allocUnsafeSlow(Math.max(needed, room.length * 2));
        room.copy(larger, 0, 0, length);
        room = larger;
      }
      length += room.write(line, length, 'utf8');
    },
    bytes: () => room.subarray(0, length),
  };
}

/** All of the values at once. */
export function toPrivateLines(values: readonly PrivateValue[]): Uint8Array {
  const lines = createPrivateLines();
  for (const value of values) lines.add(value);
  return lines.bytes();
}

export function readPrivateLines(bytes: Uint8Array): PrivateValue[] {
  return Buffer.from(bytes)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [commitment, key, field, value] = JSON.parse(line) as Line;
      return { commitment, key, field, value };
    });
}
