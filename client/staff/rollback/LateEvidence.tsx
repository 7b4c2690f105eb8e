import { Table } from 'antd';
import { useState } from 'react';
import { continuationRoutes, type EvidenceView } from '../../../server/protocol/rest/continuation-routes.ts';
import { call } from '../../api/call.ts';
import { dateTimeWithSeconds } from '../../format/time.ts';
import { useContinuation } from '../../record/use-continuation.ts';
import { useResource } from '../../state/use-resource.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { useWords } from '../parts/use-words.ts';

const ROWS_PER_PAGE = 50;

/** On a record that goes on from a rolled-back one: the lost ballots whose receipts were handed in. */
export function LateEvidence({ meetingId }: { readonly meetingId: string }) {
  const told = useContinuation(meetingId);
  const { t } = useWords();
  const continues = told.data?.continues ?? null;
  if (continues === null) return null;
  return (
    <section className="panel" aria-labelledby="late-evidence">
      <h2 id="late-evidence">{t('staff.rollback.evidence')}</h2>
      <p>
        {t('staff.rollback.from', {
          origin: continues.origin,
          signed: continues.signedSize,
          found: continues.foundSize,
        })}
      </p>
      <p className="disclaimer">{t('staff.rollback.evidenceWhat')}</p>
      <Rows meetingId={meetingId} />
    </section>
  );
}

function Rows({ meetingId }: { readonly meetingId: string }) {
  const { t, language } = useWords();
  const [page, setPage] = useState(1);
  const rows = useResource(`evidence/${meetingId}/${page}`, () =>
    call(continuationRoutes.evidence, { params: { meetingId }, query: { page, pageSize: ROWS_PER_PAGE } }),
  );
  const columns = [
    { title: t('staff.rollback.lostSeq'), dataIndex: 'lostSeq' as const, className: 'num' },
    { title: t('staff.rollback.creditor'), dataIndex: 'creditorName' as const },
    {
      title: t('staff.rollback.resolution'),
      render: (row: EvidenceView) =>
        t('staff.rollback.inRound', { title: row.resolutionTitle, round: row.round }),
    },
    { title: t('staff.rollback.choice'), render: (row: EvidenceView) => t(`choice.${row.choice}`) },
    {
      title: t('staff.rollback.receivedAt'),
      render: (row: EvidenceView) => dateTimeWithSeconds(row.receivedAt, language),
    },
    {
      title: t('staff.rollback.handedIn'),
      render: (row: EvidenceView) =>
        t('staff.rollback.handedInAt', { seq: row.seq, time: dateTimeWithSeconds(row.ts, language) }),
    },
  ];
  return (
    <Loaded resource={rows}>
      {(data) => (
        <Table<EvidenceView>
          size="small"
          rowKey="seq"
          columns={columns}
          dataSource={[...data.rows]}
          locale={{ emptyText: t('staff.rollback.noEvidence') }}
          scroll={{ x: 'max-content' }}
          pagination={{
            current: page,
            pageSize: ROWS_PER_PAGE,
            total: data.total,
            onChange: setPage,
            hideOnSinglePage: true,
          }}
        />
      )}
    </Loaded>
  );
}
