import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ballotOf, beginMeeting, enterCreditor, openVote, voters } from '../support/meeting-scene.ts';
import { startMeetingServer, type MeetingServer } from '../support/meeting-server.ts';
import type { RoomClient } from '../support/meeting-client.ts';

let server: MeetingServer;
beforeAll(async () => {
  server = await startMeetingServer();
});
afterAll(() => server.close());

const creditor = () => {
  const [first] = server.creditors;
  if (!first) throw new Error('the claims table is empty');
  return first;
};
const publicStream = (client: RoomClient) => {
  const stream = client.streams().public;
  if (!stream) throw new Error('not joined');
  return stream;
};

describe('the state of the room', () => {
  it('is followed by everybody, delta by delta, without a gap', async () => {
    const scene = await beginMeeting(server);
    const device = await enterCreditor(server, scene, creditor());
    let expectedItemId: string | null = null;
    for (const toItemId of scene.itemIds) {
      await scene.host.ask('agenda:move', { toItemId, expectedItemId });
      expectedItemId = toItemId;
    }
    const last = scene.itemIds.at(-1);
    await device.until(() => device.state().agenda?.currentItemId === last);
    expect(device.gaps()).toBe(0);
    expect(publicStream(device).rev).toBeLessThanOrEqual(publicStream(scene.host).rev);
    expect(device.state().meeting?.phase).toBe('in-progress');
  });

  it('that was missed comes as the deltas after the own revision', async () => {
    const scene = await beginMeeting(server);
    const device = await enterCreditor(server, scene, creditor());
    const { epoch, rev } = publicStream(device);
    const [first = '', second = ''] = scene.itemIds;
    await scene.host.ask('agenda:move', { toItemId: first, expectedItemId: null });
    await scene.host.ask('agenda:move', { toItemId: second, expectedItemId: first });
    const { deltas, snapshot } = await device.ask('room:sync', { audience: 'public', epoch, rev });
    expect(snapshot).toBeNull();
    expect(deltas?.map((delta) => delta.rev)).toEqual(deltas?.map((_, index) => rev + 1 + index));
    const moved = deltas?.flatMap(({ ops }) => ops).findLast(({ key }) => key === 'agenda');
    expect(moved).toMatchObject({ op: 'set', value: { currentItemId: second } });
  });

  it('tells the items that the meeting has come to from those that it passed over', async () => {
    const scene = await beginMeeting(server);
    const [, , third = ''] = scene.itemIds;
    await scene.host.ask('agenda:move', { toItemId: third, expectedItemId: null });
    const items = await scene.host.until(() => {
      const { agenda } = scene.host.state();
      return agenda?.currentItemId === third ? agenda.items : undefined;
    });
    expect(items.slice(0, 3).map(({ isVisited }) => isVisited)).toEqual([false, false, true]);
  });

  it.each([
    ['of another epoch', { epoch: 'another', rev: 0 }],
    ['ahead of the server', { rev: 1_000_000 }],
  ])('held %s is replaced by the snapshot', async (_what, held) => {
    const scene = await beginMeeting(server);
    const device = await enterCreditor(server, scene, creditor());
    const { epoch } = publicStream(device);
    const reply = await device.ask('room:sync', { audience: 'public', epoch, ...held });
    expect(reply).toMatchObject({ deltas: null, snapshot: { audience: 'public', epoch } });
    expect(reply.snapshot?.state).toHaveProperty('meeting');
  });

  it('too old to be kept as deltas comes as the snapshot', async () => {
    const scene = await beginMeeting(server);
    const device = await enterCreditor(server, scene, creditor());
    const { epoch } = publicStream(device);
    const { conduct } = server.composed.services;
    const host = await conduct.admit(server.staff['administrator-lead'], scene.meetingId);
    let expectedItemId: string | null = null;
    for (let move = 0; move < 210; move += 1) {
      const toItemId = scene.itemIds[move % 2] ?? '';
      await conduct.moveToItem(host, { toItemId, expectedItemId });
      expectedItemId = toItemId;
    }
    const reply = await device.ask('room:sync', { audience: 'public', epoch, rev: 0 });
    expect(reply.deltas).toBeNull();
    expect(reply.snapshot?.rev).toBeGreaterThan(200);
  });

  it('holds the staff’s streams back from creditors', async () => {
    const scene = await beginMeeting(server);
    const device = await enterCreditor(server, scene, creditor());
    for (const audience of ['staff', 'host']) {
      expect(await device.refusal('room:sync', { audience, epoch: '', rev: 0 })).toBe('FORBIDDEN');
    }
    expect(Object.keys(device.streams())).toEqual(['public']);
    expect(Object.keys(scene.judge.streams())).toEqual(['public', 'staff']);
    expect(Object.keys(scene.host.streams())).toEqual(['public', 'staff', 'host']);
    expect(JSON.stringify(device.received)).not.toMatch(/"queue"|"incidents"/);
  });

  it('counts a person with two devices once', async () => {
    const scene = await beginMeeting(server);
    const { personId } = creditor();
    const [phone, desk] = [await server.connect(personId), await server.connect(personId)];
    await phone.join(scene.meetingId);
    await desk.join(scene.meetingId);
    const online = () => scene.host.state().attendance?.online;
    await scene.host.until(() => online() === 3);
    phone.close();
    desk.close();
    await scene.host.until(() => online() === 2);
  });
});

describe('what a person sees of their own', () => {
  it('goes to all their devices, and to nobody else', async () => {
    const scene = await beginMeeting(server);
    await openVote(server, scene);
    const [first, other] = (await voters(server, scene)).list;
    if (!first || !other) throw new Error('too few voters');
    const phone = await enterCreditor(server, scene, first);
    const desk = await enterCreditor(server, scene, first);
    const neighbour = await enterCreditor(server, scene, other);
    const ballot = await ballotOf(server, scene, first);
    // The proof is in the answer alone; other devices ask for it when they need it.
    const { proof, rights, ...receipt } = await phone.ask('ballot:cast', { ballot });
    expect(proof).toBeDefined();
    expect(rights.map((right) => right.receipt)).toEqual([receipt]);
    const receiptOn = (device: RoomClient) =>
      device.personal()?.rights[scene.resolutionId]?.find(({ unitId }) => unitId === first.creditorId)
        ?.receipt;
    expect(await desk.until(() => receiptOn(desk))).toEqual(receipt);
    expect(JSON.stringify(neighbour.received)).not.toContain(receipt.leafHash);
    expect(JSON.stringify(scene.host.received)).not.toContain(receipt.leafHash);
  });

  it('names every unit with its amount, and why one has no vote', async () => {
    const scene = await beginMeeting(server);
    const { list } = await voters(server, scene);
    const counted = new Map(list.map(({ creditorId, countedFen }) => [creditorId, countedFen]));
    const reasons = new Set<string>();
    for (const one of server.creditors) {
      const device = await server.connect(one.personId);
      await device.join(scene.meetingId);
      const rights = device.personal()?.rights[scene.resolutionId] ?? [];
      const right = rights.find(({ capacityId }) => capacityId === one.capacityId);
      expect(right?.mayVote).toBe(counted.has(one.creditorId));
      expect(right?.countedFen).toBe(String(counted.get(one.creditorId) ?? 0n));
      if (right?.reason) reasons.add(right.reason);
      device.close();
    }
    expect(reasons).toContain('NOT_DETERMINED');
    expect(reasons).toContain('SUBORDINATED');
  });

  it('is there again after the line was lost, at the same place of the room', async () => {
    const scene = await beginMeeting(server);
    const { personId, capacityId } = creditor();
    const cookie = await server.cookieOf(personId, ['creditor']);
    const deviceId = 'device-of-one-creditor';
    const before = await server.connect(personId, { cookie, deviceId });
    await before.join(scene.meetingId);
    await before.ask('presence:sign-in', { capacityIds: [capacityId] });
    await before.ask('floor:raise', { capacityId });
    await before.until(() => before.personal()?.handPosition === 1);
    const held = publicStream(before);
    before.close();
    const [first = ''] = scene.itemIds;
    await scene.host.ask('agenda:move', { toItemId: first, expectedItemId: null });
    const after = await server.connect(personId, { cookie, deviceId });
    await after.join(scene.meetingId);
    expect(after.personal()).toEqual(before.personal());
    expect(after.state().agenda?.currentItemId).toBe(first);
    expect(publicStream(after).epoch).toBe(held.epoch);
  });
});
