import type { Recorded, VoteHistory } from './meeting-history.ts';

/** The version of a vote's roll that was in force at an entry: a correction holds for what comes after it. */
export function rollInForce({ rolls }: VoteHistory, seq: string): Recorded<'roll.freeze'> | undefined {
  // `findLast` is younger than the browsers in which the verifier's page works; rolls are in order.
  let inForce: Recorded<'roll.freeze'> | undefined;
  for (const roll of rolls) {
    if (Number(roll.seq) < Number(seq)) inForce = roll;
  }
  return inForce;
}
