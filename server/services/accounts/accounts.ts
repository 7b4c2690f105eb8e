import type { Person } from '../../domain/master-data.ts';
import type { AuditTrail } from '../ports/audit-port.ts';
import type { CapacityStore } from '../ports/capacity-port.ts';
import type { Clock, Ids } from '../clock.ts';
import type { PeopleReader } from '../ports/master-data-ports.ts';
import type { Messenger } from '../ports/messenger-port.ts';
import { createChallenges, type Challenges } from './protection/challenges.ts';
import { createCredentialChanges, type CredentialChanges } from './credential-changes.ts';
import { createEnrolment, type Enrolment } from './enrolment.ts';
import { createThrottle } from './protection/limits.ts';
import { createNameCheck } from './name-check.ts';
import { createOwnAccount } from './own-account.ts';
import { createPasswords, type Passwords } from './protection/passwords.ts';
import { createPeopleSync, type PeopleSyncDeps } from './people-sync.ts';
import { createProxyHolders, type ProxyHolders } from './proxy-holders.ts';
import type { AccountLog, AccountStores, PersonRecord, PersonStore } from './ports.ts';
import { createSecrets, type Secrets } from './protection/secrets.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createSmsSignIn, type SmsSignIn } from './sms-sign-in.ts';
import { createStaffAccounts, type StaffAccounts } from './staff-accounts.ts';
import { createStaffSignIn } from './staff-sign-in.ts';

export interface AccountsDeps {
  readonly stores: AccountStores;
  readonly capacities: CapacityStore;
  readonly proxies: PeopleSyncDeps['proxies'];
  readonly audit: AuditTrail;
  readonly messenger: Messenger;
  readonly clock: Clock;
  readonly ids: Ids;
  /** At least 32 random bytes, kept outside the database, the same at every start. */
  readonly secret: Uint8Array;
  readonly log: AccountLog;
}

/** Everything around people, codes, passwords and sessions. */
export interface Accounts {
  readonly sessions: Sessions;
  readonly challenges: Challenges;
  readonly smsSignIn: SmsSignIn;
  readonly checkName: ReturnType<typeof createNameCheck>;
  readonly signInStaff: ReturnType<typeof createStaffSignIn>;
  readonly enrolment: Enrolment;
  readonly staff: StaffAccounts;
  readonly describeMe: ReturnType<typeof createOwnAccount>;
  /** Call it after an import of claims has been confirmed. */
  readonly syncPeopleFromClaims: ReturnType<typeof createPeopleSync>;
  readonly proxyHolders: ProxyHolders;
  readonly directory: PeopleReader;
  readonly passwords: Passwords;
  readonly secrets: Secrets;
  readonly credentialChanges: Pick<CredentialChanges, 'follow'>;
}

export function createAccounts(deps: AccountsDeps): Accounts {
  const { stores, capacities, proxies, audit, messenger, clock, ids, log } = deps;
  const { people } = stores;
  const secrets = createSecrets(deps.secret);
  const passwords = createPasswords();
  const throttle = createThrottle({ store: stores.throttle, clock, secrets });
  const challenges = createChallenges({ store: stores.throttle, clock, ids, secrets });
  const sessions = createSessions({ store: stores.sessions, clock, ids });
  const credentialChanges = createCredentialChanges();
  const shared = {
    people,
    credentialChanges,
    sessions,
    throttle,
    challenges,
    passwords,
    secrets,
    audit,
    messenger,
    clock,
    ids,
    log,
  };
  const enrolment = createEnrolment({ ...shared, enrolments: stores.enrolments });
  return {
    sessions,
    challenges,
    smsSignIn: createSmsSignIn({ ...shared, codes: stores.smsCodes }),
    checkName: createNameCheck(shared),
    signInStaff: createStaffSignIn(shared),
    enrolment,
    staff: createStaffAccounts({ ...shared, resets: stores.resets, enrolment }),
    describeMe: createOwnAccount({ people, capacities }),
    syncPeopleFromClaims: createPeopleSync({ ...shared, capacities, proxies }),
    proxyHolders: createProxyHolders({ people, ids }),
    directory: createDirectory(people),
    passwords,
    secrets,
    credentialChanges,
  };
}

/** People as other areas see them: without password, second factor and browsers. */
function createDirectory(people: PersonStore): PeopleReader {
  return {
    findById: async (personId) => {
      const record = await people.findById(personId);
      return record && toPerson(record);
    },
    findByIds: async (personIds) => (await people.findByIds(personIds)).map(toPerson),
    listStaff: async () =>
      (await people.listStaff()).filter(({ staff }) => staff?.state === 'active').map(toPerson),
  };
}

function toPerson({ personId, name, mobile, identityChecks, staff }: PersonRecord): Person {
  const account = staff && { username: staff.username, roles: staff.roles, province: staff.province };
  const checks = identityChecks.map((check) => ({ name: check.name, idLast4: check.idLast4 }));
  return { personId, name, mobile, identityChecks: checks, staff: account };
}
