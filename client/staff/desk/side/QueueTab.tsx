import { Button, Empty } from 'antd';
import { Elapsed } from '../../../components/Countdown.tsx';
import { clockTime } from '../../../format/time.ts';
import { useRoom } from '../../../state/room.ts';
import { useSteady } from '../use-steady.ts';
import { useWords } from '../../parts/use-words.ts';
import { useDeskRights, usePhase } from '../desk-state.ts';
import { useCommand } from '../use-command.ts';

/** Who holds the floor or was offered it, and the one key that takes it back. */
function Floor() {
  const { t } = useWords();
  const floor = useRoom((store) => store.state.floor);
  const { mayOverride } = useDeskRights();
  const { isBusy, send } = useCommand();
  if (floor === undefined || floor.state === 'free' || floor.personId === null) {
    return <p className="muted">{t('staff.floor.free')}</p>;
  }
  const { personId } = floor;
  const label = floor.label ?? '';
  return (
    <div className="floor-card" role="status">
      <p>
        {t(`staff.floor.${floor.state}`, { label })}
        {floor.state === 'speaking' && floor.since !== null ? (
          <>
            {' '}
            <Elapsed since={floor.since} label={t('staff.floor.since')} />
          </>
        ) : null}
      </p>
      {mayOverride ? (
        <Button
          block
          loading={isBusy}
          onClick={() => void send('floor:withdraw', { expectedPersonId: personId })}
        >
          {t(floor.state === 'speaking' ? 'staff.floor.withdraw' : 'staff.floor.withdrawOffer')}
        </Button>
      ) : null}
    </div>
  );
}

/** Raised hands in order. The floor is offered to a person, by name, not to a row. */
export function QueueTab() {
  const { t } = useWords();
  const hands = useRoom((store) => store.state.queue?.hands);
  const isFree = useRoom((store) => store.state.floor?.state === 'free');
  const phase = usePhase();
  const { isHost } = useDeskRights();
  const { isBusy, send } = useCommand();
  const { shown, hold } = useSteady(hands ?? []);
  return (
    <>
      <Floor />
      {shown.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('staff.queue.none')} />
      ) : (
        <ol className="side-list" {...hold}>
          {shown.map((hand, index) => (
            <li key={hand.personId}>
              <span className="num">{index + 1}</span>
              <span className="side-text">
                {hand.label}
                <small className="muted">
                  {t('staff.queue.raisedAt', { time: clockTime(hand.raisedAt) })}
                  {hand.isOnline ? '' : ` · ${t('staff.queue.offline')}`}
                </small>
              </span>
              {isHost ? (
                <Button
                  size="small"
                  disabled={!isFree || isBusy || phase !== 'in-progress'}
                  aria-label={t('staff.queue.invite', { label: hand.label })}
                  onClick={() => void send('floor:offer', { personId: hand.personId })}
                >
                  {t('staff.queue.inviteShort')}
                </Button>
              ) : null}
            </li>
          ))}
        </ol>
      )}
      {isHost && !isFree && shown.length > 0 ? <p className="muted">{t('staff.queue.taken')}</p> : null}
    </>
  );
}
