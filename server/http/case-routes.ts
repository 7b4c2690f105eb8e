import type { FastifyInstance } from 'fastify';
import { caseRoutes } from '../protocol/rest/case-routes.ts';
import { caseSettingsRoutes } from '../protocol/rest/case-settings-routes.ts';
import type { CaseDesk } from '../services/cases/case-desk.ts';
import type { CaseSettingsDesk } from '../services/cases/case-settings.ts';
import type { ClaimsImports } from '../services/cases/claims-import.ts';
import type { CreditorsList } from '../services/cases/creditors-list.ts';
import type { CaseDocuments } from '../services/cases/documents.ts';
import type { FileVault } from '../services/ports/master-data-ports.ts';
import { sendFileReply } from './file-reply.ts';
import { toPage, toPageReply } from './page-reply.ts';
import { route } from './route.ts';
import { withUpload } from './upload.ts';

export interface CaseRoutesDeps {
  readonly desk: CaseDesk;
  readonly imports: ClaimsImports;
  readonly creditors: CreditorsList;
  readonly documents: CaseDocuments;
  readonly settings: CaseSettingsDesk;
  readonly vault: Pick<FileVault, 'read'>;
  /** Bytes of the empty claims table. */
  readonly claimsTemplate: () => Promise<Buffer>;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The case desk over HTTP. */
export function registerCaseRoutes(app: FastifyInstance, deps: CaseRoutesDeps): void {
  registerDesk(app, deps);
  registerImports(app, deps);
  registerDocuments(app, deps);
  registerSettings(app, deps);
}

function registerSettings(app: FastifyInstance, { settings }: CaseRoutesDeps): void {
  route(app, caseSettingsRoutes.caseSettings, async ({ session, params }) =>
    settings.get(session, params.caseId),
  );
  route(app, caseSettingsRoutes.changeCaseSettings, async ({ session, params, body }) =>
    settings.change(session, { caseId: params.caseId, ...body }),
  );
}

function registerDesk(app: FastifyInstance, { desk, creditors }: CaseRoutesDeps): void {
  route(app, caseRoutes.listCases, async ({ session, query }) => {
    const page = toPage(query);
    return toPageReply(await desk.list(session, page), page);
  });
  route(app, caseRoutes.createCase, async ({ session, body }) => desk.create(session, body));
  route(app, caseRoutes.getCase, async ({ session, params }) => desk.get(session, params.caseId));
  route(app, caseRoutes.listMembers, async ({ session, params }) => desk.members(session, params.caseId));
  route(app, caseRoutes.addMember, async ({ session, params, body }) =>
    desk.addMember(session, { caseId: params.caseId, ...body }),
  );
  route(app, caseRoutes.listCreditors, async ({ session, params, query }) => {
    const page = toPage(query);
    const { search, nature, sort = 'number' } = query;
    const found = await creditors.list(session, { caseId: params.caseId, search, nature, sort, ...page });
    return { ...toPageReply(found, page), onlyInvestors: found.onlyInvestors };
  });
}

function registerImports(app: FastifyInstance, { imports, claimsTemplate }: CaseRoutesDeps): void {
  route(app, caseRoutes.claimsTemplate, async ({ reply }) =>
    sendFileReply(reply, {
      content: await claimsTemplate(),
      contentType: XLSX,
      fileName: '债权表模板.xlsx',
      disposition: 'attachment',
    }),
  );
  route(app, caseRoutes.uploadClaims, async ({ session, params: { caseId }, request }) => {
    await imports.requireMayUpload(session, caseId);
    const { uploadMaxBytes } = caseRoutes.uploadClaims;
    return withUpload(request, uploadMaxBytes, (file) => imports.upload(session, caseId, file));
  });
  route(app, caseRoutes.getImport, async ({ session, params }) => imports.get(session, params));
  route(app, caseRoutes.confirmImport, async ({ session, params, body }) =>
    imports.confirm(session, params, body.totals),
  );
}

function registerDocuments(app: FastifyInstance, { documents, vault }: CaseRoutesDeps): void {
  route(app, caseRoutes.listDocuments, async ({ session, params }) => ({
    rows: await documents.list(session, params.caseId),
  }));
  route(app, caseRoutes.uploadDocument, async ({ session, params: { caseId }, request }) => {
    await documents.requireMayUpload(session, caseId);
    const { uploadMaxBytes } = caseRoutes.uploadDocument;
    return withUpload(request, uploadMaxBytes, (file) => documents.upload(session, caseId, file));
  });
  route(app, caseRoutes.readDocument, async ({ session, params, reply }) => {
    const document = await documents.requireReadable(session, params.documentId);
    return sendFileReply(reply, {
      content: await vault.read(document.sha256, 'pdf'),
      contentType: 'application/pdf',
      fileName: `${document.title}.pdf`,
      disposition: 'inline',
      sizeBytes: document.sizeBytes,
      etag: document.sha256,
    });
  });
}
