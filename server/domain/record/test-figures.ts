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

/** The least number of votes that meets a test: one more than the mark where it must be exceeded. */
function leastVotes(test: HeadsTest | AmountTest, base: bigint): bigint {
  const marked = base * BigInt(test.num);
  const den = BigInt(test.den);
  return test.cmp === '>' ? marked / den + 1n : (marked + den - 1n) / den;
}

/**
 * The test with its figures. `votes` and `base` are heads or fen. A base of 0 is never met: nobody is
 * present, or there is no claim to measure against, and then nothing is said to be missing. The figures stand in
 * the recorded tally: with another rule for one of them, records of before would not be counted to the same bytes.
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
    shortfall: String(passed || base === 0n ? 0n : required - votes),
  };
}

/** What a reader is told: while nobody is present one head is missing, for who comes and consents is all of them. */
export function missingHeads({ passed, denominator, shortfall }: TestFigures): string {
  return !passed && denominator === '0' ? '1' : shortfall;
}

/** Who may still consent while a vote is open. */
export interface StillToCome {
  /** Heads or fen that are in the base already and without a ballot; whoever else consents enlarges the base. */
  readonly waiting: bigint;
}

/**
 * The least number of heads or fen that must still consent, others casting nothing, where the base is of those who
 * take part (a fixed base has the shortfall of `testFigures`). Each newcomer enlarges it: with 1 of 3 present in favour and all three ballots cast, one more consent
 * makes 2 of 4, which is not more than half; two make 3 of 5.
 */
export function stillMissing(test: HeadsTest | AmountTest, figures: TestFigures, come: StillToCome): string {
  const votes = BigInt(figures.numerator);
  const base = BigInt(figures.denominator);
  if (figures.passed) return '0';
  const ofWaiting = leastVotes(test, base) - votes;
  const growth = BigInt(test.den) - BigInt(test.num);
  if (ofWaiting <= come.waiting || growth === 0n) return String(ofWaiting);
  const needed = (base - come.waiting) * BigInt(test.num) - votes * BigInt(test.den);
  const more = test.cmp === '>' ? needed / growth + 1n : (needed + growth - 1n) / growth;
  return String(more > 0n ? more : 1n);
}
