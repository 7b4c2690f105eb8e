/**
 * What a creditor is told of a vote that failed: 企业破产法 arts. 64(2), 65(1), 66. A real server with its database.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { chinaDate } from '../../server/domain/china-calendar.ts';
import { noticeRoutes, type OwnNotice } from '../../server/protocol/rest/notice-routes.ts';
import type { Role } from '../../server/protocol/scalars.ts';
import { startMeetingServer, type MeetingServer } from '../support/meeting-server.ts';
import { beginWith, openRound, voteThrough } from '../support/meeting-votes.ts';

let server: MeetingServer;
beforeAll(async () => {
  server = await startMeetingServer();
});
afterAll(() => server?.close());

async function get<T>(personId: string, role: Role, path: string): Promise<T> {
  const headers = { cookie: await server.cookieOf(personId, [role]) };
  return (await (await fetch(`${server.origin}${path}`, { headers })).json()) as T;
}

it('is what the law makes of it, and the days for reconsideration once the court has ruled', async () => {
  const scene = await beginWith(server, [{ type: 'R03', title: '债务人财产管理方案' }]);
  const { meetingId, resolutionId } = scene;
  await openRound(server, scene);
  await voteThrough(server, scene, { resolutionId, choiceOf: () => 'against' });
  const lead = server.staff['administrator-lead'];
  const at = `/api/meetings/${meetingId}`;
  const query = `kind=RESULT&resolutionId=${resolutionId}`;
  const draft = await get<{ recipients: number }>(
    lead.personId,
    'administrator-lead',
    `${at}/notice-draft?${query}`,
  );
  const issued = await fetch(`${server.origin}${at}/notices`, {
    method: noticeRoutes.issueNotice.method,
    headers: {
      origin: server.origin,
      'content-type': 'application/json',
      cookie: await server.cookieOf(lead.personId, ['administrator-lead']),
    },
    body: JSON.stringify({ kind: 'RESULT', resolutionId, expectedRecipients: draft.recipients }),
  });
  expect(issued.status).toBe(200);
  const [creditor] = server.creditors;
  const own = async () => {
    const { rows } = await get<{ rows: OwnNotice[] }>(
      creditor?.personId ?? '',
      'creditor',
      `${at}/own-notices`,
    );
    return rows.find((row) => row.resolutionId === resolutionId);
  };
  expect(await own()).toMatchObject({
    isRevocable: false,
    followUp: ['COURT_RULING'],
    reconsideration: null,
    deliveries: [{ revocationEndsOn: null }],
  });
  const { conduct } = server.composed.services;
  const judge = await conduct.admit(server.staff.judge, meetingId);
  const decidedOn = chinaDate(server.clock.now());
  await conduct.recordRuling(judge, {
    kind: 'COURT_RULING',
    resolutionId,
    decidedOn,
    reference: '（2026）虚01破1号之三',
  });
  const after = await own();
  expect(after?.reconsideration?.ruledOn).toBe(decidedOn);
  expect((after?.reconsideration?.endsOn ?? '') > decidedOn).toBe(true);
});
