import type { FastifyInstance } from 'fastify';
import { noticeRoutes as routes } from '../../protocol/rest/notice-routes.ts';
import type { createDelivery } from '../../services/notices/delivery.ts';
import type { createIssuing } from '../../services/notices/issue.ts';
import { toPage, toPageReply } from '../page-reply.ts';
import { route } from '../route.ts';

export interface NoticeRoutesDeps {
  readonly issuing: ReturnType<typeof createIssuing>;
  readonly delivery: ReturnType<typeof createDelivery>;
}

/** Notices of a meeting: issued and followed by staff, read by creditors. */
export function registerNoticeRoutes(app: FastifyInstance, { issuing, delivery }: NoticeRoutesDeps): void {
  route(app, routes.notices, async ({ session, params }) => issuing.list(session, params.meetingId));
  route(app, routes.noticeDraft, async ({ session, params, query }) =>
    issuing.draft(session, { ...params, ...query }),
  );
  route(app, routes.issueNotice, async ({ session, params, body: { expectedRecipients, ...subject } }) =>
    issuing.issue(session, { ...params, ...subject }, expectedRecipients),
  );
  route(app, routes.deliveries, async ({ session, params, query }) => {
    const page = toPage(query);
    const { state, search } = query;
    return toPageReply(await delivery.rows(session, params, { ...page, state, search }), page);
  });
  route(app, routes.resendNotice, async ({ session, params, body }) => ({
    queued: await delivery.resend(session, params, body.creditorIds),
  }));
  route(app, routes.recordDelivery, async ({ session, params, body }) => ({
    recorded: await delivery.record(session, params, body),
  }));
  route(app, routes.ownNotices, async ({ session, params }) => ({
    rows: await delivery.own(session, params.meetingId),
  }));
  route(app, routes.readNotice, async ({ session, params }) => delivery.read(session, params));
}
