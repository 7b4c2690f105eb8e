/**
 * 企业破产法 art. 67(1): the committee is made of creditors' representatives elected by the meeting and of one
 * for the employees or the union, of nine members at most: eight seats are the creditors', whatever an election
 * names and however many elections there are. Each candidate is a resolution of its own under art. 64(1). Where
 * more pass than there are seats, those for whom the larger amount voted take them, then the larger number of
 * heads, then the lot (domain.md 2.2, R08): the statute has no order. It does not decide whether the court
 * approves a member (art. 67(2)).
 */
import type { SeatKind } from '../../protocol/vote/particulars.ts';
import { EBL_2006_V1 } from './ebl-2006-v1.ts';

/** Seats of a kind that the law allows: 8 for creditors, 1 for the employees (art. 67(1)). */
export function seatsOfKind(seatKind: SeatKind): number {
  const { committeeMax, committeeEmployeeSeats } = EBL_2006_V1.limits;
  return seatKind === 'EMPLOYEE' ? committeeEmployeeSeats : committeeMax - committeeEmployeeSeats;
}

/** A candidate with what its resolution came to; `passed` is null while there is no verdict. */
export interface Candidate {
  readonly resolutionId: string;
  readonly passed: boolean | null;
  /** Amount of those in favour, fen, and their number. */
  readonly forFen: bigint;
  readonly forHeads: number;
}

export type CandidateState = 'PENDING' | 'ELECTED' | 'NO_SEAT' | 'NOT_PASSED' | 'LOT_NEEDED';

export interface CandidateResult {
  readonly resolutionId: string;
  readonly state: CandidateState;
  /** From 1 among those who passed; the same for equals without a lot; null for others. */
  readonly rank: number | null;
}

/** Seats of one election, as it was published. */
export interface ElectionSeats {
  readonly seats: number;
  readonly seatKind: SeatKind;
  /** Of the same kind: of members in office who stay, and filled or to be filled by elections before this one. */
  readonly taken: number;
}

/** How many seats an election fills: those that it names, as far as the law leaves them. */
export function seatsToFill({ seats, seatKind, taken }: ElectionSeats): number {
  return Math.max(0, Math.min(seats, seatsOfKind(seatKind) - taken));
}

/** How many of its seats an election has filled or may still fill. */
export function seatsTakenBy(results: readonly CandidateResult[], seats: number): number {
  const standing = results.filter(({ state }) => state !== 'NOT_PASSED' && state !== 'NO_SEAT');
  return Math.min(standing.length, seats);
}

export interface ElectionInput extends ElectionSeats {
  readonly candidates: readonly Candidate[];
  /** Resolutions in the order in which lots were drawn; those not named come after. */
  readonly lots: readonly string[];
}

/** In the order of `candidates`; never more are elected than the law has seats. Seats are given only once every candidate has its verdict. */
export function electionResult({ candidates, lots, ...named }: ElectionInput): CandidateResult[] {
  const seats = seatsToFill(named);
  const isComplete = candidates.every(({ passed }) => passed !== null);
  const passed = candidates.filter((candidate) => candidate.passed === true);
  const order = (a: Candidate, b: Candidate) =>
    descending(a.forFen, b.forFen) || b.forHeads - a.forHeads || lotOf(a, lots) - lotOf(b, lots);
  return candidates.map((candidate) => {
    const { resolutionId } = candidate;
    if (candidate.passed === false) return { resolutionId, state: 'NOT_PASSED', rank: null };
    if (candidate.passed === null) return { resolutionId, state: 'PENDING', rank: null };
    const before = passed.filter((other) => order(other, candidate) < 0).length;
    const equals = passed.filter((other) => order(other, candidate) === 0).length;
    const rank = before + 1;
    if (!isComplete) return { resolutionId, state: 'PENDING', rank };
    return { resolutionId, state: seatOf({ before, equals, seats }), rank };
  });
}

/** A seat is certain when even the last of one's equals gets one, and gone when even the first gets none. */
function seatOf({
  before,
  equals,
  seats,
}: {
  before: number;
  equals: number;
  seats: number;
}): CandidateState {
  if (before + equals <= seats) return 'ELECTED';
  return before >= seats ? 'NO_SEAT' : 'LOT_NEEDED';
}

function descending(a: bigint, b: bigint): number {
  return a === b ? 0 : a > b ? -1 : 1;
}

/** Nobody is before another without a lot: all who were not drawn stand equal, behind those who were. */
function lotOf({ resolutionId }: Candidate, lots: readonly string[]): number {
  const at = lots.indexOf(resolutionId);
  return at < 0 ? lots.length : at;
}
