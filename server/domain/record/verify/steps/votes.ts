/**
 * The course of each vote in ledger order (record.md 11): published, opened, extended only while it was open,
 * closed at its deadline, or before it when all had voted or the court had consented. 司法解释三 art. 11: the
 * matters and the window are told in advance; nothing lets a late vote in.
 */
import type { EntryType } from '../../../../protocol/entries.ts';
import { deadlineOf, entriesOf, type Recorded, type VoteHistory } from '../../history/meeting-history.ts';
import { rollInForce } from '../../history/roll-in-force.ts';
import { requireRecord, requireRolls, type StepRun, type VerifyContext } from '../context.ts';
import { createFindings, type Findings } from '../report.ts';

type Closed = NonNullable<VoteHistory['closed']>;

export const checkVotes: StepRun = async (context) => {
  const { history } = requireRecord(context);
  const findings = createFindings();
  const published = new Map(
    entriesOf(history, 'resolution.publish').map((entry) => [entry.body.resolutionId, entry]),
  );
  let votes = 0;
  for (const vote of history.votes) {
    if (!vote.opened) continue;
    votes += 1;
    checkPublished(vote, published.get(vote.resolutionId), findings);
    checkDeadlines(vote, findings);
    if (vote.closed) checkClose(context, { vote, closed: vote.closed }, findings);
    await context.pause(votes, history.votes.length);
  }
  return { findings, facts: { votes: String(votes) } };
};

const isBefore = (first: { seq: string } | null | undefined, second: { seq: string }): boolean =>
  Number(first?.seq ?? Infinity) < Number(second.seq);

function checkPublished(
  { opened }: VoteHistory,
  published: Recorded<'resolution.publish'> | undefined,
  findings: Findings,
): void {
  if (!opened) return;
  if (!isBefore(published, opened)) findings.add('RESOLUTION_UNPUBLISHED', opened.seq);
  else if (published?.body.documentsRoot !== opened.body.documentsRoot)
    findings.add('DOCUMENTS_ROOT', opened.seq);
}

/** Every move of the deadline starts from the one before and goes forward. */
function checkDeadlines(vote: VoteHistory, findings: Findings): void {
  const { opened, closed } = vote;
  if (!opened) return;
  const steps: Recorded<EntryType>[] = [...vote.extensions, ...vote.interruptions, ...vote.resumptions];
  let deadline = opened.body.closesAt;
  for (const step of steps.sort((a, b) => Number(a.seq) - Number(b.seq))) {
    if (!isBefore(opened, step)) findings.add('VOTE_ORDER', step.seq);
    if (closed && !isBefore(step, closed)) findings.add('VOTE_AFTER_CLOSE', step.seq);
    if (step.t === 'ballot.extend') {
      const follows = step.body.previousClosesAt === deadline && step.body.closesAt > deadline;
      if (!follows) findings.add('VOTE_DEADLINE', step.seq);
    }
    if (step.t === 'ballot.interrupt' && step.body.closesAt !== deadline)
      findings.add('VOTE_DEADLINE', step.seq);
    if (step.t === 'ballot.extend' || step.t === 'ballot.resume') deadline = step.body.closesAt;
  }
}

function checkClose(
  context: VerifyContext,
  { vote, closed }: { vote: VoteHistory; closed: Closed },
  findings: Findings,
): void {
  const { opened } = vote;
  const deadline = deadlineOf(vote) ?? '';
  const { effectiveAt, consent } = closed.body;
  if (!opened || !isBefore(opened, closed)) return findings.add('VOTE_ORDER', closed.seq);
  if (effectiveAt > deadline) findings.add('VOTE_CLOSED_LATE', closed.seq);
  // Closing takes effect now or in the past: an entry cannot shut a vote at a time that has not come.
  if (closed.ts < effectiveAt) findings.add('VOTE_CLOSED_EARLY', closed.seq);
  const lastStep = [...vote.interruptions, ...vote.resumptions]
    .sort((a, b) => Number(a.seq) - Number(b.seq))
    .at(-1);
  const isInterrupted = lastStep?.t === 'ballot.interrupt';
  if (isInterrupted && consent === undefined) findings.add('VOTE_INTERRUPTED', closed.seq);
  if (effectiveAt >= deadline || consent !== undefined) return;
  if (!hasEverybodyVoted(context, vote, closed)) findings.add('VOTE_CLOSED_EARLY', closed.seq);
}

function hasEverybodyVoted(context: VerifyContext, vote: VoteHistory, closed: Closed): boolean {
  const rolls = requireRolls(context);
  const roll = rollInForce(vote, closed.seq);
  const freeze = roll && rolls.find(vote, roll.body.version);
  if (!freeze) return false;
  const cast = new Set(vote.ballots.filter((ballot) => isBefore(ballot, closed)).map(({ unitId }) => unitId));
  return rolls.rows(freeze).every((row) => row.status === 'excluded' || cast.has(row.unitId));
}
