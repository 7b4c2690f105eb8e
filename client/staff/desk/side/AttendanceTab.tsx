import { Empty, Input, Pagination, Segmented } from 'antd';
import { useState } from 'react';
import { meetingRoutes, type RosterRow } from '../../../../server/protocol/rest/meeting-routes.ts';
import { Amount } from '../../../components/Amount.tsx';
import { call } from '../../../api/call.ts';
import { clockTime } from '../../../format/time.ts';
import { useRoom } from '../../../state/room.ts';
import { useResource } from '../../../state/use-resource.ts';
import { ErrorNotice } from '../../parts/ErrorNotice.tsx';
import { useSteady } from '../use-steady.ts';
import { useReload, useThrottled } from '../use-throttled.ts';
import { useWords } from '../../parts/use-words.ts';

const ROWS_PER_PAGE = 50;
/** Sign-ins come in bursts before the beginning; the list need not follow each of them. */
const RELOAD_AT_MOST_EVERY_MS = 3_000;

const FILTERS = ['all', 'signed-in', 'absent'] as const;
type Filter = (typeof FILTERS)[number];

function Row({ row }: { readonly row: RosterRow }) {
  const { t } = useWords();
  const state =
    row.signedInAt === null
      ? `○ ${t('staff.attendance.absent')}`
      : `✓ ${t('staff.attendance.signedInAt', { time: clockTime(row.signedInAt) })}`;
  return (
    <li>
      <span className="side-text">
        {row.name}
        <small className="muted">
          {row.natures.map((nature) => t(`nature.${nature}`, { defaultValue: nature })).join('、')}
        </small>
        <small className="muted">
          <Amount fen={row.amountFen} />
        </small>
        <small className="muted">
          {row.mobileMasked}
          {row.isOnline ? ` · ${t('staff.attendance.online')}` : ''}
        </small>
      </span>
      <span className="side-state">{state}</span>
    </li>
  );
}

/** The roster: due and signed in, searched and filtered by the server. */
export function AttendanceTab({ meetingId }: { readonly meetingId: string }) {
  const { t } = useWords();
  const [filter, setFilter] = useState<Filter>('all');
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(1);
  const attendance = useRoom((store) => store.state.attendance);
  const turn = useThrottled(
    `${attendance?.signedInUnits ?? 0}/${attendance?.online ?? 0}`,
    RELOAD_AT_MOST_EVERY_MS,
  );
  const query = { state: filter, page, pageSize: ROWS_PER_PAGE, ...(search === '' ? {} : { search }) };
  const loaded = useResource(`roster/${meetingId}/${JSON.stringify(query)}`, () =>
    call(meetingRoutes.roster, { params: { meetingId }, query }),
  );
  useReload(turn, loaded.reload);
  const { shown, hold } = useSteady(loaded.data?.rows ?? []);
  return (
    <div className="attendance">
      <Segmented<Filter>
        block
        size="small"
        value={filter}
        options={FILTERS.map((value) => ({ value, label: t(`staff.attendance.filter.${value}`) }))}
        onChange={(next) => {
          setFilter(next);
          setPage(1);
        }}
      />
      <Input.Search
        size="small"
        allowClear
        aria-label={t('staff.attendance.search')}
        placeholder={t('staff.attendance.search')}
        onSearch={(text) => {
          setSearch(text.trim());
          setPage(1);
        }}
      />
      {loaded.error === undefined ? null : <ErrorNotice error={loaded.error} onRetry={loaded.reload} />}
      {loaded.data !== undefined && shown.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('staff.attendance.noMatch')} />
      ) : (
        <ul className="side-list is-roster" {...hold}>
          {shown.map((row) => (
            <Row key={row.unitId} row={row} />
          ))}
        </ul>
      )}
      <Pagination
        simple
        size="small"
        hideOnSinglePage
        current={page}
        pageSize={ROWS_PER_PAGE}
        total={loaded.data?.total ?? 0}
        showSizeChanger={false}
        onChange={setPage}
      />
    </div>
  );
}
