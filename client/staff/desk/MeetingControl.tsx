import { Button } from 'antd';
import { useWords } from '../parts/use-words.ts';
import { useDeskRights, usePhase } from './desk-state.ts';
import { useCommand } from './use-command.ts';

/** 宣布开会, 休会, 复会. Closing stands at the foot of the desk, far from leaving. */
export function MeetingControl() {
  const { t } = useWords();
  const phase = usePhase();
  const { isHost, mayOverride } = useDeskRights();
  const { isBusy, send } = useCommand();
  if (phase === 'published' && isHost) {
    return (
      <Button
        type="primary"
        size="large"
        loading={isBusy}
        onClick={() => void send('meeting:begin', { expectedPhase: phase })}
      >
        {t('staff.desk.begin')}
      </Button>
    );
  }
  if (phase === 'in-progress' && mayOverride) {
    return (
      <Button loading={isBusy} onClick={() => void send('meeting:adjourn', { expectedPhase: phase })}>
        {t('staff.desk.adjourn')}
      </Button>
    );
  }
  if (phase === 'adjourned' && mayOverride) {
    return (
      <Button
        type="primary"
        loading={isBusy}
        onClick={() => void send('meeting:resume', { expectedPhase: phase })}
      >
        {t('staff.desk.resume')}
      </Button>
    );
  }
  return null;
}
