import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordView } from '../../server/protocol/rest/meeting-routes.ts';
import type { ObjectionView } from '../../server/protocol/rest/objection-routes.ts';
import { filesOfZip, textOfDocx } from '../support/documents.ts';
import type { Browser } from '../support/entered-ballots.ts';
import { expectRefused, newNonce } from '../support/meeting-scene.ts';
import {
  ofType,
  startMeetingServer,
  type MeetingServer,
  type TestMeeting,
} from '../support/meeting-server.ts';
import { act, object, openVerification, readOwn, type Queue } from '../support/verification.ts';

let server: MeetingServer;
beforeAll(async () => {
  server = await startMeetingServer();
});
afterAll(() => server.close());

const verifying = () => openVerification(server);

describe('the debtor', () => {
  const enter = (by: Browser, { meetingId, resolutionId }: TestMeeting, more: object) =>
    by.post<ObjectionView>(`/api/meetings/${meetingId}/objections/debtor`, {
      ...{ objectionId: newNonce(), resolutionId, point: 'EXISTENCE', text: '该笔债权已经清偿' },
      ...more,
    });

  it('objects as creditors do (art. 58(3)); the administrator enters it with its paper and answers it', async () => {
    const { scene, claimNo, lead, browser, own } = await verifying();
    const { meetingId } = scene;
    const paper = await lead.upload<{ sha256: string }>(`/api/meetings/${meetingId}/objection-files`);
    const attachmentSha256 = paper.data.sha256;
    const { data } = await enter(lead, scene, { claimNo, amountFen: '0', attachmentSha256 });
    const { debtor } = (await server.composed.services.rooms.open(meetingId)).facts.case;
    expect(data).toMatchObject({ isOfDebtor: true, objectorName: debtor, mobileMasked: '', amountFen: '0' });
    const [entry] = ofType(await server.ledger(meetingId), 'objection');
    expect(entry?.body).toMatchObject({ event: 'file', claimNo, actor: { role: 'administrator-lead' } });
    expect(entry?.body.creditorId).toBeUndefined();
    expect(JSON.stringify(entry)).not.toContain(debtor);
    expect(
      (await readOwn(scene, browser)).own.find((row) => row.claimNo === own[0]?.claimNo)?.objections,
    ).toBe(1);
    const file = `/api/meetings/${meetingId}/objections/${data.objectionId}/file`;
    expect((await lead.raw(file)).status).toBe(200);
    expect((await browser.raw(file)).status).toBe(404);
    const told = { decision: 'MAINTAINED', text: '有生效判决为据' };
    const answered = await act(scene, lead, [data.objectionId, 'answer'], told);
    expect(answered.data).toMatchObject({ answer: told });
  });

  it('has its objection entered once, by administrators alone, while the verification is open', async () => {
    const { scene, claimNo, lead, judge, browser } = await verifying();
    const objectionId = newNonce();
    const [one, two] = [
      await enter(lead, scene, { claimNo, objectionId }),
      await enter(lead, scene, { claimNo, objectionId }),
    ];
    expect(two.data.seq).toBe(one.data.seq);
    expect((await enter(judge, scene, { claimNo })).code).toBe('FORBIDDEN');
    expect((await enter(browser, scene, { claimNo })).code).toBe('FORBIDDEN');
    expect((await enter(lead, scene, { claimNo: 'NO-SUCH-ROW' })).code).toBe('CLAIM_UNKNOWN');
    expect(ofType(await server.ledger(scene.meetingId), 'objection')).toHaveLength(1);
    server.clock.advance(60_001);
    expect((await enter(lead, scene, { claimNo })).code).toBe('VERIFICATION_ENDED');
  });

  const reason = { reason: '债务人书面撤回' };
  const takeBack = (by: Browser, { meetingId }: TestMeeting, objectionId: string) =>
    by.post<ObjectionView>(`/api/meetings/${meetingId}/objections/debtor/${objectionId}/withdraw`, reason);

  it('takes it back through the lead administrator, once, and everybody reads by whom and why', async () => {
    const { scene, creditor, claimNo, lead, judge, browser } = await verifying();
    const { meetingId } = scene;
    await object(scene, browser, { ...creditor, claimNo });
    const { data } = await enter(lead, scene, { claimNo });
    const { debtor } = (await server.composed.services.rooms.open(meetingId)).facts.case;
    const withdrawn = await takeBack(lead, scene, data.objectionId);
    expect(withdrawn.data).toMatchObject({ isOfDebtor: true, withdrawnReason: reason.reason });
    const entry = ofType(await server.ledger(meetingId), 'objection').at(-1);
    expect(entry?.body).toMatchObject({
      ...{ event: 'withdraw', objectionId: data.objectionId, claimNo },
      actor: { role: 'administrator-lead' },
    });
    expect(entry?.body.creditorId).toBeUndefined();
    expect(JSON.stringify(entry)).not.toContain(debtor);
    expect((await takeBack(lead, scene, data.objectionId)).code).toBe('OBJECTION_STATE');

    const path = `/api/meetings/${meetingId}/objections`;
    const queue = (await judge.get<Queue>(`${path}?state=withdrawn`)).data;
    expect(queue.verification).toMatchObject({ filed: 2, open: 1, claimsObjectedTo: 1 });
    expect(queue.list.rows).toMatchObject([{ seq: data.seq, withdrawnReason: reason.reason }]);
    const lines = (await (await lead.raw(`${path}.csv`)).text()).split('\r\n');
    const line = lines.find((one) => one.includes(`"第 ${data.seq} 号"`));
    expect(line).toContain('"异议已撤回"');
    expect(line).toContain(`"${reason.reason}"`);
    const minutes = await lead.raw(`/api/meetings/${meetingId}/minutes.docx`);
    const text = textOfDocx(await filesOfZip(Buffer.from(await minutes.arrayBuffer())));
    expect(text).toMatch(/债务人已于 .+ 撤回（由管理人代为登记）：债务人书面撤回/);
    const { timeline } = (await judge.get<RecordView>(`/api/meetings/${meetingId}/record`)).data;
    const step = timeline.find(({ code }) => code === 'OBJECTION_WITHDRAWN');
    expect(step?.params).toEqual({ name: debtor, claimNo });
  });

  it.each([
    ['by others than the lead', 'staff', 'FORBIDDEN'],
    ['by the court', 'judge', 'FORBIDDEN'],
    ['by a creditor', 'browser', 'FORBIDDEN'],
  ] as const)('has nothing taken back %s', async (_who, by, code) => {
    const { scene, claimNo, lead, ...others } = await verifying();
    const { data } = await enter(lead, scene, { claimNo });
    await expectRefused(server, scene, {
      code,
      by: async () => (await takeBack(others[by], scene, data.objectionId)).code ?? '',
    });
  });

  it('keeps it once it was answered, and the lead takes back no creditor’s', async () => {
    const { scene, creditor, claimNo, lead, browser } = await verifying();
    const { data } = await enter(lead, scene, { claimNo });
    await act(scene, lead, [data.objectionId, 'answer'], { decision: 'MAINTAINED', text: '有判决为据' });
    expect((await takeBack(lead, scene, data.objectionId)).code).toBe('OBJECTION_STATE');
    const theirs = await object(scene, browser, { ...creditor, claimNo });
    expect((await takeBack(lead, scene, theirs.data.objectionId)).code).toBe('NOT_FOUND');
    expect((await act(scene, browser, [data.objectionId, 'withdraw'], reason)).code).toBe('NOT_FOUND');
  });
});
