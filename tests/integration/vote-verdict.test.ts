import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ResolutionSlice } from '../../server/protocol/room-slices.ts';
import type { Choice } from '../../server/protocol/scalars.ts';
import {
  ballotOf,
  beginMeeting,
  castFrom,
  enterCreditor,
  openVote,
  voters,
  VOTE_WINDOW_MS,
  type Scene,
} from '../support/meeting-scene.ts';
import { startMeetingServer, type CreditorPerson, type MeetingServer } from '../support/meeting-server.ts';
import type { RoomClient } from '../support/meeting-client.ts';

let server: MeetingServer;
beforeAll(async () => {
  server = await startMeetingServer();
});
afterAll(() => server.close());

type Voter = CreditorPerson & { readonly countedFen: bigint };

async function vote(
  scene: Scene,
  choiceOf: (voter: Voter, list: readonly Voter[]) => Choice | undefined,
): Promise<ResolutionSlice> {
  await openVote(server, scene);
  const { list } = await voters(server, scene);
  for (const creditor of list) {
    const choice = choiceOf(creditor, list);
    if (choice) await castFrom(server, scene, { creditor, choice });
  }
  server.clock.advance(VOTE_WINDOW_MS);
  const key = `resolution:${scene.resolutionId}` as const;
  await scene.judge.until(() => scene.judge.state()[key]?.verdict);
  return scene.judge.state()[key] as ResolutionSlice;
}

const largest = (list: readonly Voter[]) =>
  [...list].sort((a, b) => (a.countedFen < b.countedFen ? 1 : a.countedFen > b.countedFen ? -1 : 0));

describe('the verdict under article 64', () => {
  it('passes with more than half of those present and half of the unsecured claims', async () => {
    const scene = await beginMeeting(server);
    const { list, unsecuredFen } = await voters(server, scene);
    const { verdict } = await vote(scene, () => 'for');
    expect(verdict).toMatchObject({
      passed: true,
      article: '64',
      heads: { passed: true, comparison: '>', requiredNum: '1', requiredDen: '2', shortfall: '0' },
      amount: { passed: true, comparison: '>=', shortfall: '0', denominator: String(unsecuredFen) },
      presentHeads: String(list.length),
    });
  });

  it('fails by amount alone, with the shortfall in fen', async () => {
    const scene = await beginMeeting(server);
    const { list, unsecuredFen } = await voters(server, scene);
    const against = new Set<string>();
    let againstFen = 0n;
    // The fewest heads that carry more than half of the amount.
    for (const { creditorId, countedFen } of largest(list)) {
      if (againstFen * 2n > unsecuredFen) break;
      against.add(creditorId);
      againstFen += countedFen;
    }
    const { verdict } = await vote(scene, ({ creditorId }) => (against.has(creditorId) ? 'against' : 'for'));
    const forFen = unsecuredFen - againstFen;
    const requiredFen = (unsecuredFen + 1n) / 2n;
    expect(verdict).toMatchObject({
      passed: false,
      heads: { passed: true, numerator: String(list.length - against.size), shortfall: '0' },
      amount: { passed: false, numerator: String(forFen), shortfall: String(requiredFen - forFen) },
    });
  });

  it('fails by heads alone, with the heads missing; who is present and silent stands in the base', async () => {
    const scene = await beginMeeting(server);
    const { list, unsecuredFen } = await voters(server, scene);
    const inFavour = new Set<string>();
    let forFen = 0n;
    for (const { creditorId, countedFen } of largest(list)) {
      if (forFen * 2n >= unsecuredFen) break;
      inFavour.add(creditorId);
      forFen += countedFen;
    }
    for (const creditor of list) (await enterCreditor(server, scene, creditor)).close();
    const { verdict } = await vote(scene, ({ creditorId }) => (inFavour.has(creditorId) ? 'for' : undefined));
    const missing = Math.floor(list.length / 2) + 1 - inFavour.size;
    expect(verdict).toMatchObject({
      passed: false,
      heads: { passed: false, denominator: String(list.length), shortfall: String(missing) },
      amount: { passed: true, numerator: String(forFen), shortfall: '0' },
      silent: { heads: String(list.length - inFavour.size) },
    });
  });
});

describe('the live tally', () => {
  const tallyOf = (client: RoomClient, { resolutionId }: Scene) => client.state()[`tally:${resolutionId}`];

  it('goes to the host alone, and ends with the vote', async () => {
    const scene = await beginMeeting(server);
    await openVote(server, scene);
    const { list } = await voters(server, scene);
    const [first, second] = list;
    if (!first || !second) throw new Error('too few voters');
    const creditor = await enterCreditor(server, scene, first);
    const assistant = await server.connect(server.staff['administrator-staff'].personId);
    await assistant.join(scene.meetingId);
    await creditor.ask('ballot:cast', { ballot: await ballotOf(server, scene, first, 'for') });
    await castFrom(server, scene, { creditor: second, choice: 'against' });
    await scene.host.until(() => tallyOf(scene.host, scene)?.castHeads === 2);
    expect(tallyOf(scene.host, scene)).toMatchObject({
      notCastHeads: list.length - 2,
      for: { heads: '1', fen: String(first.countedFen) },
      against: { heads: '1', fen: String(second.countedFen) },
    });
    server.clock.advance(VOTE_WINDOW_MS);
    await scene.host.until(() => tallyOf(scene.host, scene) === undefined);
    for (const client of [creditor, scene.judge, assistant]) {
      expect(JSON.stringify(client.received)).not.toContain('tally:');
      expect(await client.refusal('room:sync', { audience: 'host', epoch: '', rev: 0 })).toBe('FORBIDDEN');
    }
  });

  it('moves to the new host at once when another takes over, and leaves the old one', async () => {
    const scene = await beginMeeting(server);
    await openVote(server, scene);
    const { list } = await voters(server, scene);
    const [first, second] = list;
    if (!first || !second) throw new Error('too few voters');
    await castFrom(server, scene, { creditor: first, choice: 'for' });
    await scene.host.until(() => tallyOf(scene.host, scene)?.castHeads === 1);
    const expectedHost = server.staff['administrator-lead'].personId;
    await scene.judge.ask('host:take', { expectedHost, reason: '主持人掉线' });
    await scene.judge.until(() => tallyOf(scene.judge, scene)?.castHeads === 1);
    const known = scene.host.received.length;
    await castFrom(server, scene, { creditor: second, choice: 'for' });
    await scene.judge.until(() => tallyOf(scene.judge, scene)?.castHeads === 2);
    expect(JSON.stringify(scene.host.received.slice(known))).not.toContain('tally:');
    expect(scene.host.personal()?.isHost).toBe(false);
  });
});
