import { Alert, Input, Modal } from 'antd';
import { useState } from 'react';
import type { HostSlice } from '../../../server/protocol/room-slices.ts';
import { useWords } from '../parts/use-words.ts';
import { useFormCommand } from './use-command.ts';

const REASON_MAX = 500;

interface TakeHostModalProps {
  readonly host: HostSlice;
  readonly onClose: () => void;
}

/** Taking the controls over is recorded with its reason; the other desk becomes a read-only one at once. */
export function TakeHostModal({ host, onClose }: TakeHostModalProps) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  // What this person saw on opening: if the host changes meanwhile, the command must be refused.
  const [seen, setSeen] = useState(host);
  const { isBusy, send, refusal } = useFormCommand();
  const take = async () => {
    if (await send('host:take', { expectedHost: seen.personId, reason: reason.trim() })) onClose();
    else setSeen(host);
  };
  return (
    <Modal
      open
      title={t('staff.takeHost.title')}
      okText={t('staff.takeHost.confirm')}
      cancelText={t('staff.common.back')}
      confirmLoading={isBusy}
      okButtonProps={{ disabled: reason.trim() === '' }}
      onOk={() => void take()}
      onCancel={onClose}
    >
      {refusal === undefined ? null : <Alert type="warning" showIcon role="alert" title={refusal} />}
      <p>{t('staff.takeHost.sentence', { label: seen.label })}</p>
      <label className="labelled">
        {t('staff.takeHost.reason')}
        <Input value={reason} maxLength={REASON_MAX} onChange={(event) => setReason(event.target.value)} />
      </label>
    </Modal>
  );
}
