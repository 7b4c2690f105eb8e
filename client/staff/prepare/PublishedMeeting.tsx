import { Button, Typography } from 'antd';
import { Link } from 'react-router';
import type { MeetingView } from '../../../server/protocol/rest/meeting-routes.ts';
import { DocumentList } from '../../components/DocumentList.tsx';
import { dateTime } from '../../format/time.ts';
import { EvidenceBundle } from '../review/EvidenceBundle.tsx';
import { RolledBack } from '../rollback/RolledBack.tsx';
import { useWords, wordOr } from '../parts/use-words.ts';

function PublishedResolution({ meeting, resolutionId }: { meeting: MeetingView; resolutionId: string }) {
  const { t } = useWords();
  const resolution = meeting.resolutions.find((candidate) => candidate.resolutionId === resolutionId);
  if (resolution === undefined) return null;
  return (
    <div className="resolution-text">
      <p className="muted">
        {wordOr(t, `staff.resolutionRule.${resolution.type}`, { code: resolution.ruleId })}
      </p>
      <p>{resolution.text}</p>
      <DocumentList documents={resolution.documents} />
    </div>
  );
}

const isVoting = ({ resolutions }: MeetingView): boolean =>
  resolutions.some(({ status }) => status === 'open' || status === 'interrupted');

/** A published meeting: its link for the creditors, its fixed agenda, the way to the desk. */
export function PublishedMeeting({ meeting }: { readonly meeting: MeetingView }) {
  const { t, language } = useWords();
  const isHalted = meeting.state === 'halted';
  const link = `${window.location.origin}/m/${meeting.linkCode}`;
  return (
    <>
      {isHalted ? <RolledBack meetingId={meeting.meetingId} /> : null}
      <div className="panel published-head">
        <div>
          <p>{t('staff.published.link')}</p>
          <Typography.Text copyable className="num">
            {link}
          </Typography.Text>
          <p className="muted">
            {t('staff.published.times', {
              startsAt: dateTime(meeting.startsAt, language),
              signInOpensAt: dateTime(meeting.signInOpensAt, language),
            })}
          </p>
        </div>
        {isHalted ? null : (
          <Link to={`/staff/meetings/${meeting.meetingId}/desk`}>
            <Button type="primary" size="large" tabIndex={-1}>
              {t('staff.meeting.enter')}
            </Button>
          </Link>
        )}
      </div>
      <section className="panel" aria-labelledby="agenda-heading">
        <h2 id="agenda-heading">{t('staff.prepare.agenda')}</h2>
        <ol className="agenda-read">
          {meeting.agenda.map((item) => (
            <li key={item.itemId}>
              <strong>{item.title}</strong>{' '}
              <small className="muted">{t(`staff.agendaKind.${item.kind}`)}</small>
              {item.documents.length === 0 ? null : <DocumentList documents={item.documents} />}
              {item.resolutionId === null ? null : (
                <PublishedResolution meeting={meeting} resolutionId={item.resolutionId} />
              )}
            </li>
          ))}
        </ol>
      </section>
      {meeting.phase === 'closed' || isHalted ? (
        <EvidenceBundle
          meetingId={meeting.meetingId}
          myRole={meeting.myRole}
          isReady={!isHalted && !isVoting(meeting)}
          isHalted={isHalted}
        />
      ) : null}
    </>
  );
}
