import { Alert, Modal } from 'antd';
import { useState } from 'react';
import type { ResolutionSlice } from '../../../../server/protocol/room-slices.ts';
import { useWords } from '../../parts/use-words.ts';
import { useFormCommand } from '../use-command.ts';
import { ConsentFields, isComplete, NO_CONSENT, trimmed } from './ConsentFields.tsx';

interface AbortVoteProps {
  readonly resolution: ResolutionSlice;
  readonly onClose: () => void;
}

/** 终止本次表决: by the court's consent; ballots are void but kept, and a new round may follow. */
export function AbortVote({ resolution, onClose }: AbortVoteProps) {
  const { t } = useWords();
  const [consent, setConsent] = useState(NO_CONSENT);
  const { isBusy, send, refusal } = useFormCommand();
  const { resolutionId, round } = resolution;
  const isVerification = resolution.type === 'R01';
  const abort = async () => {
    const isDone = await send('vote:abort', { resolutionId, expectedRound: round, ...trimmed(consent) });
    if (isDone) onClose();
  };
  return (
    <Modal
      open
      width={560}
      title={t(isVerification ? 'staff.verify.abortTitle' : 'staff.abort.title', {
        title: resolution.title,
      })}
      okText={t(isVerification ? 'staff.verify.abort' : 'staff.abort.confirm')}
      okButtonProps={{ danger: true, disabled: !isComplete(consent) }}
      cancelText={t('staff.common.back')}
      confirmLoading={isBusy}
      onOk={() => void abort()}
      onCancel={onClose}
    >
      {refusal === undefined ? null : <Alert type="warning" showIcon role="alert" title={refusal} />}
      <p className="confirm-sentence">
        {t(isVerification ? 'staff.verify.abortSentence' : 'staff.abort.sentence')}
      </p>
      <ConsentFields consent={consent} onChange={setConsent} />
    </Modal>
  );
}
