import { DomainError } from '../../domain/errors.ts';
import { matchesIdentity } from '../../domain/people/identity.ts';
import type { Session } from '../session.ts';
import { CREDITOR_ROLES, type OpenedSession, type PersonStore } from './ports.ts';
import type { Secrets } from './protection/secrets.ts';
import type { Sessions } from './sessions.ts';

export interface NameAnswer {
  readonly session: Session | undefined;
  readonly name: string;
  readonly idLast4: string;
  readonly browserToken: string;
}

/**
 * Second check of a creditor's sign-in, against the claims table; five tries for each proven telephone.
 * On success the browser counts as known.
 * @throws DomainError NOT_SIGNED_IN, NAME_CHECK_FAILED with `triesLeft`, NAME_CHECK_TRIES_EXCEEDED
 */
export function createNameCheck(deps: { people: PersonStore; sessions: Sessions; secrets: Secrets }) {
  const { people, sessions, secrets } = deps;
  return async ({ session, name, idLast4, browserToken }: NameAnswer): Promise<OpenedSession> => {
    if (session?.stage !== 'code-verified') throw new DomainError('NOT_SIGNED_IN');
    const triesLeft = await sessions.takeNameTry(session.sessionId);
    const { personId } = session;
    const person = await people.findById(personId);
    if (person === undefined || !matchesIdentity(person.identityChecks, { name, idLast4 })) {
      throw new DomainError('NAME_CHECK_FAILED', { params: { triesLeft } });
    }
    await people.addKnownBrowser(personId, secrets.hash('browser', browserToken));
    const replaces = session.sessionId;
    return sessions.open({ personId, stage: 'full', roles: CREDITOR_ROLES, province: null, replaces });
  };
}
