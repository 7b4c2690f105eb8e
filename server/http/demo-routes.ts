import type { FastifyInstance } from 'fastify';
import { demoRoutes } from '../protocol/rest/auth-routes.ts';
import type { DemonstrationDesk } from '../services/demonstration/demonstration-desk.ts';
import { route } from './route.ts';
import { replyWithSession } from './session-reply.ts';

/** Register only when the demonstration is allowed and the database carries its mark; else they are 404. */
export function registerDemoRoutes(app: FastifyInstance, desk: DemonstrationDesk): void {
  route(app, demoRoutes.demo, async ({ query }) => desk.view(query.secret));
  route(app, demoRoutes.demoSignIn, async ({ body, session, reply }) => {
    const { accountId, secret } = body;
    return replyWithSession(reply, await desk.signIn({ accountId, secret, replaces: session?.sessionId }));
  });
}
