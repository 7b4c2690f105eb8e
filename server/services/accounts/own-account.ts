import { DomainError } from '../../domain/errors.ts';
import { maskMobile } from '../../domain/masking.ts';
import type { MeView } from '../../protocol/rest/account-views.ts';
import type { CapacityReader } from '../ports/capacity-port.ts';
import type { Session } from '../session.ts';
import type { PersonStore } from './ports.ts';

/**
 * The person's own account. Until the name check has passed it says nothing but that the telephone is proven:
 * whoever holds the telephone must not read the name from it.
 */
export function createOwnAccount(deps: { people: PersonStore; capacities: CapacityReader }) {
  return async (session: Session): Promise<MeView> => {
    const person = await deps.people.findById(session.personId);
    if (person === undefined) throw new DomainError('SESSION_REVOKED');
    const isFull = session.stage === 'full';
    const capacities = isFull ? await deps.capacities.findByPerson(session.personId) : [];
    return {
      personId: session.personId,
      stage: session.stage,
      name: isFull ? person.name : '',
      mobileMasked: person.mobile === null ? null : maskMobile(person.mobile),
      username: isFull ? (person.staff?.username ?? null) : null,
      roles: isFull ? [...session.roles] : [],
      province: session.province,
      capacities: capacities.map(({ capacityId, caseId, creditorId, creditorName, kind }) => {
        return { capacityId, caseId, creditorId, creditorName, kind };
      }),
    };
  };
}
