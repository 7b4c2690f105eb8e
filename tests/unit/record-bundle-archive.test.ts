/** The bundle's container: a restricted zip profile, read strictly (record.md 12). */
import { randomBytes } from 'node:crypto';
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { BundleError } from '../../server/domain/record/bundle/bundle-error.ts';
import { LINE_MAX_BYTES, MEMBERS, rollChunkName } from '../../server/domain/record/bundle/layout.ts';
import { linesOf } from '../../server/domain/record/bundle/lines.ts';
import { readArchive } from '../../server/domain/record/bundle/read-archive.ts';
import { createMemberPacker, writeArchive } from '../../server/domain/record/bundle/write-archive.ts';
import {
  centralHeader,
  DEFLATED,
  endRecord,
  localHeader,
  STORED,
  type MemberHeader,
} from '../../server/domain/record/bundle/zip-format.ts';

const ROLL = rollChunkName('0'.repeat(64));

function pack(name: string, content: Uint8Array) {
  const packer = createMemberPacker(name);
  packer.add(content);
  return packer.finish();
}

function archiveOf(files: Readonly<Record<string, string>>): Buffer {
  const members = Object.entries(files).map(([name, content]) => pack(name, Buffer.from(content)));
  return Buffer.concat([...writeArchive(members)]);
}

interface Forged {
  readonly name: string;
  readonly content: Buffer;
  readonly packed?: Buffer;
  readonly says?: Partial<MemberHeader>;
  /** What the central directory says instead. */
  readonly centralSays?: Partial<MemberHeader>;
  readonly offset?: number;
}

/** An archive that no honest program writes. */
function forge(files: readonly Forged[], between: Buffer = Buffer.alloc(0)): Buffer {
  const pieces: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const { name, content, packed = deflateRawSync(content), says, centralSays, offset: lie } of files) {
    const header: MemberHeader = {
      name,
      method: DEFLATED,
      crc: crc32(content),
      packedSize: packed.length,
      size: content.length,
      ...says,
    };
    const local = localHeader(header);
    pieces.push(local, packed, between);
    central.push(centralHeader({ ...header, ...centralSays }, lie ?? offset));
    offset += local.length + packed.length + between.length;
  }
  const size = central.reduce((sum, { length }) => sum + length, 0);
  return Buffer.concat([...pieces, ...central, endRecord({ members: files.length, size, offset })]);
}

/** Reads everything; the code of the refusal, or `accepted`. */
function verdictOn(bytes: Uint8Array): string {
  try {
    const archive = readArchive(bytes);
    for (const name of archive.names) archive.read(name);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof BundleError)) throw error;
    return error.code;
  }
}

describe('the archive of a bundle', () => {
  it('gives back what was written, in pieces too', () => {
    const entries = randomBytes(300_000).toString('hex');
    const bytes = archiveOf({ [MEMBERS.entries]: entries, [ROLL]: 'row\n', [MEMBERS.policy]: '' });
    const archive = readArchive(bytes);
    expect(archive.names).toEqual([MEMBERS.entries, MEMBERS.policy, ROLL]);
    expect(Buffer.from(archive.read(MEMBERS.entries)).toString()).toBe(entries);
    expect(Buffer.concat([...archive.pieces(MEMBERS.entries)]).toString()).toBe(entries);
    expect(Buffer.from(archive.read(ROLL)).toString()).toBe('row\n');
    expect(archive.read(MEMBERS.policy)).toHaveLength(0);
  });

  it('is the same bytes for the same contents, whatever the order in which they came', () => {
    const one = archiveOf({ [MEMBERS.entries]: 'a\n', [MEMBERS.policy]: 'b\n' });
    expect(archiveOf({ [MEMBERS.policy]: 'b\n', [MEMBERS.entries]: 'a\n' }).equals(one)).toBe(true);
  });

  it('is a zip that other programs read', () => {
    const bytes = archiveOf({ [MEMBERS.entries]: 'an entry\n' });
    const start = 30 + MEMBERS.entries.length;
    const packedSize = bytes.readUInt32LE(18);
    expect(inflateRawSync(bytes.subarray(start, start + packedSize)).toString()).toBe('an entry\n');
  });

  it('takes a stored file as well as a deflated one', () => {
    const content = Buffer.from('stored\n');
    const stored = { name: MEMBERS.policy, content, packed: content, says: { method: STORED } } as const;
    expect(verdictOn(forge([stored]))).toBe('accepted');
  });

  const content = Buffer.from('x'.repeat(500));
  const entries = { name: MEMBERS.entries, content };
  const junk = Buffer.concat([deflateRawSync(content), Buffer.from('hidden')]);
  const bomb = Buffer.alloc(900 * 1024, 'a');
  const bigger = (by: number) => ({ ...entries, says: { size: content.length + by } });

  const hostile: readonly (readonly [string, string, Buffer])[] = [
    ['nothing', 'BUNDLE_NOT_ZIP', Buffer.alloc(0)],
    ['something else', 'BUNDLE_NOT_ZIP', Buffer.from('%PDF-1.7 this is no archive at all')],
    ['an archive cut off', 'BUNDLE_NOT_ZIP', archiveOf({ [MEMBERS.entries]: 'a\n' }).subarray(0, -1)],
    [
      'something behind the archive',
      'BUNDLE_NOT_ZIP',
      Buffer.concat([archiveOf({ [MEMBERS.entries]: 'a\n' }), Buffer.from('!')]),
    ],
    ['something before the archive', 'BUNDLE_NOT_ZIP', Buffer.concat([Buffer.from('MZ'), forge([entries])])],
    ['the same name twice', 'BUNDLE_DUPLICATE', forge([entries, entries])],
    ['a path out of the folder', 'BUNDLE_NAME', forge([{ name: '../entries.jsonl', content }])],
    ['an absolute path', 'BUNDLE_NAME', forge([{ name: '/etc/passwd', content }])],
    ['a path with a backslash', 'BUNDLE_NAME', forge([{ name: 'roll\\..\\x', content }])],
    ['another spelling of a name', 'BUNDLE_NAME', forge([{ name: 'Entries.jsonl', content }])],
    ['a folder', 'BUNDLE_NAME', forge([{ name: 'roll/', content: Buffer.alloc(0) }])],
    ['a name with a zero byte', 'BUNDLE_NAME', forge([{ name: 'entries.jsonl\0', content }])],
    ['files out of order', 'BUNDLE_ORDER', forge([{ name: MEMBERS.policy, content }, entries])],
    ['bytes between two files', 'BUNDLE_ORDER', forge([entries, { name: ROLL, content }], Buffer.from('?'))],
    [
      'two entries of the directory on one file',
      'BUNDLE_ORDER',
      forge([entries, { name: ROLL, content, offset: 0 }]),
    ],
    [
      'another name in the directory',
      'BUNDLE_HEADERS_DIFFER',
      forge([{ ...entries, centralSays: { name: MEMBERS.privates.padEnd(13).trim() } }]),
    ],
    [
      'another size in the directory',
      'BUNDLE_HEADERS_DIFFER',
      forge([{ ...entries, centralSays: { size: 400 } }]),
    ],
    [
      'another checksum in the directory',
      'BUNDLE_HEADERS_DIFFER',
      forge([{ ...entries, centralSays: { crc: 1 } }]),
    ],
    ['a wrong checksum', 'BUNDLE_CRC', forge([{ ...entries, says: { crc: 1 } }])],
    ['a size that is too small', 'BUNDLE_DEFLATE', forge([bigger(-1)])],
    ['a size that is too large', 'BUNDLE_DEFLATE', forge([bigger(1)])],
    ['something hidden behind the last block', 'BUNDLE_DEFLATE', forge([{ ...entries, packed: junk }])],
    [
      'compressed bytes that end too early',
      'BUNDLE_DEFLATE',
      forge([{ ...entries, packed: deflateRawSync(content).subarray(0, -1) }]),
    ],
    ['broken compression', 'BUNDLE_DEFLATE', forge([{ ...entries, packed: Buffer.alloc(40, 0xff) }])],
    ['a file that blows up', 'BUNDLE_RATIO', forge([{ name: MEMBERS.minutes, content: bomb }])],
    [
      'a file that blows up and says that it does not',
      'BUNDLE_DEFLATE',
      forge([{ name: MEMBERS.minutes, content: bomb, says: { size: 2_000 } }]),
    ],
    [
      'a file over its limit',
      'BUNDLE_LIMIT',
      forge([{ name: MEMBERS.policy, content: randomBytes(70_000) }]),
    ],
    [
      'a stored file with two sizes',
      'BUNDLE_PROFILE',
      forge([{ ...entries, packed: content, says: { method: STORED, size: 3 } }]),
    ],
  ];

  it.each(hostile)('refuses %s: %s', (_what, code, bytes) => {
    expect(verdictOn(bytes)).toBe(code);
  });

  it.each([
    ['encryption', 6, 1],
    ['a data descriptor', 6, 8],
    ['another version', 4, 45],
    ['another method', 8, 12],
    ['a date', 10, 7],
    ['an extra field', 28, 1],
  ])('refuses %s in both headers', (_what, at, value) => {
    const bytes = forge([entries]);
    const central = bytes.readUInt32LE(bytes.length - 6);
    bytes[at] = value;
    bytes[central + at + 2] = value;
    expect(verdictOn(bytes)).toBe('BUNDLE_PROFILE');
  });

  it('refuses more files than the list allows before it reads one', () => {
    const bytes = forge([entries]);
    bytes.writeUInt16LE(5_000, bytes.length - 14);
    bytes.writeUInt16LE(5_000, bytes.length - 12);
    expect(verdictOn(bytes)).toBe('BUNDLE_LIMIT');
  });

  it('lets no single changed byte through', () => {
    const bytes = archiveOf({ [MEMBERS.entries]: 'one entry\nanother entry\n', [MEMBERS.policy]: 'log\n' });
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of [0x01, 0x80, 0xff]) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ bit;
        expect([at, bit, verdictOn(changed)]).not.toEqual([at, bit, 'accepted']);
      }
    }
  });
});

describe('the lines of a file', () => {
  const lines = (...pieces: string[]) => [
    ...linesOf(
      pieces.map((piece) => Buffer.from(piece)),
      'file',
    ),
  ];
  const texts = (...pieces: string[]) => lines(...pieces).map((line) => Buffer.from(line).toString());

  it('are the same wherever the pieces are cut', () => {
    expect(texts('one\ntwo\n\nfour\n')).toEqual(['one', 'two', '', 'four']);
    expect(texts('o', 'ne', '\ntw', 'o\n\nfour', '\n')).toEqual(['one', 'two', '', 'four']);
    expect(texts('')).toEqual([]);
  });

  it('end with a line feed, the last one too', () => {
    expect(() => lines('one\ntwo')).toThrow(expect.objectContaining({ code: 'BUNDLE_LINES' }));
  });

  it('have a limit', () => {
    const half = 'a'.repeat(LINE_MAX_BYTES / 2);
    expect(lines(half, half, '\n')).toHaveLength(1);
    expect(() => lines(half, half, 'a\n')).toThrow(expect.objectContaining({ code: 'BUNDLE_LINES' }));
  });
});
