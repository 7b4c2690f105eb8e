import { useParams } from 'react-router';
import { useTranslation } from 'react-i18next';
import { ConnectionBadge, ConnectionNotice } from '../components/ConnectionState.tsx';
import { Page } from '../components/Page.tsx';
import { resultWords } from '../components/verdict/result-words.ts';
import { VerdictCard } from '../components/verdict/VerdictCard.tsx';
import { VerdictHistory } from '../components/verdict/VerdictHistory.tsx';
import { dateTime } from '../format/time.ts';
import { usePreferences } from '../state/preferences.ts';
import { findResolution } from '../state/rights.ts';
import { VerificationResult } from './claims/VerificationResult.tsx';
import { Calls } from './Calls.tsx';
import { ListeningLine } from './room/ListeningLine.tsx';
import { useMeeting } from './use-meeting.ts';

export function VerdictPage() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { resolutionId = '' } = useParams();
  const { state, meeting, base } = useMeeting();
  const resolution = findResolution(state, resolutionId);
  const isOver = meeting.phase === 'closed';
  return (
    <Page
      title={resolution?.title ?? t('verdict.title')}
      back={isOver ? { to: base, label: t('meeting.title') } : { to: `${base}/room`, label: t('room.title') }}
      aside={<ConnectionBadge />}
    >
      <ConnectionNotice />
      <ListeningLine />
      <Calls />
      <section className="card">
        {resolution?.verdict ? (
          <>
            <VerdictCard title={resolution.title} verdict={resolution.verdict} rulings={resolution.rulings} />
            {resolution.type === 'R01' && <VerificationResult claimsAt={`${base}/claims`} />}
            <p className="muted">
              {t('verdict.announcedAt', { time: dateTime(resolution.verdict.announcedAt, language) })}
            </p>
          </>
        ) : (
          <p>{t(`${resolution ? resultWords(resolution) : 'verdict'}.notYet`)}</p>
        )}
        {resolution && <VerdictHistory resolution={resolution} />}
      </section>
    </Page>
  );
}
