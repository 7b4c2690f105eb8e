import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HandshakeRefused } from '../support/meeting-client.ts';
import { beginMeeting, enterCreditor, expectRefused, openVote, voters } from '../support/meeting-scene.ts';
import { startMeetingServer, type MeetingServer } from '../support/meeting-server.ts';

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

describe('the handshake of a socket', () => {
  it.each([
    ['without a session', undefined],
    ['with a cookie that is no token', 'session=short'],
    ['with a token that nobody was given', `session=${'A'.repeat(43)}`],
  ])('%s is refused as not signed in', async (_how, cookie) => {
    const { personId } = creditor();
    const options = cookie === undefined ? { cookie: '' } : { cookie };
    await expect(server.connect(personId, options)).rejects.toThrow(new HandshakeRefused('NOT_SIGNED_IN'));
  });

  it('with a session that has proved the telephone only is refused', async () => {
    const { personId } = creditor();
    const { token } = await server.composed.accounts.sessions.open({
      personId,
      stage: 'code-verified',
      roles: ['creditor'],
      province: null,
    });
    const connecting = server.connect(personId, { cookie: `session=${token}` });
    await expect(connecting).rejects.toThrow(new HandshakeRefused('SIGN_IN_INCOMPLETE'));
  });

  it.each([
    ['from another origin', 'http://evil.example'],
    ['from the same host with another port', 'http://127.0.0.1:1'],
    ['from a sandboxed frame', 'null'],
    ['without an origin', undefined],
  ])('%s is refused, whatever the session', async (_where, origin) => {
    await expect(server.connect(creditor().personId, { origin })).rejects.toThrow(HandshakeRefused);
  });
});

describe('a session that is revoked while its socket is open', () => {
  it('ends the socket at once and tells it why', async () => {
    const { meetingId } = await beginMeeting(server);
    const { personId } = creditor();
    const [first, second] = [await server.connect(personId), await server.connect(personId)];
    await first.join(meetingId);
    await server.composed.accounts.sessions.endAllOf(personId);
    await Promise.all([first.ended(), second.ended()]);
    for (const device of [first, second]) {
      expect(device.received).toContainEqual({
        name: 'session:ended',
        payload: { code: 'SESSION_REVOKED' },
      });
    }
  });

  it('by another server is noticed with the next request, and nothing is done', async () => {
    const { meetingId } = await beginMeeting(server);
    const { personId, capacityId } = creditor();
    const device = await server.connect(personId);
    await device.join(meetingId);
    await server.composed.stores.accounts.sessions.deleteMany({ personId });
    // What a look-up found is believed for three seconds.
    server.clock.advance(3_000);
    await expectRefused(
      server,
      { meetingId },
      {
        code: 'SESSION_REVOKED',
        by: () => device.refusal('presence:sign-in', { capacityIds: [capacityId] }),
      },
    );
    await device.ended();
  });
});

describe('the room', () => {
  it('is closed to people of other cases, to reviewers and to the operator, and recorded nowhere', async () => {
    const { meetingId } = await beginMeeting(server);
    const reviewer = server.staff.reviewer.personId;
    const stranger = server.connect('nobody-of-this-case', {
      cookie: await server.cookieOf('nobody-of-this-case', ['creditor']),
    });
    const near = server.connect(reviewer, { cookie: await server.cookieOf(reviewer, ['reviewer'], '33') });
    const far = server.connect(reviewer, { cookie: await server.cookieOf(reviewer, ['reviewer'], '44') });
    const join = async (who: typeof near) => (await who).refusal('room:join', { meetingId });
    await expectRefused(server, { meetingId }, { code: 'NOT_ON_THE_CASE', by: () => join(stranger) });
    await expectRefused(server, { meetingId }, { code: 'FORBIDDEN', by: () => join(near) });
    await expectRefused(server, { meetingId }, { code: 'OTHER_PROVINCE', by: () => join(far) });
  });

  it('answers requests of those who have not joined, and requests that do not exist', async () => {
    const { personId, capacityId } = creditor();
    const device = await server.connect(personId);
    expect(await device.refusal('presence:sign-in', { capacityIds: [capacityId] })).toBe('NOT_FOUND');
    expect(await device.refusal('media:join', {})).toBe('MEDIA_NOT_JOINED');
    expect(await device.refusal('room:join', { meetingId: 'no-such-meeting' })).toBe('NOT_FOUND');
    expect(await device.refusal('room:destroy', {})).toBe('INVALID_REQUEST');
    expect(await device.refusal('room:join', { meetingId: 'x', extra: true })).toBe('INVALID_REQUEST');
    expect(await device.refusal('room:join', null)).toBe('INVALID_REQUEST');
  });

  it('holds back a device that asks too often', async () => {
    const device = await server.connect(creditor().personId);
    const acks = await Promise.all(Array.from({ length: 200 }, () => device.raw('room:leave', {})));
    expect(acks.filter((ack) => !ack.ok && ack.error.code === 'RATE_LIMITED').length).toBeGreaterThan(50);
    expect(device.isConnected()).toBe(true);
  });
});

describe('signing in to the meeting', () => {
  it('is an entry for each capacity, once, and counts in the attendance', async () => {
    const scene = await beginMeeting(server);
    const { personId, capacityId, creditorId } = creditor();
    const device = await server.connect(personId);
    await device.join(scene.meetingId);
    const first = await device.ask('presence:sign-in', { capacityIds: [capacityId] });
    const size = (await server.ledger(scene.meetingId)).length;
    expect(await device.ask('presence:sign-in', { capacityIds: [capacityId] })).toEqual(first);
    const entries = await server.ledger(scene.meetingId);
    expect(entries).toHaveLength(size);
    expect(entries.at(-1)).toMatchObject({ t: 'presence', body: { personId, creditorId, capacityId } });
    await scene.host.until(() => scene.host.state().attendance?.signedInUnits === 1);
  });

  it('in somebody else’s name is refused', async () => {
    const scene = await beginMeeting(server);
    const { personId } = creditor();
    const other = server.creditors.find((candidate) => candidate.personId !== personId);
    const device = await server.connect(personId);
    await device.join(scene.meetingId);
    const capacityIds = [creditor().capacityId, other?.capacityId ?? ''];
    await expectRefused(server, scene, {
      code: 'UNIT_NOT_YOURS',
      by: () => device.refusal('presence:sign-in', { capacityIds }),
    });
  });

  it('leaves no name in the ledger’s bytes', async () => {
    const scene = await beginMeeting(server);
    const own = server.capacities.find(({ personId }) => personId === creditor().personId);
    await enterCreditor(server, scene, creditor());
    const text = JSON.stringify(await server.ledger(scene.meetingId));
    expect(text).not.toContain(own?.creditorName);
    expect(text).not.toContain('160000');
  });
});

describe('a host’s command', () => {
  const consent = { reason: '无', courtConsentNo: '（2026）虚01破1号之三' };

  it('is refused to creditors, to the judge and to the administrator who is not the host', async () => {
    const scene = await beginMeeting(server);
    const { closesAt } = await openVote(server, scene);
    const { list, unsecuredFen } = await voters(server, scene);
    const ordinary = await enterCreditor(server, scene, creditor());
    const assistant = await server.connect(server.staff['administrator-staff'].personId);
    await assistant.join(scene.meetingId);
    const { resolutionId } = scene;
    const soon = new Date(server.clock.now() + 30_000).toISOString();
    const later = new Date(Date.parse(closesAt) + 60_000).toISOString();
    const confirmed = { expectedUnits: list.length, expectedUnsecuredFen: String(unsecuredFen) };
    const commands: readonly [string, object][] = [
      ['meeting:close', { expectedPhase: 'in-progress' }],
      ['agenda:move', { toItemId: scene.itemIds[0] ?? '', expectedItemId: null }],
      ['floor:offer', { personId: creditor().personId }],
      ['vote:open', { resolutionId, closesAt: soon, ...confirmed }],
      ['vote:extend', { resolutionId, expectedClosesAt: closesAt, closesAt: later, ...consent }],
      ['vote:close', { resolutionId, ...consent }],
      ['vote:resume', { resolutionId, closesAt: soon, ...consent }],
    ];
    for (const device of [ordinary, assistant, scene.judge]) {
      for (const [name, payload] of commands) {
        await expectRefused(server, scene, { code: 'NOT_HOST', by: () => device.refusal(name, payload) });
      }
    }
  });

  it('to adjourn is the host’s and the judge’s, to take over nobody’s without that right', async () => {
    const scene = await beginMeeting(server);
    const ordinary = await enterCreditor(server, scene, creditor());
    const adjourn = { expectedPhase: 'in-progress' };
    await expectRefused(server, scene, {
      code: 'NOT_HOST',
      by: () => ordinary.refusal('meeting:adjourn', adjourn),
    });
    const take = { expectedHost: server.staff['administrator-lead'].personId, reason: '试试' };
    await expectRefused(server, scene, { code: 'FORBIDDEN', by: () => ordinary.refusal('host:take', take) });
    await scene.judge.ask('meeting:adjourn', { expectedPhase: 'in-progress' });
    await scene.host.until(() => scene.host.state().meeting?.phase === 'adjourned');
  });

  it('that rests on what is no longer so is refused with what is', async () => {
    const scene = await beginMeeting(server);
    const [first = '', second = ''] = scene.itemIds;
    await scene.host.ask('agenda:move', { toItemId: first, expectedItemId: null });
    const stale = { toItemId: second, expectedItemId: null };
    await expectRefused(server, scene, {
      code: 'STALE_COMMAND',
      by: () => scene.host.refusal('agenda:move', stale),
    });
    expect(await scene.host.request('agenda:move', stale)).toMatchObject({
      error: { params: { field: 'item', actual: first } },
    });
    for (const [name, payload] of [
      ['meeting:begin', { expectedPhase: 'published' }],
      ['meeting:close', { expectedPhase: 'adjourned' }],
      ['floor:withdraw', { expectedPersonId: creditor().personId }],
    ] as const) {
      await expectRefused(server, scene, {
        code: 'STALE_COMMAND',
        by: () => scene.host.refusal(name, payload),
      });
    }
  });
});
