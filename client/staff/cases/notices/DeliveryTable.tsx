import { Empty, Table, type TableColumnsType, type TablePaginationConfig } from 'antd';
import type { ReactNode } from 'react';
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
      className="deliveries"
      size="small"
      columns={useColumns(notice, today)}
      dataSource={rows}
      loading={isLoading}
      locale={{ emptyText: <Empty description={t('staff.notices.noMatch')} /> }}
      pagination={{ ...paging, showSizeChanger: false, hideOnSinglePage: true }}
      {...(selection && { rowSelection: selection })}
    />
  );
}

type Column = 'reach' | 'state' | 'tries' | 'deliveredOn' | 'revocation';

function useColumns(notice: NoticeView, today: string): TableColumnsType<DeliveryRow> {
  const { t, language } = useWords();
  // On a phone a row is a card without the head of the table: each of its cells says what it tells.
  const column = (name: Column, tell: (row: DeliveryRow) => ReactNode) => ({
    title: t(`staff.notices.column.${name}`),
    className: `num delivery-${name}`,
    render: (_: unknown, row: DeliveryRow) => (
      <>
        <span className="cell-label">{t(`staff.notices.column.${name}`)}</span>
        <div>{tell(row)}</div>
      </>
    ),
  });
  const deadline = column('revocation', ({ revocationEndsOn }) =>
    revocationEndsOn === null ? (
      t('staff.notices.notRunning')
    ) : (
      <span className="unbroken">{calendarDate(revocationEndsOn, language)}</span>
    ),
  );
  return [
    { title: t('staff.notices.column.creditor'), className: 'notice-creditor', dataIndex: 'name' },
    column('reach', ({ mobileMasked, mailMasked }) => (
      <>
        {mobileMasked === '' ? t('staff.notices.noMobile') : <span className="unbroken">{mobileMasked}</span>}
        {mailMasked === null ? null : <div className="muted">{mailMasked}</div>}
      </>
    )),
    column('state', ({ state }) => <Mark shape={SHAPES[state]} word={t(`staff.notices.state.${state}`)} />),
    column('tries', (row) => <Tries row={row} />),
    column('deliveredOn', ({ deliveredOn, proof }) =>
      deliveredOn === null ? (
        <Waited issuedAt={notice.issuedAt} today={today} />
      ) : (
        <>
          <span className="unbroken">{calendarDate(deliveredOn, language)}</span>
          {proof === null ? null : <div className="muted">{t(`staff.notices.proof.${proof}`)}</div>}
        </>
      ),
    ),
    ...(notice.isRevocable ? [deadline] : []),
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
