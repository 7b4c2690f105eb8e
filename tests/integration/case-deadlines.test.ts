/**
 * The time limits of a case as its team sees them (企业破产法 arts. 62, 63, 79; 民法典 arts. 201-203), on a real
 * server with a real database.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeadlinesView } from '../../server/protocol/rest/deadline-routes.ts';
import { CaseDeskCalls, codeOf } from '../support/case-desk-calls.ts';

let desk: CaseDeskCalls;

beforeAll(async () => {
  desk = await CaseDeskCalls.start();
});
afterAll(() => desk.server.close());

const disposals = [{ what: '厂房及设备', plannedOn: '2026-10-20', reportedOn: null }];
const dates = {
  claimsPeriodEndsOn: '2026-09-21',
  planReceivedOn: null,
  isPlanPeriodExtended: false,
  disposals,
};

describe('the time limits of a case', () => {
  it('wait for what they count from, and follow the dates that the administrator enters', async () => {
    const { caseId } = await desk.openCase({ procedure: 'liquidation', acceptedOn: '2026-08-03' });
    const url = `/api/cases/${caseId}/deadlines`;
    const before = (await desk.lead.get(url)).json<DeadlinesView>();
    expect(before).toMatchObject({
      mayChange: true,
      dates: { claimsPeriodEndsOn: null },
      deadlines: [{ kind: 'FIRST_MEETING', article: '62(1)', state: 'NOT_STARTED', dueOn: null }],
    });
    const change = { dates, reason: '（2026）浙01破1号公告' };
    const after = await desk.lead.put(`/api/cases/${caseId}/dates`, change);
    expect(after.json()).toMatchObject({
      dates,
      // The 6th of October is in the holiday: art. 203 moves the end to the 8th.
      deadlines: [
        { countsFrom: '2026-09-21', dueOn: '2026-10-08', isMoved: true },
        { kind: 'DISPOSAL_REPORT', about: '厂房及设备', countsFrom: '2026-10-20', dueOn: '2026-10-10' },
      ],
    });
    expect((await desk.lead.get(url)).json()).toEqual(after.json());
  });

  it('are more in a reorganisation', async () => {
    const { caseId } = await desk.openCase({ procedure: 'reorganisation', acceptedOn: '2026-03-02' });
    const view = (await desk.lead.get(`/api/cases/${caseId}/deadlines`)).json<DeadlinesView>();
    expect(view.deadlines.map(({ kind, dueOn }) => [kind, dueOn])).toEqual([
      ['FIRST_MEETING', null],
      ['PLAN_DRAFT', '2026-09-02'],
      ['PLAN_MEETING', null],
    ]);
  });

  it.each([
    ['a day that does not exist', { ...dates, claimsPeriodEndsOn: '2026-02-30' }],
    ['a report in the future', { ...dates, disposals: [{ ...disposals[0], reportedOn: '2099-01-01' }] }],
    ['a disposal on no day', { ...dates, disposals: [{ ...disposals[0], plannedOn: '2026-02-30' }] }],
    ['a day before the acceptance', { ...dates, claimsPeriodEndsOn: '2026-01-01' }],
  ])('refuse %s', async (_, wrong) => {
    const { caseId } = await desk.openCase({ procedure: 'liquidation', acceptedOn: '2026-08-03' });
    const reply = await desk.lead.put(`/api/cases/${caseId}/dates`, { dates: wrong, reason: '公告' });
    expect(codeOf(reply)).toBe('INVALID_REQUEST');
  });

  it('are read by the team and by reviewers of the province, and dates entered by administrators alone', async () => {
    const { caseId } = await desk.openCase({ procedure: 'liquidation', acceptedOn: '2026-08-03' });
    const url = `/api/cases/${caseId}/deadlines`;
    const near = await desk.server.staff(['reviewer'], '33');
    const stranger = await desk.server.staff(['administrator-lead']);
    expect((await near.get(url)).json()).toMatchObject({ mayChange: false });
    expect(codeOf(await stranger.get(url))).toBe('NOT_ON_THE_CASE');
    expect(codeOf(await near.put(`/api/cases/${caseId}/dates`, { dates, reason: '公告' }))).toBe('FORBIDDEN');
  });
});
