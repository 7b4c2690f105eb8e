import { Empty, Table, type TableColumnsType, type TablePaginationConfig } from 'antd';
import type {
  DeliveryRow,
  DeliveryState,
  NoticeView,
} from '../../../../server/protocol/rest/notice-routes.ts';
import { calendarDate, dateTime } from '../../../format/time.ts';
import { Mark, type MarkShape } from '../../parts/Mark.tsx';
import { useWords } from '../../parts/use-words.ts';
import { Waited } from './Waited.tsx';

const SHAPES: Readonly<Record<DeliveryState, MarkShape>> = {
  queued: 'waiting',
  sent: 'warning',
  failed: 'blocks',
  delivered: 'done',
};

interface DeliveryTableProps {
  readonly notice: NoticeView;
  readonly today: string;
  readonly rows: readonly DeliveryRow[];
  readonly isLoading: boolean;
  /** Undefined for those who only read. Rows chosen on other pages stay chosen. */
  readonly chosen:
    | { readonly rows: readonly DeliveryRow[]; readonly onChange: (rows: readonly DeliveryRow[]) => void }
    | undefined;
  readonly paging: TablePaginationConfig;
}

/** One row a creditor: how it is reached, what was tried, what proves the delivery, until when it may apply. */
export function DeliveryTable({ notice, today, rows, isLoading, chosen, paging }: DeliveryTableProps) {
  const { t } = useWords();
  const selection = chosen && {
    preserveSelectedRowKeys: true,
    selectedRowKeys: chosen.rows.map(({ creditorId }) => creditorId),
    onChange: (_: unknown, selected: DeliveryRow[]) => chosen.onChange(selected),
    columnTitle: <span className="sr-only">{t('staff.notices.choose')}</span>,
    getCheckboxProps: ({ name }: DeliveryRow) => ({ 'aria-label': t('staff.notices.chooseOne', { name }) }),
  };
  return (
    <Table<DeliveryRow>
      rowKey="creditorId"
      size="small"
      columns={useColumns(notice, today)}
      dataSource={rows}
      loading={isLoading}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: <Empty description={t('staff.notices.noMatch')} /> }}
      pagination={{ ...paging, showSizeChanger: false, hideOnSinglePage: true }}
      {...(selection && { rowSelection: selection })}
    />
  );
}

function useColumns(notice: NoticeView, today: string): TableColumnsType<DeliveryRow> {
  const { t, language } = useWords();
  const deadline = {
    title: t('staff.notices.column.revocation'),
    className: 'num',
    render: (_: unknown, { revocationEndsOn }: DeliveryRow) =>
      revocationEndsOn === null ? t('staff.notices.notRunning') : calendarDate(revocationEndsOn, language),
  };
  return [
    { title: t('staff.notices.column.creditor'), className: 'notice-creditor', dataIndex: 'name' },
    {
      title: t('staff.notices.column.reach'),
      className: 'num',
      render: (_, { mobileMasked, mailMasked }) => (
        <>
          {mobileMasked === '' ? t('staff.notices.noMobile') : mobileMasked}
          {mailMasked === null ? null : <div className="muted">{mailMasked}</div>}
        </>
      ),
    },
    {
      title: t('staff.notices.column.state'),
      render: (_, { state }) => <Mark shape={SHAPES[state]} word={t(`staff.notices.state.${state}`)} />,
    },
    { title: t('staff.notices.column.tries'), render: (_, row) => <Tries row={row} /> },
    {
      title: t('staff.notices.column.deliveredOn'),
      className: 'num',
      render: (_, { deliveredOn, proof }) =>
        deliveredOn === null ? (
          <Waited issuedAt={notice.issuedAt} today={today} />
        ) : (
          <>
            {calendarDate(deliveredOn, language)}
            {proof === null ? null : <div className="muted">{t(`staff.notices.proof.${proof}`)}</div>}
          </>
        ),
    },
    ...(notice.kind === 'RESULT' ? [deadline] : []),
  ];
}

/** The last try of each channel, and when the next one is. */
function Tries({ row }: { readonly row: DeliveryRow }) {
  const { t, language } = useWords();
  const last = [...new Set(row.attempts.map(({ channel }) => channel))].flatMap(
    (channel) => row.attempts.find((attempt) => attempt.channel === channel) ?? [],
  );
  return (
    <>
      {last.map(({ channel, at, isSent }) => (
        <div key={channel} className="num">
          {t(`staff.notices.tried.${isSent ? 'sent' : 'refused'}`, {
            channel: t(`staff.notices.channel.${channel}`, { defaultValue: channel }),
            time: dateTime(at, language),
          })}
        </div>
      ))}
      {row.nextTryAt === null || row.state === 'delivered' ? null : (
        <div className="muted num">
          {t('staff.notices.nextTry', { time: dateTime(row.nextTryAt, language) })}
        </div>
      )}
    </>
  );
}
