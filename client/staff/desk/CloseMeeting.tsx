import { App, Button } from 'antd';
import { resolutionsOf } from '../../state/rights.ts';
import { useRoom } from '../../state/room.ts';
import { useWords } from '../parts/use-words.ts';
import { isLive, useDeskRights, usePhase } from './desk-state.ts';
import { useCommand } from './use-command.ts';

/** 宣布闭会: one confirmation; blocked with its reason while a vote is open. */
export function CloseMeeting() {
  const { t } = useWords();
  const { modal } = App.useApp();
  const state = useRoom((store) => store.state);
  const phase = usePhase();
  const { isHost } = useDeskRights();
  const { isBusy, send } = useCommand();
  if (!isHost || (phase !== 'in-progress' && phase !== 'adjourned')) return null;
  const resolutions = resolutionsOf(state);
  const live = resolutions.find(isLive);
  const neverPut = resolutions.filter(({ status }) => status === 'published').length;
  const ask = () => {
    void modal.confirm({
      title: t('staff.closeMeeting.title'),
      content: (
        <>
          <p>{t('staff.closeMeeting.sentence', { title: state.meeting?.title ?? '' })}</p>
          {neverPut === 0 ? null : <p>{t('staff.closeMeeting.neverPut', { count: neverPut })}</p>}
        </>
      ),
      okText: t('staff.closeMeeting.confirm'),
      cancelText: t('staff.common.back'),
      onOk: () => void send('meeting:close', { expectedPhase: phase }),
    });
  };
  return (
    <>
      {live === undefined ? null : (
        <span className="muted">{t('staff.closeMeeting.blocked', { title: live.title })}</span>
      )}
      <Button disabled={live !== undefined} loading={isBusy} onClick={ask}>
        {t('staff.closeMeeting.action')}
      </Button>
    </>
  );
}
