import { App, Button } from 'antd';
import { isVerification } from '../../../server/protocol/resolution-types.ts';
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
  const unopened = resolutions.filter(({ status }) => status === 'published');
  const neverVerified = unopened.filter(isVerification).length;
  const neverPut = unopened.length - neverVerified;
  const ask = () => {
    void modal.confirm({
      title: t('staff.closeMeeting.title'),
      content: (
        <>
          <p>{t('staff.closeMeeting.sentence', { title: state.meeting?.title ?? '' })}</p>
          {neverPut === 0 ? null : <p>{t('staff.closeMeeting.neverPut', { count: neverPut })}</p>}
          {neverVerified === 0 ? null : <p>{t('staff.closeMeeting.neverVerified')}</p>}
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
        <span className="muted">
          {t(
            isVerification(live) ? 'staff.closeMeeting.blockedByVerification' : 'staff.closeMeeting.blocked',
            {
              title: live.title,
            },
          )}
        </span>
      )}
      <Button disabled={live !== undefined} loading={isBusy} onClick={ask}>
        {t('staff.closeMeeting.action')}
      </Button>
    </>
  );
}
