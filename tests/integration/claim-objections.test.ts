import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { opensCommitment } from '../../server/domain/record/commitments.ts';
import type { ObjectionView, VerificationView } from '../../server/protocol/rest/objection-routes.ts';
import { hmacSha256 } from '../../server/services/record-crypto.ts';
import { openBrowser, openDesks } from '../support/entered-ballots.ts';
import { expectRefused } from '../support/meeting-scene.ts';
import { ofType, startMeetingServer, type MeetingServer } from '../support/meeting-server.ts';
import {
  act,
  beginVerification,
  newVerification,
  object,
  readOwn,
  searchClaims,
} from '../support/verification.ts';

let server: MeetingServer;
beforeAll(async () => {
  server = await startMeetingServer();
});
afterAll(() => server.close());

/** An open verification with a creditor, another one, and the desks of the staff. */
async function verifying() {
  const scene = await beginVerification(server);
  const [creditor, other] = [...new Map(server.creditors.map((one) => [one.personId, one])).values()];
  if (!creditor || !other) throw new Error('too few creditors');
  const browser = await openBrowser(server, creditor.personId, ['creditor']);
  const { own } = await readOwn(scene, browser);
  const claimNo = own[0]?.claimNo ?? '';
  return { scene, creditor, other, browser, claimNo, own, ...(await openDesks(server)) };
}

interface Queue {
  readonly verification: VerificationView;
  readonly list: { readonly rows: readonly ObjectionView[] };
}

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
    expect((await neighbour.get(path)).code).toBe('NOT_FOUND');
  });
});

describe('the administrator', () => {
  it('has the queue with its due date, answers, and the objector is told and reads it', async () => {
    const { scene, creditor, browser, claimNo, lead } = await verifying();
    const { data } = await object(scene, browser, { ...creditor, claimNo });
    const path = `/api/meetings/${scene.meetingId}/objections?state=open`;
    const { verification, list } = (await lead.get<Queue>(path)).data;
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
    await object(scene, browser, { ...creditor, claimNo });
    server.clock.advance(60_001);
    await scene.host.until(() => {
      const slice = scene.host.state()[`resolution:${scene.resolutionId}`] as { status: string };
      return slice.status === 'closed';
    });
    const [verdict] = ofType(await server.ledger(scene.meetingId), 'verdict');
    expect(verdict?.body.outcome).toBe('RECORDED');
    const reply = await lead.raw(`/api/meetings/${scene.meetingId}/minutes.pdf`);
    expect(reply.status).toBe(200);
    const view = (await readOwn(scene, browser)).verification;
    expect(view).toMatchObject({ state: 'ended', filed: 1 });
    expect(view.suitUntil).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
});
