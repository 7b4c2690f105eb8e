/** Picture and sound between two real browsers through a real worker. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { MediaSource } from '../../server/protocol/media.ts';
import type { MediaPlane } from '../../server/services/ports/media-port.ts';
import { look, seeMoving, startMediaSite, type MediaSite } from '../support/media-browser.ts';
import { allow, nextEvent, startPlane } from '../support/media-plane.ts';
import { reportFigure } from '../support/turns.ts';

const roomId = 'hall';
const judge = { roomId, peerId: 'judge' };
let plane: MediaPlane;
let site: MediaSite;
let sender: Page;
let viewer: Page;

const send = (source: MediaSource) =>
  sender.evaluate((wanted) => globalThis.media.client.startProducing(wanted), source);

beforeAll(async () => {
  plane = await startPlane();
  site = await startMediaSite(plane);
  allow(plane, judge, 'camera', 'microphone');
  sender = await site.open(roomId, 'judge');
  viewer = await site.open(roomId, 'creditor');
});
afterAll(async () => {
  await site?.close();
  await plane?.close();
});

describe('between two browsers', () => {
  it('the viewer decodes the picture of the sender, starting on the smallest layer', async () => {
    await send('camera');
    await seeMoving(viewer);
    expect((await look(viewer)).widthPx).toBeLessThanOrEqual(320);
  });

  it('the picture becomes larger when the tile does', async () => {
    await viewer.evaluate(() =>
      globalThis.media.client.setTileSize('judge', 'camera', { widthPx: 640, heightPx: 360 }),
    );
    await viewer.waitForFunction(() => globalThis.media.look().widthPx >= 640);
    await seeMoving(viewer);
  });

  it('layers that nobody looks at are not sent, and come back when they are wanted', async () => {
    const setTile = (heightPx: number) =>
      viewer.evaluate(
        (height) =>
          globalThis.media.client.setTileSize('judge', 'camera', { widthPx: height * 2, heightPx: height }),
        heightPx,
      );
    const lowered = nextEvent(plane, 'producer-layers');
    await setTile(90);
    expect(await lowered).toMatchObject({ peerId: 'judge', maxSpatialLayer: 0 });
    await viewer.waitForFunction(() => globalThis.media.look().widthPx <= 320);
    await setTile(360);
    await viewer.waitForFunction(() => globalThis.media.look().widthPx >= 640);
    await seeMoving(viewer);
  });

  it('the viewer hears the sender, and is told who speaks', async () => {
    await send('microphone');
    await viewer.waitForFunction(() => {
      const { loudest, activeSpeaker } = globalThis.media.look();
      return loudest > 0.05 && activeSpeaker === 'judge';
    });
  });

  it('a lost socket does not stop the picture, and the same track goes on after it came back', async () => {
    const before = await look(viewer);
    site.cutSocket('creditor');
    await seeMoving(viewer);
    await viewer.waitForFunction(() => globalThis.media.socket.connected);
    await seeMoving(viewer);
    expect(await look(viewer)).toMatchObject({ trackId: before.trackId, connection: 'connected' });
  });

  it('restarted ICE keeps the same tracks', async () => {
    const before = await look(viewer);
    await viewer.evaluate(() => window.dispatchEvent(new Event('online')));
    await sender.evaluate(() => window.dispatchEvent(new Event('online')));
    await seeMoving(viewer, 30);
    expect(await look(viewer)).toMatchObject({ trackId: before.trackId, connection: 'connected' });
  });

  it('a killed worker interrupts picture and sound for a moment only', async () => {
    const before = await look(viewer);
    const killedAtMs = performance.now();
    process.kill(plane.workerOf(roomId)?.pid ?? 0, 'SIGKILL');
    await viewer.waitForFunction((trackId) => {
      const seen = globalThis.media.look();
      return seen.trackId !== null && seen.trackId !== trackId && seen.frames > 0 && seen.remote === 2;
    }, before.trackId);
    reportFigure(`picture in a browser back after ${Math.round(performance.now() - killedAtMs)} ms`);
  });

  it('the picture ends for all when the right to send is withdrawn', async () => {
    allow(plane, judge);
    await viewer.waitForFunction(() => globalThis.media.look().remote === 0);
    await sender.waitForFunction(() => globalThis.media.look().sending === 0);
    await expect(send('camera')).rejects.toThrow('MEDIA_FORBIDDEN');
  });
});
