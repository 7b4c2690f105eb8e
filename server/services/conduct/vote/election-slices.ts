/** Elections of the committee over the verdicts of their candidates (企业破产法 art. 67). */
import type { MeetingState, ResolutionState } from '../../../domain/meeting/state.ts';
import { electionResult, seatsTakenBy, seatsToFill, type Candidate } from '../../../domain/rules/election.ts';
import type { ElectionSlice } from '../../../protocol/vote/slices.ts';

/** In the order of their first candidates, which is also that in which they take the seats the law allows. */
export function electionSlices(
  state: MeetingState,
  titleOf: (resolutionId: string) => string,
): ElectionSlice[] {
  const elections = new Map<string, ResolutionState[]>();
  for (const resolution of state.resolutions.values()) {
    const electionId = resolution.published.particulars?.candidateOf?.electionId;
    if (electionId === undefined) continue;
    elections.set(electionId, [...(elections.get(electionId) ?? []), resolution]);
  }
  const taken = { CREDITOR: 0, EMPLOYEE: 0 };
  return [...elections].map(([electionId, standing]) => {
    const [first] = standing;
    const candidacy = first?.published.particulars?.candidateOf;
    const candidates = standing.map(toCandidate);
    const seatKind = candidacy?.seatKind ?? 'CREDITOR';
    const held = Number(candidacy?.held ?? '0');
    const named = { seats: Number(candidacy?.seats ?? '0'), seatKind, taken: held + taken[seatKind] };
    const seats = seatsToFill(named);
    const results = electionResult({ ...named, candidates, lots: lotsOf(state, electionId) });
    taken[seatKind] += seatsTakenBy(results, seats);
    return {
      electionId,
      seatKind,
      seats,
      isComplete: candidates.every(({ passed }) => passed !== null),
      candidates: results.map((result, index) => ({
        ...result,
        title: titleOf(result.resolutionId),
        forHeads: String(candidates[index]?.forHeads ?? 0),
        forFen: String(candidates[index]?.forFen ?? 0n),
      })),
    };
  });
}

function toCandidate({ published, verdict }: ResolutionState): Candidate {
  const group = verdict?.body.results.main.groups[0];
  return {
    resolutionId: published.resolutionId,
    passed: verdict && verdict.body.outcome === 'PASSED',
    forFen: BigInt(group?.for.fen ?? '0'),
    forHeads: Number(group?.for.heads ?? '0'),
  };
}

/** The last lot of an election is the one that holds. */
function lotsOf({ rulings }: MeetingState, electionId: string): readonly string[] {
  const lot = rulings.findLast(({ body }) => body.kind === 'LOT_DRAWN' && body.electionId === electionId);
  return lot?.body.order ?? [];
}
