import { Segmented, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { meetingRoutes, type RosterRow } from '../../../../../server/protocol/rest/meeting-routes.ts';
import type { LiveGroupView } from '../../../../../server/protocol/vote/slices.ts';
import { call } from '../../../../api/call.ts';
import { useRoom } from '../../../../state/room.ts';
import { useResource } from '../../../../state/use-resource.ts';
import { ErrorNotice } from '../../../parts/ErrorNotice.tsx';
import { useSteady } from '../../use-steady.ts';
import { useReload, useThrottled } from '../../use-throttled.ts';
import { useWords } from '../../../parts/use-words.ts';
import { YuanCell } from '../../../parts/YuanCell.tsx';
import { Telephone } from './Telephone.tsx';

const ROWS_PER_PAGE = 50;
const RELOAD_AT_MOST_EVERY_MS = 2_000;

interface NotVotedProps {
  readonly resolutionId: string;
  /** Each ballot makes the list shorter. */
  readonly castHeads: number;
  readonly groups: readonly Group[];
}

type Group = LiveGroupView['group'];

function useColumns(resolutionId: string): TableColumnsType<RosterRow> {
  const { t } = useWords();
  return [
    { title: t('staff.creditor.name'), dataIndex: 'name' },
    {
      title: t('staff.notVoted.counted'),
      align: 'right',
      render: (_, row) => <YuanCell fen={row.countedFen} />,
    },
    {
      title: t('staff.creditor.mobile'),
      className: 'num',
      render: (_, row) => <Telephone resolutionId={resolutionId} row={row} />,
    },
    {
      title: t('staff.notVoted.state'),
      render: (_, row) => t(`staff.notVoted.${stateOf(row)}`),
    },
  ];
}

function stateOf({ isInvalid, isOnline, signedInAt }: RosterRow) {
  if (isInvalid === true) return 'invalid';
  if (isOnline) return 'online';
  return signedInAt === null ? 'absent' : 'signedIn';
}

/** Who has not voted, largest counted amount first, with the one sentence that may be said on the telephone. */
export function NotVoted({ resolutionId, castHeads, groups }: NotVotedProps) {
  const { t } = useWords();
  const { meetingId = '' } = useRoom((store) => store.state.meeting) ?? {};
  const [page, setPage] = useState(1);
  const [chosen, setGroup] = useState<Group | undefined>(undefined);
  const group = groups.length > 1 ? (chosen ?? groups[0]) : undefined;
  const turn = useThrottled(castHeads, RELOAD_AT_MOST_EVERY_MS);
  const loaded = useResource(`not-voted/${resolutionId}/${group ?? 'ALL'}/${page}`, () =>
    call(meetingRoutes.notVoted, {
      params: { meetingId, resolutionId },
      query: { page, pageSize: ROWS_PER_PAGE, ...(group !== undefined && { group }) },
    }),
  );
  useReload(turn, loaded.reload);
  const { shown, hold } = useSteady(loaded.data?.rows ?? []);
  const total = loaded.data?.total ?? 0;
  return (
    <section className="not-voted" aria-labelledby="not-voted">
      <h3 id="not-voted">{t('staff.notVoted.title', { total })}</h3>
      <p className="muted">
        {t('staff.notVoted.script')} {t('staff.notVoted.logged')}
      </p>
      {group === undefined ? null : (
        <Segmented<Group>
          value={group}
          options={groups.map((value) => ({ value, label: t(`group.${value}`) }))}
          onChange={(next) => {
            setGroup(next);
            setPage(1);
          }}
        />
      )}
      {loaded.error === undefined ? null : <ErrorNotice error={loaded.error} onRetry={loaded.reload} />}
      <div {...hold}>
        <Table<RosterRow>
          rowKey="unitId"
          size="small"
          columns={useColumns(resolutionId)}
          dataSource={[...shown]}
          locale={{
            emptyText: t(loaded.data === undefined ? 'staff.common.loading' : 'staff.notVoted.none'),
          }}
          pagination={{
            current: page,
            pageSize: ROWS_PER_PAGE,
            total,
            hideOnSinglePage: true,
            showSizeChanger: false,
            onChange: setPage,
          }}
        />
      </div>
    </section>
  );
}
