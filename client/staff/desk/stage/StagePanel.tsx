import { useEffect } from 'react';
import { RemoteAudio } from '../../../creditor/room/RemoteAudio.tsx';
import { RestoreSound } from '../../../creditor/room/RestoreSound.tsx';
import { Stage } from '../../../creditor/room/Stage.tsx';
import '../../../creditor/room/room.css';
import { usePicture } from '../../../creditor/room/use-stage.ts';
import { startMedia, stopMedia, useMedia } from '../../../state/media.ts';
import { resolutionsOf } from '../../../state/rights.ts';
import { useRoom } from '../../../state/room.ts';
import { isLive, usePhase } from '../desk-state.ts';
import { OwnDevices } from './OwnDevices.tsx';
import { OwnPicture, type PictureSource } from './OwnPicture.tsx';

/** While nobody else is shown, whoever sits here sees what the meeting sees of them. */
function useOwnOnStage(): PictureSource | undefined {
  const isElseShown = usePicture() !== undefined;
  const local = useMedia((store) => store.local);
  if (isElseShown) return undefined;
  return (['screen', 'camera'] as const).find((source) => local[source] !== undefined);
}

/** Picture and sound of the meeting, and the own devices for those who may be seen and heard. */
export function StagePanel() {
  const connection = useRoom((store) => store.connection);
  const phase = usePhase();
  useEffect(() => {
    if (connection === 'connected' && phase !== 'closed') void startMedia();
  }, [connection, phase]);
  useEffect(() => stopMedia, []);
  const onStage = useOwnOnStage();
  // The figures of a vote need the room; who speaks is still seen.
  const isVoting = useRoom((store) => resolutionsOf(store.state).some(isLive));
  return (
    <div className={isVoting ? 'desk-stage is-small' : 'desk-stage'}>
      <RemoteAudio />
      <Stage ownPicture={onStage === undefined ? undefined : <OwnPicture source={onStage} />} />
      <RestoreSound />
      {phase === 'closed' ? null : <OwnDevices onStage={onStage} />}
    </div>
  );
}
