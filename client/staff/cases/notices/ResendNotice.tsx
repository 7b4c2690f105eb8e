import { App, Modal } from 'antd';
import { noticeRoutes } from '../../../../server/protocol/rest/notice-routes.ts';
import { call } from '../../../api/call.ts';
import { ErrorNotice } from '../../parts/ErrorNotice.tsx';
import { useAction } from '../../parts/use-action.ts';
import { useWords } from '../../parts/use-words.ts';
import { concernedOf, namesOf, type ConcernedProps } from './concerned.ts';

/** Sends the same text again; what counts as delivered does not change by it. */
export function ResendNotice({ meetingId, notice, chosen, onDone }: ConcernedProps) {
  const { t } = useWords();
  const { message } = App.useApp();
  const { isBusy, error, run } = useAction();
  const { count, body } = concernedOf({ notice, chosen });
  const params = { meetingId, noticeId: notice.noticeId };
  const resend = async () => {
    const isDone = await run(async () => {
      const { queued } = await call(noticeRoutes.resendNotice, { params, body });
      void message.info(t('staff.notices.resent', { count: queued }));
    });
    if (isDone) onDone(true);
  };
  return (
    <Modal
      open
      title={t('staff.notices.resendTitle')}
      okText={t('staff.notices.resendConfirm', { count })}
      cancelText={t('staff.common.cancel')}
      confirmLoading={isBusy}
      okButtonProps={{ disabled: count === 0 }}
      onOk={() => void resend()}
      onCancel={() => onDone(false)}
    >
      {error === undefined ? null : <ErrorNotice error={error} />}
      <p className="confirm-sentence notice-concerned">
        {t(chosen.length === 0 ? 'staff.notices.resendToAll' : 'staff.notices.resendTo', {
          count,
          names: namesOf(chosen, t),
        })}
      </p>
      <p className="muted">{t('staff.notices.resendHint')}</p>
    </Modal>
  );
}
