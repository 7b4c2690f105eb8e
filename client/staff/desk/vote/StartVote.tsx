import { App, Button } from 'antd';
import { useState } from 'react';
import { meetingRoutes, type RollPreview } from '../../../../server/protocol/rest/meeting-routes.ts';
import type { ResolutionSlice } from '../../../../server/protocol/room-slices.ts';
import { call } from '../../../api/call.ts';
import { findReading, yuanWithUnit } from '../../../format/money.ts';
import { dateTime } from '../../../format/time.ts';
import { serverNowMs } from '../../../state/clock.ts';
import { useRoom } from '../../../state/room.ts';
import { useResource } from '../../../state/use-resource.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { useWords } from '../../parts/use-words.ts';
import { usePhase } from '../desk-state.ts';
import { findDeadline, type DeadlineChoice } from './deadline-choice.ts';
import { DeadlinePicker } from './DeadlinePicker.tsx';
import { startPending, usePendingVote } from './pending-vote.ts';
import { PreCheck } from './PreCheck.tsx';

const PRESETS_MINUTES = [5, 10, 15, 30, 60];
const DEFAULT_MINUTES = 10;

interface StartVoteProps {
  readonly resolution: ResolutionSlice;
  readonly position: number;
}

/** Before a vote: the check, the deadline, and 开始表决. */
export function StartVote({ resolution, position }: StartVoteProps) {
  const { meetingId = '' } = useRoom((store) => store.state.meeting) ?? {};
  const { resolutionId } = resolution;
  const preview = useResource(`roll/${resolutionId}`, () =>
    call(meetingRoutes.rollPreview, { params: { meetingId, resolutionId } }),
  );
  return (
    <Loaded resource={preview}>
      {(roll) => (
        <>
          <OpenButton roll={roll} resolution={resolution} position={position} />
          <PreCheck roll={roll} resolution={resolution} onReload={preview.reload} />
        </>
      )}
    </Loaded>
  );
}

interface OpenButtonProps extends StartVoteProps {
  readonly roll: RollPreview;
}

/** Why the vote cannot be started now: words are `staff.vote.obstacle.<code>`. */
function useObstacle(roll: RollPreview, hasDeadline: boolean): string | undefined {
  const phase = usePhase();
  const pending = usePendingVote((store) => store.pending);
  const isConnected = useRoom((store) => store.connection === 'connected');
  if (!isConnected) return 'lost';
  if (phase !== 'in-progress') return 'notInProgress';
  if (pending !== undefined) return 'pending';
  if (roll.units === 0) return 'rollEmpty';
  return hasDeadline ? undefined : 'deadline';
}

function OpenButton({ roll, resolution, position }: OpenButtonProps) {
  const { t, language } = useWords();
  const { modal } = App.useApp();
  const [deadline, setDeadline] = useState<DeadlineChoice>({ kind: 'minutes', minutes: DEFAULT_MINUTES });
  const closesAt = findDeadline(deadline, serverNowMs());
  const obstacle = useObstacle(roll, closesAt !== undefined);
  const amount = `${yuanWithUnit(roll.unsecuredFen, language)}${
    findReading(roll.unsecuredFen, language) === undefined
      ? ''
      : `（${findReading(roll.unsecuredFen, language)}）`
  }`;
  const sentence = t('staff.vote.sentence', {
    position,
    title: resolution.title,
    heads: roll.heads,
    amount,
    deadline:
      deadline.kind === 'minutes'
        ? t('staff.vote.inMinutes', { minutes: deadline.minutes })
        : closesAt === undefined
          ? ''
          : dateTime(closesAt, language),
  });
  const ask = () => {
    void modal.confirm({
      title: t('staff.vote.confirmTitle', { title: resolution.title }),
      content: (
        <>
          <p>{sentence}</p>
          <p>{t('staff.vote.irreversible')}</p>
        </>
      ),
      okText: t('staff.vote.confirm'),
      cancelText: t('staff.common.back'),
      width: 520,
      onOk: () =>
        startPending({
          resolutionId: resolution.resolutionId,
          title: resolution.title,
          sentence,
          deadline,
          expectedUnits: roll.units,
          expectedUnsecuredFen: roll.unsecuredFen,
        }),
    });
  };
  return (
    <div className="vote-start">
      <DeadlinePicker
        label={t('staff.vote.deadline')}
        presetsMinutes={PRESETS_MINUTES}
        presetKey="staff.deadline.minutes"
        choice={deadline}
        onChange={setDeadline}
      />
      <Button type="primary" size="large" disabled={obstacle !== undefined} onClick={ask}>
        {t('staff.vote.start')}
      </Button>
      {obstacle === undefined ? null : <span className="muted">{t(`staff.vote.obstacle.${obstacle}`)}</span>}
    </div>
  );
}
