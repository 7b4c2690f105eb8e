/**
 * The tally, counted again from ballots, roll and frozen rule, to the byte (record.md 11). 企业破产法 arts.
 * 64, 84 and 97 are in the frozen rule as data; whether the right rule was frozen is for the reader to see.
 */
import type { Tally } from '../../../../protocol/tally.ts';
import { toHex } from '../../base64.ts';
import { canonicalBytes } from '../../canonical.ts';
import { entriesOf, type Recorded, type VoteHistory } from '../../history/meeting-history.ts';
import { recountVote } from '../../history/recount.ts';
import { requireRecord, requireRolls, type StepRun, type VerifyContext } from '../context.ts';
import { createFindings } from '../report.ts';

/** The tally that an entry names, counted again; once, for the verdict is compared with it too. */
export function recount(context: VerifyContext, entry: Recorded<'tally'>): Tally | undefined {
  const known = context.tallies.get(entry.seq);
  if (known) return known;
  const { history } = requireRecord(context);
  const vote = findVote(history.votes, entry.body);
  const freeze = requireRolls(context).find(entry.body, entry.body.rollVersion);
  const tally =
    vote &&
    freeze &&
    recountVote(history, vote, {
      rows: requireRolls(context).rows(freeze),
      rollRoot: freeze.body.root,
      beforeSeq: Number(entry.seq),
    });
  if (tally) context.tallies.set(entry.seq, tally);
  return tally;
}

function findVote<V extends Vote>(votes: readonly V[], { resolutionId, round }: Vote): V | undefined {
  return votes.find((vote) => vote.resolutionId === resolutionId && vote.round === round);
}

interface Vote {
  readonly resolutionId: string;
  readonly round: string;
}

export const checkTally: StepRun = async (context) => {
  const { history } = requireRecord(context);
  const findings = createFindings();
  const entries = entriesOf(history, 'tally');
  for (const [index, entry] of entries.entries()) {
    const { body, seq } = entry;
    const tally = recount(context, entry);
    if (!tally || body.firstSeq !== tally.firstSeq || body.lastSeq !== tally.lastSeq)
      findings.add('TALLY_RANGE', seq);
    else if (toHex(context.crypto.sha256(canonicalBytes(tally))) !== body.sha256)
      findings.add('TALLY_HASH', seq);
    await context.pause(index, entries.length);
  }
  for (const vote of history.votes) {
    if (
      vote.closed &&
      isCounted(vote) &&
      !findVote(
        entries.map(({ body }) => body),
        vote,
      )
    ) {
      findings.add('TALLY_MISSING', vote.closed.seq);
    }
  }
  return { findings, facts: { tallies: String(entries.length) } };
};

/** A vote that was stopped by the court's consent is not counted; its ballots are kept. */
export function isCounted({ closed }: VoteHistory): boolean {
  return closed?.body.cause !== 'ABORTED';
}
