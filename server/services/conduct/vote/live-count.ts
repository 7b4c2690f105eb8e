import type { MeetingState, ResolutionState } from '../../../domain/meeting/state.ts';
import { testFigures } from '../../../domain/record/test-figures.ts';
import type { LiveTallySlice } from '../../../protocol/room-slices.ts';
import type { Choice } from '../../../protocol/scalars.ts';
import type { FrozenRoll } from './frozen-roll.ts';

/**
 * The count as it stands while a vote is open, for the host alone. It is kept up to date ballot by
 * ballot, since counting 50 000 units anew twice a second would hold the event loop. The verdict does
 * not come from here: it is counted afresh from the ledger at closing (`countVote`).
 */
export interface LiveCount {
  addBallot(unitId: string, choice: Choice): void;
  addSignIn(creditorId: string): void;
  slice(): LiveTallySlice;
}

interface Sum {
  heads: number;
  fen: bigint;
}

export function createLiveCount(
  resolution: ResolutionState,
  roll: FrozenRoll,
  state: MeetingState,
): LiveCount {
  const rule = resolution.opened?.body.rule;
  const groupRule = rule?.groups[0];
  if (!rule || !groupRule?.heads || !groupRule.amount) throw new Error('live count of a vote without tests');
  const { heads: headsTest, amount: amountTest } = groupRule;
  const countsUnsecured = amountTest.base === 'unsecuredTotal';
  const baseFen = countsUnsecured ? roll.totals.unsecuredFen : roll.totals.amountFen;
  const countsSignIn = rule.attendanceBasis !== 'VOTED';
  const countsVoters = rule.attendanceBasis !== 'SIGN_IN';
  const present = new Set<string>();
  const cast = new Set<string>();
  const sums: Record<Choice, Sum> = {
    for: { heads: 0, fen: 0n },
    against: { heads: 0, fen: 0n },
    abstain: { heads: 0, fen: 0n },
  };

  const count: LiveCount = {
    addBallot(unitId, choice) {
      const unit = roll.units.get(unitId);
      if (!unit || cast.has(unitId)) return;
      cast.add(unitId);
      sums[choice].heads += 1;
      sums[choice].fen += countsUnsecured ? unit.unsecuredFen : unit.amountFen;
      if (countsVoters) present.add(unitId);
    },
    // In a vote that is not by classes the unit is the creditor.
    addSignIn(creditorId) {
      if (countsSignIn && roll.units.has(creditorId)) present.add(creditorId);
    },
    slice() {
      const castFen = sums.for.fen + sums.against.fen + sums.abstain.fen;
      const figure = ({ heads, fen }: Sum) => ({ heads: String(heads), fen: String(fen) });
      return {
        resolutionId: resolution.published.resolutionId,
        castHeads: cast.size,
        castFen: String(castFen),
        notCastHeads: roll.totals.heads - cast.size,
        notCastFen: String(baseFen - castFen),
        for: figure(sums.for),
        against: figure(sums.against),
        abstain: figure(sums.abstain),
        heads: testFigures(headsTest, BigInt(sums.for.heads), BigInt(present.size)),
        amount: testFigures(amountTest, sums.for.fen, baseFen),
      };
    },
  };
  for (const creditorId of state.presentCreditors.keys()) count.addSignIn(creditorId);
  for (const [unitId, ballot] of resolution.ballots) count.addBallot(unitId, ballot.choice);
  return count;
}
