import { Empty, Input, Select, Table, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import {
  meetingRoutes,
  type MeetingListRow,
  type MeetingState,
} from '../../../server/protocol/rest/meeting-routes.ts';
import { call } from '../../api/call.ts';
import { dateTime } from '../../format/time.ts';
import { useResource } from '../../state/use-resource.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { MeetingStateMark } from '../parts/MeetingStateMark.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { useAddress } from '../parts/use-address.ts';
import { useWords } from '../parts/use-words.ts';

const ROWS_LOADED = 200;
const ROWS_PER_PAGE = 50;

const STATES: readonly MeetingState[] = [
  'not-started',
  'signing-in',
  'in-progress',
  'voting',
  'verifying',
  'adjourned',
  'voting-after',
  'verifying-after',
  'closed',
  'halted',
];

interface Filter {
  readonly search: string;
  readonly state: string;
  readonly court: string;
}

function matches(row: MeetingListRow, { search, state, court }: Filter): boolean {
  const text = `${row.title} ${row.caseNumber} ${row.debtor} ${row.court}`;
  return (
    (search === '' || text.includes(search)) &&
    (state === '' || row.state === state) &&
    (court === '' || row.court === court)
  );
}

function useColumns(): TableColumnsType<MeetingListRow> {
  const { t, language } = useWords();
  return [
    {
      title: t('staff.review.meeting'),
      render: (_, row) => <Link to={`/staff/review/${row.meetingId}`}>{row.title}</Link>,
    },
    { title: t('staff.case.number'), dataIndex: 'caseNumber' },
    { title: t('staff.case.debtor'), dataIndex: 'debtor' },
    { title: t('staff.case.court'), dataIndex: 'court' },
    { title: t('staff.review.date'), className: 'num', render: (_, row) => dateTime(row.startsAt, language) },
    { title: t('staff.review.state'), render: (_, row) => <MeetingStateMark state={row.state} /> },
  ];
}

/** Meetings of the own province, read-only; the filter is in the address. */
export function ReviewPage() {
  const { t } = useWords();
  const { get, page, set } = useAddress();
  const filter = { search: get('search'), state: get('state'), court: get('court') };
  const meetings = useResource('review', () =>
    call(meetingRoutes.myMeetings, { query: { pageSize: ROWS_LOADED } }),
  );
  const rows = meetings.data?.rows ?? [];
  const courts = [...new Set(rows.map((row) => row.court))].sort();
  const shown = rows.filter((row) => matches(row, filter));
  return (
    <>
      <PageTitle title={t('staff.review.title')} note={t('staff.review.note')} />
      <section className="panel">
        <div className="toolbar">
          <Input.Search
            key={filter.search}
            className="filter-search"
            allowClear
            defaultValue={filter.search}
            aria-label={t('staff.review.search')}
            placeholder={t('staff.review.search')}
            onSearch={(search) => set({ search: search.trim() })}
          />
          <Select
            className="filter"
            allowClear
            aria-label={t('staff.review.state')}
            placeholder={t('staff.review.allStates')}
            value={filter.state === '' ? null : filter.state}
            options={STATES.map((value) => ({ value, label: t(`staff.meetingState.${value}`) }))}
            onChange={(state: string | null | undefined) => set({ state: state ?? undefined })}
          />
          <Select
            className="filter-wide"
            allowClear
            aria-label={t('staff.case.court')}
            placeholder={t('staff.review.allCourts')}
            value={filter.court === '' ? null : filter.court}
            options={courts.map((value) => ({ value, label: value }))}
            onChange={(court: string | null | undefined) => set({ court: court ?? undefined })}
          />
          <span className="toolbar-end">{t('staff.review.count', { count: shown.length })}</span>
        </div>
        {meetings.error === undefined ? null : (
          <ErrorNotice error={meetings.error} onRetry={meetings.reload} />
        )}
        <Table<MeetingListRow>
          rowKey="meetingId"
          size="middle"
          columns={useColumns()}
          dataSource={shown}
          loading={meetings.isLoading}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: <Empty description={t('staff.review.none')} /> }}
          pagination={{
            current: page,
            pageSize: ROWS_PER_PAGE,
            hideOnSinglePage: true,
            showSizeChanger: false,
            onChange: (next) => set({ page: String(next) }),
          }}
        />
      </section>
    </>
  );
}
