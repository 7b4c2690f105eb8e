import { Link } from 'react-router';
import { useTranslation } from 'react-i18next';
import type { OwnEnteredBallot } from '../../../server/protocol/rest/entered-ballot-routes.ts';
import { Notice } from '../../components/Notice.tsx';
import { dateTime } from '../../format/time.ts';
import { usePreferences } from '../../state/preferences.ts';
import { useMeeting } from '../use-meeting.ts';

/** What staff entered for a unit: in which way it was voted, what does not count, and the way to object. */
export function EnteredNotes({ entries }: { readonly entries: readonly OwnEnteredBallot[] }) {
  return entries.map((entry) => <EnteredNote key={entry.entryId} entry={entry} />);
}

function EnteredNote({ entry }: { readonly entry: OwnEnteredBallot }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { base } = useMeeting();
  const channel = t(`channel.${entry.channel}`, { defaultValue: entry.channel });
  return (
    <Notice>
      <p>
        {entry.counts
          ? t('entered.counts', { time: dateTime(entry.recordedAt, language), channel })
          : t('entered.void', { channel, reason: entry.reason ?? '' })}
      </p>
      {entry.objection === null ? null : (
        <p>
          {t('entered.objected', {
            time: dateTime(entry.objection.at, language),
            text: entry.objection.text,
          })}
        </p>
      )}
      {entry.mayObject && (
        <p>
          <Link className="button" to={`${base}/entered/${entry.entryId}`}>
            {t('entered.object')}
          </Link>
          <span className="muted">{t('entered.until', { time: dateTime(entry.objectUntil, language) })}</span>
        </p>
      )}
    </Notice>
  );
}
