import type { FastifyInstance } from 'fastify';
import { continuationRoutes } from '../../protocol/rest/continuation-routes.ts';
import type { Continuation } from '../../services/record/continuation/continuation.ts';
import type { LateEvidenceDesk } from '../../services/record/continuation/late-evidence.ts';
import { toPage, toPageReply } from '../page-reply.ts';
import { route } from '../route.ts';

/** Meetings whose record was rolled back, over HTTP. */
export function registerContinuationRoutes(
  app: FastifyInstance,
  continuation: Continuation,
  evidence: LateEvidenceDesk,
): void {
  route(app, continuationRoutes.continuation, async ({ session, params }) =>
    continuation.view(session, params.meetingId),
  );
  route(app, continuationRoutes.continueMeeting, async ({ session, params, body }) =>
    continuation.prepare(session, params.meetingId, body.startsAt),
  );
  route(app, continuationRoutes.handInEvidence, async ({ session, params, body }) =>
    evidence.handIn(session, params.meetingId, body.receipt),
  );
  route(app, continuationRoutes.evidence, async ({ session, params, query }) => {
    const page = toPage(query);
    return toPageReply(await evidence.list(session, params.meetingId, page), page);
  });
}
