import { describe, expect, it } from '@jest/globals';
import { findReading, yuan, yuanWithUnit } from '../../../client/format/money.ts';
import { matterOf } from '../../../client/format/matter.ts';
import { clockTime, countdown, dateTime, deadline } from '../../../client/format/time.ts';

describe('an amount on the page', () => {
  it.each([
    ['0', '0.00'],
    ['5', '0.05'],
    ['123456789', '1,234,567.89'],
    ['100000000000000000', '1,000,000,000,000,000.00'],
  ])('%s fen reads %s', (fen, text) => {
    expect(yuan(fen)).toBe(text);
  });

  it('carries its unit', () => {
    expect(yuanWithUnit('100', 'zh-CN')).toBe('1.00 元');
    expect(yuanWithUnit('100', 'en')).toBe('CNY 1.00');
  });

  it.each([
    ['999999', undefined],
    ['1000000', '1.00万'],
    ['123456789', '123.45万'],
    ['9999999999', '9,999.99万'],
    ['123456789012', '12.34亿'],
  ])('%s fen has the truncated reading %s', (fen, reading) => {
    expect(findReading(fen, 'zh-CN')).toBe(reading);
  });
});

describe('what is voted on', () => {
  const t = (key: string, { title }: Record<string, unknown>): string => `${key} ${String(title)}`;
  const matter = { type: 'R08', title: '江南某某公司', particulars: null };
  const standingFor = (seatKind: 'CREDITOR' | 'EMPLOYEE') => ({
    candidateOf: { electionId: 'e', seats: '3', seatKind },
  });

  it('is a question where the title is the bare name of a candidate', () => {
    const asked = (seatKind: 'CREDITOR' | 'EMPLOYEE') =>
      matterOf({ ...matter, particulars: standingFor(seatKind) }, t);
    expect(asked('CREDITOR')).toBe('vote.election.CREDITOR 江南某某公司');
    expect(asked('EMPLOYEE')).toBe('vote.election.EMPLOYEE 江南某某公司');
  });

  it.each([
    ['a title that names the office', { title: '选举江南某某公司为债权人委员会委员' }],
    ['a title of another type', { type: 'R03', title: '财产管理方案' }],
    ['an election that names no candidate', { particulars: null }],
  ])('is the title itself: %s', (_, change) => {
    const resolution = { ...matter, particulars: standingFor('CREDITOR'), ...change };
    expect(matterOf(resolution, t)).toBe(resolution.title);
  });
});

describe('a time on the page', () => {
  it('is in China Standard Time wherever the phone is', () => {
    expect(dateTime('2026-11-22T06:30:00.000Z', 'zh-CN')).toBe('2026年11月22日 14:30');
    expect(dateTime('2026-11-22T06:30:00.000Z', 'en')).toBe('2026-11-22 14:30 (CST)');
    expect(clockTime('2026-11-22T16:05:00.000Z')).toBe('00:05');
  });

  it('leaves the date out of a deadline of today by the calendar of China', () => {
    const nowMs = Date.parse('2026-11-22T15:59:00.000Z');
    expect(deadline('2026-11-22T15:59:30.000Z', nowMs, 'zh-CN')).toBe('23:59');
    expect(deadline('2026-11-22T16:00:00.000Z', nowMs, 'zh-CN')).toBe('2026年11月23日 00:00');
  });

  it.each([
    [-5_000, '00:00'],
    [1, '00:01'],
    [598_000, '09:58'],
    [4_198_000, '1:09:58'],
    [273_600_000, '3 天 04:00:00'],
  ])('%d ms left are shown as %s', (leftMs, text) => {
    expect(countdown(leftMs, 'zh-CN')).toBe(text);
  });
});
