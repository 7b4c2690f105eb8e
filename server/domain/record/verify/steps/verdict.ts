/** What was announced is what the ballots give, and what follows is what the frozen rule says. */
import type { EntryBody } from '../../../../protocol/entries.ts';
import type { Tally } from '../../../../protocol/tally.ts';
import { canonicalText } from '../../canonical.ts';
import { entriesOf, type Recorded } from '../../history/meeting-history.ts';
import { followUpOf } from '../../tally.ts';
import { requireRecord, type StepRun } from '../context.ts';
import { createFindings } from '../report.ts';
import { recount } from './tally.ts';

const nameOf = ({ resolutionId, round, revision }: EntryBody<'tally' | 'verdict'>) =>
  `${resolutionId}/${round}/${revision}`;

export const checkVerdict: StepRun = async (context) => {
  const { history } = requireRecord(context);
  const findings = createFindings();
  const tallies = new Map(entriesOf(history, 'tally').map((entry) => [nameOf(entry.body), entry]));
  const counted = new Set(tallies.keys());
  const verdicts = entriesOf(history, 'verdict');
  for (const [index, verdict] of verdicts.entries()) {
    const { body, seq } = verdict;
    const entry = tallies.get(nameOf(body));
    tallies.delete(nameOf(body));
    if (!entry || entry.body.sha256 !== body.tallySha256 || Number(entry.seq) > Number(seq)) {
      findings.add('VERDICT_TALLY', seq);
      continue;
    }
    const tally = recount(context, entry);
    if (!tally || !isWhatTheBallotsGive(verdict, tally)) findings.add('VERDICT_RESULT', seq);
    else if (!isEqual(body.followUp, followUpOf(tally.rule, tally.results.main.outcome))) {
      findings.add('VERDICT_FOLLOW_UP', seq);
    }
    await context.pause(index, verdicts.length);
  }
  for (const { body, seq } of tallies.values()) {
    // A count that a restart found out of date is followed by the next one.
    const next = { ...body, revision: String(Number(body.revision) + 1) };
    if (!counted.has(nameOf(next))) findings.add('VERDICT_MISSING', seq);
  }
  return { findings, facts: { verdicts: String(verdicts.length) } };
};

function isWhatTheBallotsGive({ body }: Recorded<'verdict'>, tally: Tally): boolean {
  const { results, unsignedBallots, warnings } = tally;
  return (
    body.outcome === results.main.outcome &&
    body.unsignedBallots === unsignedBallots &&
    isEqual(body.results, results) &&
    isEqual(body.warnings, warnings)
  );
}

const isEqual = (left: unknown, right: unknown): boolean => canonicalText(left) === canonicalText(right);
