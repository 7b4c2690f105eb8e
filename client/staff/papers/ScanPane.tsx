import { enteredBallotRoutes, type ScanView } from '../../../server/protocol/rest/entered-ballot-routes.ts';
import { routeUrl } from '../../api/call.ts';
import { useWords } from '../parts/use-words.ts';

interface ScanPaneProps {
  readonly meetingId: string;
  readonly scan: ScanView;
}

/** The scan as it was uploaded, beside what is entered from it. A PDF opens in a window of its own. */
export function ScanPane({ meetingId, scan }: ScanPaneProps) {
  const { t } = useWords();
  const url = routeUrl(enteredBallotRoutes.readScan, { params: { meetingId, sha256: scan.sha256 } });
  const isPicture = scan.mediaType !== 'application/pdf';
  return (
    <figure className="scan-pane" aria-label={t('staff.papers.scan')}>
      {isPicture ? <img src={url} alt={t('staff.papers.scan')} /> : null}
      <figcaption>
        <a href={url} target="_blank" rel="noreferrer">
          {t(isPicture ? 'staff.papers.scanLarge' : 'staff.papers.scanOpen')}
        </a>
        <small className="muted hash">SHA-256 {scan.sha256}</small>
      </figcaption>
    </figure>
  );
}
