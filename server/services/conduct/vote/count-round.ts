/**
 * Counts a closed round outside the writer's queue, in slices (record.md 11). After the close nothing that the
 * count rests on changes but by a corrected roll or a ballot made void, and then it is counted again.
 */
import { carriedRoundOf } from '../../../domain/meeting/rounds.ts';
import type { MeetingState, ResolutionState } from '../../../domain/meeting/state.ts';
import { effectiveBallots } from '../../../domain/record/effective-ballots.ts';
import { createPresenceTest } from '../../../domain/record/presence-before.ts';
import { countVoteSlices } from '../../../domain/record/tally.ts';
import type { Tally } from '../../../protocol/tally.ts';
import { runSlices } from '../../run-slices.ts';
import { announceVerdict, countBasisOf } from '../commands/count-commands.ts';
import type { MeetingRoom } from '../meeting-room.ts';
import type { FrozenRoll } from './frozen-roll.ts';

/** Tally and verdict of a round that needs them; resolves when they are durable or somebody else's are. */
export async function countAndAnnounce(room: MeetingRoom, resolutionId: string): Promise<void> {
  for (;;) {
    const resolution = room.state.resolutions.get(resolutionId);
    const basis = resolution && countBasisOf(resolution);
    const roll = room.rollOf(resolutionId);
    if (!resolution || !basis || roll?.version !== basis.rollVersion) return;
    const tally = await runSlices(countRound(room.state, resolution, roll));
    if (await room.submit(announceVerdict(basis, tally))) return;
  }
}

export function* countRound(
  state: MeetingState,
  resolution: ResolutionState,
  roll: FrozenRoll,
): Generator<void, Tally> {
  const { opened, closed, published, round, roll: frozen, ballots, invalid } = resolution;
  if (!opened || !closed || !frozen) throw new Error('count of a round that was not opened and closed');
  const carried = carriedRoundOf(resolution)?.ballots;
  const { silence } = opened.body;
  const units = [...roll.units.values()];
  yield;
  return yield* countVoteSlices({
    resolutionId: published.resolutionId,
    round,
    rollRoot: frozen.root,
    rule: opened.body.rule,
    units,
    signIns: yield* signInsBefore(state, closed),
    ballots: yield* effectiveBallots({
      units,
      ownOf: (unitId) => ballots.get(unitId),
      isInvalid: (unitId) => invalid.has(unitId),
      carriedOf: carried && ((unitId) => carried.get(unitId)),
      undelivered: silence && new Set(silence.undelivered),
    }),
    invalidUnits: new Set(invalid.keys()),
    firstSeq: opened.seq,
    lastSeq: closed.seq,
  });
}

/** Creditors looked at between two pauses; about a millisecond. */
const SLICE_CREDITORS = 5_000;

function* signInsBefore(
  state: MeetingState,
  closed: NonNullable<ResolutionState['closed']>,
): Generator<void, Map<string, 'self' | 'staff'>> {
  const signIns = new Map<string, 'self' | 'staff'>();
  const isInTime = createPresenceTest(closed);
  let seen = 0;
  for (const [creditorId, { self, staff }] of state.firstSignIns) {
    if (self !== null && isInTime(self)) signIns.set(creditorId, 'self');
    else if (staff !== null && isInTime(staff)) signIns.set(creditorId, 'staff');
    if (++seen % SLICE_CREDITORS === 0) yield;
  }
  return signIns;
}
