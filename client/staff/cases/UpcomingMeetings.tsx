import { Button } from 'antd';
import { Link } from 'react-router';
import { meetingRoutes, type MeetingListRow } from '../../../server/protocol/rest/meeting-routes.ts';
import { call } from '../../api/call.ts';
import { dateTime } from '../../format/time.ts';
import { useResource } from '../../state/use-resource.ts';
import { MeetingStateMark } from '../parts/MeetingStateMark.tsx';
import { useWords } from '../parts/use-words.ts';

/** More would push the cases out of sight; the rest stands with its case. */
const SHOWN_AT_MOST = 5;

function findOpenMeetings(rows: readonly MeetingListRow[]): readonly MeetingListRow[] {
  return rows
    .filter((row) => row.state !== 'closed' && row.state !== 'draft')
    .toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))
    .slice(0, SHOWN_AT_MOST);
}

/** The meetings of all own cases that are not over, nearest first, each one press from its room. */
export function UpcomingMeetings() {
  const { t, language } = useWords();
  const meetings = useResource('meetings/upcoming', () =>
    call(meetingRoutes.myMeetings, { query: { pageSize: 200 } }),
  );
  const rows = findOpenMeetings(meetings.data?.rows ?? []);
  if (rows.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="upcoming-meetings">
      <h2 id="upcoming-meetings">{t('staff.meeting.upcoming')}</h2>
      <ul className="row-list">
        {rows.map((row) => (
          <li key={row.meetingId}>
            <div>
              <strong>{row.title}</strong>
              <p className="muted">
                {row.caseNumber} {row.debtor} · {dateTime(row.startsAt, language)}
              </p>
            </div>
            <MeetingStateMark state={row.state} />
            <Link to={`/staff/meetings/${row.meetingId}/desk`}>
              <Button tabIndex={-1}>{t('staff.meeting.enter')}</Button>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
