import { DownloadOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { recordBundleRoutes } from '../../../server/protocol/rest/record-bundle-routes.ts';
import { routeUrl } from '../../api/call.ts';
import { useWords } from '../parts/use-words.ts';

/** Who is given the private values with it, as the server decides. */
const COURT_ROLES: ReadonlySet<string> = new Set(['judge', 'administrator-lead']);

interface EvidenceBundleProps {
  readonly meetingId: string;
  readonly myRole: string;
  /** The meeting is over and no vote is open: before that the bundle would tell how others have voted. */
  readonly isReady: boolean;
  /** Its record was rolled back: what was found goes to the court as it is. */
  readonly isHalted?: boolean;
}

/** The evidence bundle (存证包), and the page that checks it without this server. */
export function EvidenceBundle({ meetingId, myRole, isReady, isHalted = false }: EvidenceBundleProps) {
  const { t } = useWords();
  const versions = (['public', 'court'] as const).filter((version) =>
    version === 'public' ? isReady : COURT_ROLES.has(myRole),
  );
  return (
    <section className="panel" aria-labelledby="record-bundle">
      <h2 id="record-bundle">{t('staff.record.bundle.title')}</h2>
      <p>{t('staff.record.bundle.what')}</p>
      {isReady || (isHalted && versions.length > 0) ? (
        <p className="minutes-links">
          {versions.map((version) => (
            <Button
              key={version}
              icon={<DownloadOutlined aria-hidden="true" />}
              href={routeUrl(recordBundleRoutes.bundle, { params: { meetingId }, query: { version } })}
              download
            >
              {t(`staff.record.bundle.${version}`)}
            </Button>
          ))}
          <Button
            icon={<SafetyCertificateOutlined aria-hidden="true" />}
            href="/verifier.html"
            target="_blank"
            rel="noreferrer"
          >
            {t('staff.record.bundle.verifier')}
          </Button>
        </p>
      ) : (
        <p className="muted">{t('staff.record.bundle.notYet')}</p>
      )}
      <p className="muted">{t('staff.record.bundle.policy')}</p>
    </section>
  );
}
