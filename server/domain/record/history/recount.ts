/**
 * Counts a closed vote again from the ledger and the roll's rows, without the state of the server that
 * counted it first (record.md 11; 企业破产法 art. 64). Valid is the last ballot of a unit that is on the
 * roll, was received in the window, stands before the close entry and is not void; where a unit cast none,
 * what the vote was opened with: consent carried over (E28), or silence (E8). It decides nothing: its result
 * is compared with what was announced.
 */
import type { RollRow } from '../../../protocol/roll.ts';
import type { Tally } from '../../../protocol/tally.ts';
import { effectiveBallots } from '../effective-ballots.ts';
import { createPresenceTest, type Closed } from '../presence-before.ts';
import { countVoteSlices, toTallyUnit, type TallyUnit } from '../tally.ts';
import { entriesOf, type MeetingHistory, type RecordedBallot, type VoteHistory } from './meeting-history.ts';

/** Why a ballot that was cast does not count. */
export type Rejection = 'NOT_ON_ROLL' | 'NOT_IN_WINDOW' | 'SUPERSEDED' | 'VOID';

export interface JudgedBallots {
  /** By unit. */
  readonly valid: ReadonlyMap<string, RecordedBallot>;
  readonly rejected: readonly { readonly ballot: RecordedBallot; readonly reason: Rejection }[];
}

/** What one of several counts of a vote was made from. */
export interface CountedOn {
  /** Root of the roll that was counted on; that of the version in force by default. */
  readonly rollRoot?: string;
  /** Entries from this number on were not known; all are by default. */
  readonly beforeSeq?: number;
}

export type RowsCountedOn = { readonly rows: readonly RollRow[] } & CountedOn;

/** Undefined while the vote is not closed. */
export function judgeBallots(vote: VoteHistory, rows: readonly RollRow[]): JudgedBallots | undefined {
  return resultOf(judgeBallotSlices(vote, rows));
}

/** The same in slices of about a millisecond. */
export function* judgeBallotSlices(
  vote: VoteHistory,
  rows: readonly RollRow[],
  beforeSeq = Infinity,
): Generator<void, JudgedBallots | undefined> {
  const { opened, closed } = vote;
  if (!opened || !closed) return undefined;
  const onRoll = new Set<string>();
  for (const [index, row] of rows.entries()) {
    if (row.status !== 'excluded') onRoll.add(row.unitId);
    if (index % SLICE_ROWS === 0) yield;
  }
  const rejected: { ballot: RecordedBallot; reason: Rejection }[] = [];
  const inWindow: RecordedBallot[] = [];
  for (const [index, ballot] of vote.ballots.entries()) {
    const isBetween =
      Number(ballot.seq) > Number(opened.seq) &&
      Number(ballot.seq) < Number(closed.seq) &&
      ballot.receivedAt <= closed.body.effectiveAt;
    if (!onRoll.has(ballot.unitId)) rejected.push({ ballot, reason: 'NOT_ON_ROLL' });
    else if (!isBetween) rejected.push({ ballot, reason: 'NOT_IN_WINDOW' });
    else inWindow.push(ballot);
    if (index % SLICE_ROWS === 0) yield;
  }
  const { standing, fallen } = yield* lastBallots(vote, inWindow, beforeSeq);
  return { valid: standing, rejected: [...rejected, ...fallen] };
}

/**
 * The last ballot of each unit in ledger order. What is declared void falls, and with it what it had replaced:
 * a ballot that its voter changed does not come back.
 */
function* lastBallots({ voids }: VoteHistory, ballots: readonly RecordedBallot[], beforeSeq: number) {
  const standing = new Map<string, RecordedBallot>();
  const fallen: { ballot: RecordedBallot; reason: Rejection }[] = [];
  let declared = 0;
  const voidUntil = (seq: number) => {
    for (let next = voids[declared]; next && Number(next.seq) < seq; next = voids[++declared]) {
      const { unitId, voidedSeq } = next.body;
      const before = standing.get(unitId);
      if (!before || before.seq !== voidedSeq) continue;
      fallen.push({ ballot: before, reason: 'VOID' });
      standing.delete(unitId);
    }
  };
  // Both lists are in the order of the ledger.
  for (const [index, ballot] of ballots.entries()) {
    voidUntil(Math.min(Number(ballot.seq), beforeSeq));
    const before = standing.get(ballot.unitId);
    if (before) fallen.push({ ballot: before, reason: 'SUPERSEDED' });
    standing.set(ballot.unitId, ballot);
    if (index % SLICE_ROWS === 0) yield;
  }
  voidUntil(beforeSeq);
  return { standing, fallen };
}

/** The canonical tally as it should be; undefined while the vote is not closed, and where it was aborted. */
export function recountVote(
  history: MeetingHistory,
  vote: VoteHistory,
  roll: RowsCountedOn,
): Tally | undefined {
  return resultOf(recountVoteSlices(history, vote, roll));
}

/** The same in slices of about a millisecond: the caller lets other work have its turn at every step. */
export function* recountVoteSlices(
  history: MeetingHistory,
  vote: VoteHistory,
  roll: RowsCountedOn,
): Generator<void, Tally | undefined> {
  const { rows, beforeSeq } = roll;
  const { opened, closed, resolutionId, round } = vote;
  if (!opened || !closed || closed.body.cause === 'ABORTED') return undefined;
  const judged = yield* judgeBallotSlices(vote, rows, beforeSeq);
  const carried = yield* carriedBallots(history, vote);
  const { silence, rule } = opened.body;
  const units = yield* unitsOf(rows);
  const invalidUnits = invalidUnitsOf(vote);
  return yield* countVoteSlices({
    resolutionId,
    round,
    rollRoot: roll.rollRoot ?? vote.roll?.body.root ?? opened.body.rollRoot,
    rule,
    units,
    signIns: signInsBefore(history, closed),
    ballots: yield* effectiveBallots({
      units,
      ownOf: (unitId) => judged?.valid.get(unitId),
      isInvalid: (unitId) => invalidUnits.has(unitId),
      carriedOf: carried && ((unitId) => carried.get(unitId)),
      undelivered: silence && new Set(silence.undelivered),
    }),
    invalidUnits,
    firstSeq: opened.seq,
    lastSeq: closed.seq,
  });
}

/** E7: units with a 无效票 in the window, whatever else they cast. */
function invalidUnitsOf({ voids, closed }: VoteHistory): Set<string> {
  const effectiveAt = closed?.body.effectiveAt ?? '';
  const isInTime = ({ seq, body }: VoteHistory['voids'][number]) =>
    body.cause === 'INVALID' && Number(seq) < Number(closed?.seq) && body.receivedAt <= effectiveAt;
  return new Set(voids.filter(isInTime).map(({ body }) => body.unitId));
}

/** Rows turned into units between two pauses; about a millisecond. */
const SLICE_ROWS = 1_000;

function* unitsOf(rows: readonly RollRow[]): Generator<void, TallyUnit[]> {
  const units: TallyUnit[] = [];
  for (const row of rows) {
    if (row.status === 'excluded') continue;
    units.push(toTallyUnit(row));
    if (units.length % SLICE_ROWS === 0) yield;
  }
  return units;
}

/** Ballots of the round whose consent counts in this one; undefined where none is carried over. */
function* carriedBallots(
  { votes }: MeetingHistory,
  { resolutionId, opened }: VoteHistory,
): Generator<void, ReadonlyMap<string, RecordedBallot> | undefined> {
  const fromRound = opened?.body.carryOver?.fromRound;
  if (fromRound === undefined) return undefined;
  const from = votes.find((vote) => vote.resolutionId === resolutionId && vote.round === fromRound);
  return from && (yield* lastBallots(from, from.ballots, Infinity)).standing;
}

function resultOf<T>(slices: Generator<void, T>): T {
  for (;;) {
    const step = slices.next();
    if (step.done === true) return step.value;
  }
}

/** Creditors signed in in time for a closed vote: `staff` where nobody but staff entered it. */
function signInsBefore(history: MeetingHistory, closed: Closed): Map<string, 'self' | 'staff'> {
  const signIns = new Map<string, 'self' | 'staff'>();
  const isInTime = createPresenceTest(closed);
  for (const entry of entriesOf(history, 'presence')) {
    const { body } = entry;
    if (body.event !== 'sign-in' || body.creditorId === undefined || !isInTime(entry)) continue;
    if (body.enteredBy === undefined) signIns.set(body.creditorId, 'self');
    else if (!signIns.has(body.creditorId)) signIns.set(body.creditorId, 'staff');
  }
  return signIns;
}
