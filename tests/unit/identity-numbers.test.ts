import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fictitiousResidentId, fictitiousUscc } from '../../server/demo/fictitious-claims.ts';
import {
  carriesOrganisationCode,
  checkIdentityNumber,
  checkResidentId,
  checkUscc,
  findMobile,
} from '../../server/domain/identity-numbers.ts';
import {
  maskAddress,
  maskCreditorName,
  maskEmail,
  maskIdNumber,
  maskIdentity,
  maskMobile,
  maskPersonName,
} from '../../server/domain/masking.ts';

const TODAY = '2026-11-22';

describe('unified social credit codes (GB 32100-2015)', () => {
  const valid = ['91110000600037341L', '91330100MA2ABCD13J', '91310115MA1K00015K', '12330000002500009E'];

  it.each(valid)('%s is valid', (code) => expect(checkUscc(code)).toBe('VALID'));

  it.each(valid)('%s with another last character is not', (code) => {
    const other = code.endsWith('0') ? '1' : '0';
    expect(checkUscc(code.slice(0, 17) + other)).toBe('CHECK_CHARACTER');
  });

  it.each(['91110000600037341', '91110000600037341l', 'I1110000600037341L', '9111000060003734IL', ''])(
    '“%s” has not the form',
    (code) => expect(checkUscc(code)).toBe('FORM'),
  );

  it('made up ones are valid and carry an organisation code', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (serial) => {
        expect(checkUscc(fictitiousUscc(serial))).toBe('VALID');
        expect(carriesOrganisationCode(fictitiousUscc(serial))).toBe(true);
      }),
    );
  });
});

describe('resident identity cards (GB 11643-1999)', () => {
  it.each(['11010519491231002X', '34052419800101001X', '360426199101010071', '110101199003070011'])(
    '%s is valid',
    (card) => expect(checkResidentId(card, TODAY)).toBe('VALID'),
  );

  it.each([
    ['110101199003070012', 'CHECK_CHARACTER'],
    ['11010519491231002x', 'FORM'],
    ['110105491231002', 'FIFTEEN_DIGITS'],
    ['110101199002300010', 'BIRTH_DATE'],
    ['110101189912310010', 'BIRTH_DATE'],
    ['110101202702010010', 'BIRTH_DATE'],
  ])('%s is refused as %s', (card, verdict) => expect(checkResidentId(card, TODAY)).toBe(verdict));

  it('one born today is accepted, one born tomorrow is not', () => {
    const first17 = '99990120261122001';
    const verdicts = [...'0123456789X'].map((check) => checkResidentId(first17 + check, '2026-11-21'));
    expect(new Set(verdicts)).toEqual(new Set(['BIRTH_DATE']));
    expect([...'0123456789X'].map((check) => checkResidentId(first17 + check, TODAY))).toContain('VALID');
  });

  it('one wrong digit is always found', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999 }),
        fc.integer({ min: 14, max: 16 }),
        fc.integer({ min: 1, max: 9 }),
        (serial, at, step) => {
          const card = fictitiousResidentId(serial);
          const wrong = String((Number(card[at]) + step) % 10);
          const broken = card.slice(0, at) + wrong + card.slice(at + 1);
          expect(checkResidentId(card, TODAY)).toBe('VALID');
          expect(checkResidentId(broken, TODAY)).toBe('CHECK_CHARACTER');
        },
      ),
    );
  });

  it('one that lost its last digits in a number cell is told from one with a wrong digit', () => {
    expect(checkIdentityNumber('RESIDENT_ID', '110101199003070000', TODAY)).toBe('LOST_DIGITS');
    expect(checkIdentityNumber('RESIDENT_ID', '110101199003070012', TODAY)).toBe('RESIDENT_CHECK');
  });
});

describe('other papers and telephones', () => {
  it.each([
    ['HK_MACAO_PERMIT', 'H12345678', 'VALID'],
    ['HK_MACAO_PERMIT', 'H1234567801', 'VALID'],
    ['HK_MACAO_PERMIT', 'X12345678', 'FORM'],
    ['TAIWAN_PERMIT', '12345678', 'VALID'],
    ['TAIWAN_PERMIT', '1234567890A', 'VALID'],
    ['PASSPORT', 'E12345678', 'VALID'],
    ['PASSPORT', 'E123', 'FORM'],
    ['FOREIGN_RESIDENT_CARD', 'USA110082051301', 'VALID'],
    ['ORGANISATION_CODE', '00000000-0', 'VALID'],
    ['OTHER', 'ANY-1', 'VALID'],
  ] as const)('%s %s is %s', (idType, text, verdict) =>
    expect(checkIdentityNumber(idType, text, TODAY)).toBe(verdict),
  );

  it.each([
    ['13812345678', '13812345678', false],
    ['+86 138-1234-5678', '13812345678', false],
    ['008613812345678', '13812345678', false],
    ['+85291234567', '+85291234567', true],
    ['0085362123456', '+85362123456', true],
    ['+14155550123', '+14155550123', true],
  ])('%s is the mobile number %s', (text, number, isForeign) =>
    expect(findMobile(text)).toEqual({ number, isForeign }),
  );

  it.each(['12812345678', '1381234567', '138123456789', '0571-87654321', '+8612812345678', ''])(
    '“%s” is no mobile number',
    (text) => expect(findMobile(text)).toBeUndefined(),
  );
});

describe('masking of personal data', () => {
  it('shows what tells people apart and no more', () => {
    expect(maskPersonName('张三')).toBe('张*');
    expect(maskPersonName('欧阳娜娜')).toBe('欧***');
    expect(maskMobile('13812345678')).toBe('138****5678');
    expect(maskMobile('+85291234567')).toBe('+852****4567');
    expect(maskIdNumber('110101199003070011')).toBe('110101********0011');
    expect(maskIdNumber('E12345678')).toBe('E1*****78');
    expect(maskEmail('zhang@example.com')).toBe('z***@example.com');
    expect(maskAddress('浙江省杭州市西湖区某路 1 号')).toBe('浙江省杭州市***');
    expect(maskAddress('某路 1 号')).toBe('***');
  });

  it('leaves companies and their public codes alone', () => {
    expect(maskCreditorName('江南（虚构）建材有限公司', false)).toBe('江南（虚构）建材有限公司');
    expect(maskCreditorName('张三', true)).toBe('张*');
    expect(maskIdentity('USCC', '91110000600037341L')).toBe('91110000600037341L');
    expect(maskIdentity('RESIDENT_ID', '110101199003070011')).toBe('110101********0011');
  });
});
