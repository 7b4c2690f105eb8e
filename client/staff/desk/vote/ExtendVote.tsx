import { Alert, Modal } from 'antd';
import { useState } from 'react';
import type { ResolutionSlice } from '../../../../server/protocol/room-slices.ts';
import { dateTimeWithSeconds } from '../../../format/time.ts';
import { useWords } from '../../parts/use-words.ts';
import { useFormCommand } from '../use-command.ts';
import { ConsentFields, isComplete, NO_CONSENT, trimmed } from './ConsentFields.tsx';
import { findDeadline, type DeadlineChoice } from './deadline-choice.ts';
import { DeadlinePicker } from './DeadlinePicker.tsx';

const PRESETS_MINUTES = [5, 10, 30, 60];

interface ExtendVoteProps {
  readonly resolution: ResolutionSlice;
  /** The deadline as it is now. */
  readonly closesAt: string;
  readonly onClose: () => void;
}

/** Later deadline for the whole item, by the court's consent; everyone is told both times. */
export function ExtendVote({ resolution, closesAt, onClose }: ExtendVoteProps) {
  const { t, language } = useWords();
  const [seen, setSeen] = useState(closesAt);
  const [choice, setChoice] = useState<DeadlineChoice>({ kind: 'minutes', minutes: 10 });
  const [consent, setConsent] = useState(NO_CONSENT);
  const { isBusy, send, refusal } = useFormCommand();
  const next = findDeadline(choice, Date.parse(seen));
  const extend = async (to: string) => {
    const isDone = await send('vote:extend', {
      resolutionId: resolution.resolutionId,
      expectedClosesAt: seen,
      closesAt: to,
      ...trimmed(consent),
    });
    if (isDone) onClose();
    else setSeen(closesAt);
  };
  return (
    <Modal
      open
      width={640}
      title={t(resolution.type === 'R01' ? 'staff.verify.extendTitle' : 'staff.extend.title', {
        title: resolution.title,
      })}
      okText={t('staff.extend.confirm')}
      cancelText={t('staff.common.back')}
      confirmLoading={isBusy}
      okButtonProps={{ disabled: next === undefined || !isComplete(consent) }}
      onOk={() => {
        if (next !== undefined) void extend(next);
      }}
      onCancel={onClose}
    >
      {refusal === undefined ? null : <Alert type="warning" showIcon role="alert" title={refusal} />}
      <DeadlinePicker
        label={t('staff.extend.to')}
        presetsMinutes={PRESETS_MINUTES}
        presetKey="staff.deadline.plusMinutes"
        choice={choice}
        onChange={setChoice}
      />
      <ConsentFields consent={consent} onChange={setConsent} />
      <p className="confirm-sentence">
        {next === undefined
          ? t('staff.extend.laterThan', { from: dateTimeWithSeconds(seen, language) })
          : t('staff.extend.sentence', {
              from: dateTimeWithSeconds(seen, language),
              to: dateTimeWithSeconds(next, language),
            })}
      </p>
    </Modal>
  );
}
