import type { FastifyInstance } from 'fastify';
import { staffRoutes } from '../protocol/rest/auth-routes.ts';
import type { StaffAccounts } from '../services/accounts/staff-accounts.ts';
import { route } from './route.ts';

const toInvitation = ({ code, expiresAt }: { code: string; expiresAt: Date }) => ({
  code,
  expiresAt: expiresAt.toISOString(),
});

/** Staff accounts: the operator's desk, and the second role's part in a reset. */
export function registerStaffRoutes(app: FastifyInstance, staff: StaffAccounts): void {
  route(app, staffRoutes.listStaff, async ({ session }) => ({ rows: [...(await staff.list(session))] }));
  route(app, staffRoutes.createStaff, async ({ session, body }) =>
    toInvitation(await staff.create(session, body)),
  );
  route(app, staffRoutes.inviteStaffAgain, async ({ session, params }) =>
    toInvitation(await staff.inviteAgain(session, params.personId)),
  );
  route(app, staffRoutes.disableStaff, async ({ session, params }) => {
    await staff.disable(session, params.personId);
    return { done: true } as const;
  });
  route(app, staffRoutes.requestReset, async ({ session, params }) =>
    staff.requestReset(session, params.personId),
  );
  route(app, staffRoutes.listResets, async ({ session }) => ({
    rows: [...(await staff.listResets(session))],
  }));
  route(app, staffRoutes.confirmReset, async ({ session, params }) =>
    toInvitation(await staff.confirmReset(session, params.requestId)),
  );
}
