import type { RoomState } from '../../../server/protocol/room-slices.ts';
import type { RemoteTrack } from '../../media/types.ts';
import { useMedia } from '../../state/media.ts';
import { useRoom } from '../../state/room.ts';

interface Picked {
  readonly remote: readonly RemoteTrack[];
  readonly activeSpeaker: string | null;
  readonly state: RoomState;
}

function peerOfFloor(state: RoomState): string | undefined {
  const { floor, stage } = state;
  if (floor?.state !== 'speaking') return undefined;
  return stage?.peers.find((peer) => peer.personId === floor.personId)?.peerId;
}

/** What fills the stage: a shared screen, else who has the floor, else who is heard, else any camera. */
export function pickPicture({ remote, activeSpeaker, state }: Picked): RemoteTrack | undefined {
  const videos = remote.filter(({ kind, isPaused }) => kind === 'video' && !isPaused);
  const screen = videos.find(({ source }) => source === 'screen');
  if (screen !== undefined) return screen;
  const floorPeer = peerOfFloor(state);
  return (
    videos.find(({ peerId }) => peerId === floorPeer) ??
    videos.find(({ peerId }) => peerId === activeSpeaker) ??
    videos[0]
  );
}

export function usePicture(): RemoteTrack | undefined {
  const remote = useMedia((store) => store.remote);
  const activeSpeaker = useMedia((store) => store.activeSpeaker);
  const state = useRoom((store) => store.state);
  return pickPicture({ remote, activeSpeaker, state });
}

/** Role and masked name of who speaks: the holder of the floor, else who is heard. */
export function useSpeakerLabel(): string | undefined {
  const activeSpeaker = useMedia((store) => store.activeSpeaker);
  const { floor, stage } = useRoom((store) => store.state);
  if (floor?.state === 'speaking' && floor.label !== null) return floor.label;
  return stage?.peers.find((peer) => peer.peerId === activeSpeaker)?.label;
}
