import { useEffect } from 'react';
import { Link, Navigate } from 'react-router';
import { useTranslation } from 'react-i18next';
import { errorText, type ClientErrorCode } from '../../../api/app-error.ts';
import { Button, LinkButton } from '../../../components/Button.tsx';
import { ConnectionBadge, ConnectionNotice } from '../../../components/ConnectionState.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { Page } from '../../../components/Page.tsx';
import { sendAgain } from '../../../state/ballots.ts';
import { ListeningLine } from '../../room/ListeningLine.tsx';
import { matterOf } from '../../../format/matter.ts';
import { useMeeting } from '../../use-meeting.ts';
import { useBulk, type Bulk, type BulkRow } from './use-bulk.ts';
import '../ballot.css';
import './bulk.css';

/** Sending the same bytes again cannot change these. */
const FINAL: ReadonlySet<ClientErrorCode> = new Set([
  'BALLOT_TOO_LATE',
  'ALREADY_CAST',
  'IDEMPOTENCY_CONFLICT',
]);

/** 已送达 27/28: the receipts, and by name what has not arrived. */
export function BulkSentPage() {
  const bulk = useBulk();
  const { base } = useMeeting();
  if (bulk === undefined) return <Navigate to={`${base}/my-ballots`} replace />;
  const sent = bulk.rows.filter(isSent);
  if (sent.length === 0) return <Navigate to={bulk.path} replace />;
  return <Sent bulk={bulk} sent={sent} />;
}

function isSent({ receipt, progress }: BulkRow): boolean {
  return receipt !== undefined || progress?.kind === 'sending' || progress?.kind === 'refused';
}

function Sent({ bulk, sent }: { readonly bulk: Bulk; readonly sent: readonly BulkRow[] }) {
  const { t } = useTranslation();
  const { base, meeting } = useMeeting();
  const delivered = sent.filter(({ receipt }) => receipt !== undefined);
  const missing = sent.filter(({ receipt }) => receipt === undefined);
  const isOver = meeting.phase === 'closed';
  useLeaveWarning(missing.some(({ progress }) => progress?.kind === 'sending'));
  return (
    <Page
      title={t('bulk.sentTitle')}
      aside={<ConnectionBadge />}
      action={
        <LinkButton to={isOver ? base : `${base}/room`} look="primary">
          {t(isOver ? 'vote.toMeeting' : 'vote.backToRoom')}
        </LinkButton>
      }
    >
      <ListeningLine />
      <ConnectionNotice />
      <p className="receipt__word" role="status">
        {t('bulk.delivered', { count: delivered.length, total: sent.length })}
      </p>
      <p>{matterOf(bulk.resolution, t)}</p>
      {missing.length > 0 && (
        <Notice kind="attention" role="alert" label={t('bulk.missing')}>
          <h2>{t('bulk.missing')}</h2>
          <ul className="stack">
            {missing.map((row) => (
              <MissingRow key={row.key} row={row} />
            ))}
          </ul>
          {missing.some(({ progress }) => progress?.kind === 'refused') && (
            <Link to={`${base}/my-ballots`}>{t('bulk.proofs')}</Link>
          )}
        </Notice>
      )}
      <ul className="bulk-names" aria-label={t('bulk.receipts')}>
        {delivered.map(({ key, right, receipt }) => (
          <li key={key}>
            <span>{right.creditorName}</span>
            {receipt === undefined ? null : (
              <Link to={`${base}/vote/${receipt.resolutionId}/${right.unitId}/receipt`}>
                {t('bulk.cast', { choice: t(`choice.${receipt.choice}`), seq: receipt.seq })}
              </Link>
            )}
          </li>
        ))}
      </ul>
      <Link to={bulk.path}>{t('bulk.back')}</Link>
    </Page>
  );
}

function MissingRow({ row: { right, key, progress } }: { readonly row: BulkRow }) {
  const { t } = useTranslation();
  if (progress?.kind !== 'sending' && progress?.kind !== 'refused') return null;
  const isRefused = progress.kind === 'refused';
  return (
    <li>
      <p>
        <strong>{right.creditorName}</strong>：{t(`choice.${progress.choice}`)}
      </p>
      <p className="small">{isRefused ? errorText(progress.error, t) : t('vote.unsentStay')}</p>
      {isRefused && FINAL.has(progress.error.code) ? null : (
        <Button onClick={() => sendAgain(key)}>{t('bulk.sendAgain')}</Button>
      )}
    </li>
  );
}

/** The browser asks before this page is closed with ballots that have not arrived. */
function useLeaveWarning(isWaiting: boolean): void {
  useEffect(() => {
    if (!isWaiting) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isWaiting]);
}
