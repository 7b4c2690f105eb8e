/**
 * A TrueType font cut to the characters of one document (OpenType 1.9): what Word is given to embed, for the
 * whole font is 14 MB a weight. Glyphs keep their numbers, so that outlines, widths and composites stay as
 * they are; the outlines of all others are empty, and the character map names only those that are there.
 */

interface Table {
  readonly tag: string;
  readonly bytes: Buffer;
}

/** Tables that stay as they are. Layout features and vertical metrics go: the minutes do not use them. */
const KEPT = ['OS/2', 'cvt ', 'fpgm', 'gasp', 'hhea', 'hmtx', 'maxp', 'name', 'post', 'prep'];

/** Glyph 0 is what is shown for a character without one. */
const NOT_DEFINED = 0;

/** Flags of a composite glyph's components. */
const ARGS_ARE_WORDS = 0x0001;
const HAS_SCALE = 0x0008;
const MORE_COMPONENTS = 0x0020;
const HAS_XY_SCALE = 0x0040;
const HAS_TWO_BY_TWO = 0x0080;

/** Throws RangeError when the font is not TrueType with a Unicode character map. */
export function subsetTrueType(font: Buffer, characters: Iterable<string>): Buffer {
  const tables = readTables(font);
  const glyphOf = readCharacterMap(requireTable(tables, 'cmap'));
  const codes = new Map<number, number>();
  for (const character of characters) {
    const code = character.codePointAt(0) ?? 0;
    const glyph = glyphOf(code);
    if (glyph !== NOT_DEFINED) codes.set(code, glyph);
  }
  const outlines = readOutlines(tables);
  const wanted = withComponents(new Set([NOT_DEFINED, ...codes.values()]), outlines);
  const { glyf, loca } = writeOutlines(outlines, wanted);
  const head = Buffer.from(requireTable(tables, 'head'));
  head.writeInt16BE(1, 50);
  return writeFont([
    ...KEPT.flatMap((tag) => {
      const bytes = tables.get(tag);
      return bytes ? [{ tag, bytes }] : [];
    }),
    { tag: 'cmap', bytes: writeCharacterMap([...codes].sort(([a], [b]) => a - b)) },
    { tag: 'glyf', bytes: glyf },
    { tag: 'head', bytes: head },
    { tag: 'loca', bytes: loca },
  ]);
}

/** Number of the glyph of a character, 0 where the font has none. */
export function readGlyphMap(font: Buffer): (code: number) => number {
  return readCharacterMap(requireTable(readTables(font), 'cmap'));
}

function readTables(font: Buffer): Map<string, Buffer> {
  const tables = new Map<string, Buffer>();
  const count = font.readUInt16BE(4);
  for (let index = 0; index < count; index++) {
    const at = 12 + index * 16;
    const offset = font.readUInt32BE(at + 8);
    const length = font.readUInt32BE(at + 12);
    tables.set(font.toString('latin1', at, at + 4), font.subarray(offset, offset + length));
  }
  return tables;
}

function requireTable(tables: ReadonlyMap<string, Buffer>, tag: string): Buffer {
  const table = tables.get(tag);
  if (!table) throw new RangeError(`the font has no table ${tag}`);
  return table;
}

/** Reads format 12, the map of all Unicode characters. */
function readCharacterMap(cmap: Buffer): (code: number) => number {
  const count = cmap.readUInt16BE(2);
  for (let index = 0; index < count; index++) {
    const at = cmap.readUInt32BE(4 + index * 8 + 4);
    if (cmap.readUInt16BE(at) === 12) return (code) => findInGroups(cmap.subarray(at), code);
  }
  throw new RangeError('the font has no map of Unicode characters');
}

function findInGroups(table: Buffer, code: number): number {
  let low = 0;
  let high = table.readUInt32BE(12) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = 16 + middle * 12;
    if (code < table.readUInt32BE(at)) high = middle - 1;
    else if (code > table.readUInt32BE(at + 4)) low = middle + 1;
    else return table.readUInt32BE(at + 8) + code - table.readUInt32BE(at);
  }
  return NOT_DEFINED;
}

interface Outlines {
  readonly count: number;
  of(glyph: number): Buffer;
}

function readOutlines(tables: ReadonlyMap<string, Buffer>): Outlines {
  const loca = requireTable(tables, 'loca');
  const glyf = requireTable(tables, 'glyf');
  const isLong = requireTable(tables, 'head').readInt16BE(50) === 1;
  const offsetOf = (glyph: number) =>
    isLong ? loca.readUInt32BE(glyph * 4) : 2 * loca.readUInt16BE(glyph * 2);
  return {
    count: requireTable(tables, 'maxp').readUInt16BE(4),
    of: (glyph) => glyf.subarray(offsetOf(glyph), offsetOf(glyph + 1)),
  };
}

/** A composite glyph draws others, which must be there too. */
function withComponents(glyphs: ReadonlySet<number>, outlines: Outlines): Set<number> {
  const all = new Set<number>();
  const waiting = [...glyphs];
  for (let glyph = waiting.pop(); glyph !== undefined; glyph = waiting.pop()) {
    if (all.has(glyph)) continue;
    all.add(glyph);
    waiting.push(...componentsOf(outlines.of(glyph)));
  }
  return all;
}

function componentsOf(outline: Buffer): number[] {
  if (outline.length === 0 || outline.readInt16BE(0) >= 0) return [];
  const components: number[] = [];
  let flags: number;
  let at = 10;
  do {
    flags = outline.readUInt16BE(at);
    components.push(outline.readUInt16BE(at + 2));
    at += 4 + ((flags & ARGS_ARE_WORDS) === 0 ? 2 : 4);
    if ((flags & HAS_SCALE) !== 0) at += 2;
    else if ((flags & HAS_XY_SCALE) !== 0) at += 4;
    else if ((flags & HAS_TWO_BY_TWO) !== 0) at += 8;
  } while ((flags & MORE_COMPONENTS) !== 0);
  return components;
}

function writeOutlines(outlines: Outlines, wanted: ReadonlySet<number>): { glyf: Buffer; loca: Buffer } {
  const loca = Buffer.alloc((outlines.count + 1) * 4);
  const parts: Buffer[] = [];
  let offset = 0;
  for (let glyph = 0; glyph < outlines.count; glyph++) {
    loca.writeUInt32BE(offset, glyph * 4);
    if (!wanted.has(glyph)) continue;
    const outline = padded(outlines.of(glyph));
    parts.push(outline);
    offset += outline.length;
  }
  loca.writeUInt32BE(offset, outlines.count * 4);
  return { glyf: Buffer.concat(parts), loca };
}

/** Word reads format 4 (the first 65 536 characters), rare names need format 12: both are written. */
function writeCharacterMap(codes: readonly (readonly [code: number, glyph: number])[]): Buffer {
  const basic = writeFormat4(codes.filter(([code]) => code < 0xffff));
  const full = writeFormat12(codes);
  const header = Buffer.alloc(20);
  header.writeUInt16BE(2, 2);
  writeEncoding(header, 4, { encoding: 1, offset: header.length });
  writeEncoding(header, 12, { encoding: 10, offset: header.length + basic.length });
  return Buffer.concat([header, basic, full]);
}

/** Platform 3 is Windows; encoding 1 is the basic plane, 10 all of Unicode. */
function writeEncoding(header: Buffer, at: number, map: { encoding: number; offset: number }): void {
  header.writeUInt16BE(3, at);
  header.writeUInt16BE(map.encoding, at + 2);
  header.writeUInt32BE(map.offset, at + 4);
}

/** One segment a character: simple, and up to 8 000 characters fit. */
function writeFormat4(codes: readonly (readonly [number, number])[]): Buffer {
  const segments = [...codes.slice(0, 8_000), [0xffff, 0] as const];
  const count = segments.length;
  const table = Buffer.alloc(16 + count * 8);
  const power = 2 ** Math.floor(Math.log2(count));
  const header = [4, table.length, 0, count * 2, power * 2, Math.log2(power), (count - power) * 2];
  for (const [index, value] of header.entries()) table.writeUInt16BE(value, index * 2);
  for (const [index, [code, glyph]] of segments.entries()) {
    table.writeUInt16BE(code, 14 + index * 2);
    table.writeUInt16BE(code, 16 + (count + index) * 2);
    const delta = code === 0xffff ? 1 : (glyph - code) & 0xffff;
    table.writeUInt16BE(delta, 16 + (2 * count + index) * 2);
  }
  return table;
}

function writeFormat12(codes: readonly (readonly [number, number])[]): Buffer {
  const table = Buffer.alloc(16 + codes.length * 12);
  table.writeUInt16BE(12, 0);
  table.writeUInt32BE(table.length, 4);
  table.writeUInt32BE(codes.length, 12);
  for (const [index, [code, glyph]] of codes.entries()) {
    const at = 16 + index * 12;
    table.writeUInt32BE(code, at);
    table.writeUInt32BE(code, at + 4);
    table.writeUInt32BE(glyph, at + 8);
  }
  return table;
}

function writeFont(tables: readonly Table[]): Buffer {
  const sorted = tables.toSorted((a, b) => (a.tag < b.tag ? -1 : 1));
  const power = 2 ** Math.floor(Math.log2(sorted.length));
  const directory = Buffer.alloc(12 + sorted.length * 16);
  directory.writeUInt32BE(0x00010000, 0);
  directory.writeUInt16BE(sorted.length, 4);
  directory.writeUInt16BE(power * 16, 6);
  directory.writeUInt16BE(Math.log2(power), 8);
  directory.writeUInt16BE((sorted.length - power) * 16, 10);
  let offset = directory.length;
  let headAt = 0;
  const bodies = sorted.map(({ tag, bytes }, index) => {
    if (tag === 'head') {
      headAt = offset;
      bytes.writeUInt32BE(0, 8);
    }
    const body = padded(bytes);
    const at = 12 + index * 16;
    directory.write(tag, at, 'latin1');
    directory.writeUInt32BE(checksum(body), at + 4);
    directory.writeUInt32BE(offset, at + 8);
    directory.writeUInt32BE(bytes.length, at + 12);
    offset += body.length;
    return body;
  });
  const font = Buffer.concat([directory, ...bodies]);
  // The sum of the whole file, this field taken as zero, is to be 0xB1B0AFBA with it.
  font.writeUInt32BE((0xb1b0afba - checksum(font)) >>> 0, headAt + 8);
  return font;
}

function padded(bytes: Buffer): Buffer {
  const rest = bytes.length % 4;
  return rest === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(4 - rest)]);
}

function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
}
