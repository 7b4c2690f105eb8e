import { Input, Modal } from 'antd';
import { useState } from 'react';
import {
  WITHDRAWAL_REASON_MAX,
  objectionRoutes,
  type ObjectionView,
} from '../../../server/protocol/rest/objection-routes.ts';
import { call } from '../../api/call.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { useAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';
import { QuotedObjection } from './QuotedObjection.tsx';

interface WithdrawDebtorsObjectionProps {
  readonly meetingId: string;
  readonly objection: ObjectionView;
  readonly onClose: () => void;
  readonly onWithdrawn: () => void;
}

/** 撤回债务人的异议 (企业破产法 art. 58(3)): entered for the debtor as its objection was; once, and for good. */
export function WithdrawDebtorsObjection(props: WithdrawDebtorsObjectionProps) {
  const { meetingId, objection, onClose, onWithdrawn } = props;
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const { isBusy, error, run } = useAction();
  const withdraw = () =>
    run(async () => {
      const params = { meetingId, objectionId: objection.objectionId };
      await call(objectionRoutes.withdrawDebtorsObjection, { params, body: { reason: reason.trim() } });
      onWithdrawn();
    });
  return (
    <Modal
      open
      title={t('staff.objections.debtor.withdrawNo', { seq: objection.seq })}
      okText={t('claims.withdrawNow')}
      okButtonProps={{ disabled: reason.trim().length < 2 }}
      cancelText={t('claims.keep')}
      confirmLoading={isBusy}
      onCancel={onClose}
      onOk={() => void withdraw()}
    >
      {error === undefined ? null : <ErrorNotice error={error} />}
      <QuotedObjection objection={objection} />
      <p>{t('staff.objections.debtor.withdrawMeans')}</p>
      <label className="labelled">
        {t('staff.objections.debtor.withdrawReason')}
        <Input.TextArea
          rows={3}
          maxLength={WITHDRAWAL_REASON_MAX}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
    </Modal>
  );
}
