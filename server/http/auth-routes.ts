import type { FastifyInstance } from 'fastify';
import { DomainError } from '../domain/errors.ts';
import { authRoutes } from '../protocol/rest/auth-routes.ts';
import type { Accounts } from '../services/accounts/accounts.ts';
import { route, sessionTokenOf } from './route.ts';
import { forgetSession, identifyRequester, replyWithSession } from './session-reply.ts';

const DONE = { done: true } as const;

/** Signing in and out, the own account, and the enrolment of staff. */
export function registerAuthRoutes(app: FastifyInstance, accounts: Accounts): void {
  registerCreditorSignIn(app, accounts);
  registerStaffSignIn(app, accounts);
  const { sessions } = accounts;

  route(app, authRoutes.signOut, async ({ session, reply }) => {
    if (session) await sessions.end(session.sessionId);
    forgetSession(reply);
    return DONE;
  });
  route(app, authRoutes.signOutEverywhere, async ({ session, reply }) => {
    await sessions.endAllOf(session.personId);
    forgetSession(reply);
    return DONE;
  });
  route(app, authRoutes.me, async ({ session, request }) => {
    if (session) return accounts.describeMe(session);
    throw new DomainError(sessionTokenOf(request) === undefined ? 'NOT_SIGNED_IN' : 'SESSION_REVOKED');
  });
}

function registerCreditorSignIn(app: FastifyInstance, accounts: Accounts): void {
  route(app, authRoutes.challenge, async () => accounts.challenges.issue());
  route(app, authRoutes.requestSmsCode, async ({ body, request, reply }) => {
    const requester = identifyRequester(request, reply);
    return accounts.smsSignIn.requestCode({ mobile: body.mobile, requester, challenge: body.challenge });
  });
  route(app, authRoutes.verifySmsCode, async ({ body, session, request, reply }) => {
    const { mobile, code, challenge } = body;
    const requester = identifyRequester(request, reply);
    const replaces = session?.sessionId;
    const opened = await accounts.smsSignIn.verifyCode({ mobile, code, challenge, requester, replaces });
    return replyWithSession(reply, opened);
  });
  route(app, authRoutes.checkName, async ({ body, session, request, reply }) => {
    const { browserToken } = identifyRequester(request, reply);
    return replyWithSession(reply, await accounts.checkName({ session, ...body, browserToken }));
  });
}

function registerStaffSignIn(app: FastifyInstance, accounts: Accounts): void {
  const { enrolment } = accounts;
  route(app, authRoutes.staffSignIn, async ({ body, session, request, reply }) => {
    const { username, password, totp, challenge } = body;
    const requester = identifyRequester(request, reply);
    const replaces = session?.sessionId;
    const answer = { username, password, totp, challenge, requester, replaces };
    return replyWithSession(reply, await accounts.signInStaff(answer));
  });
  route(app, authRoutes.setupOperator, async ({ body, request, reply }) =>
    enrolment.beginOperator({ ...body, requester: identifyRequester(request, reply) }),
  );
  route(app, authRoutes.enrolStaff, async ({ body, request, reply }) =>
    enrolment.beginStaff({ ...body, requester: identifyRequester(request, reply) }),
  );
  route(app, authRoutes.confirmEnrolment, async ({ body, request, reply }) => {
    const requester = identifyRequester(request, reply);
    return replyWithSession(reply, await enrolment.confirm({ ...body, requester }));
  });
}
