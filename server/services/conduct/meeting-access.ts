import { DomainError } from '../../domain/errors.ts';
import type { Capacity } from '../../domain/master-data.ts';
import { isPast } from '../../domain/people/proxies.ts';
import type { Audience } from '../../protocol/room.ts';
import type { Role } from '../../protocol/scalars.ts';
import { findCaseRole } from '../case-access.ts';
import type { Clock } from '../clock.ts';
import type { Session } from '../session.ts';
import type { ConductData, MeetingFacts } from './conduct-data.ts';

/** In which role a person meets this meeting, and for whom. Decided anew for every request. */
export interface MeetingAccess {
  readonly personId: string;
  /** Staff role on the case, `reviewer`, or `creditor` for everybody with a capacity. */
  readonly role: Role;
  /** Those in force at this moment. */
  readonly capacities: readonly Capacity[];
  /** Those that were revoked or have come to their end. */
  readonly endedCapacities: readonly Capacity[];
}

export type AccessReader = (session: Session, facts: MeetingFacts) => Promise<MeetingAccess>;

/** @returns a reader that @throws DomainError NOT_ON_THE_CASE, or OTHER_PROVINCE for a reviewer */
export function createAccessReader(data: ConductData, clock: Clock): AccessReader {
  return async (session, facts) => {
    const role = findCaseRole({ province: facts.case.province, members: facts.members }, session);
    const { personId } = session;
    const all = await data.capacities(personId, facts.case.caseId);
    const isOver = isOverAt(clock.now());
    const endedCapacities = all.filter(isOver);
    // Who conducts the case or sits over it acts for no creditor in it (domain.md E13); the chair is a creditor.
    const isBarred = role !== undefined && role !== 'chair' && role !== 'reviewer';
    const capacities = isBarred ? [] : all.filter((capacity) => !isOver(capacity));
    if (role !== undefined) return { personId, role, capacities, endedCapacities };
    if (capacities.length > 0) return { personId, role: 'creditor', capacities, endedCapacities };
    throw new DomainError(session.roles.includes('reviewer') ? 'OTHER_PROVINCE' : 'NOT_ON_THE_CASE');
  };
}

const isOverAt =
  (nowMs: number) =>
  ({ expiresAt, revokedAt }: Capacity): boolean =>
    revokedAt !== null || isPast(expiresAt, nowMs);

const staffRoles: ReadonlySet<Role> = new Set([
  'administrator-lead',
  'administrator-staff',
  'judge',
  'clerk',
  'chair',
]);

export function isStaff(role: Role): boolean {
  return staffRoles.has(role);
}

/** Streams that a person receives. Live counts of ballots are the host's alone. */
export function audiencesOf(access: MeetingAccess, hostPersonId: string | undefined): Audience[] {
  const audiences: Audience[] = ['public'];
  if (isStaff(access.role)) audiences.push('staff');
  if (access.personId === hostPersonId) audiences.push('host');
  return audiences;
}

/** Who may show camera, microphone and screen without being given the floor (domain.md 3.5). */
const stageRoles: ReadonlySet<Role> = new Set([
  'administrator-lead',
  'administrator-staff',
  'judge',
  'chair',
]);

export function mayAlwaysSpeak(role: Role): boolean {
  return stageRoles.has(role);
}

/** @throws DomainError FORBIDDEN for a reviewer, who reads the record and never enters the room */
export function requireRoomAccess(access: MeetingAccess): void {
  if (access.role === 'reviewer' || access.role === 'operator') throw new DomainError('FORBIDDEN');
}
