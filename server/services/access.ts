/**
 * Who may do what outside a case (what a role on a case allows: `case-access.ts`). Decisions are pure and
 * carry the reason that the client shows. They are asked anew for every request; nothing is remembered.
 */
import { DomainError } from '../domain/errors.ts';
import type { ErrorCode } from '../protocol/errors.ts';
import type { Session } from './session.ts';

export type Decision =
  { readonly allowed: true; readonly reason: null } | { readonly allowed: false; readonly reason: ErrorCode };

const YES: Decision = { allowed: true, reason: null };
const no = (reason: ErrorCode): Decision => ({ allowed: false, reason });

/** Turns a refusal into the exception that the edges translate. @throws DomainError with the reason */
export function requireAllowed(decision: Decision): void {
  if (!decision.allowed) throw new DomainError(decision.reason);
}

/** Staff accounts and the machine. The operator sees no case and no vote. */
export function decideOperate(session: Session): Decision {
  return session.roles.includes('operator') ? YES : no('FORBIDDEN');
}

/**
 * Confirming a new second factor needs a second role than the operator's, held by somebody who neither asked
 * for it nor gets it. `reset` is null where only the list is read.
 */
export function decideConfirmReset(
  session: Session,
  reset: { readonly requestedBy: string; readonly personId: string } | null,
): Decision {
  const isEntitled = session.roles.includes('judge') || session.roles.includes('administrator-lead');
  const isInvolved = reset?.requestedBy === session.personId || reset?.personId === session.personId;
  return isEntitled && !isInvolved ? YES : no('FORBIDDEN');
}
