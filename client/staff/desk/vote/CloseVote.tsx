import { Alert, Modal } from 'antd';
import { useState } from 'react';
import type { ResolutionSlice } from '../../../../server/protocol/room-slices.ts';
import { useWords } from '../../parts/use-words.ts';
import { useFormCommand } from '../use-command.ts';
import { ConsentFields, isComplete, NO_CONSENT, trimmed } from './ConsentFields.tsx';

interface CloseVoteProps {
  readonly resolution: ResolutionSlice;
  readonly missingHeads: number;
  readonly onClose: () => void;
}

/** Closing before the deadline: at once when all have voted, otherwise by the court's consent with a reason. */
export function CloseVote({ resolution, missingHeads, onClose }: CloseVoteProps) {
  const { t } = useWords();
  const [consent, setConsent] = useState(NO_CONSENT);
  const { isBusy, send, refusal } = useFormCommand();
  const isVerification = resolution.type === 'R01';
  const needsConsent = isVerification || missingHeads > 0 || resolution.status === 'interrupted';
  const close = async () => {
    const { resolutionId } = resolution;
    if (await send('vote:close', needsConsent ? { resolutionId, ...trimmed(consent) } : { resolutionId })) {
      onClose();
    }
  };
  return (
    <Modal
      open
      width={560}
      title={t(isVerification ? 'staff.verify.closeTitle' : 'staff.closeVote.title', {
        title: resolution.title,
      })}
      okText={t('staff.closeVote.confirm')}
      cancelText={t('staff.common.back')}
      confirmLoading={isBusy}
      okButtonProps={{ disabled: needsConsent && !isComplete(consent) }}
      onOk={() => void close()}
      onCancel={onClose}
    >
      {refusal === undefined ? null : <Alert type="warning" showIcon role="alert" title={refusal} />}
      <p className="confirm-sentence">{sentence()}</p>
      {needsConsent ? <ConsentFields consent={consent} onChange={setConsent} /> : null}
    </Modal>
  );

  function sentence(): string {
    const isInterrupted = resolution.status === 'interrupted';
    if (isVerification) return t(isInterrupted ? 'staff.verify.closeInterrupted' : 'staff.verify.missing');
    if (isInterrupted) return t('staff.closeVote.interrupted');
    return missingHeads > 0
      ? t('staff.closeVote.missing', { heads: missingHeads })
      : t('staff.closeVote.allVoted');
  }
}
