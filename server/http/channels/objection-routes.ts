import type { FastifyInstance } from 'fastify';
import { objectionRoutes as routes } from '../../protocol/rest/objection-routes.ts';
import type { Objections } from '../../services/objections/objections.ts';
import type { FileVault } from '../../services/ports/master-data-ports.ts';
import { sendFileReply } from '../file-reply.ts';
import { toPage, toPageReply } from '../page-reply.ts';
import { route } from '../route.ts';
import { withUpload } from '../upload.ts';
import { sendScan } from './scan-reply.ts';

export interface ObjectionRoutesDeps {
  readonly objections: Objections;
  readonly vault: FileVault;
}

/** 核查债权. */
export function registerObjectionRoutes(app: FastifyInstance, deps: ObjectionRoutesDeps): void {
  registerParties(app, deps);
  registerFiles(app, deps);
  registerQueue(app, deps);
}

function registerParties(app: FastifyInstance, { objections }: ObjectionRoutesDeps): void {
  route(app, routes.ownVerification, async ({ session, params }) =>
    objections.own(session, params.meetingId),
  );
  route(app, routes.claimRows, async ({ session, params: { meetingId }, query }) => {
    const page = toPage(query);
    const found = await objections.claims(session, meetingId, { ...page, search: query.search });
    return toPageReply(found, page);
  });
  route(app, routes.fileObjection, async ({ session, params, body }) =>
    objections.file(session, { ...params, ...body }),
  );
  route(app, routes.haveNoObjection, async ({ session, params, body }) =>
    objections.none(session, { ...params, ...body }),
  );
  route(app, routes.withdrawObjection, async ({ session, params, body }) =>
    objections.withdraw(session, params, body.reason),
  );
}

function registerFiles(app: FastifyInstance, { objections, vault }: ObjectionRoutesDeps): void {
  route(app, routes.uploadObjectionFile, async ({ session, params: { meetingId }, request }) => {
    await objections.requireMayAttach(session, meetingId);
    const { uploadMaxBytes } = routes.uploadObjectionFile;
    return withUpload(request, uploadMaxBytes, (file) => objections.keepAttachment(meetingId, file));
  });
  route(app, routes.objectionFile, async ({ session, params, reply }) =>
    sendScan(reply, vault, await objections.requireAttachment(session, params)),
  );
}

function registerQueue(app: FastifyInstance, { objections }: ObjectionRoutesDeps): void {
  route(app, routes.fileDebtorsObjection, async ({ session, params, body }) =>
    objections.fileForDebtor(session, { ...params, ...body }),
  );
  route(app, routes.withdrawDebtorsObjection, async ({ session, params, body }) =>
    objections.withdrawForDebtor(session, params, body.reason),
  );
  route(app, routes.objections, async ({ session, params: { meetingId }, query }) => {
    const page = toPage(query);
    const { list, ...counts } = await objections.queue(session, meetingId, {
      ...page,
      state: query.state,
    });
    return { ...counts, list: toPageReply(list, page) };
  });
  route(app, routes.answerObjection, async ({ session, params, body }) =>
    objections.answer(session, params, body),
  );
  route(app, routes.objectionsExport, async ({ session, params: { meetingId }, reply }) => {
    const { csv, fileName } = await objections.export(session, meetingId);
    return sendFileReply(reply, {
      content: Buffer.from(csv),
      contentType: 'text/csv; charset=utf-8',
      fileName,
      disposition: 'attachment',
    });
  });
}
