import { DomainError } from '../../domain/errors.ts';
import type { AuditTrail } from '../ports/audit-port.ts';
import type { Clock, Ids } from '../clock.ts';
import { limits, type Throttle } from './protection/limits.ts';
import { requireStrong, type Passwords } from './protection/passwords.ts';
import type {
  EnrolmentRecord,
  EnrolmentStore,
  OpenedSession,
  PendingEnrolment,
  PersonStore,
  Requester,
  StaffRecord,
} from './ports.ts';
import type { Secrets } from './protection/secrets.ts';
import type { Sessions } from './sessions.ts';
import { createTotpSecret, matchTotpStep, toOtpauthUri } from './protection/totp.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const validity = { operator: 30 * MINUTE_MS, staff: 72 * HOUR_MS, reset: 24 * HOUR_MS } as const;

/** 26 characters of 5 bits each: 130 bits. */
const CODE_CHARACTERS = 26;
/** Without I, L, O and U, which people mistake or which spell words. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export interface EnrolmentDeps {
  readonly people: PersonStore;
  readonly enrolments: EnrolmentStore;
  readonly sessions: Sessions;
  readonly throttle: Throttle;
  readonly passwords: Passwords;
  readonly secrets: Secrets;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface NewOperator {
  readonly code: string;
  readonly username: string;
  readonly name: string;
  readonly password: string;
  readonly requester: Requester;
}

export interface Enrolment {
  /** Issues the code that the terminal prints, or undefined once there is an operator. Older codes end. */
  prepareOperator(): Promise<{ code: string; expiresAt: Date } | undefined>;
  /** Issues a code for a staff member; unused older ones end. */
  invite(personId: string, purpose: 'staff' | 'reset'): Promise<{ code: string; expiresAt: Date }>;
  /** @throws DomainError SETUP_CODE_WRONG, PASSWORD_WEAK, USERNAME_TAKEN, RATE_LIMITED */
  beginOperator(operator: NewOperator): Promise<{ secret: string; otpauthUri: string }>;
  /** @throws DomainError SETUP_CODE_WRONG, PASSWORD_WEAK, RATE_LIMITED */
  beginStaff(
    entry: Pick<NewOperator, 'code' | 'password' | 'requester'>,
  ): Promise<{ secret: string; otpauthUri: string }>;
  /** Proves the second factor, ends the code for good and signs in. @throws DomainError SETUP_CODE_WRONG, TOTP_WRONG */
  confirm(entry: { code: string; totp: string; requester: Requester }): Promise<OpenedSession>;
}

export function createEnrolment(deps: EnrolmentDeps): Enrolment {
  const { people, enrolments, sessions, throttle, secrets, audit, clock, ids } = deps;

  const hashCode = (code: string) => secrets.hash('enrolment', normaliseCode(code));

  async function issue(personId: string | null, purpose: EnrolmentRecord['purpose']) {
    const code = randomCode(ids);
    const expiresAt = new Date(clock.now() + validity[purpose]);
    await enrolments.endFor(personId, new Date(clock.now()));
    const common = { enrolmentId: ids.next(), purpose, personId, expiresAt, usedAt: null, pending: null };
    await enrolments.insert({ ...common, codeHash: hashCode(code) });
    return { code, expiresAt };
  }

  async function requireLive(code: string, requester: Requester): Promise<EnrolmentRecord> {
    await throttle.requireRoom(limits.setupFailures, requester.address);
    const record = await enrolments.findLive(hashCode(code), new Date(clock.now()));
    if (record) return record;
    await throttle.count(limits.setupFailures, requester.address);
    throw new DomainError('SETUP_CODE_WRONG');
  }

  return {
    prepareOperator: async () => ((await people.hasOperator()) ? undefined : issue(null, 'operator')),
    invite: (personId, purpose) => issue(personId, purpose),
    beginOperator: async ({ code, username, name, password, requester }) => {
      const record = await requireLive(code, requester);
      if (record.purpose !== 'operator' || (await people.hasOperator()))
        throw new DomainError('SETUP_CODE_WRONG');
      if (await people.findByUsername(username)) throw new DomainError('USERNAME_TAKEN');
      return begin(deps, record, { username, name, password });
    },
    beginStaff: async ({ code, password, requester }) => {
      const record = await requireLive(code, requester);
      const person = record.personId === null ? undefined : await people.findById(record.personId);
      if (!person?.staff || person.staff.state === 'disabled') throw new DomainError('SETUP_CODE_WRONG');
      return begin(deps, record, { username: person.staff.username, name: person.name, password });
    },
    confirm: async ({ code, totp, requester }) => {
      const record = await requireLive(code, requester);
      if (record.pending === null) throw new DomainError('SETUP_CODE_WRONG');
      const step = matchTotpStep(secrets.open(record.pending.totpSealed), totp, clock.now());
      if (step === undefined) {
        await throttle.count(limits.setupFailures, requester.address);
        throw new DomainError('TOTP_WRONG');
      }
      const at = new Date(clock.now());
      if (!(await enrolments.use(record.enrolmentId, at))) throw new DomainError('SETUP_CODE_WRONG');
      const personId = await activate(deps, { ...record, pending: record.pending }, step);
      const action = `staff.enrol.${record.purpose}`;
      await audit.append({ at, actor: personId, action, subject: `person:${personId}` });
      const person = await people.findById(personId);
      const { roles, province } = person?.staff ?? { roles: [], province: null };
      return sessions.open({ personId, stage: 'full', roles, province });
    },
  };
}

/** Keeps what was entered until the second factor is proven. */
async function begin(
  { passwords, secrets, enrolments }: EnrolmentDeps,
  record: EnrolmentRecord,
  account: { username: string; name: string; password: string },
) {
  const { username, name, password } = account;
  requireStrong(password, username);
  const secret = createTotpSecret();
  const passwordHash = await passwords.hash(password);
  const pending: PendingEnrolment = { username, name, passwordHash, totpSealed: secrets.seal(secret) };
  await enrolments.setPending(record.enrolmentId, pending);
  return { secret, otpauthUri: toOtpauthUri(username, secret) };
}

/** Makes the account usable and returns its person; sessions under the old factors end. */
async function activate(
  { people, sessions, ids }: EnrolmentDeps,
  record: EnrolmentRecord & { readonly pending: PendingEnrolment },
  totpLastStep: number,
): Promise<string> {
  const { passwordHash, totpSealed, username, name } = record.pending;
  const change = { state: 'active', passwordHash, totpSealed, totpLastStep } as const;
  if (record.personId !== null) {
    await people.updateStaff(record.personId, change);
    await sessions.endAllOf(record.personId);
    return record.personId;
  }
  const personId = ids.next();
  const staff: StaffRecord = { username, roles: ['operator'], province: null, ...change };
  await people.insertStaff({ personId, name, staff });
  return personId;
}

/** `7Q3M-…` in groups of four; 32 divides 256, so every character is equally likely. */
function randomCode(ids: Ids): string {
  const characters = [...ids.bytes(CODE_CHARACTERS)].map((byte) => ALPHABET[byte % ALPHABET.length]);
  return characters.join('').replaceAll(/.{4}(?=.)/g, '$&-');
}

/** As people type it: any case, with or without hyphens, O for 0 and I or L for 1. */
const normaliseCode = (code: string) =>
  code
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
