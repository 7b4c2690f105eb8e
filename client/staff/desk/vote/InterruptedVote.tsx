import { Alert, Button } from 'antd';
import { useState } from 'react';
import { isVerification } from '../../../../server/protocol/resolution-types.ts';
import type { ResolutionSlice } from '../../../../server/protocol/room-slices.ts';
import { dateTime } from '../../../format/time.ts';
import { serverNowMs } from '../../../state/clock.ts';
import { useWords } from '../../parts/use-words.ts';
import { useDeskRights } from '../desk-state.ts';
import { useCommand } from '../use-command.ts';
import { CloseVote } from './CloseVote.tsx';
import { ConsentFields, isComplete, NO_CONSENT, trimmed } from './ConsentFields.tsx';
import { findDeadline, type DeadlineChoice } from './deadline-choice.ts';
import { DeadlinePicker } from './DeadlinePicker.tsx';

const PRESETS_MINUTES = [10, 15, 30, 60];

/** The server was down at the deadline: the court decides whether the vote goes on or is closed. */
export function InterruptedVote({ resolution }: { readonly resolution: ResolutionSlice }) {
  const { t, language } = useWords();
  const { isHost } = useDeskRights();
  const [choice, setChoice] = useState<DeadlineChoice>({ kind: 'minutes', minutes: 15 });
  const [consent, setConsent] = useState(NO_CONSENT);
  const [isClosing, setClosing] = useState(false);
  const { isBusy, send } = useCommand();
  const isVerified = isVerification(resolution);
  const resume = () => {
    const closesAt = findDeadline(choice, serverNowMs());
    if (closesAt === undefined) return;
    void send('vote:resume', { resolutionId: resolution.resolutionId, closesAt, ...trimmed(consent) });
  };
  return (
    <>
      <Alert
        type="warning"
        showIcon
        role="alert"
        title={t(isVerified ? 'staff.verify.interrupted' : 'staff.interrupted.title', {
          time: resolution.closesAt === null ? '' : dateTime(resolution.closesAt, language),
        })}
        description={t(isVerified ? 'staff.verify.interruptedMeans' : 'staff.interrupted.explanation')}
      />
      {isHost ? (
        <div className="interrupted">
          <DeadlinePicker
            label={t('staff.interrupted.newDeadline')}
            presetsMinutes={PRESETS_MINUTES}
            presetKey="staff.deadline.minutes"
            choice={choice}
            onChange={setChoice}
          />
          <ConsentFields consent={consent} onChange={setConsent} />
          <div className="toolbar">
            <Button type="primary" loading={isBusy} disabled={!isComplete(consent)} onClick={resume}>
              {t(isVerified ? 'staff.verify.resume' : 'staff.interrupted.resume')}
            </Button>
            <Button onClick={() => setClosing(true)}>
              {t(isVerified ? 'staff.verify.close' : 'staff.closeVote.action')}
            </Button>
          </div>
        </div>
      ) : null}
      {isClosing ? (
        <CloseVote resolution={resolution} missingHeads={0} onClose={() => setClosing(false)} />
      ) : null}
    </>
  );
}
