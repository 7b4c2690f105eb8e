import { useTranslation } from 'react-i18next';
import type { DocumentView } from '../../server/protocol/room-slices.ts';
import { caseRoutes } from '../../server/protocol/rest/case-routes.ts';
import { routeUrl } from '../api/call.ts';
import { fileSize } from '../format/size.ts';
import { Icon } from './Icon.tsx';

export function DocumentList({ documents }: { readonly documents: readonly DocumentView[] }) {
  const { t } = useTranslation();
  if (documents.length === 0) return <p className="muted">{t('common.noDocuments')}</p>;
  return (
    <ul className="doc-list">
      {documents.map((document) => (
        <li key={document.documentId}>
          <a
            href={routeUrl(caseRoutes.readDocument, { params: { documentId: document.documentId } })}
            target="_blank"
            rel="noopener"
          >
            <Icon name="document" />
            <span>
              {document.title}
              <span className="muted">
                {' '}
                {document.pages === null
                  ? fileSize(document.sizeBytes)
                  : t('common.pagesAndSize', { pages: document.pages, size: fileSize(document.sizeBytes) })}
              </span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
