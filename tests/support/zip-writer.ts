/** Writes zip archives byte by byte, so that a test can also write those that no program would. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
  readonly name: string;
  readonly content: string | Buffer;
  /** Already compressed content; `content` is ignored then. */
  readonly deflated?: Buffer;
  /** What the headers say, where it is not the truth. */
  readonly declaredSize?: number;
  readonly declaredCrc?: number;
  readonly isEncrypted?: boolean;
}

interface PreparedPart {
  readonly name: Buffer;
  readonly deflated: Buffer;
  readonly size: number;
  readonly crc: number;
  readonly flags: number;
}

/** UTF-8 names. */
const FLAG_UTF8 = 0x0800;
const FLAG_ENCRYPTED = 0x0001;
const METHOD_DEFLATE = 8;

function prepare(part: ZipPart): PreparedPart {
  const content = Buffer.from(part.content);
  return {
    name: Buffer.from(part.name),
    deflated: part.deflated ?? deflateRawSync(content),
    size: part.declaredSize ?? content.length,
    crc: part.declaredCrc ?? crc32(content),
    flags: FLAG_UTF8 | (part.isEncrypted === true ? FLAG_ENCRYPTED : 0),
  };
}

/** The fields that local and central headers share, from "version needed" to "extra length". */
function commonFields({ name, deflated, size, crc, flags }: PreparedPart): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(flags, 2);
  fields.writeUInt16LE(METHOD_DEFLATE, 4);
  fields.writeUInt32LE(crc, 10);
  fields.writeUInt32LE(deflated.length, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function centralHeader(part: PreparedPart, offset: number): Buffer {
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(offset, 10);
  return Buffer.concat([Buffer.from('504b01021400', 'hex'), commonFields(part), tail, part.name]);
}

export function writeZip(parts: readonly ZipPart[]): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts.map(prepare)) {
    directory.push(centralHeader(part, offset));
    const local = Buffer.concat([
      Buffer.from('504b0304', 'hex'),
      commonFields(part),
      part.name,
      part.deflated,
    ]);
    pieces.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('504b0506', 'hex');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...pieces, central, end]);
}
