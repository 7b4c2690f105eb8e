/** Presence: staff are present by entering, creditors sign in for each capacity. */
import { natureAmountsOf } from '../../../domain/due.ts';
import { DomainError } from '../../../domain/errors.ts';
import { signIn, staffSignIn } from '../commands/sign-in-commands.ts';
import { isStaff } from '../meeting-access.ts';
import { nameOf, type Admitted, type ConductDeps } from './conduct-deps.ts';

export function createAttendance({ data, clock }: ConductDeps) {
  return {
    /** Staff are present by entering; it is recorded once. */
    async enter(admitted: Admitted): Promise<void> {
      const { room, access } = admitted;
      if (!isStaff(access.role) || room.state.signIns.has(`${access.personId}/staff`)) return;
      await room.submit(staffSignIn(access.personId, access.role, await nameOf(data, access.personId)));
    },

    async signIn({ room, access }: Admitted, capacityIds: readonly string[]): Promise<string> {
      const capacities = capacityIds.map((id) => {
        const capacity = access.capacities.find((candidate) => candidate.capacityId === id);
        const creditor = capacity && room.book.creditors.get(capacity.creditorId);
        if (!capacity || !creditor) throw new DomainError('UNIT_NOT_YOURS');
        const { creditorId } = creditor;
        const byNature = natureAmountsOf(room.book, creditorId);
        return { capacity, creditor, amountFen: room.amounts.get(creditorId) ?? 0n, byNature };
      });
      const { personId } = access;
      const personName = await nameOf(data, personId);
      return room.submit(signIn({ personId, personName, capacities, nowMs: clock.now() }));
    },
  };
}
