import type { Role } from '../../server/protocol/scalars.ts';
import { useSession } from '../state/session.ts';

const NO_ROLES: readonly Role[] = [];

/** Pages of the staff's header; each belongs to certain roles. */
export type Desk = 'cases' | 'review' | 'operator';

/** Roles of the account that is signed in; on a case or in a meeting the server names the role there. */
export function useStaffRoles(): readonly Role[] {
  return useSession((store) => store.me?.roles ?? NO_ROLES);
}

/** Reviewers and operators have one desk each, creditors none, all others their cases. */
export function desksOf(roles: readonly Role[]): readonly Desk[] {
  const worksOnCases = roles.some((role) => !['creditor', 'reviewer', 'operator'].includes(role));
  return [
    ...(worksOnCases ? (['cases'] as const) : []),
    ...(roles.includes('reviewer') ? (['review'] as const) : []),
    ...(roles.includes('operator') ? (['operator'] as const) : []),
  ];
}

/** Where `/staff` leads; a creditor who came here by mistake goes to the own meetings. */
export function staffHome(roles: readonly Role[]): string {
  const [desk] = desksOf(roles);
  return desk === undefined ? '/meetings' : `/staff/${desk}`;
}
