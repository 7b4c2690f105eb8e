/** REST table of accounts: signing in and out, one's own account, staff accounts, the demonstration. */
import { Type } from 'typebox';
import {
  ChallengeView,
  CodeSentView,
  DemoView,
  EnrolmentCodeView,
  EnrolmentView,
  MeView,
  ResetRequestView,
  SignInView,
  StaffRow,
} from './account-views.ts';
import type { RestRoute } from './rest.ts';
import { Id, Role, line, closed } from '../scalars.ts';

const Done = Type.Object({ done: Type.Literal(true) });

/** As typed: spaces, hyphens and `+86` are tolerated. */
const Mobile = line(24, 5);
/** As typed or pasted: spaces are tolerated. */
const SixDigits = Type.String({ pattern: '^[\\s0-9]{6,14}$' });
/** Answer to a `CHALLENGE_REQUIRED`. */
const Solution = Type.Optional(
  Type.Object({ token: line(200), nonce: Type.Integer({ minimum: 0, maximum: 2 ** 40 }) }, closed),
);
const Username = Type.String({ pattern: '^[a-z][a-z0-9._-]{2,31}$' });
/** Long passphrases are welcome; the upper limit keeps hashing bounded. */
const Password = line(128);

export const authRoutes = {
  challenge: {
    method: 'GET',
    path: '/api/auth/challenge',
    summary: 'A proof of work, when one is asked for',
    isPublic: true,
    reply: ChallengeView,
  },
  requestSmsCode: {
    method: 'POST',
    path: '/api/auth/sms-code',
    summary: 'Send a code by SMS; the answer is the same for every number',
    isPublic: true,
    body: Type.Object({ mobile: Mobile, challenge: Solution }, closed),
    reply: CodeSentView,
  },
  verifySmsCode: {
    method: 'POST',
    path: '/api/auth/sms-sign-in',
    summary: 'Prove the telephone with the code, in the browser that asked for it',
    isPublic: true,
    body: Type.Object({ mobile: Mobile, code: SixDigits, challenge: Solution }, closed),
    reply: SignInView,
  },
  checkName: {
    method: 'POST',
    path: '/api/auth/name-check',
    summary: 'Second check: full name and last four characters of the ID or credit code',
    isPublic: true,
    body: Type.Object({ name: line(100), idLast4: line(8, 4) }, closed),
    reply: SignInView,
  },
  staffSignIn: {
    method: 'POST',
    path: '/api/auth/staff-sign-in',
    summary: 'Staff: name, password and one-time password',
    isPublic: true,
    body: Type.Object(
      { username: line(64), password: Password, totp: SixDigits, challenge: Solution },
      closed,
    ),
    reply: SignInView,
  },
  signOut: {
    method: 'POST',
    path: '/api/auth/sign-out',
    summary: 'End this session',
    isPublic: true,
    reply: Done,
  },
  signOutEverywhere: {
    method: 'POST',
    path: '/api/auth/sign-out-everywhere',
    summary: 'End all sessions of the person; open sockets end too',
    reply: Done,
  },
  me: {
    method: 'GET',
    path: '/api/me',
    summary: 'The own account',
    isPublic: true,
    reply: MeView,
  },
  setupOperator: {
    method: 'POST',
    path: '/api/setup/operator',
    summary: 'First operator: the one-time code from the terminal, name and password',
    isPublic: true,
    body: Type.Object({ code: line(64), username: Username, name: line(50), password: Password }, closed),
    reply: EnrolmentView,
  },
  enrolStaff: {
    method: 'POST',
    path: '/api/setup/staff',
    summary: 'Staff member: the one-time code from the invitation, and a password',
    isPublic: true,
    body: Type.Object({ code: line(64), password: Password }, closed),
    reply: EnrolmentView,
  },
  confirmEnrolment: {
    method: 'POST',
    path: '/api/setup/confirm',
    summary: 'Finish: the code once more and the first one-time password; signs in',
    isPublic: true,
    body: Type.Object({ code: line(64), totp: SixDigits }, closed),
    reply: SignInView,
  },
} as const satisfies Record<string, RestRoute>;

const staffParams = Type.Object({ personId: Id }, closed);

export const staffRoutes = {
  listStaff: {
    method: 'GET',
    path: '/api/operator/staff',
    summary: 'Staff accounts',
    reply: Type.Object({ rows: Type.Array(StaffRow) }),
  },
  createStaff: {
    method: 'POST',
    path: '/api/operator/staff',
    summary: 'Create a staff account; the answer carries its one-time code',
    body: Type.Object(
      {
        username: Username,
        name: line(50),
        roles: Type.Array(Role, { minItems: 1, maxItems: 4 }),
        province: Type.Union([Type.String({ pattern: '^[1-8][0-9]$' }), Type.Null()]),
      },
      closed,
    ),
    reply: EnrolmentCodeView,
  },
  inviteStaffAgain: {
    method: 'POST',
    path: '/api/operator/staff/:personId/invitation',
    summary: 'A new one-time code for an account that is not set up yet; the older one ends',
    params: staffParams,
    reply: EnrolmentCodeView,
  },
  disableStaff: {
    method: 'POST',
    path: '/api/operator/staff/:personId/disable',
    summary: 'Close a staff account and end its sessions',
    params: staffParams,
    reply: Done,
  },
  requestReset: {
    method: 'POST',
    path: '/api/operator/staff/:personId/reset',
    summary: 'Ask for a new second factor; a judge or an administrator lead has to confirm',
    params: staffParams,
    reply: ResetRequestView,
  },
  listResets: {
    method: 'GET',
    path: '/api/staff-resets',
    summary: 'Resets that wait for a second role',
    reply: Type.Object({ rows: Type.Array(ResetRequestView) }),
  },
  confirmReset: {
    method: 'POST',
    path: '/api/staff-resets/:requestId/confirm',
    summary: 'Second role: confirm a reset and hand its one-time code over in person',
    params: Type.Object({ requestId: Id }, closed),
    reply: EnrolmentCodeView,
  },
} as const satisfies Record<string, RestRoute>;

/** Registered only while the demonstration is allowed. */
export const demoRoutes = {
  demo: {
    method: 'GET',
    path: '/api/demo',
    summary: 'Accounts of the demonstration and the outbox',
    isPublic: true,
    query: Type.Object({ secret: Type.Optional(line(64)) }, closed),
    reply: DemoView,
  },
  demoSignIn: {
    method: 'POST',
    path: '/api/demo/sign-in',
    summary: 'One-tap sign-in with an account of the demonstration',
    isPublic: true,
    body: Type.Object({ accountId: Id, secret: Type.Optional(line(64)) }, closed),
    reply: SignInView,
  },
} as const satisfies Record<string, RestRoute>;
