import { toIdentityCheck } from '../../domain/people/identity.ts';
import type { ProxyHolder } from '../../domain/master-data.ts';
import type { Ids } from '../clock.ts';
import type { PersonRecord, PersonStore } from './ports.ts';

/** People as the proxies of a case need them. */
export interface ProxyHolders {
  /** Who has this telephone already. */
  findByMobile(mobile: string): Promise<{ readonly personId: string; readonly isStaff: boolean } | undefined>;
  /** Telephones that accounts of staff have named as their own. */
  staffMobiles(): Promise<readonly string[]>;
  /** The person of this telephone, made when there is none, who can sign in from now on. Repeatable. */
  admit(caseId: string, holder: ProxyHolder): Promise<string>;
  /** The last proxy of the case has ended: what it let the person answer at the sign-in is no answer any more. */
  dismiss(caseId: string, holder: ProxyHolder): Promise<void>;
}

/** Apart from the claims table's own answers, which every import replaces. */
const sourceOf = (caseId: string) => `proxies/${caseId}`;

export function createProxyHolders({ people, ids }: { people: PersonStore; ids: Ids }): ProxyHolders {
  return {
    async findByMobile(mobile) {
      const person = await people.findByMobile(mobile);
      return person && { personId: person.personId, isStaff: person.staff !== null };
    },
    async staffMobiles() {
      return (await people.listStaff()).flatMap(({ staff }) => staff?.mobile ?? []);
    },
    async admit(caseId, { name, idNo, mobile }) {
      const known = await people.findByMobile(mobile);
      const check = { source: sourceOf(caseId), ...toIdentityCheck(name, idNo) };
      const others = (known?.identityChecks ?? []).filter((other) => !isSame(other, check));
      const personId = known?.personId ?? ids.next();
      const identityChecks = [...others, check];
      await people.saveIdentities([{ personId, name: known?.name ?? name, mobile, identityChecks }]);
      return personId;
    },
    async dismiss(caseId, { name, idNo, mobile }) {
      const known = await people.findByMobile(mobile);
      if (known === undefined) return;
      const check = { source: sourceOf(caseId), ...toIdentityCheck(name, idNo) };
      const identityChecks = known.identityChecks.filter((other) => !isSame(other, check));
      await people.saveIdentities([{ personId: known.personId, name: known.name, mobile, identityChecks }]);
    },
  };
}

type Check = PersonRecord['identityChecks'][number];

function isSame(a: Check, b: Check): boolean {
  return a.source === b.source && a.name === b.name && a.idLast4 === b.idLast4;
}
