/**
 * Rolls and live counts beside the folded state of a meeting: derived from it, and made anew when it is. The
 * roll of the present round is kept, in the version in force.
 */
import type { MeetingState, ResolutionState } from '../../../domain/meeting/state.ts';
import type { Entry } from '../../../protocol/entries.ts';
import type { RollRow } from '../../../protocol/roll.ts';
import type { DurableEntry } from '../../ledger-port.ts';
import { runSlices } from '../../run-slices.ts';
import { indexRoll, type FrozenRoll } from './frozen-roll.ts';
import { createLiveCount, type LiveCount } from './live-count.ts';

export interface VotesDeps {
  readonly state: () => MeetingState;
  /** Rows of a frozen roll, from its chunks. */
  readonly readRoll: (freeze: NonNullable<ResolutionState['roll']>) => Promise<readonly RollRow[]>;
}

export function createVotes({ state, readRoll }: VotesDeps) {
  const rolls = new Map<string, FrozenRoll>();
  const liveCounts = new Map<string, LiveCount>();
  const expected = new Map<string, FrozenRoll>();

  /** A roll that was just frozen, at the opening or as a correction. */
  function takeRoll(resolutionId: string): void {
    const resolution = state().resolutions.get(resolutionId);
    const root = resolution?.roll?.root ?? '';
    const roll = expected.get(root);
    if (!resolution || !roll) return;
    expected.delete(root);
    rolls.set(resolutionId, roll);
    const isCorrection = roll.version !== '0';
    if (isCorrection && resolution.opened && !resolution.closed) void startCount(resolution, roll);
  }

  function startCount(resolution: ResolutionState, roll: FrozenRoll): Promise<void> {
    const count = createLiveCount(resolution, roll, state());
    liveCounts.set(resolution.published.resolutionId, count);
    return runSlices(count.fill());
  }

  function openCount(resolutionId: string): void {
    const resolution = state().resolutions.get(resolutionId);
    const roll = rolls.get(resolutionId);
    if (resolution && roll) void startCount(resolution, roll);
  }

  return {
    rollOf: (resolutionId: string) => rolls.get(resolutionId),
    liveCountOf: (resolutionId: string) => liveCounts.get(resolutionId),
    /** Hands over a roll about to be frozen, so that it need not be read back when its entry is durable. */
    expectRoll: (root: string, roll: FrozenRoll) => void expected.set(root, roll),
    forgetRoll: (root: string) => void expected.delete(root),
    follow(durable: readonly DurableEntry[]): void {
      for (const { entry } of durable) {
        if (entry.t === 'roll.freeze') takeRoll(entry.body.resolutionId);
        else if (entry.t === 'ballot.open') openCount(entry.body.resolutionId);
        else if (entry.t === 'ballot.close') liveCounts.delete(entry.body.resolutionId);
        else followCount(liveCounts, entry);
      }
    },
    async takeUp(): Promise<void> {
      liveCounts.clear();
      rolls.clear();
      for (const [resolutionId, resolution] of state().resolutions) {
        if (!resolution.roll || !resolution.opened) continue;
        const roll = await runSlices(indexRoll(resolution.roll.version, await readRoll(resolution.roll)));
        rolls.set(resolutionId, roll);
        if (!resolution.closed) await startCount(resolution, roll);
      }
    },
  };
}

/** What moves the counts of open votes. */
function followCount(liveCounts: ReadonlyMap<string, LiveCount>, entry: Entry): void {
  switch (entry.t) {
    case 'ballot.cast': {
      const { resolutionId, unitId, choice } = entry.body.ballot;
      liveCounts.get(resolutionId)?.addBallot(unitId, choice);
      break;
    }
    case 'ballot.void': {
      const { resolutionId, unitId, voidedSeq, cause } = entry.body;
      if (cause === 'INVALID') liveCounts.get(resolutionId)?.addInvalid(unitId);
      if (voidedSeq !== undefined) liveCounts.get(resolutionId)?.dropBallot(unitId);
      break;
    }
    case 'presence':
      if (entry.body.creditorId === undefined) break;
      for (const count of liveCounts.values()) count.addSignIn(entry.body.creditorId);
      break;
    default:
      break;
  }
}
