import { useTranslation } from 'react-i18next';
import { useMedia } from '../../state/media.ts';
import { RestoreSound } from './RestoreSound.tsx';
import { useSpeakerLabel } from './use-stage.ts';

/** Away from the room the picture shrinks to this line; the sound goes on. */
export function ListeningLine() {
  const { t } = useTranslation();
  const connection = useMedia((store) => store.connection);
  const label = useSpeakerLabel();
  if (connection === 'idle') return null;
  return (
    <>
      <p className="muted">
        {t(connection === 'connected' ? 'room.listening' : 'connection.mediaLost')}
        {connection === 'connected' && label !== undefined && ` · ${label}`}
      </p>
      <RestoreSound />
    </>
  );
}
