/** A page with nothing but the media library: shows what comes, and lets the test drive it. */
import { io } from 'socket.io-client';
import { meterLevel } from '../../../client/media/level-meter.ts';
import { createMediaClient } from '../../../client/media/media-client.ts';
import type { Ack } from '../../../server/protocol/errors.ts';

const query = new URLSearchParams(location.search);
const auth = { roomId: query.get('room'), peerId: query.get('peer') };
const socket = io({ auth, transports: ['websocket'] });

const client = createMediaClient({
  request: async (name, payload) => {
    const ack = (await socket.timeout(5_000).emitWithAck(name, payload)) as Ack<unknown>;
    if (ack.ok) return ack.data;
    throw Object.assign(new Error(ack.error.code), { code: ack.error.code });
  },
  on: (name, listener) => {
    socket.on(name, listener as (payload: unknown) => void);
    return () => void socket.off(name, listener as (payload: unknown) => void);
  },
});
socket.on('connect', () => void client.join());

let loudest = 0;
const players = new Map<MediaStreamTrack, HTMLMediaElement>();
client.subscribe(({ remote }) => {
  for (const { track, kind, source } of remote) {
    if (players.has(track)) continue;
    const player = document.createElement(kind === 'video' ? 'video' : 'audio');
    player.dataset['source'] = source;
    player.autoplay = true;
    player.srcObject = new MediaStream([track]);
    document.body.append(player);
    players.set(track, player);
    if (kind === 'audio') meterLevel(track, (level) => (loudest = Math.max(loudest, level)));
  }
  for (const [track, player] of players) {
    if (remote.some((item) => item.track === track)) continue;
    player.remove();
    players.delete(track);
  }
});

/** What the page sees: enough to tell moving pictures and sound from silence. */
function look() {
  const video = document.querySelector<HTMLVideoElement>('video[data-source=camera]');
  return {
    connection: client.getState().connection,
    remote: client.getState().remote.length,
    sending: Object.values(client.getState().local).filter(({ status }) => status === 'sending').length,
    frames: video?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
    widthPx: video?.videoWidth ?? 0,
    loudest,
    trackId: client.getState().remote.find(({ source }) => source === 'camera')?.track.id ?? null,
    activeSpeaker: client.getState().activeSpeaker,
  };
}

const driver = { client, socket, look };
export type MediaPageDriver = typeof driver;
Object.assign(window, { media: driver });
