import { useTranslation } from 'react-i18next';
import type { OwnNotice } from '../../../server/protocol/rest/notice-routes.ts';
import { LinkButton } from '../../components/Button.tsx';
import { ConnectionBadge, ConnectionNotice } from '../../components/ConnectionState.tsx';
import { ErrorNotice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { calendarDate, dateTime } from '../../format/time.ts';
import { usePreferences } from '../../state/preferences.ts';
import { Calls } from '../Calls.tsx';
import { ListeningLine } from '../room/ListeningLine.tsx';
import { useMeeting } from '../use-meeting.ts';
import { isUnread, useOwnNotices } from './use-own-notices.ts';
import './notices.css';

/** 我的通知: what was sent to one's creditors, and until when each result can be taken to the court. */
export function NoticesPage() {
  const { t } = useTranslation();
  const { base } = useMeeting();
  const own = useOwnNotices();
  const rows = own.data?.rows ?? [];
  return (
    <Page
      title={t('notices.title')}
      back={{ to: base, label: t('meeting.title') }}
      aside={<ConnectionBadge />}
    >
      <ListeningLine />
      <ConnectionNotice />
      <Calls />
      {own.isLoading && <Skeleton heights={[8, 8]} />}
      {own.error !== undefined && <ErrorNotice error={own.error} retry={own.reload} />}
      {!own.isLoading && own.error === undefined && rows.length === 0 && (
        <div className="card">
          <p>{t('notices.empty')}</p>
          <LinkButton to={base}>{t('meeting.title')}</LinkButton>
        </div>
      )}
      <ul className="stack">
        {rows.map((notice) => (
          <NoticeCard key={notice.noticeId} notice={notice} />
        ))}
      </ul>
    </Page>
  );
}

function NoticeCard({ notice }: { readonly notice: OwnNotice }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { base } = useMeeting();
  const { noticeId, kind, title, issuedAt, deliveries, isRevocable, reconsideration } = notice;
  const unread = isUnread(notice);
  const days = new Set(deliveries.flatMap(({ deliveredOn }) => deliveredOn ?? []));
  const ends = new Set(deliveries.flatMap(({ revocationEndsOn }) => revocationEndsOn ?? []));
  return (
    <li className="card" aria-label={title}>
      <p className="notice-card__state">
        <span className={unread ? 'tag tag--strong' : 'tag'}>
          <span aria-hidden="true">{unread ? '○ ' : '✓ '}</span>
          {unread
            ? t('notices.unread')
            : [...days]
                .map((day) => t('notices.deliveredOn', { date: calendarDate(day, language) }))
                .join(t('common.listComma'))}
        </span>
        <span className="muted">{t(`notices.kind.${kind}`)}</span>
      </p>
      <h2>{title}</h2>
      <p className="muted">{t('notices.issuedAt', { time: dateTime(issuedAt, language) })}</p>
      {[...ends].map((day) => (
        <p key={day} className="notice-card__until">
          {t('notices.until', { date: calendarDate(day, language) })}
        </p>
      ))}
      {reconsideration !== null && (
        <p className="notice-card__until">
          {t('notices.reconsiderUntil', { date: calendarDate(reconsideration.endsOn, language) })}
        </p>
      )}
      {unread && <p>{t(isRevocable ? 'notices.opening' : 'notices.openingPlain')}</p>}
      <LinkButton to={`${base}/notices/${noticeId}`}>{t('notices.open')}</LinkButton>
    </li>
  );
}
