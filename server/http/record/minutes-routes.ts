import type { FastifyInstance } from 'fastify';
import { minutesRoutes } from '../../protocol/rest/minutes-routes.ts';
import type { MinutesSealing } from '../../services/record/minutes-sealing.ts';
import { sendFileReply } from '../file-reply.ts';
import { MINUTES_TYPES } from '../meeting-routes.ts';
import { route } from '../route.ts';

/** Sealed minutes over HTTP. */
export function registerMinutesRoutes(app: FastifyInstance, sealing: MinutesSealing): void {
  route(app, minutesRoutes.seals, async ({ session, params }) => sealing.list(session, params.meetingId));
  route(app, minutesRoutes.sealMinutes, async ({ session, params }) =>
    sealing.seal(session, params.meetingId),
  );
  route(app, minutesRoutes.sealedMinutes, async ({ session, params, reply }) => {
    const { meetingId, format } = params;
    const { bytes, fileName } = await sealing.document(session, meetingId, params);
    const contentType = MINUTES_TYPES[format];
    return sendFileReply(reply, { content: bytes, contentType, fileName, disposition: 'attachment' });
  });
}
