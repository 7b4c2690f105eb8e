import { Alert, Button, Empty, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { StaffRow } from '../../../server/protocol/rest/account-views.ts';
import { staffRoutes } from '../../../server/protocol/rest/auth-routes.ts';
import { call } from '../../api/call.ts';
import { useResource } from '../../state/use-resource.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Mark, type MarkShape } from '../parts/Mark.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { useWords } from '../parts/use-words.ts';
import { AccountActions } from './AccountActions.tsx';
import { NewStaffModal } from './NewStaffModal.tsx';
import { ReadinessPanel } from './ReadinessPanel.tsx';

const STATE_SHAPES: Record<StaffRow['state'], MarkShape> = {
  invited: 'waiting',
  active: 'done',
  disabled: 'blocks',
};

function useColumns(onChanged: () => void): TableColumnsType<StaffRow> {
  const { t } = useWords();
  return [
    { title: t('staff.member.name'), dataIndex: 'name' },
    { title: t('staff.member.username'), dataIndex: 'username', className: 'num' },
    {
      title: t('staff.operator.roles'),
      render: (_, row) => row.roles.map((role) => t(`staff.role.${role}`)).join('、'),
    },
    {
      title: t('staff.case.province'),
      render: (_, row) => (row.province === null ? '–' : t(`staff.province.${row.province}`)),
    },
    {
      title: t('staff.operator.state'),
      render: (_, row) => (
        <Mark shape={STATE_SHAPES[row.state]} word={t(`staff.accountState.${row.state}`)} />
      ),
    },
    {
      title: t('staff.operator.actions'),
      render: (_, row) => <AccountActions row={row} onChanged={onChanged} />,
    },
  ];
}

/** The machine's state and the staff accounts. No case data is shown here. */
export function OperatorPage() {
  const { t } = useWords();
  const [isCreating, setCreating] = useState(false);
  const staff = useResource('staff', () => call(staffRoutes.listStaff));
  const create = (
    <Button type="primary" size="large" onClick={() => setCreating(true)}>
      {t('staff.operator.create')}
    </Button>
  );
  const operators = staff.data?.rows.filter(
    ({ roles, state }) => roles.includes('operator') && state !== 'disabled',
  );
  const close = () => {
    setCreating(false);
    staff.reload();
  };
  return (
    <>
      <PageTitle title={t('staff.operator.title')} action={create} />
      <ReadinessPanel />
      <section className="panel" aria-labelledby="staff-accounts">
        <h2 id="staff-accounts">{t('staff.operator.accounts')}</h2>
        {operators?.length === 1 ? <Alert type="info" showIcon title={t('staff.operator.onlyOne')} /> : null}
        {staff.error === undefined ? null : <ErrorNotice error={staff.error} onRetry={staff.reload} />}
        <Table<StaffRow>
          rowKey="personId"
          size="middle"
          columns={useColumns(staff.reload)}
          dataSource={staff.data?.rows ?? []}
          loading={staff.isLoading}
          scroll={{ x: 'max-content' }}
          pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{ emptyText: <Empty description={t('staff.operator.none')} /> }}
        />
      </section>
      {isCreating ? <NewStaffModal onClose={close} /> : null}
    </>
  );
}
