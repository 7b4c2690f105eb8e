import { describe, expect, it } from '@jest/globals';
import {
  assignCreditorIds,
  compareTables,
  indexCreditors,
  isIndividual,
  type KnownCreditor,
} from '../../server/domain/claims-table.ts';
import type { ImportedCreditor } from '../../server/domain/claims/types.ts';

const known = (over: Partial<KnownCreditor>): KnownCreditor => ({
  creditorId: 'zhang',
  creditorNo: '1',
  name: '张三',
  idType: 'RESIDENT_ID',
  idNo: '11010519491231002X',
  ...over,
});

const imported = (key: string, over: Partial<ImportedCreditor>): ImportedCreditor => ({
  key,
  creditorNo: '1',
  name: '张三',
  kind: 'NATURAL_PERSON',
  idType: 'RESIDENT_ID',
  idNo: '11010519491231002X',
  legalRep: undefined,
  contact: '张三',
  mobile: '16000000001',
  email: undefined,
  address: undefined,
  isAffiliate: false,
  head: undefined,
  proxy: undefined,
  rowNumber: 2,
  ...over,
});

function assign(creditors: readonly ImportedCreditor[], before: readonly KnownCreditor[]) {
  let next = 0;
  return Object.fromEntries(assignCreditorIds(creditors, indexCreditors(before), () => `new-${(next += 1)}`));
}

describe('the id of a creditor over several tables', () => {
  it('is kept by the identity paper, whatever number and name say now', () => {
    expect(assign([imported('a', { creditorNo: '7', name: '张叁' })], [known({})])).toEqual({ a: 'zhang' });
  });

  it('is kept by number and name together when the paper was corrected', () => {
    expect(assign([imported('a', { idNo: '360426199101010071' })], [known({})])).toEqual({ a: 'zhang' });
  });

  it('never passes to somebody else who was given the same number', () => {
    const stranger = imported('a', { name: '李四', idNo: '360426199101010071' });
    expect(assign([stranger], [known({})])).toEqual({ a: 'new-1' });
  });

  it('stays with the paper when another row claims it by number and name', () => {
    const namesake = imported('b', { idNo: '360426199101010071' });
    const moved = imported('a', { creditorNo: '9' });
    expect(assign([namesake, moved], [known({})])).toEqual({ a: 'zhang', b: 'new-1' });
  });

  it('is the one of the newest table when older ones differ', () => {
    expect(assign([imported('a', {})], [known({ creditorId: 'newer' }), known({})])).toEqual({ a: 'newer' });
  });

  it('is never given to two creditors', () => {
    const ids = assign(
      [imported('a', {}), imported('b', { idNo: 'x', creditorNo: '1' }), imported('c', { idNo: 'y' })],
      [known({})],
    );
    expect(new Set(Object.values(ids)).size).toBe(3);
  });
});

describe('the difference between two tables', () => {
  it('counts rows added, changed, removed and unchanged by claim number', () => {
    const before = new Map(Object.entries({ A: '1', B: '1', C: '1' }));
    const after = new Map(Object.entries({ B: '1', C: '2', D: '1', E: '1' }));
    expect(compareTables(before, after)).toEqual({ added: 2, changed: 1, removed: 1, unchanged: 1 });
  });
});

describe('who is masked', () => {
  it.each([
    ['a natural person', 'NATURAL_PERSON', 'RESIDENT_ID', true],
    ['a company', 'LEGAL_PERSON', 'USCC', false],
    ['a sole trader under the own identity card', 'SOLE_TRADER', 'RESIDENT_ID', true],
    ['a sole trader with a credit code', 'SOLE_TRADER', 'USCC', false],
    ['a foreigner listed as other', 'OTHER', 'PASSPORT', true],
    ['a public body with another paper', 'PUBLIC_BODY', 'OTHER', false],
  ] as const)('%s', (_who, kind, idType, expected) => {
    expect(isIndividual({ kind, idType })).toBe(expected);
  });
});
