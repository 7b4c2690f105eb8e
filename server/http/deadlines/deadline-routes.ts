import type { FastifyInstance } from 'fastify';
import { deadlineRoutes } from '../../protocol/rest/deadline-routes.ts';
import type { CaseDeadlines } from '../../services/cases/deadlines.ts';
import { route } from '../route.ts';

/** Time limits of a case, and the dates that they count from. */
export function registerDeadlineRoutes(app: FastifyInstance, deadlines: CaseDeadlines): void {
  route(app, deadlineRoutes.deadlines, async ({ session, params }) => deadlines.get(session, params.caseId));
  route(app, deadlineRoutes.changeCaseDates, async ({ session, params, body }) =>
    deadlines.changeDates(session, { caseId: params.caseId, ...body }),
  );
}
