import { Button, Table, type TableColumnsType, type TablePaginationConfig } from 'antd';
import type { ReactNode } from 'react';
import { objectionRoutes, type ObjectionView } from '../../../server/protocol/rest/objection-routes.ts';
import { routeUrl } from '../../api/call.ts';
import { yuanWithUnit } from '../../format/money.ts';
import { dateTime } from '../../format/time.ts';
import { Mark } from '../parts/Mark.tsx';
import { useWords } from '../parts/use-words.ts';

interface ObjectionTableProps {
  readonly meetingId: string;
  readonly rows: readonly ObjectionView[];
  readonly empty: ReactNode;
  /** Undefined for those who only read. */
  readonly onAnswer: ((objection: ObjectionView) => void) | undefined;
  /** Takes the debtor's back; undefined for all but who answers for the administrator. */
  readonly onWithdraw: ((objection: ObjectionView) => void) | undefined;
  readonly paging: TablePaginationConfig;
}

/** One row an objection: to which claim and by whom, what is said, how it stands, the next step. */
export function ObjectionTable({ rows, empty, paging, ...steps }: ObjectionTableProps) {
  const columns = useColumns(steps);
  return (
    <Table<ObjectionView>
      rowKey="objectionId"
      size="small"
      columns={columns}
      dataSource={rows}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: empty }}
      pagination={{ ...paging, showSizeChanger: false, hideOnSinglePage: true }}
    />
  );
}

type Steps = Pick<ObjectionTableProps, 'meetingId' | 'onAnswer' | 'onWithdraw'>;

function useColumns({ meetingId, onAnswer, onWithdraw }: Steps): TableColumnsType<ObjectionView> {
  const { t, language } = useWords();
  return [
    {
      title: t('staff.objections.column.claim'),
      className: 'wrap',
      render: (_, row) => (
        <>
          {row.claimName}
          <br />
          <small className="muted num">{row.claimNo}</small>
        </>
      ),
    },
    {
      title: t('staff.objections.column.objector'),
      className: 'wrap',
      render: (_, row) => (
        <>
          {row.objectorName}{' '}
          {row.isOfDebtor ? (
            <span className="tag">{t('staff.objections.debtor.mark')}</span>
          ) : (
            <small className="muted num">{row.mobileMasked}</small>
          )}
          <br />
          <small className="muted">
            {t('staff.objections.number', { seq: row.seq })} · {dateTime(row.filedAt, language)}
          </small>
        </>
      ),
    },
    {
      title: t('staff.objections.column.content'),
      className: 'objection-content',
      render: (_, row) => <Content meetingId={meetingId} row={row} />,
    },
    {
      title: t('staff.objections.column.state'),
      className: 'wrap',
      render: (_, row) => <State row={row} />,
    },
    ...(onAnswer === undefined
      ? []
      : [
          {
            title: t('staff.papers.column.next'),
            render: (_: unknown, row: ObjectionView) =>
              row.withdrawnAt === null ? <NextSteps {...{ row, onAnswer, onWithdraw }} /> : null,
          },
        ]),
  ];
}

interface NextStepsProps {
  readonly row: ObjectionView;
  readonly onAnswer: (objection: ObjectionView) => void;
  readonly onWithdraw: ObjectionTableProps['onWithdraw'];
}

/** The debtor's objection can be taken back until it is answered; a creditor takes back its own. */
function NextSteps({ row, onAnswer, onWithdraw }: NextStepsProps) {
  const { t } = useWords();
  const { seq, answer, isOfDebtor } = row;
  const isFirst = answer === null;
  return (
    <span className="toolbar">
      <Button
        size="small"
        aria-label={t(isFirst ? 'staff.objections.answerNo' : 'staff.objections.answerAgainNo', { seq })}
        onClick={() => onAnswer(row)}
      >
        {t(isFirst ? 'staff.objections.answer' : 'staff.objections.answerAgain')}
      </Button>
      {isFirst && isOfDebtor && onWithdraw !== undefined ? (
        <Button
          size="small"
          aria-label={t('staff.objections.debtor.withdrawNo', { seq })}
          onClick={() => onWithdraw(row)}
        >
          {t('staff.objections.debtor.withdraw')}
        </Button>
      ) : null}
    </span>
  );
}

function Content({ meetingId, row }: { readonly meetingId: string; readonly row: ObjectionView }) {
  const { t, language } = useWords();
  const { objectionId } = row;
  return (
    <>
      <strong>{t(`claims.point.${row.point}`)}</strong>
      {row.amountFen === null ? null : (
        <span className="num">
          {' '}
          {t('staff.objections.held', { amount: yuanWithUnit(row.amountFen, language) })}
        </span>
      )}
      <p className="objection-text">{row.text}</p>
      {row.attachment === null ? null : (
        <a
          href={routeUrl(objectionRoutes.objectionFile, { params: { meetingId, objectionId } })}
          target="_blank"
          rel="noreferrer"
        >
          {t('claims.attachment')}
        </a>
      )}
    </>
  );
}

function State({ row }: { readonly row: ObjectionView }) {
  const { t, language } = useWords();
  const { answer, withdrawnAt, withdrawnReason } = row;
  if (withdrawnAt !== null) {
    return (
      <>
        <Mark shape="blocks" word={t('claims.state.withdrawn')} />
        <p className="muted">{t('claims.withdrawnAt', { time: dateTime(withdrawnAt, language) })}</p>
        <p className="objection-text">{withdrawnReason}</p>
      </>
    );
  }
  if (answer === null) return <Mark shape="waiting" word={t('claims.state.waiting')} />;
  return (
    <>
      <Mark shape="done" word={t(`claims.decision.${answer.decision}`)} />
      <p className="objection-text">{answer.text}</p>
      <small className="muted">
        {t('claims.answeredAt', { time: dateTime(answer.at, language), seq: answer.seq })}
      </small>
    </>
  );
}
