/** The lines of a bundle's files, as its writer makes them. */
import { toBase64 } from '../base64.ts';
import { canonicalBytes } from '../canonical.ts';

const LINE_FEED = 0x0a;

/** A line with the line feed that ends it. */
export function lineOf(bytes: Uint8Array): Uint8Array {
  const line = new Uint8Array(bytes.length + 1);
  line.set(bytes);
  line[bytes.length] = LINE_FEED;
  return line;
}

/** A signed checkpoint with all its signature lines. */
export const checkpointLine = (note: string): Uint8Array => lineOf(canonicalBytes({ note }));

/** A time stamp on the checkpoint of some size, as the log had signed it. */
export const timeStampLine = ({
  size,
  token,
}: {
  readonly size: number;
  readonly token: Uint8Array;
}): Uint8Array => lineOf(canonicalBytes({ size: String(size), token: toBase64(token) }));

/** What lies under a commitment: `key` is 32 random bytes in base64. */
export interface PrivateLine {
  readonly commitment: string;
  readonly key: string;
  readonly field: string;
  readonly value: string;
}

export function privateLine({ commitment, key, field, value }: PrivateLine): Uint8Array {
  return lineOf(canonicalBytes({ commitment, key, field, value }));
}
