import { Button, Empty, Segmented, Table, type TableColumnsType } from 'antd';
import { Link, useParams } from 'react-router';
import {
  enteredBallotRoutes,
  type EnteredBallotView,
} from '../../../server/protocol/rest/entered-ballot-routes.ts';
import { meetingRoutes, type MeetingView } from '../../../server/protocol/rest/meeting-routes.ts';
import { call } from '../../api/call.ts';
import { dateTime } from '../../format/time.ts';
import { useResource } from '../../state/use-resource.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { mayPrepare } from '../parts/permissions.ts';
import { useAddress } from '../parts/use-address.ts';
import { useWords } from '../parts/use-words.ts';
import { PaperState } from './PaperState.tsx';
import './papers.css';

const PAGE_SIZE = 50;
const LISTS = ['todo', 'done', 'objected'] as const;
type List = (typeof LISTS)[number];

function useColumns(): TableColumnsType<EnteredBallotView> {
  const { t, language } = useWords();
  return [
    {
      title: t('staff.papers.column.creditor'),
      className: 'wrap',
      render: (_, row) => (
        <>
          <Link to={row.entryId}>{row.creditorName}</Link>
          <br />
          <small className="muted num">{row.mobileMasked}</small>
        </>
      ),
    },
    { title: t('staff.papers.column.resolution'), className: 'wrap', dataIndex: 'resolutionTitle' },
    {
      title: t('staff.papers.column.received'),
      render: (_, row) => (
        <>
          {t(`channel.${row.channel}`)}
          <br />
          <small className="muted">{dateTime(row.statedReceivedAt, language)}</small>
        </>
      ),
    },
    {
      title: t('staff.papers.column.people'),
      render: (_, row) => (
        <>
          {row.enteredBy}
          <br />
          <small className="muted">{row.secondBy ?? t('staff.papers.noSecond')}</small>
        </>
      ),
    },
    {
      title: t('staff.papers.column.state'),
      className: 'wrap',
      render: (_, row) => <PaperState row={row} />,
    },
    {
      title: t('staff.papers.column.next'),
      render: (_, row) => <Link to={row.entryId}>{t(`staff.papers.next.${nextOf(row)}`)}</Link>,
    },
  ];
}

/** What the person who looks at the list would do with the row. */
function nextOf({ state, isOwnEntry }: EnteredBallotView): 'confirm' | 'correct' | 'look' {
  if ((state === 'waiting' || state === 'confirming') && !isOwnEntry) return 'confirm';
  return state === 'differs' ? 'correct' : 'look';
}

/** Ballots that staff enter: what waits for the second person, what is done, and what creditors object to. */
export function PapersPage() {
  const { meetingId = '' } = useParams();
  const meeting = useResource(`meeting/${meetingId}`, () =>
    call(meetingRoutes.getMeeting, { params: { meetingId } }),
  );
  return <Loaded resource={meeting}>{(view) => <Papers meeting={view} />}</Loaded>;
}

function Papers({ meeting }: { readonly meeting: MeetingView }) {
  const { t } = useWords();
  const { get, page, set } = useAddress();
  const { meetingId } = meeting;
  const list = LISTS.find((one) => one === get('list')) ?? 'todo';
  const query = { page, pageSize: PAGE_SIZE, state: list };
  const columns = useColumns();
  const papers = useResource(`papers/${meetingId}/${JSON.stringify(query)}`, () =>
    call(enteredBallotRoutes.enteredBallots, { params: { meetingId }, query }),
  );
  const enter = mayPrepare(meeting.myRole) ? (
    <Link to="new">
      <Button type="primary" tabIndex={-1}>
        {t('staff.papers.enter')}
      </Button>
    </Link>
  ) : null;
  return (
    <>
      <PageTitle title={t('staff.papers.title')} note={meeting.title} action={enter} />
      <div className="panel">
        <p className="muted">{t('staff.papers.rule')}</p>
        <div className="toolbar">
          <Segmented<List>
            value={list}
            options={LISTS.map((value) => ({ value, label: t(`staff.papers.list.${value}`) }))}
            onChange={(next) => set({ list: next })}
          />
          <span className="toolbar-end">
            <Button onClick={papers.reload}>{t('staff.papers.reload')}</Button>
          </span>
        </div>
        <Loaded resource={papers}>
          {({ rows, total }) => (
            <Table<EnteredBallotView>
              rowKey="entryId"
              size="small"
              columns={columns}
              dataSource={rows}
              scroll={{ x: 'max-content' }}
              locale={{ emptyText: <Empty description={t(`staff.papers.empty.${list}`)} /> }}
              pagination={{
                current: page,
                pageSize: PAGE_SIZE,
                total,
                showSizeChanger: false,
                hideOnSinglePage: true,
                onChange: (next) => set({ page: String(next) }),
              }}
            />
          )}
        </Loaded>
      </div>
    </>
  );
}
