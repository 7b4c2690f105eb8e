import { useEffect, useRef } from 'react';
import { useMedia } from '../../../state/media.ts';
import { useWords } from '../../parts/use-words.ts';

export type PictureSource = 'camera' | 'screen';

/** What this desk shows to the others; nothing while the device is off. */
export function OwnPicture({ source }: { readonly source: PictureSource }) {
  const { t } = useWords();
  const element = useRef<HTMLVideoElement>(null);
  const track = useMedia((store) => store.local[source]?.track);
  useEffect(() => {
    const video = element.current;
    if (video === null) return;
    video.srcObject = track === undefined ? null : new MediaStream([track]);
    if (track !== undefined) video.play().catch(() => undefined);
  }, [track]);
  if (track === undefined) return null;
  return (
    <video
      ref={element}
      className="desk-own-picture"
      muted
      playsInline
      autoPlay
      aria-label={t(`staff.stage.own.${source}`)}
    />
  );
}
