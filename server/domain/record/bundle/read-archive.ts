/**
 * Reads the archive of a bundle, in Node and in the browser. Everything that the profile fixes is written
 * again and compared, so that no field is left in which two readers could see two things.
 */
import { BundleError } from './bundle-error.ts';
import { inflatePieces } from './inflate.ts';
import {
  BUNDLE_MAX_BYTES,
  BUNDLE_MAX_INFLATED_BYTES,
  BUNDLE_MAX_MEMBERS,
  BUNDLE_MAX_RATIO,
  limitOf,
  RATIO_FREE_BYTES,
} from './layout.ts';
import {
  CENTRAL_HEADER_BYTES,
  centralHeader,
  createCrc32,
  DEFLATED,
  END_BYTES,
  endRecord,
  localHeader,
  standsAt,
  STORED,
  type Directory,
  type MemberHeader,
} from './zip-format.ts';

/** The files of a bundle by name. Sizes are inflated bytes. */
export interface Archive {
  readonly names: readonly string[];
  has(name: string): boolean;
  /** Pieces of a file, inflated as they are asked for; the checksum is compared at the end. */
  pieces(name: string): Generator<Uint8Array>;
  /** A whole file. @throws BundleError BUNDLE_MISSING */
  read(name: string): Uint8Array;
}

/** What was inflated and checked is kept for the next time, up to this much in all: inflating is slow. */
const KEPT_MAX_BYTES = 192 * 1024 * 1024;

interface Member extends MemberHeader {
  readonly start: number;
}

/** @throws BundleError */
export function readArchive(bytes: Uint8Array): Archive {
  if (bytes.length > BUNDLE_MAX_BYTES) throw new BundleError('BUNDLE_TOO_LARGE');
  const directory = readDirectory(bytes);
  const members = readMembers(bytes, directory);

  const kept = new Map<string, readonly Uint8Array[]>();
  let keptBytes = 0;

  function* pieces(name: string): Generator<Uint8Array> {
    const member = members.get(name);
    if (!member) throw new BundleError('BUNDLE_MISSING', name);
    const before = kept.get(name);
    if (before) return yield* before;
    const packed = bytes.subarray(member.start, member.start + member.packedSize);
    const crc = createCrc32();
    const inflated = member.method === STORED ? [packed] : inflatePieces(packed, member.size, name);
    const isKept = keptBytes + member.size <= KEPT_MAX_BYTES;
    if (isKept) keptBytes += member.size;
    const own: Uint8Array[] = [];
    for (const piece of inflated) {
      crc.add(piece);
      if (isKept) own.push(piece);
      yield piece;
    }
    if (crc.value() !== member.crc) throw new BundleError('BUNDLE_CRC', name);
    if (isKept) kept.set(name, own);
  }

  return {
    names: [...members.keys()],
    has: (name) => members.has(name),
    pieces,
    read(name) {
      const member = members.get(name);
      if (!member) throw new BundleError('BUNDLE_MISSING', name);
      const content = new Uint8Array(member.size);
      let at = 0;
      for (const piece of pieces(name)) {
        content.set(piece, at);
        at += piece.length;
      }
      return content;
    },
  };
}

function readDirectory(bytes: Uint8Array): Directory {
  const at = bytes.length - END_BYTES;
  if (at < 0) throw new BundleError('BUNDLE_NOT_ZIP');
  const view = viewOf(bytes, at, END_BYTES);
  const directory = {
    members: view.getUint16(10, true),
    size: view.getUint32(12, true),
    offset: view.getUint32(16, true),
  };
  // A comment, a second disk or anything behind the archive moves or changes these 22 bytes.
  if (!standsAt(bytes, at, endRecord(directory))) throw new BundleError('BUNDLE_NOT_ZIP');
  if (directory.offset + directory.size !== at) throw new BundleError('BUNDLE_NOT_ZIP');
  if (directory.members > BUNDLE_MAX_MEMBERS) throw new BundleError('BUNDLE_LIMIT');
  return directory;
}

function readMembers(bytes: Uint8Array, directory: Directory): Map<string, Member> {
  const members = new Map<string, Member>();
  let centralAt = directory.offset;
  let localAt = 0;
  let inflatedBytes = 0;
  let previous = '';
  for (let index = 0; index < directory.members; index++) {
    const header = readCentralHeader(bytes, centralAt, directory);
    if (members.has(header.name)) throw new BundleError('BUNDLE_DUPLICATE', header.name);
    checkLimits(header);
    inflatedBytes += header.size;
    if (inflatedBytes > BUNDLE_MAX_INFLATED_BYTES) throw new BundleError('BUNDLE_LIMIT');
    if (!standsAt(bytes, centralAt, centralHeader(header, localAt))) {
      throw new BundleError(
        offsetOf(bytes, centralAt) === localAt ? 'BUNDLE_PROFILE' : 'BUNDLE_ORDER',
        header.name,
      );
    }
    if (header.name <= previous) throw new BundleError('BUNDLE_ORDER', header.name);
    const local = localHeader(header);
    if (!standsAt(bytes, localAt, local)) throw new BundleError('BUNDLE_HEADERS_DIFFER', header.name);
    const start = localAt + local.length;
    if (start + header.packedSize > directory.offset) throw new BundleError('BUNDLE_NOT_ZIP', header.name);
    members.set(header.name, { ...header, start });
    previous = header.name;
    localAt = start + header.packedSize;
    centralAt += CENTRAL_HEADER_BYTES + header.name.length;
  }
  if (localAt !== directory.offset) throw new BundleError('BUNDLE_ORDER');
  if (centralAt !== directory.offset + directory.size) throw new BundleError('BUNDLE_NOT_ZIP');
  return members;
}

/** Name, method and sizes; what else stands in the header is compared by the caller. */
function readCentralHeader(bytes: Uint8Array, at: number, { offset, size }: Directory): MemberHeader {
  const end = offset + size;
  if (at + CENTRAL_HEADER_BYTES > end) throw new BundleError('BUNDLE_NOT_ZIP');
  const view = viewOf(bytes, at, CENTRAL_HEADER_BYTES);
  const nameLength = view.getUint16(28, true);
  const nameAt = at + CENTRAL_HEADER_BYTES;
  if (nameAt + nameLength > end) throw new BundleError('BUNDLE_NOT_ZIP');
  const name = String.fromCharCode(...bytes.subarray(nameAt, nameAt + Math.min(nameLength, 256)));
  // The name is checked first: it is about to be printed.
  if (limitOf(name) === undefined) throw new BundleError('BUNDLE_NAME');
  const method = view.getUint16(10, true);
  if (method !== STORED && method !== DEFLATED) throw new BundleError('BUNDLE_PROFILE', name);
  const header = {
    crc: view.getUint32(16, true),
    packedSize: view.getUint32(20, true),
    size: view.getUint32(24, true),
  };
  return { name, method, ...header };
}

const offsetOf = (bytes: Uint8Array, at: number): number =>
  viewOf(bytes, at, CENTRAL_HEADER_BYTES).getUint32(42, true);

function checkLimits({ name, method, size, packedSize }: MemberHeader): void {
  if (size > (limitOf(name) ?? 0)) throw new BundleError('BUNDLE_LIMIT', name);
  if (method === STORED && size !== packedSize) throw new BundleError('BUNDLE_PROFILE', name);
  if (size > RATIO_FREE_BYTES && size > packedSize * BUNDLE_MAX_RATIO) {
    throw new BundleError('BUNDLE_RATIO', name);
  }
}

function viewOf(bytes: Uint8Array, at: number, length: number): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset + at, length);
}
