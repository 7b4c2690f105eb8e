import { caseRoutes } from '../../../../server/protocol/rest/case-routes.ts';
import type { ProxyRow } from '../../../../server/protocol/rest/proxy-routes.ts';
import { routeUrl } from '../../../api/call.ts';

/** The document by its title, opened beside the page. */
export function DocumentLink({ row: { document } }: { readonly row: ProxyRow }) {
  if (document === null) return null;
  const { documentId, title } = document;
  return (
    <a href={routeUrl(caseRoutes.readDocument, { params: { documentId } })} target="_blank" rel="noreferrer">
      {title}
    </a>
  );
}
