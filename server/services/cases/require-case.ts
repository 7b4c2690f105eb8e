import { DomainError } from '../../domain/errors.ts';
import { ADMINISTRATORS, requireOneOf } from '../case-access.ts';
import type { CaseRecord, CaseStore } from '../ports/master-data-ports.ts';
import type { Session } from '../session.ts';

/** @throws DomainError NOT_FOUND */
export async function requireCase(cases: Pick<CaseStore, 'find'>, caseId: string): Promise<CaseRecord> {
  const record = await cases.find(caseId);
  if (record === undefined) throw new DomainError('NOT_FOUND');
  return record;
}

/** Finds the case for the administrator's people. @throws DomainError NOT_FOUND, NOT_ON_THE_CASE, FORBIDDEN */
export async function requireManagedCase(
  cases: Pick<CaseStore, 'find'>,
  session: Session,
  caseId: string,
): Promise<CaseRecord> {
  const record = await requireCase(cases, caseId);
  requireOneOf(record, session, ADMINISTRATORS);
  return record;
}
