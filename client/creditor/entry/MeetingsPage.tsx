import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useTranslation } from 'react-i18next';
import { meetingRoutes, type MeetingListRow } from '../../../server/protocol/rest/meeting-routes.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../components/Button.tsx';
import { ErrorNotice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { dateTime } from '../../format/time.ts';
import { usePreferences } from '../../state/preferences.ts';
import { isStaff, signOut, signOutEverywhere, useSession } from '../../state/session.ts';
import { useResource } from '../../state/use-resource.ts';
import { MeetingStateTag } from './MeetingStateTag.tsx';
import './meetings.css';

const PAGE_SIZE = 50;

export function MeetingsPage() {
  const { t } = useTranslation();
  const me = useSession((store) => store.me);
  const [page, setPage] = useState(1);
  const list = useResource(`meetings.${page}`, () =>
    call(meetingRoutes.myMeetings, { query: { page, pageSize: PAGE_SIZE } }),
  );
  const pages = Math.ceil((list.data?.total ?? 0) / PAGE_SIZE);
  return (
    <Page title={t('meetings.title')}>
      {list.isLoading && <Skeleton heights={[7, 7]} />}
      {list.error !== undefined && <ErrorNotice error={list.error} retry={list.reload} />}
      {list.data?.rows.length === 0 && (
        <div className="card">
          <p>{t('meetings.empty')}</p>
          <p className="muted">{t('meetings.emptyHint')}</p>
          <Button onClick={list.reload}>{t('common.retry')}</Button>
        </div>
      )}
      <ul className="stack">
        {list.data?.rows.map((row) => (
          <MeetingRow key={row.meetingId} row={row} />
        ))}
      </ul>
      {pages > page && <Button onClick={() => setPage(page + 1)}>{t('meetings.next')}</Button>}
      {page > 1 && <Button onClick={() => setPage(page - 1)}>{t('meetings.previous')}</Button>}
      {me !== undefined && isStaff(me) && <Link to="/staff">{t('meetings.toStaff')}</Link>}
      <Account />
    </Page>
  );
}

function MeetingRow({ row }: { readonly row: MeetingListRow }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (
    <li className="card">
      <MeetingStateTag state={row.state} votingClosesAt={row.votingClosesAt} />
      <h2>
        <Link className="meeting-link" to={`/meetings/${row.meetingId}`}>
          {row.title}
        </Link>
      </h2>
      <p>
        {row.debtor}
        <br />
        {row.caseNumber}
      </p>
      <p className="muted">
        {dateTime(row.startsAt, language)} · {row.court}
        {row.isDemonstration && ` · ${t('common.demoShort')}`}
      </p>
    </li>
  );
}

function Account() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useSession((store) => store.me);
  const leave = (end: () => Promise<void>): void => {
    void end().then(() => navigate('/'));
  };
  return (
    <section className="card" aria-labelledby="account">
      <h2 id="account">{t('meetings.account')}</h2>
      <p>
        {me?.name} {me?.mobileMasked !== null && <span className="muted">{me?.mobileMasked}</span>}
      </p>
      <Button onClick={() => leave(signOut)}>{t('meetings.signOut')}</Button>
      <Button look="quiet" onClick={() => leave(signOutEverywhere)}>
        {t('meetings.signOutEverywhere')}
      </Button>
    </section>
  );
}
