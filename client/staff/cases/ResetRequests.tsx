import { App, Button } from 'antd';
import type { ResetRequestView } from '../../../server/protocol/rest/account-views.ts';
import { staffRoutes } from '../../../server/protocol/rest/auth-routes.ts';
import { call } from '../../api/call.ts';
import { dateTime } from '../../format/time.ts';
import { useResource } from '../../state/use-resource.ts';
import { EnrolmentCode } from '../operator/EnrolmentCode.tsx';
import { useToldAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';
import { useStaffRoles } from '../staff-session.ts';

/** New second factors that wait for a second role; shown only while there are some. */
export function ResetRequests() {
  const { t, language } = useWords();
  const { modal } = App.useApp();
  const mayConfirm = useStaffRoles().some((role) => role === 'judge' || role === 'administrator-lead');
  const resets = useResource(mayConfirm ? 'resets' : undefined, () => call(staffRoutes.listResets));
  const { isBusy, run } = useToldAction();
  const rows = resets.data?.rows ?? [];
  if (rows.length === 0) return null;
  const confirm = ({ requestId, name }: ResetRequestView) =>
    run(async () => {
      const code = await call(staffRoutes.confirmReset, { params: { requestId } });
      void modal.info({
        title: t('staff.reset.code', { name }),
        content: <EnrolmentCode code={code} />,
        okText: t('staff.operator.codeNoted'),
      });
      resets.reload();
    });
  return (
    <section className="panel" aria-labelledby="reset-requests">
      <h2 id="reset-requests">{t('staff.reset.title')}</h2>
      <ul className="row-list">
        {rows.map((row) => (
          <li key={row.requestId}>
            <div>
              <strong>
                {row.name}（{row.username}）
              </strong>
              <p className="muted">{t('staff.reset.asked', { time: dateTime(row.requestedAt, language) })}</p>
            </div>
            <Button loading={isBusy} onClick={() => void confirm(row)}>
              {t('staff.reset.confirm')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
