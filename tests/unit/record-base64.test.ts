import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  fromBase64,
  fromHex,
  parseBase64,
  toBase64,
  toBase64ByTable,
  toHex,
  toHexByTable,
} from '../../server/domain/record/base64.ts';

const ways = [
  { way: 'Node', base64: toBase64, hex: toHex },
  { way: 'table', base64: toBase64ByTable, hex: toHexByTable },
];

/** RFC 4648 section 10. */
const vectors = [
  { text: '', base64: '', hex: '' },
  { text: 'f', base64: 'Zg==', hex: '66' },
  { text: 'fo', base64: 'Zm8=', hex: '666f' },
  { text: 'foo', base64: 'Zm9v', hex: '666f6f' },
  { text: 'foob', base64: 'Zm9vYg==', hex: '666f6f62' },
  { text: 'fooba', base64: 'Zm9vYmE=', hex: '666f6f6261' },
  { text: 'foobar', base64: 'Zm9vYmFy', hex: '666f6f626172' },
];

describe.each(ways)('by $way', ({ base64, hex }) => {
  it.each(vectors)('spells "$text" as RFC 4648 does', (vector) => {
    const bytes = new TextEncoder().encode(vector.text);
    expect(base64(bytes)).toBe(vector.base64);
    expect(hex(bytes)).toBe(vector.hex);
  });

  it('spells a part of a longer buffer, and gets the same bytes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(20), (bytes, skipped) => {
        const part = bytes.subarray(Math.min(skipped, bytes.length));
        expect(fromBase64(base64(part))).toEqual(Uint8Array.from(part));
        expect(fromHex(hex(part))).toEqual(Uint8Array.from(part));
        expect(base64(part)).toBe(toBase64ByTable(part));
        expect(hex(part)).toBe(toHexByTable(part));
      }),
    );
  });
});

it.each(['Zh==', 'Zm9=', 'Zg', 'Zg=', ' Zg==', 'Zg==\n', 'Zg==Zg==', 'Zm-_'])(
  'takes %j from outside for no spelling at all',
  (text) => {
    expect(parseBase64(text)).toBeUndefined();
  },
);
