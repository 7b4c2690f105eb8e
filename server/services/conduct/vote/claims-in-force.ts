/**
 * The claims table in force with what follows from it: voting amounts for attendance, and rolls as they would
 * be frozen now. A whole roll is built in slices and remembered; what one creditor reads of the own rights is
 * built from its own claims alone.
 */
import { isCreditor } from '../../../domain/claims-table.ts';
import { nextRoundOf } from '../../../domain/meeting/rounds.ts';
import type { ResolutionState } from '../../../domain/meeting/state.ts';
import { buildRoll, buildRollSlices, type Roll } from '../../../domain/roll.ts';
import { votingAmounts } from '../../../domain/roll/voting-amounts.ts';
import type { TallyUnit } from '../../../domain/record/tally.ts';
import { runSlices } from '../../run-slices.ts';
import type { CaseSettings } from '../../../protocol/case-settings.ts';
import type { ClaimsBook } from '../conduct-data.ts';
import type { ExcludedUnit } from './frozen-roll.ts';
import { requestOfCreditor, rollRequestOf, type RollRound } from './roll-request.ts';

/** Units of one creditor in one vote, and why it has none. */
export interface CreditorUnits {
  readonly units: readonly TallyUnit[];
  readonly excluded: readonly ExcludedUnit[];
}

export interface ClaimsInForceDeps {
  readonly book: ClaimsBook;
  /** Of the case, as they are now. */
  readonly settings: () => CaseSettings;
}

export function createClaimsInForce(deps: ClaimsInForceDeps) {
  const previews = new Map<string, Promise<Roll>>();
  let { book } = deps;
  let amounts = amountsOf(book);

  const basis = () => ({ book, settings: deps.settings() });
  const build = (resolution: ResolutionState, round: RollRound) =>
    runSlices(buildRollSlices(rollRequestOf(basis(), resolution, round)));

  return {
    get book() {
      return book;
    },
    get amounts() {
      return amounts;
    },
    /** The roll as it would be frozen now for a round. */
    rollFor(resolution: ResolutionState, round: RollRound): Promise<Roll> {
      if (round.settings) return build(resolution, round);
      const key = `${resolution.published.resolutionId}/${round.passedGroups.join(',')}`;
      const known = previews.get(key);
      if (known) return known;
      const building = build(resolution, round);
      previews.set(key, building);
      building.catch(() => previews.delete(key));
      return building;
    },
    /** What one creditor would have in the next round. */
    unitsOf(resolution: ResolutionState, creditorId: string): CreditorUnits {
      const request = rollRequestOf(basis(), resolution, nextRoundOf(resolution) ?? FIRST_ROUND);
      const { units, excluded } = buildRoll(requestOfCreditor(request, book, creditorId));
      const isOwn = (row: { readonly creditorId: string }) => row.creditorId === creditorId;
      return { units: units.filter(isOwn), excluded: excluded.filter(isOwn) };
    },
    replace(next: ClaimsBook): void {
      book = next;
      amounts = amountsOf(next);
      previews.clear();
    },
  };
}

const FIRST_ROUND: RollRound = { passedGroups: [] };

/** Voting amount of every creditor of the claims table; nothing for what is not determined. */
function amountsOf(book: ClaimsBook): Map<string, bigint> {
  const creditors = [...book.creditors.values()].filter(isCreditor);
  const amounts = new Map<string, bigint>(creditors.map(({ creditorId }) => [creditorId, 0n]));
  for (const claim of book.claims) {
    if (claim.nature === 'INVESTOR') continue;
    const amount = amounts.get(claim.creditorId) ?? 0n;
    amounts.set(claim.creditorId, amount + votingAmounts(claim).amountFen);
  }
  return amounts;
}
