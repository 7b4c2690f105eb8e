import { describe, expect, it } from '@jest/globals';
import i18next from 'i18next';
import { AppError } from '../../../client/api/app-error.ts';
import { findPlaceText } from '../../../client/api/place.ts';
import { catalogue as en } from '../../../client/i18n/en/staff.ts';
import { catalogue as zh } from '../../../client/i18n/zh-CN/staff.ts';
import { statusAt } from '../../../client/staff/cases/settings/fields.ts';
import { findUnfilled } from '../../../client/staff/cases/settings/problems.ts';
import { defaultCaseSettings } from '../../../server/domain/rules/case-settings.ts';
import { EBL_2006_V1 } from '../../../server/domain/rules/ebl-2006-v1.ts';

const resources = { 'zh-CN': { translation: zh }, en: { translation: en } };
await i18next.init({ resources, interpolation: { escapeValue: false } });
const defaults = defaultCaseSettings(EBL_2006_V1);

describe('the settings of a case', () => {
  it('are complete as they come', () => {
    expect(findUnfilled(defaults)).toEqual([]);
  });

  it('name what is not filled in, in the order of the page, and mark it', () => {
    const exclusion = { creditorId: 'c1', reason: 'EXCLUDED_BY_COURT', reference: ' 三号 ' } as const;
    const joined = {
      representativeId: '',
      creditorIds: [],
      reason: 'BRANCHES' as const,
      reference: '同一法人',
    };
    const unfilled = findUnfilled({
      ...defaults,
      employeeMode: 'COLLECTIVE_ONE',
      silence: { mode: 'CONSENT', reference: '', noticeDocumentId: null, types: [] },
      exclusions: [{ ...exclusion, reference: '（2026）虚01破12号' }, exclusion],
      joinedHeads: [joined],
    });
    expect(unfilled).toEqual([
      'body/settings/silence/reference',
      'body/settings/silence/types',
      'body/settings/employeeRepresentativeId',
      'body/settings/exclusions/1/reference',
      'body/settings/joinedHeads/0/representativeId',
      'body/settings/joinedHeads/0/creditorIds',
    ]);
    const wrong = new Set(unfilled);
    expect(statusAt(wrong, 'exclusions/1/reference')).toBe('error');
    expect(statusAt(wrong, 'exclusions/0/reference')).toBe('');
  });
});

describe('a field that was refused is named in the language of the page', () => {
  const told = (detail: string, language = 'zh-CN') =>
    findPlaceText(new AppError('INVALID_REQUEST', {}, detail), i18next.getFixedT(language));

  it.each([
    ['body/title', '请检查：名称。'],
    [
      'body/settings/exclusions/1/reference',
      '请检查：依决定不参加表决的债权人：依据，至少 4 个字（第 2 项）。',
    ],
    ['body/settings/exclusions/1/reason', '请检查：依决定不参加表决的债权人（第 2 项）。'],
    ['body/settings/silence', '请检查：不表示意见的怎样计算。'],
    ['body/agenda/3/resolution/particulars/candidateOf', '请检查：候选人、委员会成员或者分组（第 4 项）。'],
  ])('%s', (detail, expected) => {
    expect(told(detail)).toBe(expected);
  });

  it('in English for who reads English', () => {
    expect(told('body/startsAt', 'en')).toBe('Please check: time of the meeting.');
  });

  it('and what has no words is not shown as a path', () => {
    expect(told('body/nonce')).toBeUndefined();
    expect(told('querystring/page')).toBeUndefined();
    expect(told('body: unknown field')).toBeUndefined();
  });
});
