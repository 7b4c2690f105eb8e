import { useParams } from 'react-router';
import { useTranslation } from 'react-i18next';
import { noticeRoutes, type OwnNotice } from '../../../server/protocol/rest/notice-routes.ts';
import { call } from '../../api/call.ts';
import { ConnectionBadge, ConnectionNotice } from '../../components/ConnectionState.tsx';
import { ErrorNotice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { calendarDate, chinaDay } from '../../format/time.ts';
import { serverNowMs } from '../../state/clock.ts';
import { usePreferences } from '../../state/preferences.ts';
import { useResource } from '../../state/use-resource.ts';
import { Calls } from '../Calls.tsx';
import { ListeningLine } from '../room/ListeningLine.tsx';
import { useMeeting } from '../use-meeting.ts';
import './notices.css';

/** One notice. That it is opened is its delivery: the server records it, once, before it answers. */
export function NoticePage() {
  const { t } = useTranslation();
  const { noticeId = '' } = useParams();
  const { meeting, base } = useMeeting();
  const { meetingId } = meeting;
  const opened = useResource(`notice/${meetingId}/${noticeId}`, () =>
    call(noticeRoutes.readNotice, { params: { meetingId, noticeId } }),
  );
  const { data, error, isLoading, reload } = opened;
  return (
    <Page
      title={data?.title ?? t('notices.title')}
      back={{ to: `${base}/notices`, label: t('notices.title') }}
      aside={<ConnectionBadge />}
    >
      <ListeningLine />
      <ConnectionNotice />
      <Calls />
      {isLoading && <Skeleton heights={[9, 14]} />}
      {error !== undefined && <ErrorNotice error={error} retry={reload} />}
      {data !== undefined && <OpenedNotice notice={data} />}
    </Page>
  );
}

function OpenedNotice({ notice }: { readonly notice: OwnNotice }) {
  const { t } = useTranslation();
  const { deliveries, text } = notice;
  // Principals of one person may have received it on different days.
  const ends = [...new Set(deliveries.flatMap(({ revocationEndsOn }) => revocationEndsOn ?? []))].sort();
  return (
    <>
      {ends.map((endsOn) => (
        <OwnDeadline
          key={endsOn}
          endsOn={endsOn}
          deliveries={deliveries.filter(({ revocationEndsOn }) => revocationEndsOn === endsOn)}
        />
      ))}
      {ends.length === 0 && (
        <section className="card">
          <Received deliveries={deliveries} />
        </section>
      )}
      {notice.followUp.length > 0 && <WhatFollows notice={notice} />}
      <section className="card" aria-labelledby="notice-text">
        <h2 id="notice-text">{t('notices.text')}</h2>
        <p className="notice-text">{text}</p>
      </section>
    </>
  );
}

type Deliveries = OwnNotice['deliveries'];

/** Until when these creditors may ask for revocation (司法解释三 art. 12), and that nobody has to do anything. */
function OwnDeadline({ endsOn, deliveries }: { readonly endsOn: string; readonly deliveries: Deliveries }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { court } = useMeeting().meeting;
  const isOver = endsOn < chinaDay(serverNowMs());
  const headingId = `deadline-${endsOn}`;
  return (
    <section className="card" aria-labelledby={headingId}>
      <h2 id={headingId}>{t('notices.deadlineTitle')}</h2>
      <p>{t(isOver ? 'notices.over' : 'notices.deadline')}</p>
      <p className="notice-deadline">{calendarDate(endsOn, language)}</p>
      {!isOver && <p>{t('notices.ask', { court })}</p>}
      {!isOver && <p>{t('notices.nothing')}</p>}
      <p>{t('notices.help')}</p>
      <Received deliveries={deliveries} />
      <p className="muted">{t('notices.law')}</p>
    </section>
  );
}

/** Of what did not pass there is nothing to revoke: what the law makes of it, and the remedy against that (art. 66). */
function WhatFollows({ notice }: { readonly notice: OwnNotice }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { followUp, reconsideration } = notice;
  return (
    <section className="card" aria-labelledby="notice-follows">
      <h2 id="notice-follows">{t('notices.followsTitle')}</h2>
      {followUp.map((code) => (
        <p key={code}>{t(`followUp.${code}`, { defaultValue: code })}</p>
      ))}
      {reconsideration !== null && (
        <>
          <p>{t('notices.reconsider', { date: calendarDate(reconsideration.ruledOn, language) })}</p>
          <p className="notice-deadline">{calendarDate(reconsideration.endsOn, language)}</p>
          <p className="muted">{t('notices.reconsiderLaw')}</p>
        </>
      )}
      <p>{t('notices.help')}</p>
    </section>
  );
}

function Received({ deliveries }: { readonly deliveries: Deliveries }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (
    <ul>
      {deliveries.map(({ creditorName, deliveredOn, proof }) =>
        deliveredOn === null || proof === null ? null : (
          <li key={creditorName} className="small">
            {t('notices.received', {
              name: creditorName,
              date: calendarDate(deliveredOn, language),
              proof: t(`notices.proof.${proof}`),
            })}
          </li>
        ),
      )}
    </ul>
  );
}
