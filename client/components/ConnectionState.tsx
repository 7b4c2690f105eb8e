import { useTranslation } from 'react-i18next';
import { deadline } from '../format/time.ts';
import { serverNowMs } from '../state/clock.ts';
import { useHelp } from '../state/help.ts';
import { usePreferences } from '../state/preferences.ts';
import { votesToCast } from '../state/rights.ts';
import { useRoom } from '../state/room.ts';
import { Notice } from './Notice.tsx';

/** The connection as a word and a shape, always visible in a meeting. */
export function ConnectionBadge() {
  const { t } = useTranslation();
  const connection = useRoom((store) => store.connection);
  return (
    <span className={`connection connection--${connection}`} role="status">
      <span className="connection__shape" aria-hidden="true" />
      {t(`connection.${connection}`)}
    </span>
  );
}

/** When the server is lost: the truth about voting where there is a vote to cast, the deadline, and whom to call. */
export function ConnectionNotice() {
  const { t } = useTranslation();
  const { connection, state, personal } = useRoom();
  const { phone } = useHelp();
  const { language } = usePreferences();
  if (connection !== 'lost') return null;
  const [vote] = votesToCast(state, personal);
  const closesAt = vote?.resolution.closesAt;
  return (
    <Notice kind="attention" role="alert">
      <p>{t(vote === undefined ? 'connection.stale' : 'connection.noVoting')}</p>
      {closesAt !== undefined && closesAt !== null && (
        <p>{t('connection.deadline', { time: deadline(closesAt, serverNowMs(), language) })}</p>
      )}
      {phone !== undefined && (
        <p>
          {t('connection.call')} <a href={`tel:${phone}`}>{phone}</a>
        </p>
      )}
    </Notice>
  );
}
