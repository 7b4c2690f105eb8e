/** record.md 9 over real sockets: keys are bound, ballots are signed by them, and what does not fit is refused. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toBase64 } from '../../server/domain/record/base64.ts';
import type { KeyAlgorithm } from '../../server/domain/record/keys.ts';
import { createDeviceKey, type DeviceKey } from '../support/device-key.ts';
import type { RoomClient } from '../support/meeting-client.ts';
import {
  ballotOf,
  beginMeeting,
  enterCreditor,
  expectRefused as expectRefusedBy,
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

let server: MeetingServer;
beforeAll(async () => {
  server = await startMeetingServer();
});
afterAll(() => server.close());

async function votingScene() {
  const scene = await beginMeeting(server);
  await openVote(server, scene);
  const [voter, other] = (await voters(server, scene)).list;
  if (!voter || !other) throw new Error('the claims table has no voters');
  const device = await enterCreditor(server, scene, voter);
  return { scene, voter, other, device };
}

async function bind(
  device: RoomClient,
  about: { readonly scene: Scene; readonly person: CreditorPerson; readonly alg?: KeyAlgorithm },
): Promise<{ key: DeviceKey; keyId: string }> {
  const key = await createDeviceKey(about.alg);
  const { origin } = about.scene;
  const request = await key.binding({ origin, personId: about.person.personId });
  const { keyId } = await device.ask('key:bind', request);
  return { key, keyId };
}

const expectRefused = (scene: { meetingId: string }, code: string, by: () => Promise<string>) =>
  expectRefusedBy(server, scene, { code, by });

/** Messages about a further key that lie in the outbox, with the numbers they went to. */
async function messagesAboutKeys(): Promise<{ to: string; text: string }[]> {
  await server.composed.services.keyMessages.settled();
  const messages = await server.composed.outbox.recent(200);
  return messages.filter(({ text }) => text.includes('表决密钥'));
}

describe('a signed ballot', () => {
  it.each<KeyAlgorithm>(['Ed25519', 'ES256'])('of %s is recorded with key and signature', async (alg) => {
    const { scene, voter, device } = await votingScene();
    const { key, keyId } = await bind(device, { scene, person: voter, alg });
    const ballot = await ballotOf(server, scene, voter, 'against');
    const auth = await key.signBallot(keyId, ballot);
    const receipt = await device.ask('ballot:cast', { ballot, auth });
    expect(receipt).toMatchObject({ isSigned: true, choice: 'against' });
    const entries = await server.ledger(scene.meetingId);
    const [bound] = ofType(entries, 'key.bind');
    const [cast] = ofType(entries, 'ballot.cast');
    const { personId } = voter;
    expect(bound?.body).toMatchObject({ keyId, personId, alg, publicKey: key.publicKey });
    expect(cast?.body).toMatchObject({ ballot, auth: { method: 'signed', personId, alg, ...auth } });
    expect(Number(bound?.seq)).toBeLessThan(Number(cast?.seq));
  });

  it('is the same ballot when it is sent again, signed anew or not at all', async () => {
    const { scene, voter, device } = await votingScene();
    const { key, keyId } = await bind(device, { scene, person: voter, alg: 'ES256' });
    const ballot = await ballotOf(server, scene, voter);
    const first = await device.ask('ballot:cast', { ballot, auth: await key.signBallot(keyId, ballot) });
    // ECDSA signatures differ each time.
    const anew = { ballot, auth: await key.signBallot(keyId, ballot) };
    expect(await device.ask('ballot:cast', anew)).toEqual(first);
    expect(await device.ask('ballot:cast', { ballot })).toEqual(first);
    expect(ofType(await server.ledger(scene.meetingId), 'ballot.cast')).toHaveLength(1);
  });

  it('is not counted among those that rest on the sign-in alone', async () => {
    const { scene, voter, other, device } = await votingScene();
    const { key, keyId } = await bind(device, { scene, person: voter });
    const ballot = await ballotOf(server, scene, voter);
    await device.ask('ballot:cast', { ballot, auth: await key.signBallot(keyId, ballot) });
    const second = await enterCreditor(server, scene, other);
    const unsigned = await second.ask('ballot:cast', { ballot: await ballotOf(server, scene, other) });
    expect(unsigned.isSigned).toBe(false);
    const consent = { reason: '合议庭同意提前结束', courtConsentNo: '（2026）虚01破1号之一' };
    await scene.host.ask('vote:close', { resolutionId: scene.resolutionId, ...consent });
    const [verdict] = ofType(await server.ledger(scene.meetingId), 'verdict');
    expect(verdict?.body.unsignedBallots).toBe('1');
  });
});

describe('refused is a ballot', () => {
  it('without signature once its person has bound a key, on every device', async () => {
    const { scene, voter, device } = await votingScene();
    await bind(device, { scene, person: voter });
    const ballot = await ballotOf(server, scene, voter);
    await expectRefused(scene, 'SIGNATURE_REQUIRED', () => device.refusal('ballot:cast', { ballot }));
    const second = await enterCreditor(server, scene, voter);
    await expectRefused(scene, 'SIGNATURE_REQUIRED', () => second.refusal('ballot:cast', { ballot }));
  });

  it('signed by a key that was never bound, though it is the own', async () => {
    const { scene, voter, device } = await votingScene();
    const { keyId } = await bind(device, { scene, person: voter });
    const stranger = await createDeviceKey();
    const ballot = await ballotOf(server, scene, voter);
    const underForeignName = { ballot, auth: await stranger.signBallot(keyId, ballot) };
    await expectRefused(scene, 'SIGNATURE_WRONG', () => device.refusal('ballot:cast', underForeignName));
    const unknown = { ballot, auth: await stranger.signBallot('A'.repeat(43), ballot) };
    await expectRefused(scene, 'KEY_UNKNOWN', () => device.refusal('ballot:cast', unknown));
  });

  it("signed by another person's key", async () => {
    const { scene, voter, other, device } = await votingScene();
    const theirs = await bind(await enterCreditor(server, scene, other), { scene, person: other });
    const ballot = await ballotOf(server, scene, voter);
    const auth = await theirs.key.signBallot(theirs.keyId, ballot);
    await expectRefused(scene, 'KEY_UNKNOWN', () => device.refusal('ballot:cast', { ballot, auth }));
  });

  it.each([
    ['choice', { choice: 'against' as const }],
    ['capacity', { actingAs: 'AAAAAAAA' }],
    ['nonce', { nonce: 'B'.repeat(22) }],
    ['time', { clientTs: '2026-01-01T00:00:00.000Z' }],
  ])('with another %s than the one signed', async (field, change) => {
    const { scene, voter, device } = await votingScene();
    const { key, keyId } = await bind(device, { scene, person: voter });
    const ballot = await ballotOf(server, scene, voter, 'for');
    const auth = await key.signBallot(keyId, ballot);
    const code = field === 'capacity' ? 'UNIT_NOT_YOURS' : 'SIGNATURE_WRONG';
    const changed = { ballot: { ...ballot, ...change }, auth };
    await expectRefused(scene, code, () => device.refusal('ballot:cast', changed));
  });

  it('whose signature was given for another meeting’s vote', async () => {
    const elsewhere = await votingScene();
    const { scene, voter, device } = await votingScene();
    const { key, keyId } = await bind(device, { scene, person: voter });
    const signedThere = await ballotOf(server, elsewhere.scene, voter);
    const auth = await key.signBallot(keyId, signedThere);
    const here = await ballotOf(server, scene, voter);
    const replayed = { ballot: { ...here, nonce: signedThere.nonce, clientTs: signedThere.clientTs }, auth };
    await expectRefused(scene, 'SIGNATURE_WRONG', () => device.refusal('ballot:cast', replayed));
    const untouched = { ballot: signedThere, auth };
    await expectRefused(scene, 'RESOLUTION_UNKNOWN', () => device.refusal('ballot:cast', untouched));
  });

  it('whose signature is none: the wrong length, or s in the upper half', async () => {
    const { scene, voter, device } = await votingScene();
    const { keyId } = await bind(device, { scene, person: voter, alg: 'ES256' });
    const ballot = await ballotOf(server, scene, voter);
    const high = toBase64(new Uint8Array(64).fill(255));
    const upper = { ballot, auth: { keyId, signature: high } };
    await expectRefused(scene, 'SIGNATURE_WRONG', () => device.refusal('ballot:cast', upper));
    const short = { ballot, auth: { keyId, signature: toBase64(new Uint8Array(63)) } };
    await expectRefused(scene, 'INVALID_REQUEST', () => device.refusal('ballot:cast', short));
  });
});

describe('a device key', () => {
  it('is bound once, however often the request is repeated', async () => {
    const { scene, voter, device } = await votingScene();
    const before = await messagesAboutKeys();
    const key = await createDeviceKey();
    const request = await key.binding({ origin: scene.origin, personId: voter.personId });
    const first = await device.ask('key:bind', request);
    expect(await device.ask('key:bind', request)).toEqual(first);
    expect(ofType(await server.ledger(scene.meetingId), 'key.bind')).toHaveLength(1);
    expect(await messagesAboutKeys()).toEqual(before);
  });

  it('that is not the first is told to its holder, and the earlier one stays good', async () => {
    const { scene, voter, device } = await votingScene();
    const { key, keyId } = await bind(device, { scene, person: voter });
    const before = await messagesAboutKeys();
    await bind(await enterCreditor(server, scene, voter), { scene, person: voter });
    const [message, ...earlier] = await messagesAboutKeys();
    const [person] = await server.composed.stores.accounts.people.findByIds([voter.personId]);
    expect(earlier).toEqual(before);
    expect(message).toMatchObject({ to: person?.mobile, text: expect.stringContaining('如非本人操作') });
    const ballot = await ballotOf(server, scene, voter);
    const auth = await key.signBallot(keyId, ballot);
    expect(await device.ask('ballot:cast', { ballot, auth })).toMatchObject({ isSigned: true });
  });

  it('whose proof is for another person or meeting is refused', async () => {
    const { scene, voter, other, device } = await votingScene();
    const key = await createDeviceKey();
    for (const of of [
      { origin: scene.origin, personId: other.personId },
      { origin: 'demo/elsewhere', personId: voter.personId },
    ]) {
      const request = await key.binding(of);
      await expectRefused(scene, 'KEY_REFUSED', () => device.refusal('key:bind', request));
    }
  });

  it.each([
    ['of low order', 'Ed25519', new Uint8Array(32), 'LOW_ORDER'],
    ['that is not reduced', 'Ed25519', new Uint8Array(32).fill(255, 0, 31).fill(127, 31), 'NOT_CANONICAL'],
    ['off the curve', 'ES256', new Uint8Array(65).fill(4), 'NOT_ON_CURVE'],
    ['of the other algorithm’s length', 'ES256', new Uint8Array(32).fill(9), 'LENGTH'],
  ] as const)('%s is refused with the reason', async (_what, alg, bytes, reason) => {
    const { scene, device } = await votingScene();
    const proof = toBase64(new Uint8Array(64));
    const request = { alg, publicKey: toBase64(bytes), proof };
    expect(await device.request('key:bind', request)).toMatchObject({
      error: { code: 'KEY_REFUSED', params: { reason } },
    });
    expect(ofType(await server.ledger(scene.meetingId), 'key.bind')).toEqual([]);
  });

  it('that another person holds cannot be bound', async () => {
    const { scene, voter, other, device } = await votingScene();
    const { key } = await bind(device, { scene, person: voter });
    const theirs = await enterCreditor(server, scene, other);
    const request = await key.binding({ origin: scene.origin, personId: other.personId });
    await expectRefused(scene, 'KEY_REFUSED', () => theirs.refusal('key:bind', request));
  });

  it('is nothing for those who cast no ballots', async () => {
    const { scene } = await votingScene();
    const key = await createDeviceKey();
    const { personId } = server.staff.judge;
    const request = await key.binding({ origin: scene.origin, personId });
    await expectRefused(scene, 'FORBIDDEN', () => scene.judge.refusal('key:bind', request));
  });
});
