import { BundleError } from './bundle-error.ts';
import { LINE_MAX_BYTES } from './layout.ts';

const LINE_FEED = 0x0a;

/**
 * Cuts pieces of a file into its lines, without the line feed that must end each. A line is given out as
 * bytes: what they mean is the strict reader's to say.
 *
 * @throws BundleError BUNDLE_LINES
 */
export function* linesOf(pieces: Iterable<Uint8Array>, name: string): Generator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array(0);
  for (const piece of pieces) {
    let start = 0;
    for (let end = piece.indexOf(LINE_FEED); end >= 0; end = piece.indexOf(LINE_FEED, start)) {
      const line = join(rest, piece.subarray(start, end), name);
      rest = new Uint8Array(0);
      yield line;
      start = end + 1;
    }
    rest = join(rest, piece.subarray(start), name);
  }
  if (rest.length > 0) throw new BundleError('BUNDLE_LINES', name);
}

function join(rest: Uint8Array, more: Uint8Array, name: string): Uint8Array {
  const length = rest.length + more.length;
  if (length > LINE_MAX_BYTES) throw new BundleError('BUNDLE_LINES', name);
  if (rest.length === 0) return more;
  const joined = new Uint8Array(length);
  joined.set(rest);
  joined.set(more, rest.length);
  return joined;
}
