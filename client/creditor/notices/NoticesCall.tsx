import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../components/Button.tsx';
import { useMeeting } from '../use-meeting.ts';
import { isUnread, useOwnNotices } from './use-own-notices.ts';

/** The way to one's notices, where there are any; those that were not opened yet are called out. */
export function NoticesCall() {
  const { t } = useTranslation();
  const { base } = useMeeting();
  const rows = useOwnNotices().data?.rows ?? [];
  const path = `${base}/notices`;
  const unread = rows.filter(isUnread).length;
  if (rows.length === 0) return null;
  if (unread === 0) return <LinkButton to={path}>{t('notices.mine', { count: rows.length })}</LinkButton>;
  const call = t('notices.call', { count: unread });
  return (
    <section className="card stack" role="status" aria-label={call}>
      <p>
        <strong>{call}</strong>
      </p>
      <LinkButton to={path}>{t('notices.go')}</LinkButton>
    </section>
  );
}
