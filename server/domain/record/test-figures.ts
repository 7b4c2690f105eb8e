/**
 * One test of a vote: `votes * den cmp base * num` in bigint (企业破产法 arts. 64, 84, 97; Civil Code
 * art. 1259). Percentages never decide anything; they are cut off, not rounded, so that 49.9999 % never
 * reads as half.
 */
import type { AmountTest, HeadsTest, TestFigures } from '../../protocol/tally.ts';

/** Percentage of `numerator` in `denominator`, cut off at two decimals; `0.00` when nothing is measured. */
export function percentTruncated(numerator: bigint, denominator: bigint): string {
  if (denominator === 0n) return '0.00';
  const hundredths = (numerator * 10_000n) / denominator;
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;
}

/**
 * The least number of votes that meets a test: one more than the mark where it must be exceeded. While nobody is
 * present it is one: who comes and consents is the whole of those present.
 */
function leastVotes(test: HeadsTest | AmountTest, base: bigint): bigint {
  if (base === 0n) return test.base === 'present' ? 1n : 0n;
  const marked = base * BigInt(test.num);
  const den = BigInt(test.den);
  return test.cmp === '>' ? marked / den + 1n : (marked + den - 1n) / den;
}

/**
 * The test with its figures. `votes` and `base` are heads or fen. A base of 0 is never met; where there is no claim
 * to measure against, no amount is said to be missing.
 */
export function testFigures(test: HeadsTest | AmountTest, votes: bigint, base: bigint): TestFigures {
  const required = leastVotes(test, base);
  const passed = base > 0n && votes >= required;
  return {
    passed,
    comparison: test.cmp,
    requiredNum: test.num,
    requiredDen: test.den,
    numerator: String(votes),
    denominator: String(base),
    percent: percentTruncated(votes, base),
    shortfall: String(passed ? 0n : required - votes),
  };
}
