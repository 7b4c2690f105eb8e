import { DomainError } from '../../domain/errors.ts';
import type { CaseMember } from '../../domain/master-data.ts';
import { decideManageCase, decideReadCase, decideReadRecord, requireAllowed, roleOnCase } from '../access.ts';
import type { CaseRecord, CaseStore } from '../master-data-ports.ts';
import type { Session } from '../session.ts';

/** In which role a case is looked at. */
export type CaseRole = CaseMember['role'] | 'reviewer';

/** @throws DomainError NOT_FOUND */
export async function requireCase(cases: Pick<CaseStore, 'find'>, caseId: string): Promise<CaseRecord> {
  const record = await cases.find(caseId);
  if (record === undefined) throw new DomainError('NOT_FOUND');
  return record;
}

/** The role in which the person sees the case, or undefined. */
export function findReadingRole(session: Session, record: CaseRecord): CaseRole | undefined {
  const role = roleOnCase(session, record.members);
  if (role !== undefined) return role;
  const isReviewer = session.roles.includes('reviewer') && session.province === record.province;
  return isReviewer ? 'reviewer' : undefined;
}

/** The team, and reviewers of the province. @throws DomainError NOT_ON_THE_CASE, OTHER_PROVINCE, FORBIDDEN */
export function requireReader(session: Session, record: CaseRecord): CaseRole {
  const role = roleOnCase(session, record.members);
  const isReviewer = role === undefined && session.roles.includes('reviewer');
  const ties = { case: record, members: record.members };
  requireAllowed(isReviewer ? decideReadRecord(session, ties) : decideReadCase(session, ties));
  return role ?? 'reviewer';
}

/** Finds the case for the administrator's people. @throws DomainError NOT_FOUND, NOT_ON_THE_CASE, FORBIDDEN */
export async function requireManagedCase(
  cases: Pick<CaseStore, 'find'>,
  session: Session,
  caseId: string,
): Promise<CaseRecord> {
  const record = await requireCase(cases, caseId);
  requireAllowed(decideManageCase(session, record));
  return record;
}
