import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  MAX_FEN,
  findFen,
  findMagnitudeReading,
  formatAmount,
  formatYuan,
  fromWireFen,
  readStoredYuan,
  readYuan,
  toWireFen,
  toYuanText,
} from '../../server/domain/money.ts';

const fen = fc.bigInt({ min: 0n, max: MAX_FEN });

describe('an amount written as text', () => {
  it.each([
    ['0', 0n],
    ['1234.5', 123450n],
    ['1,234,567.80', 123456780n],
    ['¥1,234.5', 123450n],
    ['￥ 1,234.50', 123450n],
    ['CNY 12.00', 1200n],
    ['人民币100元', 10000n],
    ['１２３４．５６', 123456n],
    ['12.3400', 1234n],
    ['1000000000000000', MAX_FEN],
  ])('%s is read exactly', (text, expected) => {
    expect(readYuan(text)).toEqual({ ok: true, fen: expected });
  });

  it.each([
    ['12,345.678', 'DECIMALS'],
    ['0.001', 'DECIMALS'],
    ['123.45万元', 'UNIT'],
    ['1.2亿', 'UNIT'],
    ['-1', 'NEGATIVE'],
    ['-¥5', 'NEGATIVE'],
    ['(1,000.00)', 'NEGATIVE'],
    ['1,23,4', 'GROUPING'],
    ['1234,567', 'GROUPING'],
    ['', 'NOT_A_NUMBER'],
    ['—', 'NOT_A_NUMBER'],
    ['.5', 'NOT_A_NUMBER'],
    ['1e3', 'NOT_A_NUMBER'],
    ['十万', 'UNIT'],
    ['1000000000000000.01', 'TOO_LARGE'],
    ['9'.repeat(65), 'NOT_A_NUMBER'],
  ])('%s is refused as %s', (text, problem) => {
    expect(readYuan(text)).toEqual({ ok: false, problem });
  });

  it('survives formatting and reading for every amount', () => {
    fc.assert(
      fc.property(fen, (amount) => expect(readYuan(formatYuan(amount))).toEqual({ ok: true, fen: amount })),
    );
  });

  it('is refused with any third decimal that is not zero', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 1, max: 9 }), (amount, digit) =>
        expect(readYuan(`${toYuanText(amount)}${digit}`)).toEqual({ ok: false, problem: 'DECIMALS' }),
      ),
    );
  });
});

describe('an amount stored as a number', () => {
  it.each([
    ['1234567.0999999999', 123456710n],
    ['1234567.1000000001', 123456710n],
    ['1.2345E+4', 1234500n],
    ['1E2', 10000n],
    ['0.1', 10n],
    ['-0', 0n],
  ])('%s is taken for the amount that was typed', (text, expected) => {
    expect(readStoredYuan(text)).toEqual({ ok: true, fen: expected });
  });

  it.each([
    ['0.005', 'DECIMALS'],
    ['1234.567', 'DECIMALS'],
    ['1.000001', 'DECIMALS'],
    ['-5', 'NEGATIVE'],
    ['1E+30', 'TOO_LARGE'],
    ['1E+99', 'NOT_A_NUMBER'],
    ['NaN', 'NOT_A_NUMBER'],
  ])('%s is refused as %s', (text, problem) => {
    expect(readStoredYuan(text)).toEqual({ ok: false, problem });
  });

  it('reads every double of an amount below 10^11 fen as that amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 11n }), (amount) => {
        const stored = Number(toYuanText(amount)).toPrecision(17);
        expect(readStoredYuan(stored)).toEqual({ ok: true, fen: amount });
      }),
    );
  });
});

describe('fen on the wire', () => {
  it('come back as they were sent', () => {
    fc.assert(fc.property(fen, (amount) => expect(fromWireFen(toWireFen(amount))).toBe(amount)));
  });

  it.each(['', '-1', '01', '1.0', '1e3', ' 1', '100000000000000001', '1000000000000000000'])(
    'are not read from “%s”',
    (wire) => {
      expect(findFen(wire)).toBeUndefined();
      expect(() => fromWireFen(wire)).toThrow(RangeError);
    },
  );

  it('never leave beyond 10^17 or below zero', () => {
    expect(() => toWireFen(MAX_FEN + 1n)).toThrow(RangeError);
    expect(() => toWireFen(-1n)).toThrow(RangeError);
  });
});

describe('amounts as people read them', () => {
  it.each([
    [0n, '0.00'],
    [5n, '0.05'],
    [99999n, '999.99'],
    [100000n, '1,000.00'],
    [123456789012n, '1,234,567,890.12'],
    [-123456n, '-1,234.56'],
  ])('%s fen is %s', (amount, text) => {
    expect(formatYuan(amount)).toBe(text);
  });

  it('carry the 万 and 亿 reading from 10 000 yuan on, cut and never rounded up', () => {
    expect(findMagnitudeReading(999_999n)).toBeUndefined();
    expect(findMagnitudeReading(1_000_000n)).toBe('1.00万');
    expect(findMagnitudeReading(9_999_999_999n)).toBe('9,999.99万');
    expect(findMagnitudeReading(123_499_999_999n)).toBe('12.34亿');
    expect(formatAmount(123_456_780n)).toBe('1,234,567.80 元（123.45万）');
    expect(formatAmount(123_456_780n, 'en')).toBe('CNY 1,234,567.80 (1.23 million)');
    expect(formatAmount(100n)).toBe('1.00 元');
  });
});
