import type { Language } from '../../server/protocol/scalars.ts';

const FEN_PER_YUAN = 100n;

/** From here on the reading in 万 or 亿 stands beside the amount. */
const READING_FROM_FEN = 1_000_000n;
const WAN_FEN = 1_000_000n;
const YI_FEN = 10_000_000_000n;

function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `123456789` fen → `1,234,567.89`. Exact; the argument is the wire's decimal string of fen. */
export function yuan(fen: string): string {
  const amount = BigInt(fen);
  const cents = (amount % FEN_PER_YUAN).toString().padStart(2, '0');
  return `${group((amount / FEN_PER_YUAN).toString())}.${cents}`;
}

/** As the server takes amounts: at most 17 digits of fen. */
const YUAN_DIGITS_MAX = 15;

/** What a person types, `1,234.5` or `1234.50`, in fen; undefined where it is no amount. */
export function findFen(typed: string): string | undefined {
  const match = /^(\d+)(?:\.(\d{1,2}))?$/.exec(typed.trim().replaceAll(/[,，\s]/g, ''));
  if (match === null || (match[1] ?? '').length > YUAN_DIGITS_MAX) return undefined;
  return (BigInt(match[1] ?? '0') * FEN_PER_YUAN + BigInt((match[2] ?? '').padEnd(2, '0'))).toString();
}

/** With its unit: `1,234,567.89 元`, in English `CNY 1,234,567.89`. */
export function yuanWithUnit(fen: string, language: Language): string {
  return language === 'en' ? `CNY ${yuan(fen)}` : `${yuan(fen)} 元`;
}

function inUnit(amount: bigint, unitFen: bigint): string {
  const hundredths = (amount * 100n) / unitFen;
  const whole = group((hundredths / 100n).toString());
  return `${whole}.${(hundredths % 100n).toString().padStart(2, '0')}`;
}

/** `123.45万` or `1.23亿`, truncated and only a reading; undefined below 10 000 yuan and in English. */
export function findReading(fen: string, language: Language): string | undefined {
  const amount = BigInt(fen);
  if (language === 'en' || amount < READING_FROM_FEN) return undefined;
  return amount >= YI_FEN ? `${inUnit(amount, YI_FEN)}亿` : `${inUnit(amount, WAN_FEN)}万`;
}
