import { App, Button } from 'antd';
import type { StaffRow } from '../../../server/protocol/rest/account-views.ts';
import { staffRoutes } from '../../../server/protocol/rest/auth-routes.ts';
import { call } from '../../api/call.ts';
import { useToldAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';

interface AccountActionsProps {
  readonly row: StaffRow;
  readonly onChanged: () => void;
}

/** Closing an account is confirmed; a new second factor waits for a judge or an administrator lead. */
export function AccountActions({ row, onChanged }: AccountActionsProps) {
  const { t } = useWords();
  const { modal, message } = App.useApp();
  const { isBusy, run } = useToldAction();
  const params = { personId: row.personId };
  if (row.state === 'disabled') return null;
  const disable = () =>
    run(async () => {
      await call(staffRoutes.disableStaff, { params });
      onChanged();
    });
  const ask = () => {
    void modal.confirm({
      title: t('staff.operator.disable'),
      content: t('staff.operator.disableSentence', { name: row.name, username: row.username }),
      okText: t('staff.operator.disable'),
      cancelText: t('staff.common.back'),
      onOk: () => void disable(),
    });
  };
  const reset = () =>
    run(async () => {
      await call(staffRoutes.requestReset, { params });
      void message.info(t('staff.operator.resetAsked', { name: row.name }), 8);
    });
  return (
    <span className="row-actions">
      {row.state === 'active' ? (
        <Button size="small" loading={isBusy} onClick={() => void reset()}>
          {t('staff.operator.reset')}
        </Button>
      ) : null}
      <Button size="small" loading={isBusy} onClick={ask}>
        {t('staff.operator.disable')}
      </Button>
    </span>
  );
}
