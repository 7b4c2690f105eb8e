import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DOCUMENT_MAX_BYTES, type CaseView } from '../../server/protocol/rest/case-routes.ts';
import { CaseDeskCalls, codeOf, pdfOf, workbook } from '../support/case-desk-calls.ts';

let desk: CaseDeskCalls;
let server: CaseDeskCalls['server'];
let lead: CaseDeskCalls['lead'];

beforeAll(async () => {
  desk = await CaseDeskCalls.start();
  ({ server, lead } = desk);
});
afterAll(() => server.close());

describe('a case', () => {
  it('is created with its lead, in one spelling of the case number', async () => {
    const view = await desk.openCase({ caseNumber: '(2025)浙01破1号' });
    expect(view).toMatchObject({ caseNumber: '（2025）浙01破1号', myRole: 'administrator-lead' });
    expect((await lead.get('/api/cases')).json<{ rows: CaseView[] }>().rows).toContainEqual(view);
  });

  it('is refused when the number is taken, whatever its brackets', async () => {
    await desk.openCase({ caseNumber: '(2025)浙01破2号' });
    const again = await lead.post('/api/cases', desk.newCase({ caseNumber: '（2025）浙01破2号' }));
    expect([again.statusCode, codeOf(again)]).toEqual([409, 'CASE_NUMBER_TAKEN']);
  });

  it.each([
    ['a province that the standard does not have', { province: '38' }],
    ['a day that does not exist', { acceptedOn: '2026-02-30' }],
    ['an acceptance in the future', { acceptedOn: '2099-01-01' }],
    ['an unknown field', { chair: 'x' }],
  ])('is refused with %s', async (_what, over) => {
    const reply = await lead.post('/api/cases', desk.newCase(over));
    expect([reply.statusCode, codeOf(reply)]).toEqual([400, 'INVALID_REQUEST']);
  });

  it('is created by nobody but an administrator lead', async () => {
    for (const role of ['judge', 'operator', 'reviewer', 'administrator-staff'] as const) {
      const other = await server.staff([role], role === 'reviewer' ? '33' : null);
      expect(codeOf(await other.post('/api/cases', desk.newCase()))).toBe('FORBIDDEN');
    }
  });

  it('is seen by its team and by reviewers of its province only', async () => {
    const { caseId } = await desk.openCase();
    const url = `/api/cases/${caseId}`;
    const stranger = await server.staff(['administrator-lead']);
    const operator = await server.staff(['operator']);
    const judge = await server.staff(['judge']);
    const near = await server.staff(['reviewer'], '33');
    const far = await server.staff(['reviewer'], '44');
    expect(codeOf(await stranger.get(url))).toBe('NOT_ON_THE_CASE');
    expect(codeOf(await operator.get(url))).toBe('NOT_ON_THE_CASE');
    expect(codeOf(await judge.get(url))).toBe('NOT_ON_THE_CASE');
    expect(codeOf(await far.get(url))).toBe('OTHER_PROVINCE');
    expect((await near.get(url)).json()).toMatchObject({ myRole: 'reviewer' });

    const added = await lead.post(`${url}/members`, { personId: judge.personId, role: 'judge' });
    expect(added.json()).toMatchObject({ role: 'judge', personId: judge.personId });
    expect((await judge.get(url)).json()).toMatchObject({ myRole: 'judge' });
    expect((await judge.get('/api/cases')).json<{ total: number }>().total).toBe(1);
    expect(codeOf(await judge.upload(`${url}/claims-imports`, 'a.xlsx', workbook()))).toBe('FORBIDDEN');
    expect(codeOf(await stranger.upload(`${url}/claims-imports`, 'a.xlsx', workbook()))).toBe(
      'NOT_ON_THE_CASE',
    );
  });

  it('takes nobody into a role that the account does not hold, and keeps its lead', async () => {
    const { caseId } = await desk.openCase();
    const clerk = await server.staff(['clerk']);
    const url = `/api/cases/${caseId}/members`;
    expect(codeOf(await lead.post(url, { personId: clerk.personId, role: 'judge' }))).toBe('INVALID_REQUEST');
    expect(codeOf(await lead.post(url, { personId: clerk.personId, role: 'chair' }))).toBe('INVALID_REQUEST');
    expect((await lead.post(url, { personId: clerk.personId, role: 'clerk' })).statusCode).toBe(200);
    expect(codeOf(await clerk.post(url, { personId: clerk.personId, role: 'clerk' }))).toBe('FORBIDDEN');
    const members = (await lead.get(url)).json<{ members: object[] }>().members;
    expect(members).toHaveLength(2);
  });
});

describe('a document', () => {
  it('is stored by its hash with its pages, and comes back byte for byte', async () => {
    const { caseId } = await desk.openCase();
    const bytes = await pdfOf(3);
    const url = `/api/cases/${caseId}/documents`;
    const stored = (await lead.upload(url, '财产管理方案.pdf', bytes)).json<{
      documentId: string;
      sha256: string;
    }>();
    expect(stored).toMatchObject({ title: '财产管理方案', pages: 3, sizeBytes: bytes.length });
    expect(await server.storedFiles()).toContain(`${stored.sha256}.pdf`);
    const read = await lead.get(`/api/documents/${stored.documentId}`);
    expect(read.rawPayload.equals(bytes)).toBe(true);
    expect(read.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
    });
    const again = await lead.upload(url, '财产管理方案.pdf', bytes);
    expect(again.json()).toMatchObject({ documentId: stored.documentId });
  });

  it('is judged by its content and not by its name', async () => {
    const { caseId } = await desk.openCase();
    const url = `/api/cases/${caseId}/documents`;
    expect(codeOf(await lead.upload(url, 'plan.pdf', workbook()))).toBe('FILE_TYPE_WRONG');
    expect(codeOf(await lead.upload(url, 'plan.pdf', Buffer.from('<svg/>')))).toBe('FILE_TYPE_WRONG');
    expect(codeOf(await lead.upload(url, 'plan.pdf', (await pdfOf(2)).subarray(0, 700)))).toBe(
      'FILE_DAMAGED',
    );
    expect((await lead.upload(url, 'plan.docx', await pdfOf(1))).statusCode).toBe(200);
  });

  it('is refused beyond the size limit', async () => {
    const { caseId } = await desk.openCase();
    const bytes = Buffer.alloc(DOCUMENT_MAX_BYTES + 1, '%PDF-1.7\n');
    const reply = await lead.upload(`/api/cases/${caseId}/documents`, 'plan.pdf', bytes);
    expect([reply.statusCode, codeOf(reply)]).toEqual([413, 'FILE_TOO_LARGE']);
    expect(await server.leftUploads()).toEqual([]);
  });

  it('is read by a creditor only once a meeting that carries it is published', async () => {
    const { caseId } = await desk.openCase();
    await desk.importClaims(caseId);
    const file = await pdfOf(1);
    const { documentId } = (await lead.upload(`/api/cases/${caseId}/documents`, '方案.pdf', file)).json<{
      documentId: string;
    }>();
    const [capacity] = await server.capacities.findByCase(caseId);
    const creditor = server.signIn(capacity?.personId ?? '', ['creditor']);
    const url = `/api/documents/${documentId}`;
    expect(codeOf(await creditor.get(url))).toBe('FORBIDDEN');
    expect(codeOf(await server.signIn('somebody', ['creditor']).get(url))).toBe('NOT_ON_THE_CASE');
    expect(codeOf(await (await server.staff(['reviewer'], '33')).get(url))).toBe('FORBIDDEN');

    await desk.publishMeeting(caseId, [documentId]);
    expect((await creditor.get(url)).rawPayload.equals(file)).toBe(true);
    expect((await (await server.staff(['reviewer'], '33')).get(url)).statusCode).toBe(200);
    expect(codeOf(await (await server.staff(['reviewer'], '44')).get(url))).toBe('OTHER_PROVINCE');
  });
});

it('every change stands in the audit trail, which is whole', async () => {
  expect(await server.audit.findBreak()).toBeUndefined();
});

it('the template of the claims table can be downloaded by staff', async () => {
  const reply = await lead.get('/api/claims-template.xlsx');
  expect(reply.rawPayload.subarray(0, 2).toString()).toBe('PK');
  const anonymous = await server.app.inject({
    method: 'GET',
    url: '/api/claims-template.xlsx',
    headers: { host: 'localhost:8080' },
  });
  expect(codeOf(anonymous)).toBe('NOT_SIGNED_IN');
});
