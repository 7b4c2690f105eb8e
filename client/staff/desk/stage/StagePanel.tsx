import { useEffect } from 'react';
import { RemoteAudio } from '../../../creditor/room/RemoteAudio.tsx';
import { RestoreSound } from '../../../creditor/room/RestoreSound.tsx';
import { Stage } from '../../../creditor/room/Stage.tsx';
import '../../../creditor/room/room.css';
import { startMedia, stopMedia } from '../../../state/media.ts';
import { useRoom } from '../../../state/room.ts';
import { usePhase } from '../desk-state.ts';
import { OwnDevices } from './OwnDevices.tsx';

/** Picture and sound of the meeting, and the own devices for those who may be seen and heard. */
export function StagePanel() {
  const connection = useRoom((store) => store.connection);
  const phase = usePhase();
  useEffect(() => {
    if (connection === 'connected' && phase !== 'closed') void startMedia();
  }, [connection, phase]);
  useEffect(() => stopMedia, []);
  return (
    <div className="desk-stage">
      <RemoteAudio />
      <Stage />
      <RestoreSound />
      {phase === 'closed' ? null : <OwnDevices />}
    </div>
  );
}
