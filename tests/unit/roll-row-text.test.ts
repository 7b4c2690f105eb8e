/** record.md 1, 2, 7: the bytes of a row are its canonical text; a commitment is an HMAC (RFC 2104, 4231). */
import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { canonicalText } from '../../server/domain/record/canonical.ts';
import { rollRowText } from '../../server/domain/record/roll-row-text.ts';
import type { RollRow } from '../../server/protocol/roll.ts';
import { COMMITMENT_KEY_BYTES, commitmentTo } from '../../server/domain/record/commitments.ts';
import { commitmentOf, hmacSha256 } from '../../server/services/record-crypto.ts';
import { SAMPLE_ROOT } from '../support/entry-samples.ts';

const voting: RollRow = {
  unitId: 'creditor-1_SECURED',
  creditorId: 'creditor-1',
  group: 'SECURED',
  natures: ['ORDINARY', 'SECURED'],
  commitments: { name: SAMPLE_ROOT },
  heads: '1',
  amountFen: '123456789',
  unsecuredFen: '0',
  temporaryFen: '0',
  temporaryUnsecuredFen: '0',
  status: 'confirmed',
};
const excluded: RollRow = {
  unitId: 'creditor-2',
  creditorId: 'creditor-2',
  group: 'ALL',
  natures: [],
  commitments: { name: SAMPLE_ROOT, idNumber: SAMPLE_ROOT, contact: SAMPLE_ROOT },
  heads: '0',
  amountFen: '0',
  unsecuredFen: '0',
  status: 'excluded',
  reason: 'NOT_DETERMINED',
};

describe('the text of a row of the roll', () => {
  it.each<[string, RollRow]>([
    ['of a unit in a group', voting],
    [
      'of a unit with everything',
      { ...voting, basisDocHash: 'ab'.repeat(32), isAffiliate: true, status: 'temporary' },
    ],
    ['of a unit with all commitments', { ...voting, commitments: excluded.commitments }],
    ['of a creditor without a vote', excluded],
  ])('is canonical %s', (_what, row) => {
    expect(rollRowText(row)).toBe(canonicalText(row));
  });

  it.each<[string, object]>([
    ['unit', { unitId: 'a"b' }],
    ['creditor', { creditorId: '江南' }],
    ['group', { group: 'A\\' }],
    ['nature', { natures: ['ORDINARY', 'A"'] }],
    ['sealed name', { commitments: { name: '"' } }],
    ['sealed number', { commitments: { name: SAMPLE_ROOT, idNumber: '"' } }],
    ['sealed contact', { commitments: { name: SAMPLE_ROOT, contact: '"' } }],
    ['head', { heads: '"' }],
    ['amount', { amountFen: '1"' }],
    ['unsecured amount', { unsecuredFen: '1\n' }],
    ['temporary amount', { temporaryFen: '"' }],
    ['temporary unsecured amount', { temporaryUnsecuredFen: '"' }],
    ['hash of a document', { basisDocHash: '"' }],
    ['status', { status: '"' }],
  ])('refuses a %s that JSON would have to escape', (_what, changed) => {
    expect(() => rollRowText({ ...voting, ...changed })).toThrow('UNSUPPORTED_VALUE');
  });

  it('refuses a reason that JSON would have to escape', () => {
    const changed: object = { reason: 'A"B' };
    expect(() => rollRowText({ ...excluded, ...changed })).toThrow('UNSUPPORTED_VALUE');
  });
});

describe('the commitment’s HMAC', () => {
  it.each([
    ['a key of 32 bytes', 32, 40],
    ['an empty text', 32, 0],
    ['a long text', 32, 5_000],
    ['a key of a whole block', 64, 10],
    ['a key longer than a block (RFC 4231, case 6)', 131, 54],
    ['a short key', 4, 28],
  ])('is that of RFC 2104 with %s', (_what, keyBytes, dataBytes) => {
    const key = new Uint8Array(keyBytes).fill(0xaa);
    const data = new Uint8Array(dataBytes).fill(0x5b);
    expect(Buffer.from(hmacSha256(key, data))).toEqual(createHmac('sha256', key).update(data).digest());
  });

  it.each([
    ['a name', '青石（虚构）物流有限公司'],
    ['a text longer than what was hashed before', '表决😀'.repeat(900)],
    ['a short text after a long one', 'é'],
    ['nothing', ''],
    ['half a character', 'a\ud83d'],
  ])('is the same on the quick way of a roll, over %s', (_what, value) => {
    const key = new Uint8Array(COMMITMENT_KEY_BYTES).map((_byte, index) => index * 7);
    expect(commitmentOf(key, 'name', value)).toBe(commitmentTo(hmacSha256, key, { field: 'name', value }));
  });

  it('asks for a key of 32 bytes on the quick way too', () => {
    expect(() => commitmentOf(new Uint8Array(31), 'name', 'a')).toThrow(RangeError);
  });
});
