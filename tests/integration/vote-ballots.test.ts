import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ballotOf,
  beginMeeting,
  castFrom,
  enterCreditor,
  expectRefused as expectRefusedBy,
  newNonce,
  openVote,
  voters,
} from '../support/meeting-scene.ts';
import { ofType, startMeetingServer, type MeetingServer } from '../support/meeting-server.ts';

let server: MeetingServer;
beforeAll(async () => {
  server = await startMeetingServer();
});
afterAll(() => server.close());

/** A meeting with an open vote, and the first voter's device in it. */
async function votingScene() {
  const scene = await beginMeeting(server);
  const opened = await openVote(server, scene);
  const { list } = await voters(server, scene);
  const [voter, other] = list;
  if (!voter || !other) throw new Error('the claims table has no voters');
  const device = await enterCreditor(server, scene, voter);
  return { scene, opened, voter, other, device, list };
}

const expectRefused = (scene: { meetingId: string }, code: string, by: () => Promise<string>) =>
  expectRefusedBy(server, scene, { code, by });

describe('a ballot', () => {
  it('is answered with its number, leaf hash, time and sentence, and stands in the ledger', async () => {
    const { scene, voter, device } = await votingScene();
    const ballot = await ballotOf(server, scene, voter, 'against');
    const receipt = await device.ask('ballot:cast', { ballot });
    const [entry] = ofType(await server.ledger(scene.meetingId), 'ballot.cast');
    expect(receipt).toMatchObject({ origin: scene.origin, choice: 'against', channel: 'online' });
    expect(receipt.leafHash).toMatch(/^[0-9a-f]{64}$/);
    expect(receipt.sentence).toContain(`第 ${receipt.seq} 号`);
    expect(receipt.sentence).toContain('《债务人财产管理方案》：不同意');
    expect(entry).toMatchObject({ seq: receipt.seq, ts: receipt.ts, body: { ballot } });
  });

  it('that is sent again gets the same receipt, and nothing is recorded twice', async () => {
    const { scene, voter, device } = await votingScene();
    const ballot = await ballotOf(server, scene, voter);
    const first = await device.ask('ballot:cast', { ballot });
    const size = (await server.ledger(scene.meetingId)).length;
    expect(await device.ask('ballot:cast', { ballot })).toEqual(first);
    expect(await server.ledger(scene.meetingId)).toHaveLength(size);
  });

  it('that is sent twice at the same moment is recorded once', async () => {
    const { scene, voter, device } = await votingScene();
    const ballot = await ballotOf(server, scene, voter);
    const [one, two] = await Promise.all([
      device.ask('ballot:cast', { ballot }),
      device.ask('ballot:cast', { ballot }),
    ]);
    expect(two).toEqual(one);
    expect(ofType(await server.ledger(scene.meetingId), 'ballot.cast')).toHaveLength(1);
  });

  it('of a unit that has voted is refused, and says what was recorded', async () => {
    const { scene, voter, device } = await votingScene();
    const { seq } = await device.ask('ballot:cast', { ballot: await ballotOf(server, scene, voter, 'for') });
    const again = { ballot: await ballotOf(server, scene, voter, 'against') };
    await expectRefused(scene, 'ALREADY_CAST', () => device.refusal('ballot:cast', again));
    expect(await device.request('ballot:cast', again)).toMatchObject({
      error: { params: { seq, choice: 'for' } },
    });
  });

  it('with a nonce of before and another choice is a conflict, and says what was recorded', async () => {
    const { scene, voter, device } = await votingScene();
    const ballot = await ballotOf(server, scene, voter, 'for');
    const { seq } = await device.ask('ballot:cast', { ballot });
    const changed = { ballot: { ...ballot, choice: 'against' as const } };
    await expectRefused(scene, 'IDEMPOTENCY_CONFLICT', () => device.refusal('ballot:cast', changed));
    expect(await device.request('ballot:cast', changed)).toMatchObject({
      error: { params: { seq, choice: 'for' } },
    });
  });

  it('after closing is too late, while a repeated one still gets its receipt', async () => {
    const { scene, voter, other, device } = await votingScene();
    const late = await enterCreditor(server, scene, other);
    const ballot = await ballotOf(server, scene, voter);
    const receipt = await device.ask('ballot:cast', { ballot });
    const consent = { reason: '合议庭同意提前结束', courtConsentNo: '（2026）虚01破1号之一' };
    await scene.host.ask('vote:close', { resolutionId: scene.resolutionId, ...consent });
    const lateBallot = { ballot: await ballotOf(server, scene, other) };
    await expectRefused(scene, 'BALLOT_TOO_LATE', () => late.refusal('ballot:cast', lateBallot));
    expect(await device.ask('ballot:cast', { ballot })).toEqual(receipt);
    const changed = { ballot: { ...ballot, nonce: newNonce() } };
    await expectRefused(scene, 'ALREADY_CAST', () => device.refusal('ballot:cast', changed));
  });

  it('before opening is refused', async () => {
    const scene = await beginMeeting(server);
    const [voter] = (await voters(server, scene)).list;
    if (!voter) throw new Error('no voter');
    const device = await enterCreditor(server, scene, voter);
    const ballot = await ballotOf(server, scene, voter);
    await expectRefused(scene, 'RESOLUTION_NOT_OPEN', () => device.refusal('ballot:cast', { ballot }));
  });

  it("for someone else's unit is refused, also under one's own capacity, and tells nothing of that unit", async () => {
    const { scene, voter, other, device } = await votingScene();
    await castFrom(server, scene, { creditor: other, choice: 'against' });
    const foreign = await ballotOf(server, scene, other);
    await expectRefused(scene, 'UNIT_NOT_YOURS', () => device.refusal('ballot:cast', { ballot: foreign }));
    const mixed = { ...foreign, actingAs: voter.capacityId };
    await expectRefused(scene, 'UNIT_NOT_YOURS', () => device.refusal('ballot:cast', { ballot: mixed }));
    expect(await device.request('ballot:cast', { ballot: mixed })).not.toHaveProperty('error.params');
  });

  it('for a resolution of another meeting is refused there and here', async () => {
    const { scene, voter, device } = await votingScene();
    const elsewhere = await votingScene();
    const ballot = await ballotOf(server, elsewhere.scene, voter);
    await expectRefused(scene, 'RESOLUTION_UNKNOWN', () => device.refusal('ballot:cast', { ballot }));
    const disguised = { ...(await ballotOf(server, scene, voter)), origin: elsewhere.scene.origin };
    await expectRefused(scene, 'BALLOT_MISMATCH', () => device.refusal('ballot:cast', { ballot: disguised }));
    expect(ofType(await server.ledger(elsewhere.scene.meetingId), 'ballot.cast')).toEqual([]);
  });

  it.each([
    ['the roll', { rollRoot: 'AAAA' }],
    ['the documents', { documentsRoot: 'AAAA' }],
    ['the round', { round: '2' }],
  ])('on another state of %s than the one put to the vote is refused', async (_what, change) => {
    const { scene, voter, device } = await votingScene();
    const ballot = { ...(await ballotOf(server, scene, voter)), ...change };
    await expectRefused(scene, 'BALLOT_MISMATCH', () => device.refusal('ballot:cast', { ballot }));
  });

  it.each([
    ['an unknown field', { weight: '100' }],
    ['a choice that does not exist', { choice: 'maybe' }],
    ['a number for the version', { version: 0 }],
    ['a nonce too short', { nonce: 'AAAA' }],
  ])('with %s is refused by its schema', async (_what, change) => {
    const { scene, voter, device } = await votingScene();
    const ballot = { ...(await ballotOf(server, scene, voter)), ...change };
    await expectRefused(scene, 'INVALID_REQUEST', () => device.refusal('ballot:cast', { ballot }));
  });

  it('that is oversized is refused as such, and the socket stays', async () => {
    const { scene, voter, device } = await votingScene();
    const ballot = { ...(await ballotOf(server, scene, voter)), ballast: 'x'.repeat(64 * 1024) };
    await expectRefused(scene, 'BODY_TOO_LARGE', () => device.refusal('ballot:cast', { ballot }));
    expect(device.isConnected()).toBe(true);
  });

  it('of a proxy holder counts for each of the principals, one ballot each', async () => {
    const { scene } = await votingScene();
    const held = Map.groupBy(server.creditors, ({ personId }) => personId);
    const principals = [...held.values()].find((list) => list.length > 1) ?? [];
    const [first, second] = principals;
    if (!first || !second) throw new Error('nobody acts for two');
    const device = await enterCreditor(server, scene, first);
    await device.ask('ballot:cast', { ballot: await ballotOf(server, scene, first, 'for') });
    await device.ask('ballot:cast', { ballot: await ballotOf(server, scene, second, 'against') });
    const cast = ofType(await server.ledger(scene.meetingId), 'ballot.cast');
    expect(cast.map(({ body }) => [body.ballot.unitId, body.ballot.actingAs, body.ballot.choice])).toEqual([
      [first.creditorId, first.capacityId, 'for'],
      [second.creditorId, second.capacityId, 'against'],
    ]);
  });

  it('of a creditor without a vote is refused with the reason that the page has shown', async () => {
    const { scene, list } = await votingScene();
    const onRoll = new Set(list.map(({ creditorId }) => creditorId));
    const barred = server.creditors.find(({ creditorId }) => !onRoll.has(creditorId));
    if (!barred) throw new Error('everybody has a vote');
    const device = await enterCreditor(server, scene, barred);
    const [right] = device.personal()?.rights[scene.resolutionId] ?? [];
    expect(right).toMatchObject({ mayVote: false, heads: '0', amountFen: '0', receipt: null });
    const ballot = await ballotOf(server, scene, barred);
    await expectRefused(scene, 'UNIT_NOT_ON_ROLL', () => device.refusal('ballot:cast', { ballot }));
    expect(await device.request('ballot:cast', { ballot })).toMatchObject({
      error: { params: { reason: right?.reason } },
    });
  });
});

describe('the number of one that has not voted', () => {
  it('is shown whole to the host alone, while the vote is open, and every look is kept', async () => {
    const { scene, voter, other, device } = await votingScene();
    const { meetingId, resolutionId } = scene;
    const { rooms, reader } = server.composed.services;
    const lead = server.staff['administrator-lead'];
    const { book } = await rooms.open(meetingId);
    const ref = { meetingId, resolutionId, unitId: other.creditorId };
    const mobile = book.creditors.get(other.creditorId)?.mobile;
    expect(await reader.notVotedTelephone(lead, ref)).toEqual({ mobile });
    const { db } = server.composed.stores.models.cases;
    const trail = db.collection<{ event: string }>('audit_trail');
    const kept = await trail.find({ event: /creditor\.unmask-mobile/ }).toArray();
    expect(kept.map(({ event }) => JSON.parse(event))).toMatchObject([
      { actor: lead.personId, reason: '提醒尚未表决的债权人', after: { creditorId: other.creditorId } },
    ]);
    expect(kept[0]?.event).not.toContain(mobile);
    await expect(reader.notVotedTelephone(server.staff.judge, ref)).rejects.toThrow('NOT_HOST');
    await device.ask('ballot:cast', { ballot: await ballotOf(server, scene, voter) });
    const voted = { ...ref, unitId: voter.creditorId };
    await expect(reader.notVotedTelephone(lead, voted)).rejects.toThrow('ALREADY_CAST');
    const stranger = { ...ref, unitId: 'nobody' };
    await expect(reader.notVotedTelephone(lead, stranger)).rejects.toThrow('UNIT_NOT_ON_ROLL');
  });
});
