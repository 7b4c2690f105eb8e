import { Alert, Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { serverNowMs } from '../../../../state/clock.ts';
import { useWords } from '../../../parts/use-words.ts';
import { useCommand } from '../../use-command.ts';
import { findDeadline } from '../deadline-choice.ts';
import { clearPending, usePendingVote, type PendingVote as Vote } from './pending-vote.ts';

const TICK_MS = 200;

/** Counts down, then sends the command once. Leaving the desk takes the vote back. */
function useSendWhenDue(pending: Vote): number {
  const { send } = useCommand();
  const sendRef = useRef(send);
  sendRef.current = send;
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    let hasSent = false;
    const timer = setInterval(() => {
      const now = Date.now();
      setNowMs(now);
      if (now < pending.sendAtMs || hasSent) return;
      hasSent = true;
      clearInterval(timer);
      const { deadline, request } = pending;
      const closesAt = findDeadline(deadline, serverNowMs()) ?? new Date(serverNowMs()).toISOString();
      void sendRef.current('vote:open', { ...request, closesAt }).finally(clearPending);
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [pending]);
  return Math.max(0, Math.ceil((pending.sendAtMs - nowMs) / 1000));
}

function Countdown({ pending }: { readonly pending: Vote }) {
  const { t } = useWords();
  const leftS = useSendWhenDue(pending);
  return (
    <Alert
      className="pending-vote"
      type="warning"
      role="alert"
      title={pending.announcement}
      description={pending.sentence}
      action={
        <Button size="large" onClick={clearPending} disabled={leftS === 0}>
          {leftS === 0 ? t('staff.vote.opening') : t('staff.vote.undo')}
          {leftS === 0 ? null : (
            <span aria-hidden="true">{t('staff.vote.undoLeft', { seconds: leftS })}</span>
          )}
        </Button>
      }
    />
  );
}

/** The confirmed vote with its 撤销, in the same place whatever item is shown. */
export function PendingVote() {
  const pending = usePendingVote((store) => store.pending);
  useEffect(() => clearPending, []);
  return pending === undefined ? null : <Countdown pending={pending} />;
}
