import { useTranslation } from 'react-i18next';
import { LinkButton } from '../components/Button.tsx';
import { dateTime } from '../format/time.ts';
import { serverNowMs } from '../state/clock.ts';
import { liveStateOf } from '../state/meeting-state.ts';
import { usePreferences } from '../state/preferences.ts';
import { useMeeting } from './use-meeting.ts';

/** A meeting that is over: since when, whether something is still voted on, and where its results are. */
export function MeetingEnded({ isInRoom = false }: { readonly isInRoom?: boolean }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { meeting, state, base } = useMeeting();
  const { votingClosesAt } = liveStateOf(meeting, state, serverNowMs());
  return (
    <section className="card" aria-label={t('room.closed')}>
      <h2>{t('room.closed')}</h2>
      {meeting.endedAt !== null && (
        <p>{t('meeting.endedAt', { time: dateTime(meeting.endedAt, language) })}</p>
      )}
      {votingClosesAt !== null && (
        <p>{t('meeting.votingGoesOn', { time: dateTime(votingClosesAt, language) })}</p>
      )}
      <p>{t(isInRoom ? 'meeting.whereFromRoom' : 'meeting.whereFromPage')}</p>
      {isInRoom && (
        <>
          <LinkButton to={`${base}/my-ballots`} look="primary">
            {t('meeting.results')}
          </LinkButton>
          <LinkButton to={base}>{t('meeting.title')}</LinkButton>
        </>
      )}
    </section>
  );
}
