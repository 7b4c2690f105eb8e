/** What one person may do in a resolution, read out of the room's state. Pure. */
import type { PersonalState, UnitRight, UnitRights } from '../../server/protocol/room.ts';
import type { ResolutionSlice, RoomState } from '../../server/protocol/room-slices.ts';

/** Resolutions in the order of the agenda. */
export function resolutionsOf(state: RoomState): readonly ResolutionSlice[] {
  const order = (state.agenda?.items ?? []).map((item) => item.resolutionId);
  const all = Object.entries(state)
    .filter(([key]) => key.startsWith('resolution:'))
    .map(([, value]) => value as ResolutionSlice);
  return all.sort((a, b) => order.indexOf(a.resolutionId) - order.indexOf(b.resolutionId));
}

export function findResolution(state: RoomState, resolutionId: string): ResolutionSlice | undefined {
  return state[`resolution:${resolutionId}`];
}

export function rightsIn(personal: PersonalState | undefined, resolutionId: string): readonly UnitRight[] {
  return personal?.rights[resolutionId] ?? [];
}

/** The own view with the rights that have changed in the place of those for the same capacity and unit. */
export function withUnits(personal: PersonalState, { resolutionId, rights }: UnitRights): PersonalState {
  const keyOf = ({ capacityId, unitId }: UnitRight) => `${capacityId}/${unitId}`;
  const changed = new Map(rights.map((right) => [keyOf(right), right]));
  const own = rightsIn(personal, resolutionId).map((right) => changed.get(keyOf(right)) ?? right);
  return { ...personal, rights: { ...personal.rights, [resolutionId]: own } };
}

/** Units that may vote and have not voted yet in a resolution that is open. */
export function unitsToVote(
  personal: PersonalState | undefined,
  resolution: ResolutionSlice,
): readonly UnitRight[] {
  if (resolution.status !== 'open') return [];
  return rightsIn(personal, resolution.resolutionId).filter(
    (right) => right.mayVote && right.receipt === null,
  );
}

/** Several principals: their ballots are cast on one page. Units of one creditor each have a page of their own. */
export function actsForMany(units: readonly UnitRight[]): boolean {
  return new Set(units.map(({ creditorId }) => creditorId)).size > 1;
}

export interface OpenVote {
  readonly resolution: ResolutionSlice;
  readonly units: readonly UnitRight[];
}

/** Open votes in which this person still has something to cast, the earliest deadline first. */
export function votesToCast(state: RoomState, personal: PersonalState | undefined): readonly OpenVote[] {
  return resolutionsOf(state)
    .map((resolution) => ({ resolution, units: unitsToVote(personal, resolution) }))
    .filter(({ units }) => units.length > 0)
    .sort((a, b) => (a.resolution.closesAt ?? '').localeCompare(b.resolution.closesAt ?? ''));
}

/** Open votes in which this person has units, and every one of them has voted. */
export function votesDone(state: RoomState, personal: PersonalState | undefined): readonly OpenVote[] {
  return resolutionsOf(state)
    .filter(({ status }) => status === 'open')
    .map((resolution) => ({
      resolution,
      units: rightsIn(personal, resolution.resolutionId).filter((right) => right.mayVote),
    }))
    .filter(({ units }) => units.length > 0 && units.every(({ receipt }) => receipt !== null));
}

/** Signed in (签到) for at least one capacity. */
export function isSignedIn(personal: PersonalState | undefined): boolean {
  return personal?.capacities.some((capacity) => capacity.signedInAt !== null) ?? false;
}
