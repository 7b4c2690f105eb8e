import { meetingRoutes } from '../../../../../server/protocol/rest/meeting-routes.ts';
import type { ResolutionSlice } from '../../../../../server/protocol/room-slices.ts';
import { call } from '../../../../api/call.ts';
import { useRoom } from '../../../../state/room.ts';
import { useResource } from '../../../../state/use-resource.ts';
import { Loaded } from '../../../parts/Loaded.tsx';
import { PreCheck } from './PreCheck.tsx';
import { StartForm } from './StartForm.tsx';

interface StartVoteProps {
  readonly resolution: ResolutionSlice;
  readonly position: number;
  readonly nextRound: NonNullable<ResolutionSlice['nextRound']>;
}

/** Before a round: the check of its roll, what has to be stated, the deadline, and 开始表决. */
export function StartVote({ resolution, position, nextRound }: StartVoteProps) {
  const { meetingId = '' } = useRoom((store) => store.state.meeting) ?? {};
  const { resolutionId } = resolution;
  const preview = useResource(`roll/${resolutionId}/${nextRound.round}`, () =>
    call(meetingRoutes.rollPreview, { params: { meetingId, resolutionId } }),
  );
  return (
    <Loaded resource={preview}>
      {(roll) => (
        <>
          <StartForm roll={roll} resolution={resolution} position={position} nextRound={nextRound} />
          <PreCheck roll={roll} resolution={resolution} onReload={preview.reload} />
        </>
      )}
    </Loaded>
  );
}
