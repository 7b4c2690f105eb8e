import { describe, expect, it } from '@jest/globals';
import {
  matchesIdentity,
  normaliseMobile,
  normaliseName,
  toIdentityCheck,
} from '../../server/domain/people/identity.ts';
import { partiesOf, type KeyedCreditor } from '../../server/domain/people/parties.ts';

describe('the name check', () => {
  const accepted = [toIdentityCheck('阿卜杜勒·热合曼', '65010119900101123x')];

  it.each([
    ['阿卜杜勒·热合曼', '123X'],
    ['阿卜杜勒•热合曼', '123x'],
    ['阿卜杜勒‧热合曼', '１２３ｘ'],
    [' 阿卜杜勒 . 热合曼 ', '12 3X'],
    ['阿卜杜勒热合曼', '123X'],
  ])('takes %s with %s', (name, idLast4) => {
    expect(matchesIdentity(accepted, { name, idLast4 })).toBe(true);
  });

  it.each([
    ['another last character', '阿卜杜勒·热合曼', '1239'],
    ['another name', '阿卜杜勒', '123X'],
    ['a number that is too short', '阿卜杜勒·热合曼', '23X'],
    ['nothing', '', ''],
  ])('refuses %s', (_what, name, idLast4) => {
    expect(matchesIdentity(accepted, { name, idLast4 })).toBe(false);
  });

  it('takes brackets of an enterprise in any shape and width', () => {
    const company = [toIdentityCheck('江南（杭州）贸易有限公司', '91330100MA2ABCDE1X')];
    for (const name of ['江南(杭州)贸易有限公司', '江南【杭州】贸易有限公司', '江南〔杭州〕贸易 有限公司']) {
      expect(matchesIdentity(company, { name, idLast4: 'de1x' })).toBe(true);
    }
  });

  it('gives all Latin spellings one form', () => {
    expect(normaliseName('Ｓｍｉｔｈ, John')).toBe(normaliseName('SMITH,JOHN'));
  });
});

describe('a mobile number', () => {
  it.each([
    ['138 0013 8000', '13800138000'],
    ['+86 138-0013-8000', '13800138000'],
    ['8613800138000', '13800138000'],
    ['１３８００１３８０００', '13800138000'],
    ['+852 9123 4567', '+85291234567'],
  ])('is read from %s', (typed, stored) => {
    expect(normaliseMobile(typed)).toBe(stored);
  });

  it.each(['12800138000', '1380013800', '0571-88880000', 'abc', '+8612345'])(
    'is not found in %s',
    (typed) => {
      expect(normaliseMobile(typed)).toBeUndefined();
    },
  );
});

describe('who signs in for a creditor', () => {
  const company: KeyedCreditor = {
    creditorId: 'creditor-1',
    name: '江南贸易有限公司',
    kind: 'LEGAL_PERSON',
    idNo: '91330100MA2ABCDE1X',
    legalRep: '王建国',
    contact: '李红',
    mobile: '13800138001',
    proxy: undefined,
  };
  const proxy = {
    name: '赵律师',
    idNo: '330101198001012345',
    mobile: '13900139000',
    scope: 'GENERAL',
  } as const;

  it('is the natural person itself', () => {
    const person = { ...company, kind: 'NATURAL_PERSON', name: '张三', idNo: '330101199001011234' } as const;
    expect(partiesOf(person)).toMatchObject([{ kind: 'self', name: '张三', check: { idLast4: '1234' } }]);
  });

  it('is the contact of an enterprise, checked by its full name and credit code', () => {
    const [party] = partiesOf(company);
    expect(party).toMatchObject({
      kind: 'contact',
      name: '李红',
      check: { name: '江南贸易有限公司', idLast4: 'DE1X' },
    });
  });

  it('is the legal representative when the contact has that name', () => {
    expect(partiesOf({ ...company, contact: '王建国 ' })).toMatchObject([{ kind: 'legal-representative' }]);
  });

  it('is the proxy holder as well, checked by the own name', () => {
    const parties = partiesOf({ ...company, proxy });
    expect(parties).toMatchObject([
      { kind: 'contact' },
      { kind: 'proxy', name: '赵律师', check: { idLast4: '2345' } },
    ]);
  });

  it('is one person only when the proxy has the same number', () => {
    expect(partiesOf({ ...company, proxy: { ...proxy, mobile: '+86 13800138001' } })).toHaveLength(1);
  });

  it('is nobody without a usable number', () => {
    expect(partiesOf({ ...company, mobile: '0571-88880000' })).toEqual([]);
  });
});
