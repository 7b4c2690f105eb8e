/**
 * Rounds of a vote: 企业破产法 art. 65(2) (the distribution plan is put to the vote once more), art. 87(1) (a
 * group that did not pass the plan votes once more; only it does). A round that was aborted by the court's
 * consent does not count against the number that the law allows. Consent of the round before holds in the
 * next one only where the vote was opened so (domain.md E28). Nothing here decides whether to vote again.
 */
import type { Group } from '../../protocol/entry-parts.ts';
import type { Choice } from '../../protocol/scalars.ts';
import type { MeetingState, ResolutionState, VoteRound } from './state.ts';

export interface NextRound {
  /** Number in the ledger, counting aborted rounds. */
  readonly round: string;
  /** The vote that this is by law, from 1: aborted rounds are left out. */
  readonly vote: number;
  /** Groups that passed before and do not vote again. */
  readonly passedGroups: readonly Group[];
}

const isCounted = ({ closed, verdict }: VoteRound): boolean =>
  verdict !== null && closed?.body.cause !== 'ABORTED';

/** Rounds that were counted, oldest first, the present one included. */
export function countedRounds(resolution: ResolutionState): VoteRound[] {
  return [...resolution.earlierRounds, resolution].filter(isCounted);
}

/** The round that may be opened now, or undefined while one runs or when the law allows no more. */
export function nextRoundOf(resolution: ResolutionState): NextRound | undefined {
  const counted = countedRounds(resolution);
  const vote = counted.length + 1;
  const passedGroups = passedGroupsOf(counted);
  switch (resolution.status) {
    case 'published':
      return { round: resolution.round, vote, passedGroups };
    case 'aborted':
      return { round: String(Number(resolution.round) + 1), vote, passedGroups };
    case 'closed': {
      const isAllowed = resolution.verdict?.body.outcome === 'FAILED' && vote <= roundsOf(resolution);
      return isAllowed ? { round: String(Number(resolution.round) + 1), vote, passedGroups } : undefined;
    }
    case 'open':
    case 'interrupted':
      return undefined;
  }
}

/** After the meeting only what was voted on in it may be voted on again (record.md 2). */
export function isOpenableAfterwards({ opened }: ResolutionState): boolean {
  return opened !== null;
}

/** A vote runs, or one may still be opened: who can sign in as a creditor matters. */
export function mayStillVote({ phase, resolutions }: Pick<MeetingState, 'phase' | 'resolutions'>): boolean {
  if (phase !== 'closed') return true;
  return [...resolutions.values()].some(
    (resolution) =>
      resolution.status === 'open' ||
      resolution.status === 'interrupted' ||
      (isOpenableAfterwards(resolution) && nextRoundOf(resolution) !== undefined),
  );
}

/** Number of votes that the frozen rule allows. */
function roundsOf({ opened }: VoteRound): number {
  return Number(opened?.body.rule.rounds ?? '1');
}

/** Where only failing groups vote again, those that passed in any round so far; none otherwise. */
function passedGroupsOf(counted: readonly VoteRound[]): Group[] {
  const passed = counted.flatMap(({ opened, verdict }) =>
    opened?.body.rule.secondRound === 'FAILED_GROUPS'
      ? (verdict?.body.results.main.groups ?? []).filter(({ outcome }) => outcome === 'PASSED')
      : [],
  );
  return [...new Set(passed.map(({ group }) => group))];
}

/**
 * Closed and not yet counted, or counted on what has changed since: a corrected roll, or a ballot made void.
 * An aborted round is never counted.
 */
export function needsCount(round: VoteRound): boolean {
  const { closed, verdict, tally, roll, voids, countedVoids } = round;
  if (!closed || closed.body.cause === 'ABORTED') return false;
  return verdict === null || tally?.rollVersion !== roll?.version || countedVoids !== voids.size;
}

/** The round whose consent counts in the present one, or undefined. */
export function carriedRoundOf(resolution: ResolutionState): VoteRound | undefined {
  const fromRound = resolution.opened?.body.carryOver?.fromRound;
  if (fromRound === undefined) return undefined;
  return resolution.earlierRounds.find(({ round }) => round === fromRound);
}

/** Consent of a unit that holds although it cast nothing in this round: only `for` is ever carried over. */
export function carriedChoiceOf(resolution: ResolutionState, unitId: string): Choice | undefined {
  const before = carriedRoundOf(resolution)?.ballots.get(unitId);
  return before?.choice === 'for' ? 'for' : undefined;
}

/** The last counted round before the present one, from which consent may be carried over. */
export function roundToCarryFrom(resolution: ResolutionState): VoteRound | undefined {
  return countedRounds(resolution).at(-1);
}
