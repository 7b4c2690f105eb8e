/** What the server asks of an account, checked where it is typed. */
import type { Role } from '../../../server/protocol/scalars.ts';

/** Long passphrases rather than strange characters; the server refuses weaker ones. */
export const PASSWORD_MIN_CHARACTERS = 12;
export const USERNAME = /^[a-z][a-z0-9._-]{2,31}$/;

/** A reviewer and an operator stand outside of cases: neither has another role. */
export function isRoleChoice(roles: readonly Role[]): boolean {
  return roles.length <= 1 || !roles.some((role) => role === 'reviewer' || role === 'operator');
}
