/**
 * Inflates one file of a bundle piece by piece and stops at the declared size: what a hostile archive would
 * blow up to is never held. The compressed bytes must end where they say, to the bit.
 */
import { Inflate } from 'fflate';
import { BundleError } from './bundle-error.ts';

/** A slice inflates to at most 1 032 times its size: 16 MB. */
const SLICE_BYTES = 16 * 1024;

/** What is left of the input once a stream has ended; fflate keeps it in these fields. */
interface InflateRest {
  /** Input from the byte in which the next bit stands. */
  readonly p: Uint8Array;
  /** Its state: `p` bits of that byte are used. */
  readonly s: { readonly p: number };
}

/** Pieces of the inflated file. @throws BundleError BUNDLE_DEFLATE */
export function* inflatePieces(packed: Uint8Array, size: number, name: string): Generator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let produced = 0;
  const stream = new Inflate((piece) => {
    produced += piece.length;
    waiting.push(piece);
  });
  for (let start = 0; start < packed.length; start += SLICE_BYTES) {
    const end = start + SLICE_BYTES;
    push(stream, { slice: packed.subarray(start, end), isLast: end >= packed.length, name });
    if (produced > size) throw new BundleError('BUNDLE_DEFLATE', name);
    const pieces = waiting;
    waiting = [];
    for (const piece of pieces) if (piece.length > 0) yield piece;
  }
  if (produced !== size || !isUsedUp(stream as unknown as InflateRest)) {
    throw new BundleError('BUNDLE_DEFLATE', name);
  }
}

function push(
  stream: Inflate,
  { slice, isLast, name }: { slice: Uint8Array; isLast: boolean; name: string },
) {
  try {
    stream.push(slice, isLast);
  } catch {
    throw new BundleError('BUNDLE_DEFLATE', name);
  }
}

/** Nothing follows the last block but zero bits up to the byte's end; fflate itself would not look. */
function isUsedUp({ p: rest, s: { p: usedBits } }: InflateRest): boolean {
  if (usedBits === 0) return rest.length === 0;
  return rest.length === 1 && (rest[0] ?? 0) >> usedBits === 0;
}
