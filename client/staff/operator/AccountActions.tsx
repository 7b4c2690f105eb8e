import { App, Button } from 'antd';
import type { StaffRow } from '../../../server/protocol/rest/account-views.ts';
import { staffRoutes } from '../../../server/protocol/rest/auth-routes.ts';
import { call } from '../../api/call.ts';
import { useSession } from '../../state/session.ts';
import { useToldAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';
import { EnrolmentCode } from './EnrolmentCode.tsx';

interface AccountActionsProps {
  readonly row: StaffRow;
  readonly onChanged: () => void;
}

/** What the operator may do with an account; the own one is another operator's matter. */
export function AccountActions({ row, onChanged }: AccountActionsProps) {
  const { t } = useWords();
  const ownId = useSession((store) => store.me?.personId);
  if (row.state === 'disabled') return null;
  if (row.personId === ownId) return <span className="muted">{t('staff.operator.self')}</span>;
  return (
    <span className="row-actions">
      {row.state === 'invited' ? <InviteAgain row={row} /> : <Reset row={row} />}
      <Disable row={row} onChanged={onChanged} />
    </span>
  );
}

/** The first code was lost or has expired. */
function InviteAgain({ row }: { readonly row: StaffRow }) {
  const { t } = useWords();
  const { modal } = App.useApp();
  const { isBusy, run } = useToldAction();
  const invite = () =>
    run(async () => {
      const code = await call(staffRoutes.inviteStaffAgain, { params: { personId: row.personId } });
      const title = t('staff.operator.inviteTitle', { name: row.name });
      const content = (
        <>
          <EnrolmentCode code={code} />
          <p className="muted">{t('staff.operator.inviteOlder')}</p>
        </>
      );
      void modal.info({ title, content, okText: t('staff.operator.codeNoted') });
    });
  return (
    <Button size="small" loading={isBusy} onClick={() => void invite()}>
      {t('staff.operator.inviteAgain')}
    </Button>
  );
}

/** A new second factor waits for a judge or an administrator lead. */
function Reset({ row }: { readonly row: StaffRow }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const { isBusy, run } = useToldAction();
  const reset = () =>
    run(async () => {
      await call(staffRoutes.requestReset, { params: { personId: row.personId } });
      void message.info(t('staff.operator.resetAsked', { name: row.name }), 8);
    });
  return (
    <Button size="small" loading={isBusy} onClick={() => void reset()}>
      {t('staff.operator.reset')}
    </Button>
  );
}

/** Closing an account is confirmed: it cannot be undone. */
function Disable({ row, onChanged }: AccountActionsProps) {
  const { t } = useWords();
  const { modal } = App.useApp();
  const { isBusy, run } = useToldAction();
  const disable = () =>
    run(async () => {
      await call(staffRoutes.disableStaff, { params: { personId: row.personId } });
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
  return (
    <Button size="small" loading={isBusy} onClick={ask}>
      {t('staff.operator.disable')}
    </Button>
  );
}
