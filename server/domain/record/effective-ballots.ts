/**
 * Which ballots a count takes (domain.md E8, E28). A unit's own ballot comes first; where it cast none, its
 * consent of an earlier round, if the vote was opened so; where there is neither, silence as consent, if the
 * vote was opened so and the notice that says it was delivered to the unit's creditor. No statute has the
 * last: it is off by default, and every verdict is shown without it too. A unit whose ballot was invalid was not
 * silent, and what it consented to before is not carried over (E7). It does not decide which own ballots
 * are valid: the fold over the ledger did that.
 */
import type { CountedBallot } from './tally.ts';

type OwnBallot = Omit<CountedBallot, 'unitId'>;

export interface BallotSources {
  /** Units of the roll that is counted on; a ballot of any other unit is left out. */
  readonly units: Iterable<{ readonly unitId: string; readonly creditorId: string }>;
  readonly ownOf: (unitId: string) => OwnBallot | undefined;
  /** Whether the unit cast a 无效票 in this round. */
  readonly isInvalid?: ((unitId: string) => boolean) | undefined;
  /** Consent of the round that the vote carries over; undefined without one. */
  readonly carriedOf?: ((unitId: string) => Pick<OwnBallot, 'choice' | 'isSigned'> | undefined) | undefined;
  /** Creditors to whom the notice was not delivered; undefined where silence is not consent. */
  readonly undelivered?: ReadonlySet<string> | undefined;
}

/** Units looked at between two pauses; about a millisecond. */
const SLICE_UNITS = 2_000;

export function* effectiveBallots(sources: BallotSources): Generator<void, CountedBallot[]> {
  const ballots: CountedBallot[] = [];
  let seen = 0;
  for (const unit of sources.units) {
    const ballot = ballotOf(unit, sources);
    if (ballot) ballots.push({ unitId: unit.unitId, ...ballot });
    if (++seen % SLICE_UNITS === 0) yield;
  }
  return ballots;
}

function ballotOf(
  { unitId, creditorId }: { readonly unitId: string; readonly creditorId: string },
  { ownOf, isInvalid, carriedOf, undelivered }: BallotSources,
): OwnBallot | undefined {
  const own = ownOf(unitId);
  if (own) return { choice: own.choice, channel: own.channel, isSigned: own.isSigned };
  if (isInvalid?.(unitId) === true) return undefined;
  const carried = carriedOf?.(unitId);
  // What did not agree before is asked anew.
  if (carried?.choice === 'for') return { choice: 'for', channel: 'carried', isSigned: carried.isSigned };
  const isDeemed = undelivered !== undefined && !undelivered.has(creditorId);
  return isDeemed ? { choice: 'for', channel: 'deemed', isSigned: false } : undefined;
}
