import type { Recorded, VoteHistory } from './meeting-history.ts';

/** The version of a vote's roll that was in force at an entry: a correction holds for what comes after it. */
export function rollInForce({ rolls }: VoteHistory, seq: string): Recorded<'roll.freeze'> | undefined {
  return rolls.findLast((roll) => Number(roll.seq) < Number(seq));
}
