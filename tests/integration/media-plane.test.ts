import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MediaSource, RtpParameters } from '../../server/protocol/media.ts';
import type { MediaEvent, MediaPlane, PeerRef } from '../../server/services/ports/media-port.ts';
import {
  allow,
  dtlsParameters,
  joinFully,
  nextEvent,
  opusParameters,
  startPlane,
  vp8Parameters,
} from '../support/media-plane.ts';

let plane: MediaPlane;
let rooms = 0;

/** Two peers in a room of their own. */
function newRoom(): { judge: PeerRef; creditor: PeerRef; roomId: string } {
  rooms += 1;
  const roomId = `room-${rooms}`;
  return { roomId, judge: { roomId, peerId: 'judge' }, creditor: { roomId, peerId: 'creditor' } };
}

beforeAll(async () => {
  plane = await startPlane();
});
afterAll(() => plane.close());

async function produceCamera(peer: PeerRef) {
  const { send } = await joinFully(plane, peer);
  allow(plane, peer, 'camera', 'microphone');
  const { producerId } = await plane.produce(peer, {
    transportId: send.transportId,
    source: 'camera',
    kind: 'video',
    rtpParameters: vp8Parameters(),
  });
  return { send, producerId };
}

describe('the right to send', () => {
  it('is needed for every source: without it produce is refused', async () => {
    const { creditor } = newRoom();
    const { send } = await joinFully(plane, creditor);
    const request = {
      transportId: send.transportId,
      source: 'microphone' as const,
      kind: 'audio' as const,
      rtpParameters: opusParameters(),
    };
    await expect(plane.produce(creditor, request)).rejects.toMatchObject({ code: 'MEDIA_FORBIDDEN' });
    allow(plane, creditor, 'camera');
    await expect(plane.produce(creditor, request)).rejects.toMatchObject({ code: 'MEDIA_FORBIDDEN' });
    allow(plane, creditor, 'microphone');
    await expect(plane.produce(creditor, request)).resolves.toEqual({ producerId: expect.any(String) });
  });

  it('withdrawn closes the producers it covered, at once and with their consumers', async () => {
    const { judge, creditor, roomId } = newRoom();
    const { producerId } = await produceCamera(creditor);
    await joinFully(plane, judge);
    const { consumerId } = await plane.consume(judge, producerId);
    const events: MediaEvent[] = [];
    const stop = plane.onEvent((event) => events.push(event));
    plane.setProduceRights(roomId, creditor.peerId, new Set<MediaSource>());
    stop();
    expect(events).toEqual([
      {
        type: 'producer-closed',
        roomId,
        producerId,
        peerId: 'creditor',
        source: 'camera',
        reason: 'right-withdrawn',
      },
    ]);
    await expect(plane.consume(judge, producerId)).rejects.toMatchObject({ code: 'MEDIA_PRODUCER_UNKNOWN' });
    await expect(plane.resumeConsumer(judge, consumerId)).rejects.toMatchObject({
      code: 'MEDIA_CONSUMER_UNKNOWN',
    });
  });

  it('withdrawn while produce is on its way leaves nothing on the stage', async () => {
    const { creditor } = newRoom();
    const { send } = await joinFully(plane, creditor);
    allow(plane, creditor, 'camera');
    const producing = plane.produce(creditor, {
      transportId: send.transportId,
      source: 'camera',
      kind: 'video',
      rtpParameters: vp8Parameters(),
    });
    await Promise.resolve();
    allow(plane, creditor);
    await expect(producing).rejects.toMatchObject({ code: 'MEDIA_FORBIDDEN' });
    expect((await plane.join(creditor, { resume: true })).producers).toEqual([]);
  });
});

describe('one peer', () => {
  it('cannot use a transport, producer or consumer of somebody else', async () => {
    const { judge, creditor } = newRoom();
    const { send, producerId } = await produceCamera(judge);
    const own = await joinFully(plane, creditor);
    const { consumerId } = await plane.consume(creditor, producerId);
    allow(plane, creditor, 'microphone');
    const refusedTransport = { code: 'MEDIA_TRANSPORT_UNKNOWN' };
    await expect(plane.connectTransport(creditor, send.transportId, dtlsParameters)).rejects.toMatchObject(
      refusedTransport,
    );
    await expect(plane.restartIce(creditor, send.transportId)).rejects.toMatchObject(refusedTransport);
    for (const transportId of [send.transportId, own.recv.transportId]) {
      const request = {
        transportId,
        source: 'microphone',
        kind: 'audio',
        rtpParameters: opusParameters(),
      } as const;
      await expect(plane.produce(creditor, request)).rejects.toMatchObject(refusedTransport);
    }
    for (const call of [plane.closeProducer, plane.pauseProducer, plane.resumeProducer]) {
      await expect(call.call(plane, creditor, producerId)).rejects.toMatchObject({
        code: 'MEDIA_PRODUCER_UNKNOWN',
      });
    }
    const layers = { spatialLayer: 2 };
    await expect(plane.resumeConsumer(judge, consumerId)).rejects.toMatchObject({
      code: 'MEDIA_CONSUMER_UNKNOWN',
    });
    await expect(plane.setPreferredLayers(judge, consumerId, layers)).rejects.toMatchObject({
      code: 'MEDIA_CONSUMER_UNKNOWN',
    });
    // Nothing changed for either of them.
    await plane.resumeConsumer(creditor, consumerId);
    await plane.setPreferredLayers(creditor, consumerId, layers);
  });

  it('has one transport a direction, even when two are asked for at once', async () => {
    const { creditor } = newRoom();
    await plane.join(creditor);
    const asked = [1, 2, 3].map(() => plane.createTransport(creditor, { direction: 'send' }));
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes[2]).toMatchObject({ reason: { code: 'MEDIA_LIMIT' } });
  });

  it('has one producer a source and at most three encodings', async () => {
    const { creditor } = newRoom();
    const { send } = await joinFully(plane, creditor);
    allow(plane, creditor, 'camera', 'screen');
    const camera = { transportId: send.transportId, source: 'camera', kind: 'video' } as const;
    const tooMany = { ...camera, rtpParameters: vp8Parameters(4) };
    await expect(plane.produce(creditor, tooMany)).rejects.toMatchObject({ code: 'MEDIA_LIMIT' });
    const layeredScreen = { ...camera, source: 'screen' as const, rtpParameters: vp8Parameters(2) };
    await expect(plane.produce(creditor, layeredScreen)).rejects.toMatchObject({ code: 'MEDIA_LIMIT' });
    await plane.produce(creditor, { ...camera, rtpParameters: vp8Parameters(3) });
    const again = { ...camera, rtpParameters: vp8Parameters(1) };
    await expect(plane.produce(creditor, again)).rejects.toMatchObject({ code: 'MEDIA_LIMIT' });
  });

  it('gets MEDIA_UNSUPPORTED for parameters that make no sense, and can go on', async () => {
    const { creditor } = newRoom();
    const { send, recv } = await joinFully(plane, creditor);
    allow(plane, creditor, 'camera', 'microphone');
    const camera = { transportId: send.transportId, source: 'camera', kind: 'video' } as const;
    const good = vp8Parameters();
    const bad: RtpParameters[] = [
      { ...good, codecs: [{ mimeType: 'video/H265', payloadType: 96, clockRate: 90_000 }] },
      { ...good, headerExtensions: [{ uri: 'urn:x-unknown', id: 2 }] },
      { ...good, encodings: [{ scalabilityMode: 'L1T3' }, { scalabilityMode: 'L1T3' }] },
      { ...good, encodings: [] },
      opusParameters(),
    ];
    for (const rtpParameters of bad) {
      await expect(plane.produce(creditor, { ...camera, rtpParameters })).rejects.toMatchObject({
        code: 'MEDIA_UNSUPPORTED',
      });
    }
    const wrongKind = { ...camera, kind: 'audio' as const, rtpParameters: opusParameters() };
    await expect(plane.produce(creditor, wrongKind)).rejects.toMatchObject({ code: 'MEDIA_UNSUPPORTED' });
    await plane.connectTransport(creditor, recv.transportId, dtlsParameters);
    await expect(plane.connectTransport(creditor, recv.transportId, dtlsParameters)).rejects.toMatchObject({
      code: 'MEDIA_UNSUPPORTED',
    });
    await expect(plane.produce(creditor, { ...camera, rtpParameters: good })).resolves.toBeDefined();
  });

  it('must have joined', async () => {
    const { creditor } = newRoom();
    await expect(plane.createTransport(creditor, { direction: 'send' })).rejects.toMatchObject({
      code: 'MEDIA_NOT_JOINED',
    });
    await plane.join(creditor);
    await expect(plane.consume(creditor, 'nobody')).rejects.toMatchObject({ code: 'MEDIA_PRODUCER_UNKNOWN' });
    await plane.leave(creditor);
    await plane.leave(creditor);
    await expect(plane.consume(creditor, 'nobody')).rejects.toMatchObject({ code: 'MEDIA_NOT_JOINED' });
  });
});

describe('the stage', () => {
  it('shows those who join later what is on it, and consumers are made paused on the lowest layer', async () => {
    const { judge, creditor } = newRoom();
    const added = nextEvent(plane, 'producer-added');
    const { producerId } = await produceCamera(judge);
    const onStage = { producerId, peerId: 'judge', source: 'camera', kind: 'video', isPaused: false };
    expect((await added).producer).toEqual(onStage);
    const { joined } = await joinFully(plane, creditor);
    expect(joined).toMatchObject({
      peerId: 'creditor',
      isResumed: false,
      producers: [onStage],
      mayProduce: [],
    });
    const consumer = await plane.consume(creditor, producerId);
    expect(consumer).toMatchObject({
      producerId,
      peerId: 'judge',
      source: 'camera',
      isProducerPaused: false,
    });
    expect(consumer.rtpParameters.encodings).toHaveLength(1);
  });

  it('gives a new consumer instead of a second one to who asks again', async () => {
    const { judge, creditor } = newRoom();
    const { producerId } = await produceCamera(judge);
    await joinFully(plane, creditor);
    const first = await plane.consume(creditor, producerId);
    const second = await plane.consume(creditor, producerId);
    expect((await plane.join(creditor, { resume: true })).consumerIds).toEqual([second.consumerId]);
    await expect(plane.resumeConsumer(creditor, first.consumerId)).rejects.toMatchObject({
      code: 'MEDIA_CONSUMER_UNKNOWN',
    });
  });

  it('is told of a mute by the host, and only the sender ends it', async () => {
    const { judge, roomId } = newRoom();
    const { producerId } = await produceCamera(judge);
    const paused = nextEvent(plane, 'producer-paused');
    await plane.mute(judge, 'camera');
    expect(await paused).toEqual({ type: 'producer-paused', roomId, producerId, isPaused: true });
    const resumed = nextEvent(plane, 'producer-paused');
    await plane.resumeProducer(judge, producerId);
    expect(await resumed).toMatchObject({ isPaused: false });
    await plane.mute(judge, 'screen');
  });

  it('loses what a peer sent when the peer leaves, and the room ends with its last peer', async () => {
    const { judge, creditor, roomId } = newRoom();
    const { producerId } = await produceCamera(judge);
    await joinFully(plane, creditor);
    const closed = nextEvent(plane, 'producer-closed');
    await plane.leave(judge);
    expect(await closed).toMatchObject({ producerId, reason: 'left' });
    expect(plane.workerOf(roomId)).toBeDefined();
    await plane.leave(creditor);
    expect(plane.workerOf(roomId)).toBeUndefined();
    expect([...plane.produceRights(roomId, 'judge')]).toEqual(['camera', 'microphone']);
    plane.closeRoom(roomId);
    expect(plane.produceRights(roomId, 'judge').size).toBe(0);
  });
});

describe('a lost socket', () => {
  it('keeps the place: the same transports, producers and consumers after a resumed join', async () => {
    const { judge, creditor } = newRoom();
    const { send, producerId } = await produceCamera(judge);
    await joinFully(plane, creditor);
    const { consumerId } = await plane.consume(creditor, producerId);
    plane.suspendPeer(judge);
    plane.suspendPeer(creditor);
    expect(await plane.join(judge, { resume: true })).toMatchObject({
      isResumed: true,
      producers: [{ producerId }],
    });
    expect(await plane.join(creditor, { resume: true })).toMatchObject({
      isResumed: true,
      consumerIds: [consumerId],
    });
    const ice = await plane.restartIce(judge, send.transportId);
    expect(ice.usernameFragment).not.toBe(send.iceParameters.usernameFragment);
  });

  it('starts from nothing when the join does not resume', async () => {
    const { judge } = newRoom();
    const { send, producerId } = await produceCamera(judge);
    const closed = nextEvent(plane, 'producer-closed');
    expect(await plane.join(judge)).toMatchObject({ isResumed: false, producers: [] });
    expect(await closed).toMatchObject({ producerId, reason: 'left' });
    await expect(plane.restartIce(judge, send.transportId)).rejects.toMatchObject({
      code: 'MEDIA_TRANSPORT_UNKNOWN',
    });
  });
});
