/**
 * Picture and sound of the meeting on this page. The media library, and mediasoup-client in it, is
 * loaded when the room is first shown; nothing of voting depends on it.
 */
import { create } from 'zustand';
import type { MediaClient } from '../media/media-client.ts';
import type { MediaState } from '../media/types.ts';
import { findRoomSocket, onRoomJoined, useRoom } from './room.ts';

interface MediaStore extends MediaState {
  /** The browser refused to play: a tap is needed (autoplay rules, low-power mode, a telephone call). */
  readonly isPlaybackBlocked: boolean;
}

const IDLE: MediaStore = {
  connection: 'idle',
  failure: null,
  peerId: null,
  remote: [],
  local: {},
  activeSpeaker: null,
  isPlaybackBlocked: false,
};

export const useMedia = create<MediaStore>(() => IDLE);

let client: MediaClient | undefined;
let starting: Promise<MediaClient> | undefined;
let generation = 0;

/** The client once media was started; undefined before. */
export function findMediaClient(): MediaClient | undefined {
  return client;
}

async function createClient(own: number): Promise<MediaClient> {
  const { createMediaClient } = await import('../media/media-client.ts');
  const created = createMediaClient({
    request: (name, payload) => {
      const socket = findRoomSocket();
      return socket === undefined ? Promise.reject(new Error('left')) : socket.requestRaw(name, payload);
    },
    on: (name, listener) => findRoomSocket()?.onRaw(name, listener) ?? (() => undefined),
  });
  if (own !== generation) {
    created.close();
    return created;
  }
  client = created;
  created.subscribe((state) => client === created && useMedia.setState(state));
  return created;
}

/** Loads the library, without joining. */
export function requireMediaClient(): Promise<MediaClient> {
  starting ??= createClient(generation);
  return starting;
}

/** Joins picture and sound of the meeting that is open; again after each lost connection by itself. */
export async function startMedia(): Promise<void> {
  if (useRoom.getState().connection !== 'connected') return;
  const own = await requireMediaClient();
  // Failures are in the store; the meeting goes on without picture.
  await own.join().catch(() => undefined);
}

/** Leaves picture and sound and gives camera and microphone back. */
export function stopMedia(): void {
  generation += 1;
  starting = undefined;
  client?.close();
  client = undefined;
  elements.clear();
  useMedia.setState(IDLE, true);
}

onRoomJoined(() => {
  if (starting !== undefined) void startMedia();
});

// Camera and microphone are given back with the end of the meeting, not when somebody thinks of it.
useRoom.subscribe(({ state, refusal }) => {
  const isOver = state.meeting?.phase === 'closed' || refusal?.code === 'ROLLBACK';
  if (isOver && starting !== undefined) stopMedia();
});

const elements = new Set<HTMLMediaElement>();

/** Elements that play what comes in; returns the function that takes the element out again. */
export function addPlayer(element: HTMLMediaElement): () => void {
  elements.add(element);
  void play(element);
  return () => {
    elements.delete(element);
    element.srcObject = null;
  };
}

async function play(element: HTMLMediaElement): Promise<boolean> {
  try {
    await element.play();
    return true;
  } catch (error) {
    // Another source was set meanwhile: no refusal.
    if (error instanceof DOMException && error.name === 'AbortError') return true;
    useMedia.setState({ isPlaybackBlocked: true });
    return false;
  }
}

/** By the button 点这里恢复声音, and when the page is seen again after a call or another app. */
export async function restorePlayback(): Promise<void> {
  const results = await Promise.all([...elements].map(play));
  if (results.every(Boolean)) useMedia.setState({ isPlaybackBlocked: false });
}

if (typeof document !== 'undefined') {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void restorePlayback();
  });
}
