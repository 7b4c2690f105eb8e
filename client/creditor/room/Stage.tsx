import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { RemoteTrack } from '../../media/types.ts';
import { addPlayer, findMediaClient, restorePlayback, startMedia, useMedia } from '../../state/media.ts';
import { useRoom } from '../../state/room.ts';
import { usePicture, useSpeakerLabel } from './use-stage.ts';

interface StageProps {
  /** Shown while there is nobody else's picture: what the others see of oneself. */
  readonly ownPicture?: ReactNode;
}

/** The one dark place: who speaks, or the shared screen. Nothing is drawn over the picture. */
export function Stage({ ownPicture }: StageProps) {
  const { t } = useTranslation();
  const picture = usePicture();
  const speaker = useSpeakerLabel();
  const connection = useMedia((store) => store.connection);
  const owner = useRoom((store) => store.state.stage?.peers.find((peer) => peer.peerId === picture?.peerId));
  const [isHelpShown, setHelpShown] = useState(false);
  const help = (): void => {
    setHelpShown(!isHelpShown);
    void startMedia();
    void restorePlayback();
  };
  const isOver = useRoom((store) => store.state.meeting?.phase === 'closed');
  const isLost = connection === 'interrupted' || connection === 'failed';
  const caption = speaker === undefined ? owner?.label : t('room.speaking', { label: speaker });
  return (
    <section className="stage" aria-label={t('room.stage')}>
      <div className="stage__picture">
        {picture !== undefined ? (
          <Picture key={picture.producerId} picture={picture} />
        ) : (
          (ownPicture ?? (
            <p className="stage__empty">
              {t(
                isOver
                  ? 'room.closed'
                  : connection === 'connecting'
                    ? 'room.pictureComing'
                    : 'room.noPicture',
              )}
            </p>
          ))
        )}
      </div>
      <div className="stage__caption">
        <p role="status">
          {isLost ? t('connection.mediaLost') : (caption ?? t(isOver ? 'room.closed' : 'room.nobodySpeaks'))}
        </p>
        <button type="button" className="stage__help" aria-expanded={isHelpShown} onClick={help}>
          {t('room.cannotHear')}
        </button>
      </div>
      {isHelpShown && (
        <ul className="stage__hints">
          <li>{t('room.hearHint.volume')}</li>
          <li>{t('room.hearHint.call')}</li>
          <li>{t('room.hearHint.browser')}</li>
        </ul>
      )}
    </section>
  );
}

/** Tells the server how large the picture is, so that it sends no more than is seen. */
function useTileSize(element: RefObject<HTMLVideoElement | null>, { peerId, source }: RemoteTrack): void {
  useEffect(() => {
    const video = element.current;
    if (video === null) return undefined;
    const tell = (): void =>
      findMediaClient()?.setTileSize(peerId, source, {
        widthPx: video.clientWidth,
        heightPx: video.clientHeight,
      });
    const observer = new ResizeObserver(tell);
    observer.observe(video);
    return () => {
      observer.disconnect();
      findMediaClient()?.setTileSize(peerId, source, undefined);
    };
  }, [element, peerId, source]);
}

type IosVideo = HTMLVideoElement & { readonly webkitEnterFullscreen?: () => void };

function Picture({ picture }: { readonly picture: RemoteTrack }) {
  const { t } = useTranslation();
  const element = useRef<HTMLVideoElement>(null);
  const { track } = picture;
  useEffect(() => {
    const video = element.current;
    if (video === null) return undefined;
    video.srcObject = new MediaStream([track]);
    return addPlayer(video);
  }, [track]);
  useTileSize(element, picture);
  const fill = (): void => {
    const video: IosVideo | null = element.current;
    if (video === null) return;
    if (document.fullscreenElement !== null) void document.exitFullscreen();
    else if (video.requestFullscreen !== undefined) void video.requestFullscreen().catch(() => undefined);
    else video.webkitEnterFullscreen?.();
  };
  return (
    <button type="button" className="stage__fill" aria-label={t('room.fullScreen')} onClick={fill}>
      <video ref={element} muted playsInline autoPlay />
    </button>
  );
}

/** Full screen ends when something has to be read or done. */
export function endFullScreen(): void {
  if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => undefined);
}
