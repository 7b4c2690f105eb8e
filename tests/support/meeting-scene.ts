/** A meeting under way, as most tests of the room find it: the host inside, creditors signed in, a vote open. */
import { randomBytes } from 'node:crypto';
import { expect } from '@jest/globals';
import type { BallotBody, RoomReply } from '../../server/protocol/room.ts';
import type { Choice } from '../../server/protocol/scalars.ts';
import type { RoomClient } from './meeting-client.ts';
import type { CreditorPerson, MeetingServer, TestMeeting } from './meeting-server.ts';

/** Below the gap between two entries that the server takes for an outage: the clock is moved by this at once. */
export const VOTE_WINDOW_MS = 60_000;
export const newNonce = () => randomBytes(16).toString('base64url');

export interface Scene extends TestMeeting {
  readonly host: RoomClient;
  readonly judge: RoomClient;
}

/** A new meeting that the host has begun, with the judge in the room. */
export async function beginMeeting(server: MeetingServer): Promise<Scene> {
  const meeting = await server.newMeeting();
  const host = await server.connect(server.staff['administrator-lead'].personId);
  const judge = await server.connect(server.staff.judge.personId);
  await host.join(meeting.meetingId);
  await judge.join(meeting.meetingId);
  await host.ask('meeting:begin', { expectedPhase: 'published' });
  return { ...meeting, host, judge };
}

/** A creditor's device in the room, signed in to the meeting. */
export async function enterCreditor(
  server: MeetingServer,
  { meetingId }: TestMeeting,
  creditor: CreditorPerson,
): Promise<RoomClient> {
  const client = await server.connect(creditor.personId);
  await client.join(meetingId);
  await client.ask('presence:sign-in', { capacityIds: [creditor.capacityId] });
  return client;
}

/** Opens the vote on the roll that the host sees. Answers with its deadline. */
export async function openVote(
  server: MeetingServer,
  scene: Scene,
  windowMs = VOTE_WINDOW_MS,
): Promise<RoomReply<'vote:open'> & { closesAt: string }> {
  const room = await server.composed.services.rooms.open(scene.meetingId);
  const resolution = room.state.resolutions.get(scene.resolutionId);
  if (!resolution) throw new Error('the meeting has no resolution');
  const { units, totals } = await room.rollOrPreview(resolution);
  const closesAt = new Date(server.clock.now() + windowMs).toISOString();
  const opened = await scene.host.ask('vote:open', {
    resolutionId: scene.resolutionId,
    closesAt,
    expectedUnits: units.size,
    expectedUnsecuredFen: String(totals.unsecuredFen),
  });
  return { ...opened, closesAt };
}

/**
 * The same, and waits for the server's first sign of life in the vote, an entry that comes within a second by
 * itself: from then on the ledger grows for a minute by what the test does alone.
 */
export async function openVoteQuietly(
  server: MeetingServer,
  scene: Scene,
  windowMs = VOTE_WINDOW_MS,
): Promise<RoomReply<'vote:open'> & { closesAt: string }> {
  const room = await server.composed.services.rooms.open(scene.meetingId);
  const isAlive = new Promise<void>((resolve) => {
    const stop = room.onEntries((entries) => {
      if (!entries.some((entry) => entry.t === 'incident' && entry.body.code === 'HEARTBEAT')) return;
      stop();
      resolve();
    });
  });
  const opened = await openVote(server, scene, windowMs);
  await isAlive;
  return opened;
}

/** The ballot that this creditor's page would send. */
export async function ballotOf(
  server: MeetingServer,
  { meetingId, resolutionId, origin }: TestMeeting,
  { creditorId, capacityId }: CreditorPerson,
  choice: Choice = 'for',
): Promise<BallotBody> {
  const { state } = await server.composed.services.rooms.open(meetingId);
  const resolution = state.resolutions.get(resolutionId);
  return {
    v: '1',
    origin,
    resolutionId,
    round: resolution?.round ?? '1',
    rollRoot: resolution?.roll?.root ?? 'none',
    unitId: creditorId,
    choice,
    version: '0',
    actingAs: capacityId,
    documentsRoot: resolution?.published.documentsRoot ?? '',
    nonce: newNonce(),
    clientTs: new Date(server.clock.now()).toISOString(),
  };
}

/** Casts for a creditor from a device of its own that leaves again. */
export async function castFrom(
  server: MeetingServer,
  scene: TestMeeting,
  { creditor, choice }: { readonly creditor: CreditorPerson; readonly choice: Choice },
): Promise<RoomReply<'ballot:cast'>> {
  const client = await enterCreditor(server, scene, creditor);
  const receipt = await client.ask('ballot:cast', {
    ballot: await ballotOf(server, scene, creditor, choice),
  });
  client.close();
  return receipt;
}

/** Creditors with a vote, each with the one who acts for it first, and what counts of it. */
export async function voters(server: MeetingServer, { meetingId, resolutionId }: TestMeeting) {
  const room = await server.composed.services.rooms.open(meetingId);
  const resolution = room.state.resolutions.get(resolutionId);
  if (!resolution) throw new Error('the meeting has no resolution');
  const { units, totals } = await room.rollOrPreview(resolution);
  const byUnit = new Map<string, CreditorPerson>();
  for (const creditor of server.creditors) {
    if (units.has(creditor.creditorId) && !byUnit.has(creditor.creditorId))
      byUnit.set(creditor.creditorId, creditor);
  }
  const list = [...byUnit.values()].map((creditor) => ({
    ...creditor,
    countedFen: units.get(creditor.creditorId)?.unsecuredFen ?? 0n,
  }));
  return { list, unsecuredFen: totals.unsecuredFen };
}

/** The request is refused with this code, and the ledger is what it was, signs of life apart. */
export async function expectRefused(
  server: MeetingServer,
  { meetingId }: { readonly meetingId: string },
  { code, by }: { readonly code: string; readonly by: () => Promise<string> },
): Promise<void> {
  const acts = async () =>
    (await server.ledger(meetingId)).filter(
      (entry) => entry.t !== 'incident' || entry.body.code !== 'HEARTBEAT',
    );
  const before = await acts();
  expect(await by()).toBe(code);
  expect(await acts()).toEqual(before);
}
