/**
 * Amounts of money: fen (1/100 yuan) as bigint inside, a decimal string of fen on the wire.
 * Nothing here rounds silently and no amount passes through a float; runs in the browser too.
 */
import type { Language } from '../protocol/scalars.ts';

/** Largest amount anywhere, 10^17 fen: it fits int64 with room for sums, and BSON wraps larger ones silently. */
export const MAX_FEN = 10n ** 17n;

/** Longest text that is looked at as an amount, in characters: more is no amount and costs time. */
const MAX_AMOUNT_CHARACTERS = 64;
/** Powers of ten beyond this are refused before a bigint is made of them. */
const MAX_EXPONENT = 40;
/** A stored number may be off a whole fen by less than this part of a fen (10^-6 yuan): the tail of a float. */
const FLOAT_TAIL_DIVISOR = 10_000n;

export type MoneyProblem = 'NOT_A_NUMBER' | 'UNIT' | 'NEGATIVE' | 'DECIMALS' | 'GROUPING' | 'TOO_LARGE';

export type MoneyReading =
  { readonly ok: true; readonly fen: bigint } | { readonly ok: false; readonly problem: MoneyProblem };

/** An exact decimal: `digits` · 10^-`scale`. */
export interface ExactDecimal {
  readonly digits: bigint;
  readonly scale: number;
}

const refused = (problem: MoneyProblem): MoneyReading => ({ ok: false, problem });

function bounded(fen: bigint): MoneyReading {
  if (fen < 0n) return refused('NEGATIVE');
  return fen > MAX_FEN ? refused('TOO_LARGE') : { ok: true, fen };
}

/** Reads plain or scientific notation (`12.5`, `1.25E+1`) without loss; undefined when it is no number. */
export function readExactDecimal(text: string): ExactDecimal | undefined {
  if (text.length > MAX_AMOUNT_CHARACTERS) return undefined;
  const match = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > MAX_EXPONENT) return undefined;
  const magnitude = BigInt(whole + fraction);
  const digits = sign === '-' ? -magnitude : magnitude;
  const scale = fraction.length - exponent;
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/**
 * Reads an amount in yuan written as text: `1234.5`, `1,234,567.80`, `¥1,234.50`, `1234元`.
 * Refused with the problem named: 万/亿 (a reading, never an entry), wrong grouping, a third decimal
 * that is not zero, a sign, more than 10^17 fen.
 */
export function readYuan(text: string): MoneyReading {
  if (text.length > MAX_AMOUNT_CHARACTERS) return refused('NOT_A_NUMBER');
  const bare = text.normalize('NFKC').replace(/\s+/g, '');
  if (/[万亿萬億千百]/.test(bare)) return refused('UNIT');
  const plain = bare.replace(/^(?:¥|CNY|RMB|人民币)/i, '').replace(/[元圆]$/, '');
  if (/^[-−]¥?[\d,.]+$/.test(plain) || /^\([\d,.]+\)$/.test(plain)) return refused('NEGATIVE');
  if (!/^[\d,]+(\.\d+)?$/.test(plain)) return refused('NOT_A_NUMBER');
  if (plain.includes(',') && !/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) return refused('GROUPING');
  const decimal = readExactDecimal(plain.replaceAll(',', ''));
  if (decimal === undefined) return refused('NOT_A_NUMBER');
  const scaled = decimal.digits * 100n;
  const unit = 10n ** BigInt(decimal.scale);
  return scaled % unit === 0n ? bounded(scaled / unit) : refused('DECIMALS');
}

/**
 * Reads an amount in yuan from the text that a spreadsheet stores for a number cell. The file holds a
 * binary double: 1234567.1 may stand there as 1234567.0999999999, which is taken as 1234567.10 because
 * it is off by less than 10^-6 yuan; anything further from a whole fen is refused.
 */
export function readStoredYuan(text: string): MoneyReading {
  const decimal = readExactDecimal(text);
  if (decimal === undefined) return refused('NOT_A_NUMBER');
  if (decimal.digits < 0n) return refused('NEGATIVE');
  const unit = 10n ** BigInt(decimal.scale);
  const scaled = decimal.digits * 100n;
  const nearest = (scaled * 2n + unit) / (unit * 2n);
  const difference = scaled > nearest * unit ? scaled - nearest * unit : nearest * unit - scaled;
  return difference * FLOAT_TAIL_DIVISOR < unit ? bounded(nearest) : refused('DECIMALS');
}

/** Fen from the wire: a decimal string without sign or leading zero, at most 10^17; else undefined. */
export function findFen(wire: string): bigint | undefined {
  if (!/^(0|[1-9]\d{0,17})$/.test(wire)) return undefined;
  const fen = BigInt(wire);
  return fen <= MAX_FEN ? fen : undefined;
}

/** Fen from the wire where the schema has already been checked; throws RangeError otherwise. */
export function fromWireFen(wire: string): bigint {
  const fen = findFen(wire);
  if (fen === undefined) throw new RangeError('not an amount in fen');
  return fen;
}

/** Fen for the wire. Throws RangeError outside 0…10^17, so that a wrong sum is never sent or stored. */
export function toWireFen(fen: bigint): string {
  if (fen < 0n || fen > MAX_FEN) throw new RangeError('amount outside 0…10^17 fen');
  return fen.toString();
}

/** Yuan with two decimals and without grouping: `1234567.80`; what a spreadsheet cell is given. */
export function toYuanText(fen: bigint): string {
  const magnitude = fen < 0n ? -fen : fen;
  const cents = (magnitude % 100n).toString().padStart(2, '0');
  return `${fen < 0n ? '-' : ''}${magnitude / 100n}.${cents}`;
}

/** Yuan with two decimals, grouped by thousands: `1,234,567.80`. No unit. */
export function formatYuan(fen: bigint): string {
  return toYuanText(fen).replace(/\B(?=(\d{3})+\.)/g, ',');
}

interface Magnitude {
  readonly fromFen: bigint;
  readonly unit: string;
}

const MAGNITUDES: Readonly<Record<Language, readonly Magnitude[]>> = {
  'zh-CN': [
    { fromFen: 10n ** 10n, unit: '亿' },
    { fromFen: 10n ** 6n, unit: '万' },
  ],
  en: [
    { fromFen: 10n ** 11n, unit: ' billion' },
    { fromFen: 10n ** 8n, unit: ' million' },
    { fromFen: 10n ** 5n, unit: ' thousand' },
  ],
};

/** From here on an amount carries its 万/亿 reading, in fen (10 000 yuan). */
const READING_FROM_FEN = 10n ** 6n;

/**
 * The 万/亿 reading that stands beside an amount from 10 000 yuan on (`123.45万`, `12.34亿`), cut to two
 * decimals, never rounded up to a sum that is not there; undefined below.
 */
export function findMagnitudeReading(fen: bigint, language: Language = 'zh-CN'): string | undefined {
  if (fen < READING_FROM_FEN) return undefined;
  const magnitude = MAGNITUDES[language].find(({ fromFen }) => fen >= fromFen);
  if (magnitude === undefined) return undefined;
  return `${formatYuan((fen * 100n) / magnitude.fromFen)}${magnitude.unit}`;
}

/** An amount as people read it: `1,234,567.80 元(123.45万)`, in English `CNY 1,234,567.80 (1.23 million)`. */
export function formatAmount(fen: bigint, language: Language = 'zh-CN'): string {
  const yuan = language === 'en' ? `CNY ${formatYuan(fen)}` : `${formatYuan(fen)} 元`;
  const reading = findMagnitudeReading(fen, language);
  if (reading === undefined) return yuan;
  return language === 'en' ? `${yuan} (${reading})` : `${yuan}（${reading}）`;
}
