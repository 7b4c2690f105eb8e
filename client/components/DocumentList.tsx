import { useTranslation } from 'react-i18next';
import type { DocumentView } from '../../server/protocol/room-slices.ts';
import { caseRoutes } from '../../server/protocol/rest/case-routes.ts';
import { routeUrl } from '../api/call.ts';
import { Icon } from './Icon.tsx';

const BYTES_PER_KB = 1024;
const BYTES_PER_MB = BYTES_PER_KB * BYTES_PER_KB;

function size(sizeBytes: number): string {
  return sizeBytes >= BYTES_PER_MB
    ? `${(sizeBytes / BYTES_PER_MB).toFixed(1)} MB`
    : `${Math.max(1, Math.round(sizeBytes / BYTES_PER_KB))} kB`;
}

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
                  ? size(document.sizeBytes)
                  : t('common.pagesAndSize', { pages: document.pages, size: size(document.sizeBytes) })}
              </span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
