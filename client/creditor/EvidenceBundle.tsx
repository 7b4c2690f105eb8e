import { useTranslation } from 'react-i18next';
import { recordBundleRoutes } from '../../server/protocol/rest/record-bundle-routes.ts';
import { routeUrl } from '../api/call.ts';
import { resolutionsOf } from '../state/rights.ts';
import { useMeeting } from './use-meeting.ts';

/** After the meeting everybody may check the whole record, and need not trust us for it. */
export function EvidenceBundle() {
  const { t } = useTranslation();
  const { meeting, state } = useMeeting();
  const isVoting = resolutionsOf(state).some(({ status }) => status === 'open' || status === 'interrupted');
  if (isVoting) return null;
  const params = { meetingId: meeting.meetingId };
  return (
    <section className="card" aria-labelledby="bundle">
      <h2 id="bundle">{t('meeting.bundle')}</h2>
      <p className="muted">{t('meeting.bundleWhat')}</p>
      <ul>
        <li>
          <a href={routeUrl(recordBundleRoutes.bundle, { params, query: { version: 'public' } })} download>
            {t('meeting.bundleDownload')}
          </a>
        </li>
        <li>
          <a href="/verifier.html" target="_blank" rel="noreferrer">
            {t('meeting.bundleVerifier')}
          </a>
        </li>
      </ul>
    </section>
  );
}
