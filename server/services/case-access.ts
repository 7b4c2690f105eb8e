/**
 * Who may do what on a case (roles: 企业破产法 arts. 22–25, 59–61, 69; table in the README). Decided anew for
 * every request from the case's team and the session; the refusal says why.
 */
import { DomainError } from '../domain/errors.ts';
import type { CaseMember } from '../domain/master-data.ts';
import type { Role } from '../protocol/scalars.ts';
import type { Session } from './session.ts';

/** What access depends on of a case. */
export interface AccessibleCase {
  readonly province: string;
  readonly members: readonly CaseMember[];
}

export type CaseRole = CaseMember['role'] | 'reviewer';

/** Who fills in, imports and prepares. */
export const ADMINISTRATORS: readonly CaseRole[] = ['administrator-lead', 'administrator-staff'];
/** Who builds the team and publishes. */
export const LEAD: readonly CaseRole[] = ['administrator-lead'];

/**
 * The role in which a person works on a case; undefined for everybody else. A place in the team is worth
 * nothing once the account has lost the role: the chair alone is chosen among the creditors (art. 60).
 */
export function findCaseRole(subject: AccessibleCase, session: Session): CaseRole | undefined {
  const member = subject.members.find(({ personId }) => personId === session.personId);
  if (member !== undefined && (member.role === 'chair' || session.roles.includes(member.role))) {
    return member.role;
  }
  return isReviewerOf(subject.province, session) ? 'reviewer' : undefined;
}

/** A provincial reviewer reads the cases of the own province. */
export function isReviewerOf(province: string, session: Session): boolean {
  return session.roles.includes('reviewer') && session.province === province;
}

/** @throws DomainError OTHER_PROVINCE for a reviewer of another province, NOT_ON_THE_CASE for others */
export function requireCaseRole(subject: AccessibleCase, session: Session): CaseRole {
  const role = findCaseRole(subject, session);
  if (role !== undefined) return role;
  throw new DomainError(session.roles.includes('reviewer') ? 'OTHER_PROVINCE' : 'NOT_ON_THE_CASE');
}

/** As `requireCaseRole`, and then @throws DomainError FORBIDDEN when the role is not among the allowed. */
export function requireOneOf(
  subject: AccessibleCase,
  session: Session,
  allowed: readonly CaseRole[],
): CaseRole {
  const role = requireCaseRole(subject, session);
  if (!allowed.includes(role)) throw new DomainError('FORBIDDEN');
  return role;
}

/** @throws DomainError FORBIDDEN when the account does not hold the role at all */
export function requireAccountRole(session: Session, role: Role): void {
  if (!session.roles.includes(role)) throw new DomainError('FORBIDDEN');
}
