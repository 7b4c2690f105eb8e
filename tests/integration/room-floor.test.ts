import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MediaSource } from '../../server/protocol/media.ts';
import { dtlsParameters, opusParameters, vp8Parameters } from '../support/media-plane.ts';
import type { RoomClient } from '../support/meeting-client.ts';
import { beginMeeting, enterCreditor, expectRefused, type Scene } from '../support/meeting-scene.ts';
import { startMeetingServer, type CreditorPerson, type MeetingServer } from '../support/meeting-server.ts';
import { reportFigure } from '../support/turns.ts';

let server: MeetingServer;
beforeAll(async () => {
  server = await startMeetingServer();
});
afterAll(() => server.close());

/** Two creditors of different people. */
function twoCreditors(): [CreditorPerson, CreditorPerson] {
  const [first] = server.creditors;
  const second = server.creditors.find(({ personId }) => personId !== first?.personId);
  if (!first || !second) throw new Error('too few creditors');
  return [first, second];
}

/** Joins the media room with a transport for sending. */
async function joinMedia(device: RoomClient): Promise<string> {
  await device.ask('media:join', {});
  const { transportId } = await device.ask('media:transport.create', { direction: 'send' });
  await device.ask('media:transport.connect', { transportId, dtlsParameters });
  return transportId;
}

/** Each source has its own line (mid) on the transport; a screen is not simulcast. */
function producing(transportId: string, source: MediaSource) {
  const isAudio = source === 'microphone';
  const parameters = isAudio ? opusParameters() : vp8Parameters(source === 'screen' ? 1 : 3);
  const kind = isAudio ? ('audio' as const) : ('video' as const);
  return { transportId, source, kind, rtpParameters: { ...parameters, mid: source } };
}

/** From the raised hand to the open microphone. */
async function takeFloor(scene: Scene, device: RoomClient, { personId, capacityId }: CreditorPerson) {
  await device.ask('floor:raise', { capacityId });
  await scene.host.ask('floor:offer', { personId });
  await device.until(() => device.personal()?.floor === 'offered');
  await device.ask('floor:accept', {});
  await device.until(() => device.personal()?.isSpeakingHere);
}

describe('the floor', () => {
  it('is raised for, offered, accepted and taken back, and the right to send goes with it', async () => {
    const scene = await beginMeeting(server);
    const [speaker] = twoCreditors();
    const device = await enterCreditor(server, scene, speaker);
    const transportId = await joinMedia(device);
    for (const source of ['microphone', 'camera'] as const) {
      expect(await device.refusal('media:produce', producing(transportId, source))).toBe('MEDIA_FORBIDDEN');
    }
    await device.ask('floor:raise', { capacityId: speaker.capacityId });
    await scene.host.until(() => scene.host.state().queue?.hands[0]?.personId === speaker.personId);
    await scene.host.ask('floor:offer', { personId: speaker.personId });
    await device.until(() => device.personal()?.floor === 'offered');
    // The server opens nobody's microphone: an offer is not the floor.
    expect(await device.refusal('media:produce', producing(transportId, 'microphone'))).toBe(
      'MEDIA_FORBIDDEN',
    );
    await device.ask('floor:accept', {});
    const sent = await device.ask('media:produce', producing(transportId, 'microphone'));
    await device.ask('media:produce', producing(transportId, 'camera'));
    expect(await device.refusal('media:produce', producing(transportId, 'screen'))).toBe('MEDIA_FORBIDDEN');
    expect(device.personal()).toMatchObject({ floor: 'speaking', maySend: ['camera', 'microphone'] });

    await scene.host.ask('floor:withdraw', { expectedPersonId: speaker.personId });
    const closed = { producerId: sent.producerId, source: 'microphone', reason: 'right-withdrawn' };
    await scene.judge.until(() =>
      scene.judge.received.some(
        ({ name, payload }) =>
          name === 'media:producer-closed' && (payload as typeof closed).producerId === sent.producerId,
      ),
    );
    expect(scene.judge.received).toContainEqual({
      name: 'media:producer-closed',
      payload: expect.objectContaining(closed),
    });
    await device.until(() => device.personal()?.floor === 'none');
    expect(device.personal()?.maySend).toEqual([]);
    expect(await device.refusal('media:produce', producing(transportId, 'microphone'))).toBe(
      'MEDIA_FORBIDDEN',
    );
    const events = (await server.ledger(scene.meetingId)).flatMap((entry) =>
      entry.t === 'floor' ? [entry.body.event] : [],
    );
    expect(events).toEqual(['raise', 'offer', 'accept', 'withdraw']);
  });

  it('belongs to the device that accepted it, not to the person’s other one', async () => {
    const scene = await beginMeeting(server);
    const [speaker] = twoCreditors();
    const phone = await enterCreditor(server, scene, speaker);
    const desk = await enterCreditor(server, scene, speaker);
    const [phoneTransport, deskTransport] = [await joinMedia(phone), await joinMedia(desk)];
    await takeFloor(scene, phone, speaker);
    await phone.ask('media:produce', producing(phoneTransport, 'microphone'));
    expect(await desk.refusal('media:produce', producing(deskTransport, 'microphone'))).toBe(
      'MEDIA_FORBIDDEN',
    );
    await desk.until(() => desk.personal()?.floor === 'speaking');
    expect(desk.personal()).toMatchObject({ isSpeakingHere: false, maySend: [] });
  });

  it('is given to one at a time, to who has raised a hand, and accepted by who was offered it', async () => {
    const scene = await beginMeeting(server);
    const [first, second] = twoCreditors();
    const [one, two] = [
      await enterCreditor(server, scene, first),
      await enterCreditor(server, scene, second),
    ];
    const refused = (device: RoomClient, code: string, name: string, payload: object = {}) =>
      expectRefused(server, scene, { code, by: () => device.refusal(name, payload) });
    await refused(scene.host, 'HAND_NOT_RAISED', 'floor:offer', { personId: first.personId });
    await refused(one, 'HAND_NOT_RAISED', 'floor:lower');
    await refused(one, 'FLOOR_NOT_OFFERED', 'floor:accept');
    await refused(one, 'UNIT_NOT_YOURS', 'floor:raise', { capacityId: second.capacityId });
    await one.ask('floor:raise', { capacityId: first.capacityId });
    expect(await two.ask('floor:raise', { capacityId: second.capacityId })).toEqual({ position: 2 });
    await scene.host.ask('floor:offer', { personId: first.personId });
    await refused(two, 'FLOOR_NOT_OFFERED', 'floor:accept');
    await refused(scene.host, 'FLOOR_TAKEN', 'floor:offer', { personId: second.personId });
    await one.ask('floor:decline', {});
    await scene.host.ask('floor:offer', { personId: second.personId });
    await two.ask('floor:accept', {});
    await two.ask('floor:end', {});
    await scene.host.until(() => scene.host.state().floor?.state === 'free');
  });

  it('needs the sign-in to the meeting', async () => {
    const scene = await beginMeeting(server);
    const [speaker] = twoCreditors();
    const device = await server.connect(speaker.personId);
    await device.join(scene.meetingId);
    await expectRefused(server, scene, {
      code: 'NOT_SIGNED_IN_TO_MEETING',
      by: () => device.refusal('floor:raise', { capacityId: speaker.capacityId }),
    });
  });

  it('ends with the meeting', async () => {
    const scene = await beginMeeting(server);
    const [speaker] = twoCreditors();
    const device = await enterCreditor(server, scene, speaker);
    const transportId = await joinMedia(device);
    await takeFloor(scene, device, speaker);
    await device.ask('media:produce', producing(transportId, 'microphone'));
    await scene.host.ask('meeting:close', { expectedPhase: 'in-progress' });
    await device.until(() => device.state().floor?.state === 'free');
    expect(await device.refusal('media:produce', producing(transportId, 'camera'))).toMatch(
      /^MEDIA_(FORBIDDEN|NOT_JOINED)$/,
    );
  });
});

describe('media', () => {
  it('is sent by administrator and judge without the floor, screen included', async () => {
    const scene = await beginMeeting(server);
    for (const device of [scene.host, scene.judge]) {
      const transportId = await joinMedia(device);
      for (const source of ['camera', 'microphone', 'screen'] as const) {
        await device.ask('media:produce', producing(transportId, source));
      }
    }
  });

  it('is received by a creditor: paused first, resumed after the device is ready', async () => {
    const scene = await beginMeeting(server);
    const [viewer] = twoCreditors();
    const sending = await joinMedia(scene.host);
    const { producerId } = await scene.host.ask('media:produce', producing(sending, 'camera'));
    const device = await enterCreditor(server, scene, viewer);
    const { routerRtpCapabilities, producers, mayProduce } = await device.ask('media:join', {});
    expect(producers.map((producer) => producer.producerId)).toContain(producerId);
    expect(mayProduce).toEqual([]);
    await device.ask('media:transport.create', { direction: 'recv', rtpCapabilities: routerRtpCapabilities });
    const { consumerId } = await device.ask('media:consume', { producerId });
    await device.ask('media:consumer.resume', { consumerId });
  });

  it('requests with the ids of others are answered as if these did not exist', async () => {
    const scene = await beginMeeting(server);
    const [speaker] = twoCreditors();
    const theirs = await joinMedia(scene.judge);
    const { producerId } = await scene.judge.ask('media:produce', producing(theirs, 'camera'));
    const device = await enterCreditor(server, scene, speaker);
    await joinMedia(device);
    await takeFloor(scene, device, speaker);
    const before = await server.ledger(scene.meetingId);
    const foreign: readonly [string, object, string][] = [
      ['media:produce', producing(theirs, 'microphone'), 'MEDIA_TRANSPORT_UNKNOWN'],
      ['media:transport.connect', { transportId: theirs, dtlsParameters }, 'MEDIA_TRANSPORT_UNKNOWN'],
      ['media:transport.restart-ice', { transportId: theirs }, 'MEDIA_TRANSPORT_UNKNOWN'],
      ['media:producer.close', { producerId }, 'MEDIA_PRODUCER_UNKNOWN'],
      ['media:producer.pause', { producerId }, 'MEDIA_PRODUCER_UNKNOWN'],
      ['media:consumer.resume', { consumerId: producerId }, 'MEDIA_CONSUMER_UNKNOWN'],
    ];
    for (const [name, payload, code] of foreign) expect(await device.refusal(name, payload)).toBe(code);
    expect(await server.ledger(scene.meetingId)).toEqual(before);
    const { producers } = await device.ask('media:join', { resume: true });
    expect(producers.map((producer) => producer.producerId)).toContain(producerId);
  });

  it('is held for a device that comes back, and given to no other', async () => {
    const scene = await beginMeeting(server);
    const [speaker] = twoCreditors();
    const cookie = await server.cookieOf(speaker.personId, ['creditor']);
    const deviceId = 'the-same-tab-of-a-page';
    const before = await server.connect(speaker.personId, { cookie, deviceId });
    await before.join(scene.meetingId);
    await before.ask('presence:sign-in', { capacityIds: [speaker.capacityId] });
    const transportId = await joinMedia(before);
    await takeFloor(scene, before, speaker);
    await before.ask('media:produce', producing(transportId, 'microphone'));
    before.close();
    const after = await server.connect(speaker.personId, { cookie, deviceId });
    await after.join(scene.meetingId);
    expect(await after.ask('media:join', { resume: true })).toMatchObject({
      isResumed: true,
      mayProduce: ['camera', 'microphone'],
    });
    await after.ask('media:produce', producing(transportId, 'camera'));
    const elsewhere = await server.connect(speaker.personId, { cookie, deviceId: 'another-tab-of-the-page' });
    await elsewhere.join(scene.meetingId);
    expect(await elsewhere.ask('media:join', { resume: true })).toMatchObject({ isResumed: false });
  });

  it('alone is interrupted when its worker dies, and comes back', async () => {
    const scene = await beginMeeting(server);
    const [signing] = twoCreditors();
    await joinMedia(scene.host);
    const pid = server.composed.plane.workerOf(scene.meetingId)?.pid ?? 0;
    const killedAt = performance.now();
    process.kill(pid, 'SIGKILL');
    const device = await enterCreditor(server, scene, signing);
    const [first = ''] = scene.itemIds;
    await scene.host.ask('agenda:move', { toItemId: first, expectedItemId: null });
    await device.until(() => device.state().agenda?.currentItemId === first);
    await scene.host.until(() => scene.host.received.some(({ name }) => name === 'media:reset'));
    const transportId = await joinMedia(scene.host);
    await scene.host.ask('media:produce', producing(transportId, 'camera'));
    reportFigure(
      `host sends again ${Math.round(performance.now() - killedAt)} ms after the death of a worker`,
    );
    expect(scene.host.isConnected()).toBe(true);
  });
});
