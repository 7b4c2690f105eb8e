/** What the host confirmed of a roll, by group where classes vote; the server refuses another one. */
import type { RollPreview } from '../../../../../server/protocol/vote/roll-views.ts';
import type { RoomRequest } from '../../../../../server/protocol/room.ts';

type ConfirmedRoll = Pick<
  RoomRequest<'vote:open'>,
  'expectedUnits' | 'expectedUnsecuredFen' | 'expectedGroups'
>;

export function votesByClasses(roll: Pick<RollPreview, 'groups'>): boolean {
  return roll.groups.some(({ group }) => group !== 'ALL');
}

export function confirmedRoll(roll: RollPreview): ConfirmedRoll {
  return {
    expectedUnits: roll.units,
    expectedUnsecuredFen: roll.unsecuredFen,
    expectedGroups: roll.groups.map(({ group, units, amountFen }) => ({ group, units, amountFen })),
  };
}
