import { Button, Empty, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { caseRoutes, type CaseView } from '../../../server/protocol/rest/case-routes.ts';
import { call } from '../../api/call.ts';
import { useResource } from '../../state/use-resource.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { useAddress } from '../parts/use-address.ts';
import { useWords } from '../parts/use-words.ts';
import { useStaffRoles } from '../staff-session.ts';
import { NewCaseModal } from './NewCaseModal.tsx';
import { ResetRequests } from './ResetRequests.tsx';
import { UpcomingMeetings } from './UpcomingMeetings.tsx';

function useColumns(): TableColumnsType<CaseView> {
  const { t } = useWords();
  return [
    {
      title: t('staff.case.number'),
      dataIndex: 'caseNumber',
      render: (caseNumber: string, row) => <Link to={`/staff/cases/${row.caseId}`}>{caseNumber}</Link>,
    },
    { title: t('staff.case.debtor'), dataIndex: 'debtor' },
    { title: t('staff.case.court'), dataIndex: 'court' },
    { title: t('staff.case.procedure'), render: (_, row) => t(`staff.procedure.${row.procedure}`) },
    { title: t('staff.case.acceptedOn'), dataIndex: 'acceptedOn', className: 'num' },
    { title: t('staff.case.creditors'), dataIndex: 'creditors', align: 'right', className: 'num' },
    { title: t('staff.case.meetings'), dataIndex: 'meetings', align: 'right', className: 'num' },
    {
      title: t('staff.case.myRole'),
      render: (_, row) => t(`staff.role.${row.myRole}`, { defaultValue: row.myRole }),
    },
  ];
}

/** Cases on which the signed-in person works, and the meetings that come next. */
export function CasesPage() {
  const { t } = useWords();
  const { page, set } = useAddress();
  const [isCreating, setCreating] = useState(false);
  const cases = useResource(`cases/${page}`, () =>
    call(caseRoutes.listCases, { query: { page, pageSize: 50 } }),
  );
  const mayCreate = useStaffRoles().some((role) => role === 'administrator-lead');
  const create = mayCreate ? (
    <Button type="primary" size="large" onClick={() => setCreating(true)}>
      {t('staff.case.create')}
    </Button>
  ) : undefined;
  return (
    <>
      <PageTitle title={t('staff.nav.cases')} action={create} />
      <ResetRequests />
      <UpcomingMeetings />
      <section className="panel">
        <h2>{t('staff.case.list')}</h2>
        {cases.error === undefined ? null : <ErrorNotice error={cases.error} onRetry={cases.reload} />}
        <Table<CaseView>
          rowKey="caseId"
          size="middle"
          columns={useColumns()}
          dataSource={cases.data?.rows ?? []}
          loading={cases.isLoading}
          scroll={{ x: 'max-content' }}
          locale={{
            emptyText: <Empty description={t(mayCreate ? 'staff.case.none' : 'staff.case.noneYours')} />,
          }}
          pagination={{
            current: page,
            pageSize: 50,
            total: cases.data?.total ?? 0,
            hideOnSinglePage: true,
            showSizeChanger: false,
            onChange: (next) => set({ page: String(next) }),
          }}
        />
      </section>
      <NewCaseModal isOpen={isCreating} onClose={() => setCreating(false)} />
    </>
  );
}
