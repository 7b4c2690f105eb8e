import type { FastifyInstance } from 'fastify';
import { proxyRoutes } from '../../protocol/rest/proxy-routes.ts';
import type { ProxyDesk } from '../../services/proxies/proxy-desk.ts';
import { toPage, toPageReply } from '../page-reply.ts';
import { route } from '../route.ts';

/** Proxies over HTTP. */
export function registerProxyRoutes(app: FastifyInstance, proxies: ProxyDesk): void {
  route(app, proxyRoutes.listProxies, async ({ session, params: { caseId }, query }) => {
    const page = toPage(query);
    const { search, state } = query;
    return toPageReply(await proxies.list(session, { caseId, search, state, ...page }), page);
  });
  route(app, proxyRoutes.enterProxies, async ({ session, params, body }) => ({
    rows: await proxies.enter(session, params.caseId, body),
  }));
  route(app, proxyRoutes.documentProxy, async ({ session, params, body }) =>
    proxies.enterDocument(session, params, body),
  );
  route(app, proxyRoutes.approveProxy, async ({ session, params }) => proxies.approve(session, params));
  route(app, proxyRoutes.returnProxy, async ({ session, params, body }) =>
    proxies.sendBack(session, params, body.reason),
  );
  route(app, proxyRoutes.revokeProxy, async ({ session, params, body }) =>
    proxies.revoke(session, params, body.reason),
  );
  route(app, proxyRoutes.checkProxies, async ({ session, params }) =>
    proxies.check(session, params.meetingId),
  );
}
