import type { FastifyInstance } from 'fastify';
import { proofRoutes } from '../../protocol/rest/proof-routes.ts';
import type { ProofDesk } from '../../services/record/proof-desk.ts';
import { route } from '../route.ts';

/** Checkpoints, proofs and the record's key over HTTP. */
export function registerProofRoutes(app: FastifyInstance, desk: ProofDesk): void {
  route(app, proofRoutes.recordKey, async ({ query }) => desk.key(query.meetingId));
  route(app, proofRoutes.checkpoint, async ({ session, params }) =>
    desk.checkpoint(session, params.meetingId),
  );
  route(app, proofRoutes.consistency, async ({ session, params, query }) =>
    desk.consistency(session, params.meetingId, query),
  );
  route(app, proofRoutes.proof, async ({ session, params }) =>
    desk.proof(session, params.meetingId, params.seq),
  );
}
