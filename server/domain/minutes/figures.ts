/** Numbers and times as the minutes write them. Percentages are cut off, never rounded up. */
import { chinaDateTime } from '../china-calendar.ts';
import { formatAmount, formatYuan } from '../money.ts';
import { percentTruncated } from '../record/test-figures.ts';
import type { TestFigures } from '../../protocol/tally.ts';

export const time = (instant: string): string => chinaDateTime(Date.parse(instant));

/** `1,234,567.80 元（123.45万）`. */
export const amount = (fen: string | bigint): string => formatAmount(BigInt(fen));

/** Without unit, for columns whose title names it. */
export const yuan = (fen: string | bigint): string => formatYuan(BigInt(fen));

/** `71.42%`; a dash where there is nothing to measure against. */
export function share(part: string | bigint, whole: string | bigint): string {
  return BigInt(whole) === 0n ? '—' : `${percentTruncated(BigInt(part), BigInt(whole))}%`;
}

const fractionWords: Readonly<Record<string, string>> = {
  '>1/2': '过半数',
  '>=1/2': '二分之一以上',
  '>=2/3': '三分之二以上',
};

/** What a test asks for, in the words of the law: 以上 includes the number (民法典 art. 1259). */
export function requirement({
  comparison,
  requiredNum,
  requiredDen,
}: Pick<TestFigures, 'comparison' | 'requiredNum' | 'requiredDen'>): string {
  const fraction = `${requiredNum}/${requiredDen}`;
  const words = fractionWords[comparison + fraction];
  return words ?? (comparison === '>' ? `超过 ${fraction}` : `${fraction} 以上`);
}
