import { useEffect } from 'react';
import { useParams } from 'react-router';
import { useTranslation } from 'react-i18next';
import { meetingRoutes, type PublicMeetingView } from '../../../server/protocol/rest/meeting-routes.ts';
import { call } from '../../api/call.ts';
import { LinkButton } from '../../components/Button.tsx';
import { ErrorNotice, Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { dateTime } from '../../format/time.ts';
import { setHelp } from '../../state/help.ts';
import { usePreferences } from '../../state/preferences.ts';
import { loadSession, useSession } from '../../state/session.ts';
import { useResource } from '../../state/use-resource.ts';
import { MeetingStateTag } from './MeetingStateTag.tsx';

/** What the link in the notice opens: no session, no personal data, one button to this very meeting. */
export function LinkPage() {
  const { t } = useTranslation();
  const { linkCode = '' } = useParams();
  const meeting = useResource(linkCode, () => call(meetingRoutes.publicMeeting, { params: { linkCode } }));
  useEffect(() => {
    if (meeting.data !== undefined) setHelp(meeting.data.helpPhone, meeting.data.isDemonstration);
  }, [meeting.data]);
  if (meeting.data !== undefined) return <LinkView meeting={meeting.data} />;
  return (
    <Page title={t('link.title')} back={{ to: '/', label: t('common.toStart') }}>
      {meeting.error === undefined ? (
        <Skeleton heights={[2, 8, 5]} />
      ) : (
        <ErrorNotice error={meeting.error} retry={meeting.reload} />
      )}
    </Page>
  );
}

function LinkView({ meeting }: { readonly meeting: PublicMeetingView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const status = useSession((store) => store.status);
  useEffect(() => {
    void loadSession();
  }, []);
  const target = `/meetings/${meeting.meetingId}`;
  const to = status === 'full' ? target : `/sign-in?next=${encodeURIComponent(target)}`;
  return (
    <Page
      title={meeting.title}
      action={
        <LinkButton to={to} look="primary">
          {t(meeting.state === 'closed' ? 'link.results' : 'link.enter')}
        </LinkButton>
      }
    >
      <section className="card">
        <MeetingStateTag state={meeting.state} votingClosesAt={meeting.votingClosesAt} />
        <dl className="facts">
          <dt>{t('link.court')}</dt>
          <dd>{meeting.court}</dd>
          <dt>{t('link.debtor')}</dt>
          <dd>{meeting.debtor}</dd>
          <dt>{t('link.caseNumber')}</dt>
          <dd>{meeting.caseNumber}</dd>
          <dt>{t('link.time')}</dt>
          <dd>{dateTime(meeting.startsAt, language)}</dd>
        </dl>
      </section>
      <Notice>
        <h2>{t('link.genuineTitle')}</h2>
        <p>{t('link.genuine')}</p>
        <p>
          {t('link.verify')} <a href="tel:12368">12368</a>、{t('link.administrator')}{' '}
          <a href={`tel:${meeting.helpPhone}`}>{meeting.helpPhone}</a>
        </p>
      </Notice>
    </Page>
  );
}
