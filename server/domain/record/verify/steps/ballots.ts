/**
 * Each ballot by itself (record.md 9): signed by a key that was bound to this person before, for this meeting,
 * resolution, round, roll and documents, for a unit on the roll, received in the window, and either the only
 * one of its unit or properly in the place of the one before. 企业破产法 art. 59; 司法解释三 art. 11(1).
 */
import type { Entry } from '../../../../protocol/entries.ts';
import { MEMBERS } from '../../bundle/layout.ts';
import { linesOf } from '../../bundle/lines.ts';
import { requireRecord, type StepRun, type VerifyContext } from '../context.ts';
import { createBallotChecks, type BallotChecks } from '../ballot-checks.ts';
import { inBatches } from '../in-batches.ts';
import { createFindings } from '../report.ts';

const CAST = '"t":"ballot.cast"';

type Cast = Entry<'ballot.cast'>;

export const checkBallots: StepRun = async (context) => {
  const findings = createFindings();
  const checks = createBallotChecks(context, findings);
  const { size } = requireRecord(context);
  let read = 0;
  const work = (cast: Cast) => {
    checks.place(cast);
    read += 1;
    return checks.signature(cast);
  };
  await inBatches(readBallots(context), (done) => context.pause(done, size), work);
  checks.voids();
  noteBallots(context, checks);
  const { signed, unsigned, entered } = checks.counts;
  return {
    findings,
    facts: {
      ballots: String(read),
      signed: String(signed),
      unsigned: String(unsigned),
      entered: String(entered),
    },
  };
};

/**
 * Gone through again rather than kept: of fifty thousand ballots only a few batches lie in memory. The step
 * `entries` has read these very bytes strictly.
 */
function* readBallots({ archive }: VerifyContext): Generator<Cast> {
  const decoder = new TextDecoder();
  for (const line of linesOf(archive.pieces(MEMBERS.entries), MEMBERS.entries)) {
    const text = decoder.decode(line);
    if (!text.includes(CAST)) continue;
    const entry = JSON.parse(text) as Entry;
    if (entry.t === 'ballot.cast') yield entry;
  }
}

function noteBallots({ notes }: VerifyContext, { counts }: BallotChecks): void {
  if (counts.unsigned > 0) notes.push({ id: 'unsignedBallots', count: String(counts.unsigned) });
  if (counts.entered > 0) notes.push({ id: 'enteredBallots', count: String(counts.entered) });
  if (counts.voids > 0) notes.push({ id: 'voidedBallots', count: String(counts.voids) });
}
