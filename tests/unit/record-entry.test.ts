/** record.md 2: one closed schema per type, keys of what may exist once, commitments instead of persons. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RecordFormatError } from '../../server/domain/record/canonical.ts';
import { commitmentTo, opensCommitment } from '../../server/domain/record/commitments.ts';
import { encodeEntry, parseEntry } from '../../server/domain/record/entry.ts';
import { fromBase64, fromHex, toBase64, toHex } from '../../server/domain/record/base64.ts';
import {
  entryBodies,
  entrySchema,
  uniqueKeyOf,
  type EntryType,
  type NewEntry,
} from '../../server/protocol/entries.ts';
import { hmacSha256 } from '../../server/services/record-crypto.ts';
import {
  ballotCast,
  meetingConvene,
  SAMPLE_ORIGIN,
  SAMPLE_SALT,
  SAMPLE_TIME,
} from '../support/entry-samples.ts';

const envelope = {
  origin: SAMPLE_ORIGIN,
  epoch: 1,
  seq: 7,
  tsMs: Date.parse(SAMPLE_TIME),
  salt: SAMPLE_SALT,
};
const utf8 = (text: string) => new TextEncoder().encode(text);

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof RecordFormatError) return error.code;
    throw error;
  }
  return 'accepted';
}

/** The bytes of a valid ballot with some text in them replaced. */
function changed(from: string, to: string): Uint8Array {
  const text = new TextDecoder().decode(encodeEntry(ballotCast('unit-1'), envelope).bytes);
  expect(text).toContain(from);
  return utf8(text.replace(from, to));
}

describe('an entry', () => {
  it('is read back from its bytes as it was written', () => {
    const { entry, bytes } = encodeEntry(ballotCast('unit-1'), envelope);
    expect(parseEntry(bytes)).toEqual(entry);
    expect(entry).toMatchObject({ v: '1', t: 'ballot.cast', seq: '7', epoch: '1', ts: SAMPLE_TIME });
  });

  it('has one spelling: the envelope in the order of its keys', () => {
    const text = new TextDecoder().decode(encodeEntry(meetingConvene(), envelope).bytes);
    expect(Object.keys(JSON.parse(text) as object)).toEqual([
      'body',
      'epoch',
      'origin',
      'salt',
      'seq',
      't',
      'ts',
      'v',
    ]);
  });

  it.each([
    ['an unknown field in the body', '"channel":"online"', '"bribe":"x","channel":"online"', 'SCHEMA'],
    ['an unknown choice', '"choice":"for"', '"choice":"yes"', 'SCHEMA'],
    ['a counter with a leading zero', '"seq":"7"', '"seq":"07"', 'SCHEMA'],
    ['a number instead of a string', '"seq":"7"', '"seq":7', 'NUMBER'],
    [
      'a time without milliseconds',
      '"receivedAt":"2026-11-22T06:30:00.000Z"',
      '"receivedAt":"2026-11-22T06:30:00Z"',
      'SCHEMA',
    ],
    ['an unknown type', '"t":"ballot.cast"', '"t":"ballot.burn"', 'TYPE_UNKNOWN'],
    ['a type named like a method', '"t":"ballot.cast"', '"t":"constructor"', 'TYPE_UNKNOWN'],
    [
      'a version that is not known',
      '"ts":"2026-11-22T06:30:00.000Z","v":"1"',
      '"ts":"2026-11-22T06:30:00.000Z","v":"2"',
      'TYPE_UNKNOWN',
    ],
    ['the body of another type', '"t":"ballot.cast"', '"t":"ballot.close"', 'SCHEMA'],
  ])('with %s is refused', (_, from, to, code) => {
    expect(codeOf(() => parseEntry(changed(from, to)))).toBe(code);
  });

  it('that is no object is refused', () => {
    expect(codeOf(() => parseEntry(utf8('null')))).toBe('SCHEMA');
    expect(codeOf(() => parseEntry(utf8('"x"')))).toBe('SCHEMA');
  });

  it('is not written when its body is not in the schema, and the error shows no value', () => {
    const secret = ballotCast('张三 13800138000');
    expect(codeOf(() => encodeEntry(secret, envelope))).toBe('SCHEMA');
    expect(() => encodeEntry(secret, envelope)).toThrow(/^SCHEMA at ballot\.cast\/body\/ballot\/unitId$/);
  });

  it.each(['has space/x', 'a+b/c', '会议/x', ''])('has no origin like %p', (origin) => {
    expect(codeOf(() => encodeEntry(ballotCast('unit-1'), { ...envelope, origin }))).toBe('SCHEMA');
  });
});

/** Every object schema below one schema. */
function* objectsIn(schema: unknown): Generator<Record<string, unknown>> {
  if (typeof schema !== 'object' || schema === null) return;
  if ((schema as { type?: unknown }).type === 'object') yield schema as Record<string, unknown>;
  for (const value of Object.values(schema)) yield* objectsIn(value);
}

function* typesIn(schema: unknown): Generator<unknown> {
  if (typeof schema !== 'object' || schema === null) return;
  if ('type' in schema && typeof schema.type === 'string') yield schema.type;
  for (const value of Object.values(schema)) yield* typesIn(value);
}

describe.each(Object.keys(entryBodies) as EntryType[])('the schema of %s', (t) => {
  it('is closed at every level and has no numbers', () => {
    for (const object of objectsIn(entrySchema(t))) expect(object['additionalProperties']).toBe(false);
    expect([...typesIn(entrySchema(t))]).not.toEqual(expect.arrayContaining(['number']));
    expect([...typesIn(entrySchema(t))]).not.toEqual(expect.arrayContaining(['integer']));
  });
});

describe('the key of what may exist once', () => {
  it('names the ballot of a unit by resolution, round, unit and version', () => {
    expect(uniqueKeyOf(ballotCast('unit-1'))).toBe('ballot/resolution-1/1/unit-1/0');
    expect(uniqueKeyOf(ballotCast('unit-1', { version: '1' }))).toBe('ballot/resolution-1/1/unit-1/1');
  });

  it('does not depend on the choice or the nonce', () => {
    const nonce = Buffer.alloc(16, 1).toString('base64url');
    expect(uniqueKeyOf(ballotCast('unit-1', { choice: 'against', nonce }))).toBe(
      uniqueKeyOf(ballotCast('unit-1')),
    );
  });

  it('lets a person sign in once for each capacity, and leave as often as they do', () => {
    const signIn = (capacityId?: string): NewEntry<'presence'> => ({
      t: 'presence',
      body: {
        event: 'sign-in',
        personId: 'person-1',
        role: 'creditor',
        channel: 'online',
        ...(capacityId === undefined ? {} : { capacityId }),
      },
    });
    expect(uniqueKeyOf(signIn('cap-1'))).toBe('presence/person-1/cap-1');
    expect(uniqueKeyOf(signIn())).toBe('presence/person-1/staff');
    const leave: NewEntry = { t: 'presence', body: { ...signIn('cap-1').body, event: 'leave' } };
    expect(uniqueKeyOf(leave)).toBeUndefined();
  });

  it('is left out where entries may repeat', () => {
    expect(uniqueKeyOf({ t: 'incident', body: { code: 'HEARTBEAT' } })).toBeUndefined();
  });
});

describe('a commitment', () => {
  const key = Buffer.alloc(32, 7);
  const field = 'reason';

  it('is HMAC-SHA-256 over field, zero byte and value', () => {
    const expected = hmacSha256(key, utf8('reason\0迟到')) as Buffer;
    expect(commitmentTo(hmacSha256, key, { field, value: '迟到' })).toBe(expected.toString('base64'));
  });

  it('is opened by its key and value in any normal form, and by nothing else', () => {
    const commitment = commitmentTo(hmacSha256, key, { field, value: 'é' });
    const opening = { key: toBase64(key), field, value: 'e\u0301' };
    expect(opensCommitment(hmacSha256, commitment, opening)).toBe(true);
    expect(opensCommitment(hmacSha256, commitment, { ...opening, value: 'f' })).toBe(false);
    expect(opensCommitment(hmacSha256, commitment, { ...opening, field: 'text' })).toBe(false);
    const otherKey = toBase64(Buffer.alloc(32, 8));
    expect(opensCommitment(hmacSha256, commitment, { ...opening, key: otherKey })).toBe(false);
  });

  it('needs a key of 32 bytes', () => {
    expect(() => commitmentTo(hmacSha256, key.subarray(1), { field, value: 'x' })).toThrow(RangeError);
  });
});

describe('base64 and hexadecimal', () => {
  it('go there and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 90 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
        expect(fromHex(toHex(bytes))).toEqual(bytes);
      }),
    );
  });
});
