import type { FastifyInstance } from 'fastify';
import { meetingRoutes } from '../protocol/rest/meeting-routes.ts';
import type { MeetingReader, RecordReader, RulingDesk } from '../services/meetings/meeting-reader-port.ts';
import type { Preparation } from '../services/meetings/preparation.ts';
import { sendFileReply } from './file-reply.ts';
import { toPage, toPageReply } from './page-reply.ts';
import { route } from './route.ts';

export interface MeetingRoutesDeps {
  readonly preparation: Preparation;
  readonly reader: MeetingReader;
  readonly record: RecordReader;
  readonly rulings: RulingDesk;
}

export const MINUTES_TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const;

/** Meetings over HTTP: preparation, reading, roster, minutes, record. What happens in the room is the socket's. */
export function registerMeetingRoutes(app: FastifyInstance, deps: MeetingRoutesDeps): void {
  registerPreparation(app, deps);
  registerReading(app, deps);
  registerRecord(app, deps);
}

function registerPreparation(app: FastifyInstance, { preparation }: MeetingRoutesDeps): void {
  route(app, meetingRoutes.createMeeting, async ({ session, params, body }) =>
    preparation.create(session, { caseId: params.caseId, ...body }),
  );
  route(app, meetingRoutes.prepareMeeting, async ({ session, params }) =>
    preparation.get(session, params.meetingId),
  );
  route(app, meetingRoutes.updateMeeting, async ({ session, params, body }) =>
    preparation.update(session, { meetingId: params.meetingId, ...body }),
  );
  route(app, meetingRoutes.publishMeeting, async ({ session, params }) =>
    preparation.publish(session, params.meetingId),
  );
}

function registerReading(app: FastifyInstance, { reader }: MeetingRoutesDeps): void {
  route(app, meetingRoutes.publicMeeting, async ({ params }) => reader.publicView(params.linkCode));
  route(app, meetingRoutes.myMeetings, async ({ session, query }) => {
    const page = toPage(query);
    return toPageReply(await reader.listFor(session, { ...page, caseId: query.caseId }), page);
  });
  route(app, meetingRoutes.getMeeting, async ({ session, params }) => reader.view(session, params.meetingId));
  route(app, meetingRoutes.roster, async ({ session, params, query }) => {
    const page = toPage(query);
    const { state = 'all', search } = query;
    return toPageReply(await reader.roster(session, params.meetingId, { ...page, state, search }), page);
  });
  route(app, meetingRoutes.rollPreview, async ({ session, params }) => reader.rollPreview(session, params));
  route(app, meetingRoutes.notVoted, async ({ session, params, query }) => {
    const page = toPage(query);
    const { group } = query;
    return toPageReply(await reader.notVoted(session, params, { ...page, group }), page);
  });
  route(app, meetingRoutes.notVotedTelephone, async ({ session, params }) =>
    reader.notVotedTelephone(session, params),
  );
  route(app, meetingRoutes.rollCorrection, async ({ session, params }) =>
    reader.rollCorrection(session, params),
  );
}

function registerRecord(app: FastifyInstance, { record, rulings }: MeetingRoutesDeps): void {
  route(app, meetingRoutes.recordRuling, async ({ session, params, body }) =>
    rulings.record(session, params.meetingId, body),
  );
  route(app, meetingRoutes.record, async ({ session, params }) => record.record(session, params.meetingId));
  route(app, meetingRoutes.recordState, async ({ session, params }) =>
    record.state(session, params.meetingId),
  );
  route(app, meetingRoutes.minutes, async ({ session, params: { meetingId, format }, reply }) => {
    const { bytes, fileName } = await record.minutes(session, meetingId, format);
    const contentType = MINUTES_TYPES[format];
    return sendFileReply(reply, { content: bytes, contentType, fileName, disposition: 'attachment' });
  });
}
