import { Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { MeetingListRow } from '../../../../server/protocol/rest/meeting-routes.ts';
import {
  noticeRoutes,
  type NoticeOffer,
  type NoticesView,
  type NoticeView,
} from '../../../../server/protocol/rest/notice-routes.ts';
import { call } from '../../../api/call.ts';
import { dateTime } from '../../../format/time.ts';
import { useResource } from '../../../state/use-resource.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { useWords } from '../../parts/use-words.ts';
import { DraftedNotice } from './DraftedNotice.tsx';
import { deliveriesAt } from './notices-path.ts';
import { NotReaching } from './NotReaching.tsx';
import { OfferedNotices } from './OfferedNotices.tsx';
import { useReloadWhile } from './use-reload-while.ts';
import { Waited } from './Waited.tsx';

interface MeetingNoticesProps {
  readonly meeting: MeetingListRow;
  /** Which channels reach people is the same everywhere: told once. */
  readonly isFirst: boolean;
}

/** Notices of one meeting: what can be issued, what was, and how far it got. */
export function MeetingNotices({ meeting, isFirst }: MeetingNoticesProps) {
  const { language } = useWords();
  const { meetingId, title, startsAt } = meeting;
  const list = useResource(`notices/${meetingId}`, () =>
    call(noticeRoutes.notices, { params: { meetingId } }),
  );
  const [drafted, setDrafted] = useState<NoticeOffer | undefined>(undefined);
  useReloadWhile(list.data?.notices.some(({ queued }) => queued > 0) ?? false, list.reload);
  return (
    <section className="notices-meeting" aria-label={title}>
      <h2>
        {title} <small className="muted">{dateTime(startsAt, language)}</small>
      </h2>
      <Loaded resource={list}>
        {(view) => (
          <>
            {isFirst ? <NotReaching reaches={view.reaches} /> : null}
            <OfferedNotices view={view} onDraft={setDrafted} />
            <IssuedNotices meetingId={meetingId} view={view} />
            {drafted === undefined ? null : (
              <DraftedNotice
                meetingId={meetingId}
                offer={drafted}
                reaches={view.reaches}
                onDone={() => {
                  setDrafted(undefined);
                  list.reload();
                }}
              />
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}

function IssuedNotices({ meetingId, view }: { readonly meetingId: string; readonly view: NoticesView }) {
  const { t } = useWords();
  const columns = useColumns(meetingId, view.today);
  if (view.notices.length === 0) return <p className="muted">{t('staff.notices.none')}</p>;
  return (
    <Table<NoticeView>
      className="issued-notices"
      rowKey="noticeId"
      size="small"
      columns={columns}
      dataSource={view.notices}
      pagination={false}
      scroll={{ x: 'max-content' }}
    />
  );
}

const unproved = ({ recipients, delivered }: NoticeView): number => recipients - delivered;

function useColumns(meetingId: string, today: string): TableColumnsType<NoticeView> {
  const { t, language } = useWords();
  /** On a phone a row is a card, and the heading of a column stands in it before its value. */
  const column = (
    name: 'recipients' | 'delivered' | 'unproved' | 'waiting' | 'sending' | 'next',
    render: (row: NoticeView) => React.ReactNode,
    isFigure = false,
  ): TableColumnsType<NoticeView>[number] => {
    const title = t(`staff.notices.column.${name}`);
    return {
      title,
      className: 'num',
      ...(isFigure && { align: 'right' as const }),
      render: (_, row) => (
        <>
          <span className="cell-label">{title}</span>
          <span>{render(row)}</span>
        </>
      ),
    };
  };
  return [
    {
      title: t('staff.notices.column.notice'),
      className: 'notice-title',
      render: (_, row) => (
        <>
          {row.title}
          <div className="muted num">
            {t('staff.notices.issuedAt', { time: dateTime(row.issuedAt, language), seq: row.seq })}
          </div>
        </>
      ),
    },
    column('recipients', ({ recipients }) => recipients, true),
    column('delivered', ({ delivered }) => delivered, true),
    column('unproved', (row) => <strong>{unproved(row)}</strong>, true),
    column('waiting', (row) => <Waiting row={row} today={today} />),
    column('sending', (row) => <Sending row={row} />),
    column('next', ({ noticeId }) => (
      <Link to={deliveriesAt(meetingId, noticeId)}>{t('staff.notices.deliveries')}</Link>
    )),
  ];
}

/** Of those who still lack proof; who has it needs no sending. */
function Sending({ row }: { readonly row: NoticeView }) {
  const { t } = useWords();
  const { sent, queued, failed } = row;
  if (unproved(row) === 0) return '—';
  return (
    <>
      {t('staff.notices.sending', { sent, queued })}
      {failed === 0 ? null : (
        <div>
          <Mark shape="blocks" word={t('staff.notices.failed', { failed })} />
        </div>
      )}
    </>
  );
}

function Waiting({ row, today }: { readonly row: NoticeView; readonly today: string }) {
  const { t } = useWords();
  if (unproved(row) === 0) return <Mark shape="done" word={t('staff.notices.allProved')} />;
  return <Waited issuedAt={row.issuedAt} today={today} />;
}
