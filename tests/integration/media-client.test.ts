import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MediaPlane } from '../../server/services/ports/media-port.ts';
import { connectClient, stateOf, type TestClient } from '../support/media-client.ts';
import { allow, startPlane } from '../support/media-plane.ts';
import { reportFigure } from '../support/turns.ts';

let plane: MediaPlane;
let rooms = 0;
const open: TestClient[] = [];

beforeAll(async () => {
  plane = await startPlane();
});
afterAll(async () => {
  for (const { client } of open) client.close();
  await plane.close();
});

function newRoom() {
  rooms += 1;
  const roomId = `client-room-${rooms}`;
  const connect = (peerId: string) => {
    const connected = connectClient(plane, roomId, peerId);
    open.push(connected);
    return connected;
  };
  return { roomId, judge: connect('judge'), creditor: connect('creditor') };
}

describe('the media client', () => {
  it('receives everything on the stage, what was there before and what comes later', async () => {
    const { roomId, judge, creditor } = newRoom();
    allow(plane, { roomId, peerId: 'judge' }, 'camera', 'microphone', 'screen');
    await judge.client.join();
    await judge.client.startProducing('camera');
    await creditor.client.join();
    await judge.client.startProducing('microphone');
    await judge.client.startProducing('screen');
    const { remote, peerId } = await stateOf(creditor.client, (state) => state.remote.length === 3);
    expect(peerId).toBe('creditor');
    expect(remote.map(({ source }) => source).toSorted()).toEqual(['camera', 'microphone', 'screen']);
    expect(remote.every((track) => track.peerId === 'judge')).toBe(true);
    expect(judge.client.getState().remote).toEqual([]);
    await judge.client.stopProducing('screen');
    await stateOf(creditor.client, (state) => state.remote.length === 2);
    expect(creditor.asked.filter((name) => name === 'media:consumer.resume')).toHaveLength(3);
  });

  it('never asks for a device before it is told to, and gives it back when it stops', async () => {
    const { roomId, judge } = newRoom();
    allow(plane, { roomId, peerId: 'judge' }, 'camera');
    await judge.client.join();
    expect(judge.devices.taken).toEqual([]);
    const seen = await judge.client.preview('camera');
    expect(judge.client.getState().local.camera).toMatchObject({ status: 'preview' });
    await judge.client.startProducing('camera');
    expect(judge.client.getState().local.camera).toMatchObject({ track: seen, status: 'sending' });
    expect(judge.devices.taken).toHaveLength(1);
    await judge.client.stopProducing('camera');
    expect(judge.devices.taken[0]?.readyState).toBe('ended');
    expect(judge.client.getState().local).toEqual({});
  });

  it('is refused without the right to send, and the device is given back', async () => {
    const { creditor } = newRoom();
    await creditor.client.join();
    await expect(creditor.client.startProducing('microphone')).rejects.toMatchObject({
      code: 'MEDIA_FORBIDDEN',
    });
    expect(creditor.client.getState().local).toEqual({});
    expect(creditor.devices.taken[0]?.readyState).toBe('ended');
  });

  it('gives the devices back when the floor is taken', async () => {
    const { roomId, judge, creditor } = newRoom();
    const speaker = { roomId, peerId: 'creditor' };
    allow(plane, speaker, 'camera', 'microphone');
    await Promise.all([judge.client.join(), creditor.client.join()]);
    await creditor.client.startProducing('camera');
    await creditor.client.startProducing('microphone');
    await stateOf(judge.client, (state) => state.remote.length === 2);
    allow(plane, speaker);
    await stateOf(judge.client, (state) => state.remote.length === 0);
    await stateOf(creditor.client, (state) => Object.keys(state.local).length === 0);
    expect(creditor.devices.taken.map(({ readyState }) => readyState)).toEqual(['ended', 'ended']);
  });

  it('stays muted by the host until the participant speaks again', async () => {
    const { roomId, judge, creditor } = newRoom();
    const speaker = { roomId, peerId: 'creditor' };
    allow(plane, speaker, 'microphone');
    await Promise.all([judge.client.join(), creditor.client.join()]);
    await creditor.client.startProducing('microphone');
    await stateOf(judge.client, (state) => state.remote.length === 1);
    await plane.mute(speaker, 'microphone');
    await stateOf(creditor.client, (state) => state.local.microphone?.status === 'paused');
    await stateOf(judge.client, (state) => state.remote[0]?.isPaused === true);
    await creditor.client.resumeProducing('microphone');
    expect(creditor.client.getState().local.microphone?.status).toBe('sending');
    await stateOf(judge.client, (state) => state.remote[0]?.isPaused === false);
  });

  it('keeps the microphone shut after a call took it, and takes a new one when told to go on', async () => {
    const { roomId, creditor } = newRoom();
    allow(plane, { roomId, peerId: 'creditor' }, 'microphone');
    await creditor.client.join();
    await creditor.client.startProducing('microphone');
    creditor.devices.taken[0]?.end();
    expect(creditor.client.getState().local.microphone?.status).toBe('interrupted');
    await creditor.client.resumeProducing('microphone');
    expect(creditor.devices.taken).toHaveLength(2);
    expect(creditor.client.getState().local.microphone?.status).toBe('sending');
  });

  it('asks for the layer that its tile needs, and only when that changes', async () => {
    const { roomId, judge, creditor } = newRoom();
    allow(plane, { roomId, peerId: 'judge' }, 'camera');
    creditor.client.setTileSize('judge', 'camera', { widthPx: 1280, heightPx: 720 });
    await Promise.all([judge.client.join(), creditor.client.join()]);
    await judge.client.startProducing('camera');
    await stateOf(creditor.client, (state) => state.remote.length === 1);
    creditor.client.setTileSize('judge', 'camera', { widthPx: 1200, heightPx: 700 });
    creditor.client.setTileSize('judge', 'camera', { widthPx: 160, heightPx: 90 });
    expect(creditor.asked.filter((name) => name === 'media:consumer.layers')).toHaveLength(2);
  });
});

describe('the media client after a lost socket', () => {
  it('takes its place up again: what it sends and receives goes on, what changed meanwhile is caught up', async () => {
    const { roomId, judge, creditor } = newRoom();
    allow(plane, { roomId, peerId: 'judge' }, 'camera', 'microphone');
    await Promise.all([judge.client.join(), creditor.client.join()]);
    await judge.client.startProducing('camera');
    const before = await stateOf(creditor.client, (state) => state.remote.length === 1);
    creditor.setOnline(false);
    plane.suspendPeer({ roomId, peerId: 'creditor' });
    await judge.client.startProducing('microphone');
    creditor.setOnline(true);
    await creditor.client.join();
    const after = await stateOf(creditor.client, (state) => state.remote.length === 2);
    expect(after.remote[0]?.track).toBe(before.remote[0]?.track);
    expect(creditor.asked.filter((name) => name === 'media:transport.create')).toHaveLength(1);
  });

  it('starts anew when the place was not held, and sends again what it sent', async () => {
    const { roomId, judge, creditor } = newRoom();
    allow(plane, { roomId, peerId: 'judge' }, 'camera');
    await Promise.all([judge.client.join(), creditor.client.join()]);
    await judge.client.startProducing('camera');
    const before = await stateOf(creditor.client, (state) => state.remote.length === 1);
    judge.setOnline(false);
    await plane.leave({ roomId, peerId: 'judge' });
    judge.setOnline(true);
    await judge.client.join();
    await stateOf(
      creditor.client,
      ({ remote }) => remote.length === 1 && remote[0]?.producerId !== before.remote[0]?.producerId,
    );
    expect(judge.client.getState().local.camera?.status).toBe('sending');
    expect(judge.devices.taken).toHaveLength(1);
  });
});

describe('the media client after the death of a worker', () => {
  it('joins again by itself and sends again, in under five seconds', async () => {
    const { roomId, judge, creditor } = newRoom();
    allow(plane, { roomId, peerId: 'judge' }, 'camera', 'microphone');
    await Promise.all([judge.client.join(), creditor.client.join()]);
    await judge.client.startProducing('camera');
    await judge.client.startProducing('microphone');
    await stateOf(creditor.client, (state) => state.remote.length === 2);
    const killedAtMs = performance.now();
    const interrupted = stateOf(creditor.client, (state) => state.connection === 'interrupted');
    process.kill(plane.workerOf(roomId)?.pid ?? 0, 'SIGKILL');
    await interrupted;
    await stateOf(creditor.client, (state) => state.connection === 'connected' && state.remote.length === 2);
    reportFigure(`media of a client back after ${Math.round(performance.now() - killedAtMs)} ms`);
    expect(judge.devices.taken).toHaveLength(2);
  });

  it('does not send again what it may no longer send', async () => {
    const { roomId, judge } = newRoom();
    allow(plane, { roomId, peerId: 'judge' }, 'camera');
    await judge.client.join();
    await judge.client.startProducing('camera');
    judge.failNext('media:produce', 'MEDIA_FORBIDDEN');
    process.kill(plane.workerOf(roomId)?.pid ?? 0, 'SIGKILL');
    await stateOf(judge.client, (state) => Object.keys(state.local).length === 0);
    expect(judge.devices.taken[0]?.readyState).toBe('ended');
  });
});

describe('a join that does not succeed', () => {
  it('is tried again when the failure passes', async () => {
    const { creditor } = newRoom();
    creditor.failNext('media:join', 'MEDIA_UNAVAILABLE');
    await creditor.client.join();
    expect(creditor.client.getState()).toMatchObject({ connection: 'connected', failure: null });
  });

  it('ends with the code of a refusal that asking again does not change', async () => {
    const { creditor } = newRoom();
    creditor.failNext('media:join', 'FORBIDDEN');
    await expect(creditor.client.join()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(creditor.client.getState()).toMatchObject({ connection: 'failed', failure: 'FORBIDDEN' });
  });
});
