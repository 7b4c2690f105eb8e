import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demonstrationClaimRows } from '../../server/demo/fictitious-claims.ts';
import { writeClaimsWorkbook } from '../../server/documents/claims-template.ts';
import type { ResolutionSlice } from '../../server/protocol/room-slices.ts';
import { importClaims } from '../support/meeting-import.ts';
import {
  ballotOf,
  beginMeeting,
  castFrom,
  enterCreditor,
  expectRefused as expectRefusedBy,
  openVote,
  voters,
  VOTE_WINDOW_MS,
  type Scene,
} from '../support/meeting-scene.ts';
import { ofType, startMeetingServer, type MeetingServer } from '../support/meeting-server.ts';
import type { RoomClient } from '../support/meeting-client.ts';

const consent = { reason: '合议庭同意', courtConsentNo: '（2026）虚01破1号之二' };
const MINUTE_MS = 60_000;

let server: MeetingServer;
beforeAll(async () => {
  server = await startMeetingServer();
});
afterAll(() => server.close());

const shown = (client: RoomClient, { resolutionId }: Scene) =>
  client.state()[`resolution:${resolutionId}`] as ResolutionSlice;
const hasStatus = (client: RoomClient, scene: Scene, status: ResolutionSlice['status']) => () =>
  shown(client, scene).status === status;

const expectRefused = (scene: { meetingId: string }, code: string, by: () => Promise<string>) =>
  expectRefusedBy(server, scene, { code, by });

describe('the window of a vote', () => {
  it('closes at its deadline by itself, and everybody sees the verdict', async () => {
    const scene = await beginMeeting(server);
    const { closesAt } = await openVote(server, scene);
    const { list } = await voters(server, scene);
    const [first] = list;
    if (!first) throw new Error('no voter');
    const creditor = await enterCreditor(server, scene, first);
    await creditor.ask('ballot:cast', { ballot: await ballotOf(server, scene, first) });
    server.clock.advance(VOTE_WINDOW_MS);
    for (const client of [scene.host, scene.judge, creditor]) {
      await client.until(() => shown(client, scene).verdict !== null);
      expect(shown(client, scene)).toMatchObject({
        status: 'closed',
        closedBy: 'DEADLINE',
        closedAt: closesAt,
        verdict: { passed: false, article: '64' },
      });
    }
    const tail = (await server.ledger(scene.meetingId)).map(({ t }) => t).filter((t) => t !== 'incident');
    expect(tail.slice(-3)).toEqual(['ballot.close', 'tally', 'verdict']);
  });

  it('closes early when all units have voted, without anybody’s consent', async () => {
    const scene = await beginMeeting(server);
    await openVote(server, scene);
    const { list } = await voters(server, scene);
    const [last, ...others] = list;
    if (!last) throw new Error('no voter');
    for (const creditor of others) await castFrom(server, scene, { creditor, choice: 'for' });
    const close = { resolutionId: scene.resolutionId };
    await expectRefused(scene, 'CONSENT_REQUIRED', () => scene.host.refusal('vote:close', close));
    await castFrom(server, scene, { creditor: last, choice: 'against' });
    await scene.host.ask('vote:close', close);
    await scene.judge.until(() => shown(scene.judge, scene).verdict !== null);
    expect(shown(scene.judge, scene).closedBy).toBe('ALL_VOTED');
  });

  it('closes early with the court’s consent and a reason, neither of them alone', async () => {
    const scene = await beginMeeting(server);
    await openVote(server, scene);
    const { resolutionId } = scene;
    const { reason, courtConsentNo } = consent;
    const empty = { resolutionId: scene.resolutionId, reason, courtConsentNo: '无' };
    expect(await scene.host.refusal('vote:close', empty)).toBe('INVALID_REQUEST');
    for (const half of [{}, { reason }, { courtConsentNo }]) {
      const request = { resolutionId, ...half };
      await expectRefused(scene, 'CONSENT_REQUIRED', () => scene.host.refusal('vote:close', request));
    }
    await scene.host.ask('vote:close', { resolutionId, reason, courtConsentNo });
    const [close] = ofType(await server.ledger(scene.meetingId), 'ballot.close');
    expect(close?.body).toMatchObject({ cause: 'COURT_CONSENT', consent: {} });
    expect(JSON.stringify(close)).not.toContain(courtConsentNo);
  });

  it('E9: is extended with consent, and keeps its ballots and its new deadline', async () => {
    const scene = await beginMeeting(server);
    const { closesAt } = await openVote(server, scene);
    const { list } = await voters(server, scene);
    const [first, second] = list;
    if (!first || !second) throw new Error('too few voters');
    await castFrom(server, scene, { creditor: first, choice: 'for' });
    const later = new Date(Date.parse(closesAt) + VOTE_WINDOW_MS).toISOString();
    const request = { resolutionId: scene.resolutionId, expectedClosesAt: closesAt, closesAt: later };
    await scene.host.ask('vote:extend', { ...request, ...consent });
    await expectRefused(scene, 'STALE_COMMAND', () =>
      scene.host.refusal('vote:extend', { ...request, ...consent }),
    );
    server.clock.advance(VOTE_WINDOW_MS);
    await castFrom(server, scene, { creditor: second, choice: 'for' });
    expect(shown(scene.host, scene)).toMatchObject({ status: 'open', closesAt: later });
    server.clock.advance(VOTE_WINDOW_MS);
    await scene.host.until(() => shown(scene.host, scene).verdict !== null);
    expect(shown(scene.host, scene).verdict?.for.heads).toBe('2');
    expect(shown(scene.host, scene).extensions).toHaveLength(1);
  });

  it.each([
    ['in the past', -MINUTE_MS],
    ['at once', 1_000],
    ['in a year', 365 * 24 * 60 * MINUTE_MS],
  ])('does not open or move to a deadline %s', async (_when, inMs) => {
    const scene = await beginMeeting(server);
    await expectRefused(scene, 'DEADLINE_INVALID', () =>
      openVote(server, scene, inMs).then(
        () => 'granted',
        (error: Error) => /"code":"(\w+)"/.exec(error.message)?.[1] ?? error.message,
      ),
    );
    const { closesAt } = await openVote(server, scene);
    const { resolutionId } = scene;
    const moved = new Date(server.clock.now() + inMs).toISOString();
    const extend = { resolutionId, expectedClosesAt: closesAt, closesAt: moved, ...consent };
    await expectRefused(scene, 'DEADLINE_INVALID', () => scene.host.refusal('vote:extend', extend));
  });

  it('E10: has one deadline for everybody: it is not extended for a creditor', async () => {
    const scene = await beginMeeting(server);
    const { closesAt } = await openVote(server, scene);
    const { list } = await voters(server, scene);
    const creditorId = list[0]?.creditorId;
    const later = new Date(Date.parse(closesAt) + VOTE_WINDOW_MS).toISOString();
    const request = {
      resolutionId: scene.resolutionId,
      expectedClosesAt: closesAt,
      closesAt: later,
      ...consent,
    };
    for (const ofOne of [{ creditorId }, { unitId: creditorId }, { creditorIds: [creditorId] }]) {
      await expectRefused(scene, 'INVALID_REQUEST', () =>
        scene.host.refusal('vote:extend', { ...request, ...ofOne }),
      );
    }
    expect(shown(scene.host, scene)).toMatchObject({ status: 'open', closesAt, extensions: [] });
    await scene.host.ask('vote:extend', request);
    const [extended] = ofType(await server.ledger(scene.meetingId), 'ballot.extend');
    expect(Object.keys(extended?.body ?? {}).filter((key) => /creditor|unit/i.test(key))).toEqual([]);
  });

  it('is not moved to an earlier deadline', async () => {
    const scene = await beginMeeting(server);
    const { closesAt } = await openVote(server, scene);
    const earlier = new Date(Date.parse(closesAt) - MINUTE_MS / 2).toISOString();
    const extend = { resolutionId: scene.resolutionId, expectedClosesAt: closesAt, closesAt: earlier };
    await expectRefused(scene, 'DEADLINE_INVALID', () =>
      scene.host.refusal('vote:extend', { ...extend, ...consent }),
    );
  });

  it('opens on the figures that the host confirmed, and once', async () => {
    const scene = await beginMeeting(server);
    const { list, unsecuredFen } = await voters(server, scene);
    const confirmed = {
      resolutionId: scene.resolutionId,
      closesAt: new Date(server.clock.now() + VOTE_WINDOW_MS).toISOString(),
      expectedUnits: list.length,
      expectedUnsecuredFen: String(unsecuredFen),
    };
    const fewer = { ...confirmed, expectedUnits: list.length - 1 };
    await expectRefused(scene, 'STALE_COMMAND', () => scene.host.refusal('vote:open', fewer));
    const more = { ...confirmed, expectedUnsecuredFen: String(unsecuredFen + 1n) };
    await expectRefused(scene, 'STALE_COMMAND', () => scene.host.refusal('vote:open', more));
    expect(await scene.host.ask('vote:open', confirmed)).toMatchObject({ units: list.length });
    await expectRefused(scene, 'RESOLUTION_ALREADY_OPEN', () => scene.host.refusal('vote:open', confirmed));
  });

  it('E21, E27: keeps its roll when the claims table changes while it is open', async () => {
    const scene = await beginMeeting(server);
    const { rollRoot } = await openVote(server, scene);
    const before = await voters(server, scene);
    const [first] = before.list;
    if (!first) throw new Error('no voter');
    const creditor = await enterCreditor(server, scene, first);
    const rights = creditor.personal()?.rights[scene.resolutionId];
    const doubled = demonstrationClaimRows().map((row) =>
      row.nature === '普通债权' && row.status === '确认' && row.currency === undefined
        ? { ...row, filed: '99999999.00', confirmed: '99999999.00' }
        : row,
    );
    await importClaims(server, await writeClaimsWorkbook(doubled));
    expect(await voters(server, scene)).toEqual(before);
    const again = await enterCreditor(server, scene, first);
    expect(again.personal()?.rights[scene.resolutionId]).toEqual(rights);
    await again.ask('ballot:cast', { ballot: await ballotOf(server, scene, first) });
    server.clock.advance(VOTE_WINDOW_MS);
    await scene.host.until(hasStatus(scene.host, scene, 'closed'));
    await scene.host.until(() => shown(scene.host, scene).verdict !== null);
    expect(shown(scene.host, scene).rollRoot).toBe(rollRoot);
    expect(shown(scene.host, scene).verdict?.amount?.denominator).toBe(String(before.unsecuredFen));
    const next = await beginMeeting(server);
    expect((await voters(server, next)).unsecuredFen).not.toBe(before.unsecuredFen);
    await importClaims(server, await writeClaimsWorkbook(demonstrationClaimRows()));
  });
});
