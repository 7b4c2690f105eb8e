/**
 * Tally and verdict of a closed vote (record.md 11), each where it is missing; a restart between the entries
 * finds the tail and completes it. The count itself is made outside the queue, since 50 000 ballots would hold
 * it; what it rests on is final once the vote is closed, and the command checks that nothing changed.
 */
import { createHash } from 'node:crypto';
import { needsCount } from '../../../domain/meeting/rounds.ts';
import type { ResolutionState } from '../../../domain/meeting/state.ts';
import { canonicalText } from '../../../domain/record/canonical.ts';
import { followUpOf } from '../../../domain/record/tally.ts';
import type { NewEntry } from '../../../protocol/entries.ts';
import type { Tally } from '../../../protocol/tally.ts';
import type { Command } from './command.ts';
import { requireResolution } from './vote-commands.ts';

/** What a count was made from; a count is announced only while this still holds. */
export interface CountBasis {
  readonly resolutionId: string;
  readonly round: string;
  readonly rollVersion: string;
  readonly closeSeq: string;
  /** Ballots made void until then. */
  readonly voids: number;
}

/** Undefined while there is nothing to count. */
export function countBasisOf(resolution: ResolutionState): CountBasis | undefined {
  const { published, round, roll, closed, voids } = resolution;
  if (!needsCount(resolution) || !roll || !closed) return undefined;
  return {
    resolutionId: published.resolutionId,
    round,
    rollVersion: roll.version,
    closeSeq: closed.seq,
    voids: voids.size,
  };
}

/** Answers false where the count is out of date or no longer needed: nothing was appended. */
export function announceVerdict(basis: CountBasis, tally: Tally): Command<boolean> {
  const sha256 = createHash('sha256').update(canonicalText(tally)).digest('hex');
  return {
    privates: [],
    decide: (state) => {
      const resolution = requireResolution(state, basis.resolutionId);
      const now = countBasisOf(resolution);
      const isCurrent = now !== undefined && isSameBasis(now, basis);
      return isCurrent
        ? { entries: verdictEntries(resolution, tally, sha256), reply: () => true }
        : { entries: [], reply: () => false };
    },
  };
}

function isSameBasis(a: CountBasis, b: CountBasis): boolean {
  return (
    a.round === b.round && a.rollVersion === b.rollVersion && a.closeSeq === b.closeSeq && a.voids === b.voids
  );
}

function verdictEntries(resolution: ResolutionState, tally: Tally, sha256: string): NewEntry[] {
  const { published, round, roll, opened, verdict } = resolution;
  if (!opened || !roll) throw new Error('verdict of a vote that was not opened');
  const { results, unsignedBallots, warnings, firstSeq, lastSeq } = tally;
  const last = resolution.tally;
  const hasTail = last !== null && last.revision !== verdict?.body.revision && last.sha256 === sha256;
  const revision = last === null ? '0' : hasTail ? last.revision : String(Number(last.revision) + 1);
  const vote = { resolutionId: published.resolutionId, round, revision };
  const entries: NewEntry[] = [];
  if (!hasTail) {
    entries.push({ t: 'tally', body: { ...vote, rollVersion: roll.version, firstSeq, lastSeq, sha256 } });
  }
  entries.push({
    t: 'verdict',
    body: {
      ...vote,
      tallySha256: sha256,
      outcome: results.main.outcome,
      followUp: followUpOf(opened.body.rule, results.main.outcome),
      results,
      unsignedBallots,
      warnings,
    },
  });
  return entries;
}
