/**
 * The restricted zip profile: every field that could hide something has one value. Files stand one behind
 * the other in the order of their names, the central directory behind them, its end at the end of the bytes.
 * No zip64, no data descriptors, no extra fields, no comments, no encryption, no dates.
 */

export const LOCAL_HEADER_BYTES = 30;
export const CENTRAL_HEADER_BYTES = 46;
export const END_BYTES = 22;

const LOCAL_SIGNATURE = 0x04034b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const END_SIGNATURE = 0x06054b50;

const VERSION = 20;
/** 1 January 1980, the first day that the format knows. */
const DOS_DATE = 0x0021;

export const STORED = 0;
export const DEFLATED = 8;

/** What a header says of a file. */
export interface MemberHeader {
  /** ASCII. */
  readonly name: string;
  readonly method: typeof STORED | typeof DEFLATED;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
}

const encoder = new TextEncoder();

/** The fields that both headers have, from "version needed" to "extra length". */
function writeCommon(view: DataView, at: number, header: MemberHeader): void {
  view.setUint16(at, VERSION, true);
  view.setUint16(at + 2, 0, true);
  view.setUint16(at + 4, header.method, true);
  view.setUint16(at + 6, 0, true);
  view.setUint16(at + 8, DOS_DATE, true);
  view.setUint32(at + 10, header.crc, true);
  view.setUint32(at + 14, header.packedSize, true);
  view.setUint32(at + 18, header.size, true);
  view.setUint16(at + 22, header.name.length, true);
  view.setUint16(at + 24, 0, true);
}

export function localHeader(header: MemberHeader): Uint8Array {
  const bytes = new Uint8Array(LOCAL_HEADER_BYTES + header.name.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, LOCAL_SIGNATURE, true);
  writeCommon(view, 4, header);
  bytes.set(encoder.encode(header.name), LOCAL_HEADER_BYTES);
  return bytes;
}

export function centralHeader(header: MemberHeader, offset: number): Uint8Array {
  const bytes = new Uint8Array(CENTRAL_HEADER_BYTES + header.name.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, CENTRAL_SIGNATURE, true);
  view.setUint16(4, VERSION, true);
  writeCommon(view, 6, header);
  view.setUint32(42, offset, true);
  bytes.set(encoder.encode(header.name), CENTRAL_HEADER_BYTES);
  return bytes;
}

/** Where the central directory lies. */
export interface Directory {
  readonly members: number;
  readonly size: number;
  readonly offset: number;
}

export function endRecord({ members, size, offset }: Directory): Uint8Array {
  const bytes = new Uint8Array(END_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, END_SIGNATURE, true);
  view.setUint16(8, members, true);
  view.setUint16(10, members, true);
  view.setUint32(12, size, true);
  view.setUint32(16, offset, true);
  return bytes;
}

/** CRC-32 as zip has it, fed piece by piece. */
export function createCrc32(): { add(bytes: Uint8Array): void; value(): number } {
  let crc = 0xffffffff;
  return {
    add(bytes) {
      let state = crc;
      for (let index = 0; index < bytes.length; index++) {
        // Both indices are in range by construction; the fallback only pleases the type.
        state = (state >>> 8) ^ (CRC_TABLE[(state ^ (bytes[index] ?? 0)) & 0xff] ?? 0);
      }
      crc = state;
    },
    value: () => (crc ^ 0xffffffff) >>> 0,
  };
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** Whether some bytes at a place are exactly these. */
export function standsAt(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  if (at < 0 || at + expected.length > bytes.length) return false;
  for (let index = 0; index < expected.length; index++) {
    if (bytes[at + index] !== expected[index]) return false;
  }
  return true;
}
