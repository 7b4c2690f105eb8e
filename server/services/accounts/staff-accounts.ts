import { DomainError } from '../../domain/errors.ts';
import type { StaffAccount } from '../../domain/master-data.ts';
import type { ResetRequestView, StaffRow } from '../../protocol/rest/account-views.ts';
import type { Role } from '../../protocol/scalars.ts';
import { decideConfirmReset, decideOperate, requireAllowed } from '../access.ts';
import type { AuditTrail } from '../ports/audit-port.ts';
import type { Clock, Ids } from '../clock.ts';
import type { Session } from '../session.ts';
import type { CredentialChanges } from './credential-changes.ts';
import type { Enrolment } from './enrolment.ts';
import type { PersonStore, ResetRecord, ResetStore, StaffRecord } from './ports.ts';
import type { Sessions } from './sessions.ts';

export interface StaffAccountsDeps {
  readonly people: PersonStore;
  readonly resets: ResetStore;
  readonly sessions: Sessions;
  readonly enrolment: Enrolment;
  readonly credentialChanges: Pick<CredentialChanges, 'tell'>;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface NewStaff {
  readonly username: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly province: string | null;
}

interface Invitation {
  readonly code: string;
  readonly expiresAt: Date;
}

export interface StaffResets {
  /** @throws DomainError FORBIDDEN, NOT_FOUND */
  requestReset(by: Session, personId: string): Promise<ResetRequestView>;
  listResets(by: Session): Promise<readonly ResetRequestView[]>;
  /** @throws DomainError FORBIDDEN for the one who asked, NOT_FOUND when it has been decided */
  confirmReset(by: Session, requestId: string): Promise<Invitation>;
}

export interface StaffAccounts extends StaffResets {
  list(by: Session): Promise<readonly StaffRow[]>;
  /** @throws DomainError FORBIDDEN, USERNAME_TAKEN, INVALID_REQUEST */
  create(by: Session, staff: NewStaff): Promise<Invitation>;
  /** Another code for an account that nobody has set up yet; the older one ends. @throws DomainError FORBIDDEN, NOT_FOUND */
  inviteAgain(by: Session, personId: string): Promise<Invitation>;
  /** @throws DomainError FORBIDDEN, NOT_FOUND */
  disable(by: Session, personId: string): Promise<void>;
}

/** Staff accounts are made by the operator alone. */
export function createStaffAccounts(deps: StaffAccountsDeps): StaffAccounts {
  const { people, sessions, enrolment, ids } = deps;
  return {
    ...createStaffResets(deps),
    list: async (by) => {
      requireAllowed(decideOperate(by));
      return (await people.listStaff()).flatMap(({ personId, name, staff }) =>
        staff === null ? [] : [{ personId, name, ...toRow(staff) }],
      );
    },
    create: async (by, { username, name, roles, province }) => {
      requireAllowed(decideOperate(by));
      const staffRoles = requireStaffRoles(roles, province);
      const personId = ids.next();
      const secretless = { passwordHash: null, totpSealed: null, totpLastStep: 0 };
      const after = { username, roles: staffRoles, province };
      await people.insertStaff({ personId, name, staff: { ...after, state: 'invited', ...secretless } });
      await record(deps, { by, action: 'staff.create', personId, after });
      return enrolment.invite(personId, 'staff');
    },
    inviteAgain: async (by, personId) => {
      requireAllowed(decideOperate(by));
      const { staff } = await requireStaff(people, personId);
      // An account with factors of its own gets new ones only through a reset, which takes a second role.
      if (staff.state !== 'invited') throw new DomainError('NOT_FOUND');
      await record(deps, { by, action: 'staff.invite', personId });
      return enrolment.invite(personId, 'staff');
    },
    disable: async (by, personId) => {
      requireAllowed(decideOperate(by));
      await requireStaff(people, personId);
      // Nobody could undo it: the last operator cannot shut the door from outside.
      if (personId === by.personId) throw new DomainError('FORBIDDEN');
      await people.updateStaff(personId, { state: 'disabled' });
      await sessions.endAllOf(personId);
      await record(deps, { by, action: 'staff.disable', personId });
    },
  };
}

/** A new second factor takes a second role: the operator asks, a judge or an administrator lead confirms. */
function createStaffResets(deps: StaffAccountsDeps): StaffResets {
  const { people, resets, enrolment, credentialChanges, clock, ids } = deps;

  async function toView(reset: ResetRecord): Promise<ResetRequestView> {
    const { requestId, personId, requestedAt } = reset;
    const { name, staff } = await requireStaff(people, personId);
    return { requestId, personId, username: staff.username, name, requestedAt: requestedAt.toISOString() };
  }

  return {
    requestReset: async (by, personId) => {
      requireAllowed(decideOperate(by));
      await requireStaff(people, personId);
      const requestedAt = new Date(clock.now());
      const reset = { requestId: ids.next(), personId, requestedBy: by.personId, requestedAt };
      await resets.insert(reset);
      await record(deps, { by, action: 'staff.reset.request', personId });
      return toView(reset);
    },
    listResets: async (by) => {
      requireAllowed(decideConfirmReset(by, null));
      return Promise.all((await resets.listOpen()).map(toView));
    },
    confirmReset: async (by, requestId) => {
      const reset = await resets.findOpen(requestId);
      requireAllowed(decideConfirmReset(by, reset ?? null));
      if (!reset) throw new DomainError('NOT_FOUND');
      const { personId, requestedBy } = reset;
      const { name: personName } = await requireStaff(people, personId);
      const confirmedBy = { personId: by.personId, role: confirmingRole(by) };
      const change = { personId, personName, requestedBy, confirmedBy };
      await credentialChanges.tell({ kind: 'SECOND_FACTOR', causeId: requestId, ...change });
      const isFirst = await resets.confirm(requestId, by.personId, new Date(clock.now()));
      if (!isFirst) throw new DomainError('NOT_FOUND');
      await record(deps, { by, action: 'staff.reset.confirm', personId: reset.personId });
      return enrolment.invite(reset.personId, 'reset');
    },
  };
}

/** As `decideConfirmReset` asks. */
const confirmingRole = ({ roles }: Session): Role =>
  roles.includes('judge') ? 'judge' : 'administrator-lead';

async function record(
  { audit, clock }: StaffAccountsDeps,
  done: { by: Session; action: string; personId: string; after?: unknown },
): Promise<void> {
  const { by, action, personId, after } = done;
  const event = { at: new Date(clock.now()), actor: by.personId, action, subject: `person:${personId}` };
  await audit.append(after === undefined ? event : { ...event, after });
}

async function requireStaff(people: PersonStore, personId: string) {
  const person = await people.findById(personId);
  if (!person?.staff) throw new DomainError('NOT_FOUND');
  return { ...person, staff: person.staff };
}

function toRow({ username, roles, province, state }: StaffRecord): Omit<StaffRow, 'personId' | 'name'> {
  return { username, roles: [...roles], province, state };
}

/** A reviewer has a province and no other role; the operator has no role in cases (never votes or sees votes). */
function requireStaffRoles(roles: readonly Role[], province: string | null): StaffAccount['roles'] {
  const isReviewer = roles.includes('reviewer');
  const isSingle = roles.length === 1;
  const isRefused =
    roles.includes('creditor') ||
    roles.includes('chair') ||
    new Set(roles).size !== roles.length ||
    ((isReviewer || roles.includes('operator')) && !isSingle) ||
    isReviewer !== (province !== null);
  if (isRefused) throw new DomainError('INVALID_REQUEST', { detail: 'body/roles' });
  return roles as StaffAccount['roles'];
}
