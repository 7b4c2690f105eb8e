/**
 * Counts a closed vote again from the ledger and the roll's rows, without the state of the server that
 * counted it first (record.md 11; 企业破产法 art. 64). Valid is the last ballot of a unit that is on the
 * roll, was received in the window, stands before the close entry and is not void. It decides nothing: its
 * result is compared with what was announced.
 */
import type { RollRow } from '../../../protocol/roll.ts';
import type { Tally } from '../../../protocol/tally.ts';
import { countVote, toTallyUnit } from '../tally.ts';
import { entriesOf, type MeetingHistory, type RecordedBallot, type VoteHistory } from './meeting-history.ts';

/** Why a ballot that was cast does not count. */
export type Rejection = 'NOT_ON_ROLL' | 'NOT_IN_WINDOW' | 'SUPERSEDED' | 'VOID';

export interface JudgedBallots {
  readonly valid: readonly RecordedBallot[];
  readonly rejected: readonly { readonly ballot: RecordedBallot; readonly reason: Rejection }[];
}

/** Undefined while the vote is not closed. */
export function judgeBallots(vote: VoteHistory, rows: readonly RollRow[]): JudgedBallots | undefined {
  const { opened, closed } = vote;
  if (!opened || !closed) return undefined;
  const onRoll = new Set(rows.flatMap((row) => (row.status === 'excluded' ? [] : [row.unitId])));
  const voided = new Set(vote.voids.map((entry) => entry.body.voidedSeq));
  const valid = new Map<string, RecordedBallot>();
  const rejected: { ballot: RecordedBallot; reason: Rejection }[] = [];
  for (const ballot of vote.ballots) {
    const reason = reasonOf(ballot);
    if (reason) {
      rejected.push({ ballot, reason });
      continue;
    }
    const earlier = valid.get(ballot.unitId);
    if (earlier) rejected.push({ ballot: earlier, reason: 'SUPERSEDED' });
    valid.set(ballot.unitId, ballot);
  }
  return { valid: [...valid.values()], rejected };

  function reasonOf(ballot: RecordedBallot): Rejection | undefined {
    if (!onRoll.has(ballot.unitId)) return 'NOT_ON_ROLL';
    const isBetween =
      Number(ballot.seq) > Number(opened?.seq) &&
      Number(ballot.seq) < Number(closed?.seq) &&
      ballot.receivedAt <= (closed?.body.effectiveAt ?? '');
    if (!isBetween) return 'NOT_IN_WINDOW';
    return voided.has(ballot.seq) ? 'VOID' : undefined;
  }
}

/** The canonical tally as it should be; undefined while the vote is not closed. */
export function recountVote(
  history: MeetingHistory,
  vote: VoteHistory,
  rows: readonly RollRow[],
): Tally | undefined {
  const judged = judgeBallots(vote, rows);
  const { opened, closed, resolutionId, round } = vote;
  if (!judged || !opened || !closed) return undefined;
  return countVote({
    resolutionId,
    round,
    rollRoot: opened.body.rollRoot,
    rule: opened.body.rule,
    units: rows.flatMap((row) => (row.status === 'excluded' ? [] : [toTallyUnit(row)])),
    signIns: signInsBefore(history, Number(closed.seq)),
    ballots: judged.valid,
    firstSeq: opened.seq,
    lastSeq: closed.seq,
  });
}

/** Creditors signed in before an entry: `staff` where nobody but staff entered it. */
function signInsBefore(history: MeetingHistory, seq: number): Map<string, 'self' | 'staff'> {
  const signIns = new Map<string, 'self' | 'staff'>();
  for (const { seq: at, body } of entriesOf(history, 'presence')) {
    if (Number(at) >= seq || body.event !== 'sign-in' || body.creditorId === undefined) continue;
    if (body.enteredBy === undefined) signIns.set(body.creditorId, 'self');
    else if (!signIns.has(body.creditorId)) signIns.set(body.creditorId, 'staff');
  }
  return signIns;
}
