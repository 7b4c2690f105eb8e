import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { opensCommitment } from '../../server/domain/record/commitments.ts';
import type { MeetingView, RecordView } from '../../server/protocol/rest/meeting-routes.ts';
import { hmacSha256 } from '../../server/services/record-crypto.ts';
import { filesOfZip, textOfDocx } from '../support/documents.ts';
import { openBrowser } from '../support/entered-ballots.ts';
import { expectRefused } from '../support/meeting-scene.ts';
import { ofType, startMeetingServer, type MeetingServer } from '../support/meeting-server.ts';
import {
  act,
  haveNone,
  newVerification,
  object,
  openVerification,
  readOwn,
  searchClaims,
  type Queue,
} from '../support/verification.ts';

let server: MeetingServer;
beforeAll(async () => {
  server = await startMeetingServer();
});
afterAll(() => server.close());

const verifying = () => openVerification(server);

const nameOf = (creditorId: string): string =>
  server.composed.services.rooms.openRooms()[0]?.book.creditors.get(creditorId)?.name ?? '?';

describe('核查债权, as a creditor reads it', () => {
  it('shows the own rows first, with what was filed, confirmed and why', async () => {
    const { scene, creditor, browser, own } = await verifying();
    const view = await readOwn(scene, browser);
    expect(own.length).toBeGreaterThan(0);
    expect(own.every(({ isOwn }) => isOwn)).toBe(true);
    expect(view.verification).toMatchObject({ state: 'open', endsAt: scene.closesAt, filed: 0 });
    expect(view.capacities.map(({ creditorId }) => creditorId)).toContain(creditor.creditorId);
    expect(view.watermark).toMatch(/ \d{4} \d{4}年/);
  });

  it('finds the rows of others by search, people masked and without the administrator’s notes', async () => {
    const { scene, browser } = await verifying();
    const { book } = (await server.composed.services.rooms.open(scene.meetingId)) ?? {};
    const person = [...book.creditors.values()].findLast(({ isIndividual }) => isIndividual);
    if (!person) throw new Error('no individuals on the table');
    const found = await searchClaims(scene, browser, person.name);
    expect(found.length).toBeGreaterThan(0);
    for (const row of found.filter(({ isOwn }) => !isOwn)) {
      expect(row).toMatchObject({ note: null, creditorName: expect.stringMatching(/^.\*+$/) });
    }
  });

  it('is announced as a verification, in lists and by the link, and not as a vote', async () => {
    const { scene, browser } = await verifying();
    const meeting = await browser.get<MeetingView>(`/api/meetings/${scene.meetingId}`);
    expect(meeting.data).toMatchObject({ state: 'verifying', votingClosesAt: scene.closesAt });
    const link = await browser.get<MeetingView>(`/api/m/${meeting.data.linkCode}`);
    expect(link.data).toMatchObject({ state: 'verifying', votingClosesAt: scene.closesAt });
  });

  it('is closed to whoever has no part in the case', async () => {
    const { scene } = await verifying();
    const stranger = await openBrowser(server, 'nobody-at-all', ['creditor']);
    const path = `/api/meetings/${scene.meetingId}/verification/claims`;
    expect((await stranger.get(path)).code).toBe('NOT_ON_THE_CASE');
  });
});

describe('an objection', () => {
  it('is recorded with row, point and amount; reason and names stay in the private part', async () => {
    const { scene, creditor, browser, claimNo } = await verifying();
    const { data } = await object(scene, browser, { ...creditor, claimNo, amountFen: '123456' });
    const [entry] = ofType(await server.ledger(scene.meetingId), 'objection');
    expect(entry?.body).toMatchObject({ event: 'file', claimNo, point: 'AMOUNT', amountFen: '123456' });
    expect(JSON.stringify(entry)).not.toContain('利息');
    expect(data).toMatchObject({ seq: entry?.seq, text: '确认金额少计了利息', answer: null });
    const commitment = entry?.body.commitments.text ?? '';
    const values = await server.composed.stores.ledger.readPrivates(scene.meetingId, [commitment]);
    const value = values.get(commitment);
    expect(value && opensCommitment(hmacSha256, commitment, value)).toBe(true);
  });

  it('that is sent twice is recorded once', async () => {
    const { scene, creditor, browser, claimNo } = await verifying();
    const draft = { ...creditor, claimNo, objectionId: 'same-objection-twice' };
    const [one, two] = await Promise.all([object(scene, browser, draft), object(scene, browser, draft)]);
    expect(one.data.seq).toBe(two.data.seq);
    expect(ofType(await server.ledger(scene.meetingId), 'objection')).toHaveLength(1);
  });

  it('goes to the row of another creditor as well, and everybody sees that the row has one', async () => {
    const { scene, creditor, browser, other } = await verifying();
    const neighbour = await openBrowser(server, other.personId, ['creditor']);
    const theirs = (await readOwn(scene, neighbour)).own[0];
    const { data } = await object(scene, browser, { ...creditor, claimNo: theirs?.claimNo ?? '' });
    expect(data.claimNo).toBe(theirs?.claimNo);
    expect((await readOwn(scene, neighbour)).own[0]?.objections).toBe(1);
    expect((await readOwn(scene, neighbour)).objections).toEqual([]);
  });

  it.each([
    ['to a row that does not exist', { claimNo: 'NO-SUCH-ROW' }, 'CLAIM_UNKNOWN'],
    ['in the name of somebody else', { capacityId: 'not-my-capacity' }, 'UNIT_NOT_YOURS'],
    ['with a file that was not uploaded', { attachmentSha256: '0'.repeat(64) }, 'SCAN_UNKNOWN'],
  ])('%s is refused', async (_what, change, code) => {
    const { scene, creditor, browser, claimNo } = await verifying();
    const { capacityId } = creditor;
    await expectRefused(server, scene, {
      code,
      by: async () => (await object(scene, browser, { capacityId, claimNo, ...change })).code ?? '',
    });
  });

  it('before the verification is opened, and after it has ended, is refused', async () => {
    const early = await newVerification(server);
    const { scene, creditor, browser, claimNo } = await verifying();
    expect((await object(early, browser, { ...creditor, claimNo })).code).toBe('VERIFICATION_NOT_OPEN');
    server.clock.advance(60_001);
    const late = await object(scene, browser, { ...creditor, claimNo });
    expect(late.code).toBe('VERIFICATION_ENDED');
  });

  it('carries a photograph that the objector and staff can read, and nobody else', async () => {
    const { scene, creditor, browser, other, claimNo, lead } = await verifying();
    const { meetingId } = scene;
    const file = await browser.upload<{ sha256: string }>(`/api/meetings/${meetingId}/objection-files`);
    const { data } = await object(scene, browser, {
      ...creditor,
      claimNo,
      attachmentSha256: file.data.sha256,
    });
    const path = `/api/meetings/${meetingId}/objections/${data.objectionId}/file`;
    expect((await browser.raw(path)).headers.get('content-security-policy')).toContain('sandbox');
    expect((await lead.raw(path)).status).toBe(200);
    const neighbour = await openBrowser(server, other.personId, ['creditor']);
    expect((await neighbour.raw(path)).status).toBe(404);
  });
});

describe('a creditor without objections', () => {
  it('says so once, and an objection filed later takes its place until it is withdrawn', async () => {
    const { scene, creditor, browser, claimNo, lead } = await verifying();
    const { meetingId } = scene;
    const seqOf = async () =>
      (await readOwn(scene, browser)).capacities.find((one) => one.capacityId === creditor.capacityId)?.none
        ?.seq;
    expect((await haveNone(scene, browser, creditor)).status).toBe(200);
    expect((await haveNone(scene, browser, creditor)).status).toBe(200);
    const said = ofType(await server.ledger(meetingId), 'objection');
    expect(said).toHaveLength(1);
    expect(said[0]?.body).toMatchObject({ event: 'none', creditorId: creditor.creditorId });
    expect(await seqOf()).toBe(said[0]?.seq);
    const queue = (await lead.get<Queue>(`/api/meetings/${meetingId}/objections`)).data;
    expect(queue.verification.withoutObjection).toBe(1);

    const { data } = await object(scene, browser, { ...creditor, claimNo });
    expect(await seqOf()).toBeUndefined();
    expect((await haveNone(scene, browser, creditor)).code).toBe('OBJECTION_STANDS');
    await act(scene, browser, [data.objectionId, 'withdraw'], { reason: '已看懂计算' });
    expect((await haveNone(scene, browser, creditor)).status).toBe(200);
    expect(ofType(await server.ledger(meetingId), 'objection')).toHaveLength(4);
  });

  it('cannot say so after the end, nor in the name of another', async () => {
    const { scene, creditor, other, browser } = await verifying();
    expect((await haveNone(scene, browser, other)).code).toBe('UNIT_NOT_YOURS');
    server.clock.advance(60_001);
    expect((await haveNone(scene, browser, creditor)).code).toBe('VERIFICATION_ENDED');
  });
});

describe('a proxy', () => {
  it('objects for its principal while the own side is away, and not beside it', async () => {
    const { scene, claimNo } = await verifying();
    const proxy = server.capacities.find(({ kind }) => kind === 'proxy');
    if (!proxy) throw new Error('the case has no proxies');
    const holder = await openBrowser(server, proxy.personId, ['creditor']);
    const filed = await object(scene, holder, { capacityId: proxy.capacityId, claimNo });
    expect(filed.data.objectorName).not.toContain('*');
    const principal = server.capacities.find(
      ({ kind, creditorId }) => kind !== 'proxy' && creditorId === proxy.creditorId,
    );
    if (!principal) throw new Error('the principal has nobody of its own');
    const client = await server.connect(principal.personId);
    await client.join(scene.meetingId);
    await client.ask('presence:sign-in', { capacityIds: [principal.capacityId] });
    const refused = await object(scene, holder, { capacityId: proxy.capacityId, claimNo });
    expect(refused.code).toBe('PRINCIPAL_PRESENT');
  });
});

describe('the administrator', () => {
  it('has the queue with its due date, answers, and the objector is told and reads it', async () => {
    const { scene, creditor, browser, claimNo, lead } = await verifying();
    const { data } = await object(scene, browser, { ...creditor, claimNo });
    const path = `/api/meetings/${scene.meetingId}/objections?state=open`;
    const { verification, claims, list } = (await lead.get<Queue>(path)).data;
    expect(claims).toBe((await searchClaims(scene, browser, '')).length);
    expect(verification).toMatchObject({ filed: 1, open: 1, claimsObjectedTo: 1, withoutObjection: 0 });
    expect(list.rows.map(({ objectionId }) => objectionId)).toEqual([data.objectionId]);
    expect(Date.parse(verification.answerDueAt ?? '')).toBe(Date.parse(scene.closesAt) + 3 * 86_400_000);
    const answer = { decision: 'ADJUSTED', text: '利息已补计' };
    await act(scene, lead, [data.objectionId, 'answer'], answer);
    const [mine] = (await readOwn(scene, browser)).objections;
    expect(mine?.answer).toMatchObject(answer);
    expect((await lead.get<Queue>(path)).data.list.rows).toEqual([]);
  });

  it('answers only as administrator; the court reads', async () => {
    const { scene, creditor, browser, claimNo, judge } = await verifying();
    const { data } = await object(scene, browser, { ...creditor, claimNo });
    const path = `/api/meetings/${scene.meetingId}/objections`;
    expect((await judge.get<Queue>(path)).data.list.rows).toHaveLength(1);
    const answer = { decision: 'MAINTAINED', text: '不成立' };
    expect((await act(scene, judge, [data.objectionId, 'answer'], answer)).code).toBe('FORBIDDEN');
    expect((await browser.get(path)).code).toBe('FORBIDDEN');
  });

  it('has nothing to answer once it was withdrawn, which is done once', async () => {
    const { scene, creditor, browser, claimNo, lead } = await verifying();
    const { data } = await object(scene, browser, { ...creditor, claimNo });
    const withdrawn = await act(scene, browser, [data.objectionId, 'withdraw'], { reason: '已看懂计算' });
    expect(withdrawn.data.withdrawnAt).not.toBeNull();
    const again = await act(scene, browser, [data.objectionId, 'withdraw'], { reason: '再撤' });
    expect(again.code).toBe('OBJECTION_STATE');
    const answer = { decision: 'MAINTAINED', text: '不成立' };
    expect((await act(scene, lead, [data.objectionId, 'answer'], answer)).code).toBe('OBJECTION_STATE');
  });

  it('exports every row for the court, with and without objection, no cell a formula', async () => {
    const { scene, creditor, browser, claimNo, lead } = await verifying();
    await object(scene, browser, { ...creditor, claimNo, text: '=HYPERLINK("http://x")' });
    const reply = await lead.raw(`/api/meetings/${scene.meetingId}/objections.csv`);
    const lines = (await reply.text()).trim().split('\r\n');
    const all = await searchClaims(scene, browser, '');
    expect(lines).toHaveLength(all.length + 1);
    expect(lines.filter((line) => line.includes('"无异议"'))).toHaveLength(all.length - 1);
    expect(lines.find((line) => line.includes(`"${claimNo}"`))).toContain(`"'=HYPERLINK(""http://x"")"`);
  });
});

describe('the record', () => {
  it('ends the verification as recorded, and the minutes list the objections', async () => {
    const { scene, creditor, browser, claimNo, lead } = await verifying();
    const { data } = await object(scene, browser, { ...creditor, claimNo, amountFen: '9900' });
    server.clock.advance(60_001);
    await scene.host.until(() => {
      const slice = scene.host.state()[`resolution:${scene.resolutionId}`] as { verdict: object | null };
      return slice.verdict !== null;
    });
    const [verdict] = ofType(await server.ledger(scene.meetingId), 'verdict');
    expect(verdict?.body.outcome).toBe('RECORDED');
    await act(scene, lead, [data.objectionId, 'answer'], { decision: 'MAINTAINED', text: '利息算至受理日' });
    const reply = await lead.raw(`/api/meetings/${scene.meetingId}/minutes.docx`);
    const text = textOfDocx(await filesOfZip(Buffer.from(await reply.arrayBuffer())));
    expect(text).toContain('共提出异议 1 件，涉及债权 1 笔');
    expect(text).toContain(nameOf(creditor.creditorId));
    expect(text).not.toContain('提出债权异议');
    expect(text).toContain('核查事项：《核查债权》');
    for (const heading of ['（二）核查规则', '（四）核查时间', '（五）核查情况'])
      expect(text).toContain(heading);
    for (const ofVotes of ['收到的表决票', '表决期限届满', '（五）表决结果', '不同意']) {
      expect(text).not.toContain(ofVotes);
    }
    expect(text).toContain('主张 99.00 元：确认金额少计了利息');
    expect(text).toContain('维持原审查意见：利息算至受理日');
    expect(text).toContain('其余债权未提出异议，记录为无异议，由管理人提请人民法院裁定确认');
    const view = (await readOwn(scene, browser)).verification;
    expect(view).toMatchObject({ state: 'ended', filed: 1 });
    expect(view.suitUntil).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('shows the reviewer what was objected and whether it was answered (司法解释三 art. 8)', async () => {
    const { scene, creditor, browser, claimNo, judge, lead } = await verifying();
    const { meetingId } = scene;
    await haveNone(scene, browser, creditor);
    const { data } = await object(scene, browser, { ...creditor, claimNo });
    const read = async () => (await judge.get<RecordView>(`/api/meetings/${meetingId}/record`)).data;
    const check = async () => (await read()).checks.find(({ code }) => code === 'OBJECTIONS_ANSWERED');
    server.clock.advance(60_001);
    await scene.host.until(() => {
      const slice = scene.host.state()[`resolution:${scene.resolutionId}`] as { verdict: object | null };
      return slice.verdict !== null;
    });
    expect(await check()).toMatchObject({ state: 'not-due', params: { filed: '1', unanswered: '1' } });
    await act(scene, lead, [data.objectionId, 'answer'], { decision: 'ADJUSTED', text: '已补计' });
    expect(await check()).toMatchObject({ state: 'conforms', article: 'INTERP3_8' });
    const told = (await read()).timeline.map(({ code }) => code);
    const codes = told.filter((code) => code.startsWith('OBJECTION'));
    expect(codes).toEqual(['OBJECTION_NONE', 'OBJECTION', 'OBJECTION_ANSWERED']);
    // It is no vote, and the record does not tell it as one.
    expect(told.filter((code) => /^(VOTE|VERIFICATION|ROLL|RESOLUTION)_/.test(code))).toEqual([
      'VERIFICATION_PUBLISHED',
      'VERIFICATION_ROLL_FROZEN',
      'VERIFICATION_OPENED',
      'VERIFICATION_CLOSED_DEADLINE',
      'VERIFICATION_COUNTED',
    ]);
  });
});
