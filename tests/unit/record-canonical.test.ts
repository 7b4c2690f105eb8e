/** RFC 8785 over the restricted profile of the record: one value, one spelling. */
import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import {
  canonicalBytes,
  canonicalText,
  parseCanonical,
  RecordFormatError,
} from '../../server/domain/record/canonical.ts';

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

describe('the serialisation of RFC 8785', () => {
  it('gives the text of section 3.2.2', () => {
    const value = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\u0022/",
      literals: [null, true, false],
    };
    expect(canonicalize(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by UTF-16 code units, as in section 3.2.3', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalize(value) ?? '') as object)).toEqual([
      'One',
      'Carriage Return',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });
});

describe('the profile', () => {
  it('writes sorted keys without white space, in UTF-8', () => {
    const text = '{"a":["x",true,null],"b":{"c":"同意 €😀"}}';
    expect(canonicalText({ b: { c: '同意 €😀' }, a: ['x', true, null] })).toBe(text);
    expect(canonicalBytes({ b: { c: '同意 €😀' }, a: ['x', true, null] })).toEqual(utf8(text));
  });

  it.each([
    ['a number', 1, 'NUMBER'],
    ['a number inside', { a: [{ b: 0 }] }, 'NUMBER'],
    ['a bigint', { a: 1n }, 'NUMBER'],
    ['undefined', { a: undefined }, 'UNSUPPORTED_VALUE'],
    ['a date', { a: new Date(0) }, 'UNSUPPORTED_VALUE'],
    ['a key that is not ASCII', { 名称: 'x' }, 'KEY_NOT_ASCII'],
    ['an empty key', { '': 'x' }, 'KEY_NOT_ASCII'],
    ['a lone surrogate', { a: '\ud800' }, 'LONE_SURROGATE'],
    ['text that is not NFC', { a: 'e\u0301' }, 'NOT_NFC'],
  ])('refuses %s', (_, value, code) => {
    expect(codeOf(() => canonicalText(value))).toBe(code);
  });

  it('refuses nesting without end', () => {
    const circular: Record<string, unknown> = {};
    circular['a'] = circular;
    expect(codeOf(() => canonicalText(circular))).toBe('TOO_DEEP');
  });
});

describe('the strict parser', () => {
  it.each([
    ['duplicate keys', '{"a":"1","a":"2"}', 'NOT_CANONICAL'],
    ['duplicate keys with equal values', '{"a":"1","a":"1"}', 'NOT_CANONICAL'],
    ['a duplicate key spelt with an escape', '{"a":"1","\\u0061":"2"}', 'NOT_CANONICAL'],
    ['white space', '{"a": "1"}', 'NOT_CANONICAL'],
    ['a trailing line feed', '{"a":"1"}\n', 'NOT_CANONICAL'],
    ['keys out of order', '{"b":"1","a":"2"}', 'NOT_CANONICAL'],
    ['a needless escape', '{"a":"\\u0041"}', 'NOT_CANONICAL'],
    ['an escaped slash', '{"a":"\\/"}', 'NOT_CANONICAL'],
    ['a number', '{"a":1}', 'NUMBER'],
    ['a number beyond 2^53', '{"a":9007199254740993}', 'NUMBER'],
    ['an exponent', '{"a":1e3}', 'NUMBER'],
    ['minus zero', '{"a":-0}', 'NUMBER'],
    ['a lone surrogate', '{"a":"\\ud800"}', 'LONE_SURROGATE'],
    ['text that is not NFC', '{"a":"e\u0301"}', 'NOT_NFC'],
    ['a byte order mark', '\ufeff{"a":"1"}', 'NOT_JSON'],
    ['a comment', '{"a":"1"/**/}', 'NOT_JSON'],
    ['half an object', '{"a":', 'NOT_JSON'],
    ['nothing', '', 'NOT_JSON'],
  ])('refuses %s', (_, text, code) => {
    expect(codeOf(() => parseCanonical(utf8(text)))).toBe(code);
  });

  it('refuses bytes that are not UTF-8, an encoded surrogate among them', () => {
    expect(codeOf(() => parseCanonical(Uint8Array.of(0x22, 0xff, 0x22)))).toBe('NOT_UTF8');
    expect(codeOf(() => parseCanonical(Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22)))).toBe('NOT_UTF8');
  });

  it('keeps a key named __proto__ as data', () => {
    const value = parseCanonical(utf8('{"__proto__":"x"}')) as Record<string, string>;
    expect(Object.keys(value)).toEqual(['__proto__']);
  });

  const text = fc.string({ unit: 'grapheme' }).map((value) => value.normalize('NFC'));
  const key = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 });
  const { value: anyValue } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));

  it('reads back what was written, and only that spelling', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const bytes = canonicalBytes(value);
        expect(parseCanonical(bytes)).toEqual(value);
        expect(canonicalBytes(parseCanonical(bytes))).toEqual(bytes);
      }),
    );
  });

  it('takes no other bytes for the same value', () => {
    fc.assert(
      fc.property(anyValue, fc.nat(), fc.constantFrom(' ', '\n', '\t'), (value, pick, space) => {
        const written = canonicalText(value);
        const at = pick % (written.length + 1);
        const changed = written.slice(0, at) + space + written.slice(at);
        const outcome = codeOf(() => expect(parseCanonical(utf8(changed))).not.toEqual(value));
        expect([
          'accepted',
          'NOT_CANONICAL',
          'NOT_JSON',
          'NOT_UTF8',
          'LONE_SURROGATE',
          'NOT_NFC',
          'KEY_NOT_ASCII',
        ]).toContain(outcome);
      }),
    );
  });
});
