/** Writes the archive of a bundle: the same contents always give the same bytes. */
import { Deflate } from 'fflate';
import { limitOf } from './layout.ts';
import {
  centralHeader,
  createCrc32,
  DEFLATED,
  endRecord,
  localHeader,
  type MemberHeader,
} from './zip-format.ts';

/** A file, compressed, with what its headers will say. */
export interface PackedMember {
  readonly header: MemberHeader;
  readonly pieces: readonly Uint8Array[];
}

/** Compresses a file piece by piece, so that a long ledger is never held in full. */
export interface MemberPacker {
  add(bytes: Uint8Array): void;
  finish(): PackedMember;
}

/** @throws RangeError when the name is not on the list, or the file grows beyond its limit */
export function createMemberPacker(name: string): MemberPacker {
  const limit = limitOf(name);
  if (limit === undefined) throw new RangeError('a file that is not on the bundle’s list');
  const pieces: Uint8Array[] = [];
  const crc = createCrc32();
  let size = 0;
  let packedSize = 0;
  const deflate = new Deflate({ level: 6 }, (piece) => {
    if (piece.length === 0) return;
    pieces.push(piece);
    packedSize += piece.length;
  });
  return {
    add(bytes) {
      size += bytes.length;
      if (size > limit) throw new RangeError(`${name} is larger than a bundle may hold`);
      crc.add(bytes);
      deflate.push(bytes);
    },
    finish() {
      deflate.push(new Uint8Array(0), true);
      return { header: { name, method: DEFLATED, crc: crc.value(), packedSize, size }, pieces };
    },
  };
}

/** The whole archive in pieces, from the first byte to the last. */
export function* writeArchive(members: readonly PackedMember[]): Generator<Uint8Array> {
  const sorted = [...members].sort((a, b) => (a.header.name < b.header.name ? -1 : 1));
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const { header, pieces } of sorted) {
    const local = localHeader(header);
    yield local;
    yield* pieces;
    central.push(centralHeader(header, offset));
    offset += local.length + header.packedSize;
  }
  yield* central;
  const size = central.reduce((sum, { length }) => sum + length, 0);
  yield endRecord({ members: sorted.length, size, offset });
}
