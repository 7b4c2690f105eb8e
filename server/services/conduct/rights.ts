import type { ResolutionState } from '../../domain/meeting/state.ts';
import type { CapacityView, UnitRight } from '../../protocol/room.ts';
import { toReceipt } from './commands/ballot-command.ts';
import type { FrozenRoll } from './vote/frozen-roll.ts';
import type { MeetingAccess } from './meeting-access.ts';
import type { MeetingRoom } from './meeting-room.ts';

/** What a person may vote for in one resolution, unit by unit, with the exact reason where not. */
export function rightsOf(room: MeetingRoom, resolution: ResolutionState, access: MeetingAccess): UnitRight[] {
  const roll = room.rollOrPreview(resolution);
  return access.capacities.flatMap((capacity) => {
    const creditor = room.book.creditors.get(capacity.creditorId);
    const unitId = capacity.creditorId;
    const isOnRoll = roll.units.has(unitId) || roll.excluded.has(unitId);
    if (!creditor && !isOnRoll) return [];
    const cast = resolution.ballots.get(unitId);
    const creditorName = creditor?.name ?? '';
    const { resolutionId } = resolution.published;
    const resolutionTitle = titleOf(room, resolutionId);
    const about = { resolutionId, round: resolution.round, unitId, creditorName, resolutionTitle };
    return [
      {
        unitId,
        creditorId: capacity.creditorId,
        creditorName,
        capacityId: capacity.capacityId,
        capacityKind: capacity.kind,
        natures: [...(creditor?.natures ?? [])],
        ...figuresOf(roll, unitId),
        receipt: cast ? toReceipt(room.state, cast, about) : null,
      },
    ];
  });
}

type Figures = Pick<UnitRight, 'mayVote' | 'reason' | 'heads' | 'amountFen' | 'countedFen' | 'isTemporary'>;

function figuresOf(roll: FrozenRoll, unitId: string): Figures {
  const unit = roll.units.get(unitId);
  if (!unit) {
    const reason = roll.excluded.get(unitId) ?? 'NOT_ON_ROLL';
    return { mayVote: false, reason, heads: '0', amountFen: '0', countedFen: '0', isTemporary: false };
  }
  return {
    mayVote: true,
    reason: null,
    heads: '1',
    amountFen: String(unit.amountFen),
    countedFen: String(unit.unsecuredFen),
    isTemporary: unit.temporaryFen > 0n,
  };
}

export function titleOf(room: MeetingRoom, resolutionId: string): string {
  const { resolutions } = room.facts.meeting;
  return resolutions.find((resolution) => resolution.resolutionId === resolutionId)?.title ?? '';
}

export function capacityViews(room: MeetingRoom, access: MeetingAccess): CapacityView[] {
  return access.capacities.map(({ capacityId, creditorId, kind }) => ({
    capacityId,
    creditorId,
    creditorName: room.book.creditors.get(creditorId)?.name ?? '',
    kind,
    signedInAt: room.state.signIns.get(`${access.personId}/${capacityId}`)?.ts ?? null,
  }));
}

/** Rights per resolution id. */
export function allRights(room: MeetingRoom, access: MeetingAccess): Record<string, UnitRight[]> {
  if (access.capacities.length === 0) return {};
  return Object.fromEntries(
    [...room.state.resolutions].map(([id, resolution]) => [id, rightsOf(room, resolution, access)]),
  );
}
