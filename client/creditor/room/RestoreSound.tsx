import { useTranslation } from 'react-i18next';
import { restorePlayback, useMedia } from '../../state/media.ts';

/** Full width, whenever the browser refused to play. */
export function RestoreSound() {
  const { t } = useTranslation();
  const isBlocked = useMedia((store) => store.isPlaybackBlocked);
  if (!isBlocked) return null;
  return (
    <button type="button" className="button button--primary" onClick={() => void restorePlayback()}>
      {t('room.restoreSound')}
    </button>
  );
}
