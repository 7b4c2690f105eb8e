import { describe, expect, it } from '@jest/globals';
import type { MediaPlane } from '../../server/services/ports/media-port.ts';
import { createMediaPlane } from '../../media/plane.ts';
import { allow, joinFully, nextEvent, silentLog, startPlane, vp8Parameters } from '../support/media-plane.ts';
import { reportFigure } from '../support/turns.ts';

async function withPlane(numWorkers: number, run: (plane: MediaPlane) => Promise<void>): Promise<void> {
  const plane = await startPlane(numWorkers);
  try {
    await run(plane);
  } finally {
    await plane.close();
  }
}

async function killWorkerOf(plane: MediaPlane, roomId: string): Promise<void> {
  const reset = nextEvent(plane, 'room-reset');
  process.kill(plane.workerOf(roomId)?.pid ?? 0, 'SIGKILL');
  expect(await reset).toEqual({ type: 'room-reset', roomId });
}

describe('the death of a media worker', () => {
  it('ends its rooms, which can be joined again within five seconds, and no others', async () => {
    await withPlane(2, async (plane) => {
      const [judge, other] = [
        { roomId: 'first', peerId: 'judge' },
        { roomId: 'second', peerId: 'other' },
      ];
      await joinFully(plane, judge);
      allow(plane, judge, 'camera');
      const otherSide = await joinFully(plane, other);
      const killedPid = plane.workerOf('first')?.pid;
      const survivorPid = plane.workerOf('second')?.pid;
      expect(killedPid).not.toBe(survivorPid);

      const killedAtMs = performance.now();
      await killWorkerOf(plane, 'first');
      await expect(plane.createTransport(judge, { direction: 'send' })).rejects.toMatchObject({
        code: 'MEDIA_NOT_JOINED',
      });
      const { send } = await joinFully(plane, judge);
      const request = { transportId: send.transportId, source: 'camera', kind: 'video' } as const;
      await plane.produce(judge, { ...request, rtpParameters: vp8Parameters() });
      reportFigure(`media of a room back after ${Math.round(performance.now() - killedAtMs)} ms`);

      expect(plane.workerOf('second')?.pid).toBe(survivorPid);
      await plane.restartIce(other, otherSide.send.transportId);
      expect(plane.status()).toMatchObject({ workerDeaths: 1, rooms: 2 });
    });
  });

  it('is outlived when the only worker dies: joins wait for the new one', async () => {
    await withPlane(1, async (plane) => {
      const judge = { roomId: 'only', peerId: 'judge' };
      await joinFully(plane, judge);
      await killWorkerOf(plane, 'only');
      await joinFully(plane, judge);
      expect(plane.status()).toMatchObject({ workersAlive: 1, peers: 1 });
    });
  });

  it('refuses what was asked in the moment of death as unavailable, not as the fault of the sender', async () => {
    await withPlane(1, async (plane) => {
      const judge = { roomId: 'only', peerId: 'judge' };
      const { send } = await joinFully(plane, judge);
      const reset = nextEvent(plane, 'room-reset');
      process.kill(plane.workerOf('only')?.pid ?? 0, 'SIGKILL');
      await expect(plane.restartIce(judge, send.transportId)).rejects.toMatchObject({
        code: 'MEDIA_UNAVAILABLE',
      });
      await reset;
    });
  });

  it('gives a room that was there twice a worker of its own', async () => {
    await withPlane(1, async (plane) => {
      const suspect = { roomId: 'suspect', peerId: 'p' };
      for (let death = 1; death <= 2; death += 1) {
        await plane.join(suspect);
        await killWorkerOf(plane, 'suspect');
      }
      await plane.join(suspect);
      await plane.join({ roomId: 'innocent', peerId: 'p' });
      expect(plane.workerOf('suspect')?.pid).not.toBe(plane.workerOf('innocent')?.pid);
      await killWorkerOf(plane, 'suspect');
      expect(plane.workerOf('innocent')).toBeDefined();
    });
  });
});

describe('a plane without a worker', () => {
  it('starts, says so, and refuses joins as unavailable', async () => {
    const plane = await createMediaPlane({
      workerBin: '/nonexistent/mediasoup-worker',
      numWorkers: 1,
      listenIp: '127.0.0.1',
      log: silentLog,
    });
    try {
      expect(plane.status()).toMatchObject({ workersWanted: 1, workersAlive: 0 });
      await expect(plane.join({ roomId: 'r', peerId: 'p' })).rejects.toMatchObject({
        code: 'MEDIA_UNAVAILABLE',
      });
    } finally {
      await plane.close();
    }
  });

  it('closes twice without complaint, and takes nobody in afterwards', async () => {
    const plane = await startPlane();
    await plane.join({ roomId: 'r', peerId: 'p' });
    await plane.close();
    await plane.close();
    await expect(plane.join({ roomId: 'r', peerId: 'p' })).rejects.toMatchObject({
      code: 'MEDIA_UNAVAILABLE',
    });
  });
});
