/** Who is signed in on this browser. The cookie cannot be read here: the server is asked. */
import { create } from 'zustand';
import type { MeView } from '../../server/protocol/rest/account-views.ts';
import { authRoutes } from '../../server/protocol/rest/auth-routes.ts';
import type { Role } from '../../server/protocol/scalars.ts';
import { toAppError, type AppError } from '../api/app-error.ts';
import { call, onSessionLost } from '../api/call.ts';
import { forgetBallots } from './ballots.ts';
import { forgetKeys } from '../record/key-store.ts';
import { leaveRoom, useRoom } from './room.ts';

/** `code-verified`: the telephone is proved, the name check is still to be done. */
export type SessionStatus = 'unknown' | 'signed-out' | 'code-verified' | 'full' | 'unreachable';

interface SessionStore {
  readonly status: SessionStatus;
  readonly me: MeView | undefined;
  readonly error: AppError | undefined;
}

export const useSession = create<SessionStore>(() => ({
  status: 'unknown',
  me: undefined,
  error: undefined,
}));

/** Asks the server who this is; the answer is in the store. */
export async function loadSession(): Promise<MeView | undefined> {
  try {
    const me = await call(authRoutes.me);
    useSession.setState({ status: me.stage, me, error: undefined });
    return me;
  } catch (thrown) {
    const error = toAppError(thrown);
    const isSignedOut = error.code === 'NOT_SIGNED_IN' || error.code === 'SESSION_REVOKED';
    useSession.setState({ status: isSignedOut ? 'signed-out' : 'unreachable', me: undefined, error });
    return undefined;
  }
}

/** What must not stay on a phone that a family shares: drafts, and the keys that sign. */
async function forgetPerson(): Promise<void> {
  leaveRoom();
  forgetBallots();
  await forgetKeys();
}

/** Ends this session here and on the server. */
export async function signOut(): Promise<void> {
  await forgetPerson();
  await call(authRoutes.signOut);
  useSession.setState({ status: 'signed-out', me: undefined, error: undefined });
}

/** All devices of the person; open rooms there end too. */
export async function signOutEverywhere(): Promise<void> {
  await call(authRoutes.signOutEverywhere);
  await forgetPerson();
  useSession.setState({ status: 'signed-out', me: undefined, error: undefined });
}

const STAFF_ROLES: readonly Role[] = [
  'administrator-lead',
  'administrator-staff',
  'judge',
  'clerk',
  'reviewer',
  'operator',
];

export function isStaff(me: MeView): boolean {
  return me.roles.some((role) => STAFF_ROLES.includes(role));
}

/** Where a person begins after signing in: their desk, or their meetings. */
export function homePath(me: MeView): string {
  return isStaff(me) ? '/staff' : '/meetings';
}

onSessionLost(() => {
  useSession.setState({ status: 'signed-out', me: undefined });
});

useRoom.subscribe((room) => {
  const code = room.refusal?.code;
  if (code === 'SESSION_REVOKED' || code === 'NOT_SIGNED_IN') {
    useSession.setState({ status: 'signed-out', me: undefined });
  }
});
