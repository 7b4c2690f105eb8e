import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { useRoom } from '../../../state/room.ts';
import { useWords } from '../../parts/use-words.ts';
import { useDeskRights } from '../desk-state.ts';
import { useCommand } from '../use-command.ts';

const REASON_MAX = 500;

/** After a jump of the server's clock deadlines wait until the host has compared the time. */
export function ClockNotice() {
  const { t } = useWords();
  const isSuspect = useRoom((store) => store.state.clock?.isSuspect ?? false);
  const { isHost } = useDeskRights();
  const { isBusy, send } = useCommand();
  const [reason, setReason] = useState('');
  if (!isSuspect) return null;
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t('staff.clock.title')}
      description={
        isHost ? (
          <>
            <p>{t('staff.clock.hint')}</p>
            <Input
              value={reason}
              maxLength={REASON_MAX}
              aria-label={t('staff.clock.reason')}
              placeholder={t('staff.clock.reason')}
              onChange={(event) => setReason(event.target.value)}
            />
          </>
        ) : undefined
      }
      action={
        isHost ? (
          <Button
            loading={isBusy}
            disabled={reason.trim() === ''}
            onClick={() => void send('clock:confirm', { reason: reason.trim() })}
          >
            {t('staff.clock.confirm')}
          </Button>
        ) : undefined
      }
    />
  );
}
