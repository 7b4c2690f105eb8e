import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CaseDeskCalls, codeOf, type Prepared } from '../support/case-desk-calls.ts';

let desk: CaseDeskCalls;
let server: CaseDeskCalls['server'];
let lead: CaseDeskCalls['lead'];

beforeAll(async () => {
  desk = await CaseDeskCalls.start();
  ({ server, lead } = desk);
});
afterAll(() => server.close());

const stateOf = ({ checklist }: Prepared, code: string) =>
  checklist.find((line) => line.code === code)?.state;

describe('a meeting', () => {
  it('begins as the template of a first meeting, with what is still missing', async () => {
    const { caseId } = await desk.openCase();
    const draft = await desk.createMeeting(caseId, desk.inDays(3));
    expect(draft.meeting.agenda.map(({ kind }) => kind)).toContain('vote');
    expect(draft.meeting.resolutions).toMatchObject([{ type: 'R03', text: '' }]);
    expect(stateOf(draft, 'CREDITORS_IMPORTED')).toBe('blocks');
    expect(stateOf(draft, 'RESOLUTION_TEXTS')).toBe('blocks');
    expect(stateOf(draft, 'NOTICE_PERIOD')).toBe('warning');
    expect(stateOf(draft, 'DOCUMENTS')).toBe('warning');
    const refused = await lead.post(`/api/meetings/${draft.meeting.meetingId}/publish`);
    expect([refused.statusCode, codeOf(refused)]).toEqual([409, 'MEETING_NOT_READY']);
    expect(refused.json()).toMatchObject({ params: { codes: 'CREDITORS_IMPORTED RESOLUTION_TEXTS' } });
  });

  it('keeps the ids of its items and resolutions while it is edited', async () => {
    const { caseId } = await desk.openCase();
    const draft = await desk.createMeeting(caseId);
    const body = desk.edited(draft);
    const url = `/api/meetings/${draft.meeting.meetingId}`;
    const saved = (await lead.put(url, { ...body, agenda: body.agenda.toReversed() })).json<Prepared>();
    expect(saved.meeting.agenda.map(({ itemId }) => itemId)).toEqual(
      draft.meeting.agenda.map(({ itemId }) => itemId).toReversed(),
    );
    expect(saved.meeting.resolutions[0]?.resolutionId).toBe(draft.meeting.resolutions[0]?.resolutionId);
    expect((await lead.get(`${url}/preparation`)).json()).toEqual(saved);
  });

  it.each([
    ['an item of another meeting', { itemId: 'of-another-meeting' }],
    ['a vote without a resolution', { kind: 'vote', resolution: null }],
    ['a document that the case does not have', { documentIds: ['nobodys-document'] }],
    ['a blank title', { title: '   ' }],
  ])('is not saved with %s', async (_what, over) => {
    const { caseId } = await desk.openCase();
    const draft = await desk.createMeeting(caseId);
    const body = desk.edited(draft);
    const agenda = body.agenda.map((item, index) => (index === 0 ? { ...item, ...over } : item));
    const reply = await lead.put(`/api/meetings/${draft.meeting.meetingId}`, { ...body, agenda });
    expect([reply.statusCode, codeOf(reply)]).toEqual([400, 'INVALID_REQUEST']);
  });

  it('is published once, with its ledger, and its texts stand from then on', async () => {
    const { caseId } = await desk.openCase();
    await desk.importClaims(caseId);
    const published = await desk.publishMeeting(caseId);
    const { meetingId } = published.meeting;
    expect(published.meeting.status).toBe('published');
    const convocation = server.ledger.convocations.at(-1);
    expect(convocation?.meeting).toMatchObject({
      meetingId,
      origin: `test-installation/${meetingId}`,
      hostPersonId: lead.personId,
    });
    const url = `/api/meetings/${meetingId}`;
    expect(codeOf(await lead.put(url, desk.edited(published)))).toBe('MEETING_STATE');
    expect(codeOf(await lead.post(`${url}/publish`))).toBe('MEETING_STATE');
    expect((await server.conductData.publishedMeetingIds()).includes(meetingId)).toBe(true);
  });

  it('keeps its texts when the ledger was away, and is published by the next try', async () => {
    const { caseId } = await desk.openCase();
    await desk.importClaims(caseId);
    const draft = await desk.createMeeting(caseId);
    const url = `/api/meetings/${draft.meeting.meetingId}`;
    await lead.put(url, desk.edited(draft));
    server.ledger.isAway = true;
    expect((await lead.post(`${url}/publish`)).statusCode).toBe(500);
    server.ledger.isAway = false;
    expect(codeOf(await lead.put(url, desk.edited(draft, { text: '另一个方案。' })))).toBe('MEETING_STATE');
    expect((await lead.post(`${url}/publish`)).json()).toMatchObject({ meeting: { status: 'published' } });
  });

  it('is prepared by the administrator and published by the lead only', async () => {
    const { caseId } = await desk.openCase();
    const staff = await server.staff(['administrator-staff']);
    await lead.post(`/api/cases/${caseId}/members`, {
      personId: staff.personId,
      role: 'administrator-staff',
    });
    const draft = await desk.createMeeting(caseId);
    const url = `/api/meetings/${draft.meeting.meetingId}`;
    expect((await staff.put(url, desk.edited(draft))).statusCode).toBe(200);
    expect(codeOf(await staff.post(`${url}/publish`))).toBe('FORBIDDEN');
    const other = await server.staff(['administrator-lead']);
    expect(codeOf(await other.get(`${url}/preparation`))).toBe('NOT_ON_THE_CASE');
    expect(codeOf(await other.put(url, desk.edited(draft)))).toBe('NOT_ON_THE_CASE');
  });
});
