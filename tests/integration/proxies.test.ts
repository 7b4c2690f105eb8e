/** 企业破产法 art. 59(4); domain.md E3, E13, E26; over real sockets and the real database. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ProxyRow } from '../../server/protocol/rest/proxy-routes.ts';
import type { UnitRights } from '../../server/protocol/room.ts';
import { workbook } from '../support/case-desk-calls.ts';
import { importClaims } from '../support/meeting-import.ts';
import {
  ballotOf,
  beginMeeting,
  enterCreditor,
  expectRefused,
  openVote,
  voters,
  type Scene,
} from '../support/meeting-scene.ts';
import {
  ofType,
  startMeetingServer,
  type CreditorPerson,
  type MeetingServer,
} from '../support/meeting-server.ts';
import { openProxyCalls, type ProxyCalls } from '../support/proxy-calls.ts';

let server: MeetingServer;
let calls: ProxyCalls;
let holders = 0;
let mobile = '';
beforeAll(async () => {
  server = await startMeetingServer();
  calls = await openProxyCalls(server);
});
afterAll(() => server.close());
beforeEach(() => {
  mobile = `1772222${String(1000 + ++holders)}`;
});

/** Creditors who vote for themselves, each taken by one test only, so that proxies do not meet. */
let taken = 0;
async function principals(scene: Scene, count: number): Promise<CreditorPerson[]> {
  const own = server.capacities.filter(({ kind }) => kind !== 'proxy').map(({ creditorId }) => creditorId);
  const { list } = await voters(server, scene);
  const free = list.filter(({ creditorId }) => own.includes(creditorId)).slice(taken, taken + count);
  if (free.length < count) throw new Error('the claims table has too few voters');
  taken += count;
  return free;
}

const idsOf = (list: readonly CreditorPerson[]) => list.map(({ creditorId }) => creditorId);

/** A meeting with an open vote, and the holder's device in it, signed in for all principals. */
async function holderInVote(count: number, terms: { scope?: ProxyRow['scope']; expiresAt?: string } = {}) {
  const scene = await beginMeeting(server);
  const list = await principals(scene, count);
  const rows = await calls.grant({ creditorIds: idsOf(list), mobile, ...terms });
  const { personId, capacities } = await calls.holderOf(mobile);
  await openVote(server, scene, 30 * 60_000);
  const device = await server.connect(personId);
  await device.join(scene.meetingId);
  await device.ask('presence:sign-in', { capacityIds: capacities.map(({ capacityId }) => capacityId) });
  const actingFor = (index: number): CreditorPerson => {
    const capacity = capacities.find(({ creditorId }) => creditorId === list[index]?.creditorId);
    if (!capacity) throw new Error('no capacity for this principal');
    return capacity;
  };
  const ballot = async (index: number, choice: 'for' | 'against' = 'for') => ({
    ...(await ballotOf(server, scene, actingFor(index), choice)),
    proxyDocHash: calls.document.sha256,
  });
  const rightOf = (index: number) =>
    device
      .personal()
      ?.rights[scene.resolutionId]?.find(({ creditorId }) => creditorId === list[index]?.creditorId);
  return { scene, list, rows, device, ballot, rightOf };
}

const castOf = async ({ meetingId }: Scene) => ofType(await server.ledger(meetingId), 'ballot.cast');

describe('a proxy', () => {
  it('is approved by a second person only, and lets nobody act before that', async () => {
    const scene = await beginMeeting(server);
    const [principal] = await principals(scene, 1);
    const entered = await calls.enter({ creditorIds: [principal?.creditorId ?? ''], mobile });
    const [row] = entered.body['rows'] as ProxyRow[];
    const { documentId, sha256 } = calls.document;
    expect(row).toMatchObject({ state: 'submitted', mayReview: false, document: { documentId, sha256 } });
    expect((await calls.holderOf(mobile)).personId).toBe('');
    const approve = `${calls.url}/${row?.proxyId}/approve`;
    const own = await calls.as('administrator-staff').post(approve);
    expect([own.status, own.body['code']]).toEqual([403, 'SECOND_PERSON_REQUIRED']);
    const second = await calls.as('judge').post(approve);
    expect(second.body).toMatchObject({ state: 'approved', proxyId: row?.proxyId });
    expect((await calls.holderOf(mobile)).capacities).toMatchObject([
      { kind: 'proxy', creditorId: principal?.creditorId, proxy: { scope: { kind: 'all' } } },
    ]);
    const again = await calls.as('judge').post(approve);
    expect(again.body['code']).toBe('PROXY_STATE');
  });

  it('is returned with a reason, and then gives no right', async () => {
    const scene = await beginMeeting(server);
    const [principal] = await principals(scene, 1);
    const entered = await calls.enter({ creditorIds: [principal?.creditorId ?? ''], mobile });
    const [row] = entered.body['rows'] as ProxyRow[];
    const back = `${calls.url}/${row?.proxyId}/return`;
    const returned = await calls.as('clerk').post(back, { reason: '缺少委托人签章' });
    expect(returned.body).toMatchObject({ state: 'returned', reason: '缺少委托人签章' });
    expect((await calls.as('judge').post(`${calls.url}/${row?.proxyId}/approve`)).body['code']).toBe(
      'PROXY_STATE',
    );
    expect((await calls.holderOf(mobile)).personId).toBe('');
  });

  it('tells principal and holder by SMS, and stands in the audit trail', async () => {
    const scene = await beginMeeting(server);
    const [principal] = await principals(scene, 1);
    await calls.grant({ creditorIds: [principal?.creditorId ?? ''], mobile });
    const outbox = await server.composed.stores.models.cases.db.collection('outbox').find().toArray();
    expect(outbox.filter(({ to, text }) => to === mobile && String(text).includes('代理人'))).toHaveLength(1);
    const book = await server.composed.stores.audit.findBreak();
    expect(book).toBeUndefined();
  });

  it('cannot be held by the administrator, nor with the telephone of staff (E13)', async () => {
    const scene = await beginMeeting(server);
    const [principal] = await principals(scene, 1);
    const { people } = server.composed.stores.accounts;
    const clerk = server.staff.clerk.personId;
    await people.saveIdentities([{ personId: clerk, name: '王书宁', mobile, identityChecks: [] }]);
    const refused = await calls.enter({ creditorIds: [principal?.creditorId ?? ''], mobile });
    expect([refused.status, refused.body['code']]).toEqual([409, 'PROXY_HOLDER_IS_STAFF']);
  });

  it('that an administrator has got all the same gives no vote (E13)', async () => {
    const scene = await beginMeeting(server);
    const [principal] = await principals(scene, 1);
    const { personId } = server.staff['administrator-staff'];
    const creditorId = principal?.creditorId ?? '';
    const capacityId = `barred-${holders}`;
    const capacity = { capacityId, caseId: server.caseId, personId, creditorId, creditorName: '甲' };
    await server.composed.services.capacities.insert([
      { ...capacity, kind: 'proxy', expiresAt: null, revokedAt: null },
    ]);
    await openVote(server, scene);
    const device = await server.connect(personId);
    await device.join(scene.meetingId);
    expect(device.personal()?.rights[scene.resolutionId] ?? []).toEqual([]);
    const ballot = await ballotOf(server, scene, capacity);
    await expectRefused(server, scene, {
      code: 'UNIT_NOT_YOURS',
      by: () => device.refusal('ballot:cast', { ballot }),
    });
    await server.composed.services.capacities.revoke([capacityId], new Date());
  });

  it('is refused for the creditor’s own telephone, a second time, and with a document of elsewhere', async () => {
    const scene = await beginMeeting(server);
    const [principal] = await principals(scene, 1);
    const creditorIds = [principal?.creditorId ?? ''];
    const room = await server.composed.services.rooms.open(scene.meetingId);
    const own = room.book.creditors.get(creditorIds[0] ?? '')?.mobile ?? '';
    expect((await calls.enter({ creditorIds, mobile: own })).body['code']).toBe('PROXY_HOLDER_IS_PRINCIPAL');
    await calls.grant({ creditorIds, mobile });
    expect((await calls.enter({ creditorIds, mobile })).body['code']).toBe('PROXY_EXISTS');
    const past = new Date(server.clock.now() - 1).toISOString();
    expect((await calls.enter({ creditorIds, mobile: '17711110000', expiresAt: past })).body['code']).toBe(
      'PROXY_ENDED',
    );
  });
});

describe('a proxy in a vote', () => {
  it('lets one holder choose differently for two principals, one ballot and one receipt each (E3)', async () => {
    const { scene, list, device, ballot } = await holderInVote(2);
    const first = await device.ask('ballot:cast', { ballot: await ballot(0, 'for') });
    const second = await device.ask('ballot:cast', { ballot: await ballot(1, 'against') });
    expect([first.choice, second.choice]).toEqual(['for', 'against']);
    expect(first.seq).not.toBe(second.seq);
    const cast = await castOf(scene);
    expect(cast.map(({ body }) => [body.ballot.unitId, body.ballot.proxyDocHash])).toEqual(
      list.map(({ creditorId }) => [creditorId, calls.document.sha256]),
    );
  });

  it('is told after a ballot the right of its unit alone, on every device; the principal’s own device too', async () => {
    const { scene, list, device, ballot, rightOf } = await holderInVote(3);
    const { personId } = await calls.holderOf(mobile);
    const second = await server.connect(personId);
    await second.join(scene.meetingId);
    // Only looking: with a sign-in of its own the proxy would have to yield.
    const own = await server.connect((list[1] as CreditorPerson).personId);
    await own.join(scene.meetingId);
    const devices = [device, second, own];
    const before = devices.map(({ received }) => received.length);
    const toldTo = (at: number) =>
      devices[at]?.received.slice(before[at]).filter(({ name }) => name !== 'state:delta') ?? [];
    const { seq, rights } = await device.ask('ballot:cast', { ballot: await ballot(1, 'against') });
    const voted = [[list[1]?.creditorId, seq]];
    const receiptsIn = (units: UnitRights['rights']) =>
      units.map(({ unitId, receipt }) => [unitId, receipt?.seq]);
    for (const [at, each] of [second, own].entries()) {
      await each.until(() => toldTo(at + 1).length > 0);
      expect(toldTo(at + 1).map(({ name }) => name)).toEqual(['state:units']);
      const [units] = toldTo(at + 1).map(({ payload }) => payload as UnitRights);
      expect(receiptsIn(units?.rights ?? [])).toEqual(voted);
    }
    // The device that has cast it has it in its answer, and no message besides.
    expect(receiptsIn(rights)).toEqual(voted);
    expect(toldTo(0)).toEqual([]);
    expect([0, 1, 2].map((index) => rightOf(index)?.receipt?.seq)).toEqual([undefined, seq, undefined]);
    const joined = await (await server.connect(personId)).join(scene.meetingId);
    expect(device.personal()?.rights).toEqual(joined.personal.rights);
  });

  it('that is revoked leaves the vote cast before it and ends every other at once (E26)', async () => {
    const { scene, rows, device, ballot } = await holderInVote(2);
    const kept = await ballot(0);
    const receipt = await device.ask('ballot:cast', { ballot: kept });
    for (const { proxyId } of rows) expect((await calls.revoke(proxyId)).status).toBe(200);
    await device.until(() => device.received.some(({ name }) => name === 'session:ended'));
    expect((await castOf(scene)).map(({ seq }) => seq)).toEqual([receipt.seq]);
    const back = await server.connect((await calls.holderOf(mobile)).personId);
    expect(await back.refusal('room:join', { meetingId: scene.meetingId })).toBe('NOT_ON_THE_CASE');
  });

  it('that is revoked for one of two is refused with the reason, and the receipt of before is still given', async () => {
    const { scene, rows, device, ballot } = await holderInVote(3);
    const kept = await ballot(0);
    const late = await ballot(1);
    const receipt = await device.ask('ballot:cast', { ballot: kept });
    for (const row of rows.slice(0, 2)) await calls.revoke(row.proxyId);
    const refuse = (by: () => Promise<string>) => expectRefused(server, scene, { code: 'PROXY_ENDED', by });
    await refuse(() => device.refusal('ballot:cast', { ballot: late }));
    expect(await device.ask('ballot:cast', { ballot: kept })).toEqual({ ...receipt, rights: [] });
    const units = await device.until(() => {
      const rights = device.personal()?.rights[scene.resolutionId] ?? [];
      return rights.length === 1 && rights;
    });
    expect(units).toMatchObject([{ mayVote: true, proxy: { scope: { kind: 'all' } } }]);
    await device.ask('ballot:cast', { ballot: await ballot(2) });
  });

  it('that expires in mid-vote ends with its date, and the page is told', async () => {
    const expiresAt = new Date(server.clock.now() + 10 * 60_000).toISOString();
    const { scene, device, ballot, rightOf } = await holderInVote(1, { expiresAt });
    const forEver = await principals(scene, 1);
    await calls.grant({ creditorIds: idsOf(forEver), mobile });
    expect(rightOf(0)).toMatchObject({ mayVote: true, proxy: { expiresAt } });
    const mine = await ballot(0);
    server.clock.advance(10 * 60_000);
    await expectRefused(server, scene, {
      code: 'PROXY_ENDED',
      by: () => device.refusal('ballot:cast', { ballot: mine }),
    });
    await device.until(() => (device.personal()?.rights[scene.resolutionId] ?? []).length === 1);
    expect((await calls.as('judge').get(`${calls.url}?state=expired`)).body).toMatchObject({ total: 1 });
  });

  it('that does not cover the item says so in the right and in the refusal', async () => {
    const scope = { kind: 'resolutions' as const, resolutionIds: ['another-resolution'] };
    const { scene, device, ballot, rightOf } = await holderInVote(1, { scope });
    expect(rightOf(0)).toMatchObject({
      mayVote: false,
      reason: 'PROXY_OUTSIDE_SCOPE',
      proxy: { scope, documentSha256: calls.document.sha256 },
    });
    const mine = await ballot(0);
    await expectRefused(server, scene, {
      code: 'PROXY_OUTSIDE_SCOPE',
      by: () => device.refusal('ballot:cast', { ballot: mine }),
    });
  });

  it('yields to the creditor’s own sign-in for what is still to be cast (E26)', async () => {
    const { scene, list, device, ballot, rightOf } = await holderInVote(1);
    const [principal] = list;
    if (!principal) throw new Error('no principal');
    const own = await enterCreditor(server, scene, principal);
    await device.until(() => rightOf(0)?.reason === 'PRINCIPAL_PRESENT');
    const late = await ballot(0);
    await expectRefused(server, scene, {
      code: 'PRINCIPAL_PRESENT',
      by: () => device.refusal('ballot:cast', { ballot: late }),
    });
    await own.ask('ballot:cast', { ballot: await ballotOf(server, scene, principal, 'against') });
    expect(await castOf(scene)).toHaveLength(1);
  });

  it('is shown to the principal who comes later as its vote', async () => {
    const { scene, list, device, ballot } = await holderInVote(1);
    const [principal] = list;
    if (!principal) throw new Error('no principal');
    const { seq } = await device.ask('ballot:cast', { ballot: await ballot(0) });
    const own = await enterCreditor(server, scene, principal);
    expect(own.personal()?.rights[scene.resolutionId]?.[0]?.receipt).toMatchObject({ seq, choice: 'for' });
    const again = { ballot: await ballotOf(server, scene, principal, 'against') };
    expect(await own.refusal('ballot:cast', again)).toBe('ALREADY_CAST');
  });
});

describe('a proxy of the claims table', () => {
  it('counts as unreviewed until its document is approved, and keeps its sign-in then', async () => {
    const scene = await beginMeeting(server);
    const check = async () =>
      (await calls.as('administrator-lead').get(`/api/meetings/${scene.meetingId}/proxy-check`)).body;
    const before = (await check())['unreviewed'] as number;
    const named = server.capacities.find(({ kind }) => kind === 'proxy');
    if (!named) throw new Error('the claims table names no proxy');
    const list = await calls.as('administrator-staff').get(`${calls.url}?state=unreviewed`);
    expect(list.body['total']).toBe(before);
    const url = `${calls.url}/${named.capacityId}/document`;
    const terms = { authority: 'GENERAL', scope: { kind: 'all' }, expiresAt: null };
    const { documentId } = calls.document;
    const entered = await calls.as('administrator-staff').post(url, { ...terms, documentId });
    expect(entered.body).toMatchObject({ state: 'submitted', creditorId: named.creditorId });
    expect((await check())['unreviewed']).toBe(before);
    const { proxyId } = entered.body as unknown as ProxyRow;
    await calls.as('administrator-lead').post(`${calls.url}/${proxyId}/approve`);
    expect((await check())['unreviewed']).toBe(before - 1);
    const own = await server.composed.services.capacities.findByPerson(named.personId);
    const kept = own.find(({ creditorId }) => creditorId === named.creditorId);
    expect(kept).toMatchObject({
      capacityId: named.capacityId,
      proxy: { documentSha256: calls.document.sha256 },
    });
  });

  it('that is revoked is not revived by an import that still names it, and a reviewed one is kept', async () => {
    const named = server.capacities.filter(({ kind }) => kind === 'proxy');
    const { services } = server.composed;
    const reviewed = (await services.capacities.findByCase(server.caseId)).find(({ proxy }) => proxy);
    const other = named.find(({ capacityId }) => capacityId !== reviewed?.capacityId);
    if (!other) throw new Error('the claims table names one proxy only');
    expect((await calls.revoke(other.capacityId)).body).toMatchObject({ state: 'revoked' });
    await importClaims(server, await workbook());
    const inForce = await services.capacities.findByCase(server.caseId);
    const ids = inForce.map(({ capacityId }) => capacityId);
    expect(ids).toContain(reviewed?.capacityId);
    expect(
      inForce.filter(
        ({ personId, creditorId }) => personId === other.personId && creditorId === other.creditorId,
      ),
    ).toEqual([]);
  });
});
