import { useEffect, useRef } from 'react';
import { addPlayer, useMedia } from '../../state/media.ts';

/** Plays everybody's sound on whatever page of the meeting one is. */
export function RemoteAudio() {
  const remote = useMedia((store) => store.remote);
  return (
    <>
      {remote
        .filter(({ kind }) => kind === 'audio')
        .map(({ producerId, track }) => (
          <AudioTrack key={producerId} track={track} />
        ))}
    </>
  );
}

function AudioTrack({ track }: { readonly track: MediaStreamTrack }) {
  const element = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const audio = element.current;
    if (audio === null) return undefined;
    audio.srcObject = new MediaStream([track]);
    return addPlayer(audio);
  }, [track]);
  // oxlint-disable-next-line jsx-a11y/media-has-caption -- live speech; nothing exists that could caption it
  return <audio ref={element} />;
}
