import type { Role } from '../../server/protocol/scalars.ts';
import { useSession } from '../state/session.ts';

const NO_ROLES: readonly Role[] = [];

/** Roles of the account that is signed in; on a case or in a meeting the server names the role there. */
export function useStaffRoles(): readonly Role[] {
  return useSession((store) => store.me?.roles ?? NO_ROLES);
}

/** Where `/staff` leads: reviewers and operators have one desk each, all others their cases. */
export function staffHome(roles: readonly Role[]): string {
  const worksOnCases = roles.some((role) => role !== 'reviewer' && role !== 'operator');
  if (worksOnCases) return '/staff/cases';
  return roles.includes('reviewer') ? '/staff/review' : '/staff/operator';
}
