/**
 * Notices and their way to each creditor: 企业破产法 arts. 63, 64(2); 司法解释三 arts. 11(1), 12; domain.md 2.4 E8.
 * A real server with its database, sockets, the SMS outbox and a mail server that may refuse.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chinaDate } from '../../server/domain/china-calendar.ts';
import { demonstrationClaimRows } from '../../server/demo/fictitious-claims.ts';
import type { DeadlinesView } from '../../server/protocol/rest/deadline-routes.ts';
import type { DeliveryRow, NoticesView, OwnNotice } from '../../server/protocol/rest/notice-routes.ts';
import type { Role } from '../../server/protocol/scalars.ts';
import { startMailServer, type MailServer } from '../support/mail-server.ts';
import { ofType, startMeetingServer, type MeetingServer } from '../support/meeting-server.ts';
import { VOTE_WINDOW_MS } from '../support/meeting-scene.ts';
import {
  beginWith,
  closeByTime,
  confirmedOf,
  consent,
  decideSettings,
  openRound,
  shown,
  SILENCE_IS_CONSENT,
  unitsOf,
  voteThrough,
} from '../support/meeting-votes.ts';

const MANAGEMENT = { type: 'R03', title: '债务人财产管理方案' };
const MAIL = 'notices@example.cn';

let server: MeetingServer;
let mail: MailServer;

beforeAll(async () => {
  mail = await startMailServer();
  const rows = demonstrationClaimRows();
  // One creditor has a mail address beside its telephone.
  const first = rows.find(({ kind }) => kind === '法人');
  const withMail = rows.map((row) => (row.creditorNo === first?.creditorNo ? { ...row, email: MAIL } : row));
  server = await startMeetingServer({ rows: withMail, environment: { SMTP_URL: mail.url } });
});
afterAll(async () => {
  await server?.close();
  await mail?.close();
});

/** As a person of the case asks over HTTP. */
async function ask<T>(
  who: { readonly personId: string; readonly role: Role },
  method: 'GET' | 'POST',
  [path, body]: readonly [string, unknown?],
): Promise<{ readonly status: number; readonly json: T & { readonly code?: string } }> {
  const reply = await fetch(`${server.origin}/api/meetings/${path}`, {
    method,
    headers: {
      origin: server.origin,
      cookie: await server.cookieOf(who.personId, [who.role]),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: reply.status, json: (await reply.json()) as T & { code?: string } };
}

const as = (role: Exclude<Role, 'creditor'>) => ({
  personId: server.staff[role as keyof typeof server.staff].personId,
  role,
});
const lead = () => as('administrator-lead');

async function issue(meetingId: string, subject: { kind: string; resolutionId?: string }) {
  const query = new URLSearchParams(subject).toString();
  const draft = await ask<{ recipients: number; text: string }>(lead(), 'GET', [
    `${meetingId}/notice-draft?${query}`,
  ]);
  const body = { ...subject, expectedRecipients: draft.json.recipients };
  return {
    draft: draft.json,
    issued: await ask<NoticesView>(lead(), 'POST', [`${meetingId}/notices`, body]),
  };
}

const rowsOf = async (meetingId: string, noticeId: string, query = '') =>
  (
    await ask<{ rows: DeliveryRow[]; total: number }>(lead(), 'GET', [
      `${meetingId}/notices/${noticeId}/deliveries?pageSize=200${query}`,
    ])
  ).json;

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('the condition did not come true');
    await delay(100);
  }
}

/** The queue has tried everybody once. */
async function untilSent(meetingId: string, noticeId: string): Promise<DeliveryRow[]> {
  let rows: DeliveryRow[] = [];
  await until(async () => {
    ({ rows } = await rowsOf(meetingId, noticeId));
    return rows.every(({ state }) => state !== 'queued');
  });
  return rows;
}

/** Also what was put into the queue again. */
async function untilNothingWaits(meetingId: string, noticeId: string): Promise<DeliveryRow[]> {
  let rows: DeliveryRow[] = [];
  await until(async () => {
    ({ rows } = await rowsOf(meetingId, noticeId));
    return rows.every(({ nextTryAt }) => nextTryAt === null);
  });
  return rows;
}

describe('the notice of a result', () => {
  it('tells figures, article and what follows to all creditors, and is on record before it is sent', async () => {
    const scene = await beginWith(server, [MANAGEMENT]);
    const { meetingId, resolutionId } = scene;
    await openRound(server, scene);
    await voteThrough(server, scene, { resolutionId, choiceOf: () => 'against' });
    const before = await ask<NoticesView>(as('judge'), 'GET', [`${meetingId}/notices`]);
    // The mail server of this test is real to the product; SMS lie in the outbox.
    const reaches = { sms: false, mail: true };
    expect(before.json).toMatchObject({ mayIssue: false, notices: [], reaches });
    expect(before.json.offers).toContainEqual({
      kind: 'RESULT',
      resolutionId,
      about: MANAGEMENT.title,
      correction: null,
      dueOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    });
    expect(
      (
        await ask(as('judge'), 'POST', [
          `${meetingId}/notices`,
          { kind: 'RESULT', resolutionId, expectedRecipients: 1 },
        ])
      ).status,
    ).toBe(403);

    const { draft, issued } = await issue(meetingId, { kind: 'RESULT', resolutionId });
    // Art. 64(3): also those without a vote, employees among them.
    const told = new Set(server.creditors.map(({ creditorId }) => creditorId)).size;
    expect(told).toBeGreaterThan((await unitsOf(server, scene, resolutionId)).length);
    expect(draft.recipients).toBe(told);
    expect(draft.text).toContain('第64条，《债务人财产管理方案》表决未通过');
    expect(draft.text).toMatch(/同意 0 家，占 0\.00%（须过半数，未达到）/);
    expect(draft.text).toMatch(/第65条第1款，由人民法院裁定。.+申请复议.+第66条/);
    expect(draft.text).not.toContain('撤销');
    // Dated as documents are, on the last line.
    expect(draft.text).toMatch(/管理人\n\d{4}年\d{1,2}月\d{1,2}日$/);
    const [notice] = issued.json.notices;
    expect(notice).toMatchObject({ kind: 'RESULT', recipients: told, delivered: 0, isRevocable: false });
    const again = { kind: 'RESULT', resolutionId, expectedRecipients: told };
    expect((await ask(lead(), 'POST', [`${meetingId}/notices`, again])).json.code).toBe('NOTICE_ISSUED');
    const noticeId = notice?.noticeId ?? '';

    const rows = await untilSent(meetingId, noticeId);
    expect(rows.every(({ state }) => state === 'sent')).toBe(true);
    const messages = (await server.composed.outbox.recent(500)).filter(({ text }) =>
      text.includes('表决未通过'),
    );
    expect(messages).toHaveLength(told);
    const [entry] = ofType(await server.ledger(meetingId), 'notice');
    expect(entry?.body).toMatchObject({ noticeId, recipients: String(told), delivered: '0' });
  });

  it('tries again what a provider refuses, and shows each try', async () => {
    mail.refuses = true;
    const scene = await beginWith(server, [MANAGEMENT]);
    const { meetingId, resolutionId } = scene;
    await openRound(server, scene);
    await voteThrough(server, scene, { resolutionId, choiceOf: () => 'for' });
    const { issued } = await issue(meetingId, { kind: 'RESULT', resolutionId });
    const noticeId = issued.json.notices[0]?.noticeId ?? '';
    const rows = await untilSent(meetingId, noticeId);
    const mailed = rows.find(({ mailMasked }) => mailMasked !== null);
    expect(mailed?.attempts).toContainEqual(expect.objectContaining({ channel: 'mail', isSent: false }));
    expect(mailed?.mailMasked).not.toBe(MAIL);
    expect(mailed?.nextTryAt).not.toBeNull();
    mail.refuses = false;
    const sms = mailed?.attempts.filter(({ channel }) => channel === 'sms').length;
    server.clock.advance(61_000);
    await until(async () => mail.taken.length === 1);
    await until(async () => {
      const again = (await rowsOf(meetingId, noticeId)).rows.find(({ mailMasked }) => mailMasked !== null);
      return again?.nextTryAt === null && again.attempts[0]?.isSent === true;
    });
    const after = (await rowsOf(meetingId, noticeId)).rows.find(({ mailMasked }) => mailMasked !== null);
    // What had been taken is not sent twice.
    expect(after?.attempts.filter(({ channel }) => channel === 'sms')).toHaveLength(sms ?? 0);
  });

  it('is sent again to those without a proved delivery, or to those who are named, by the administrator alone', async () => {
    const scene = await beginWith(server, [MANAGEMENT]);
    const { meetingId, resolutionId } = scene;
    await openRound(server, scene);
    await voteThrough(server, scene, { resolutionId, choiceOf: () => 'for' });
    const { issued } = await issue(meetingId, { kind: 'RESULT', resolutionId });
    const noticeId = issued.json.notices[0]?.noticeId ?? '';
    const [proved, named, ...others] = await untilSent(meetingId, noticeId);
    const to = (...rows: (DeliveryRow | undefined)[]) => ({
      creditorIds: rows.map((row) => row?.creditorId ?? ''),
    });
    const today = chinaDate(server.clock.now());
    await ask(lead(), 'POST', [
      `${meetingId}/notices/${noticeId}/deliveries`,
      { ...to(proved), proof: 'PAPER', deliveredOn: today, reference: 'EMS 回执' },
    ]);
    const resend = (who: ReturnType<typeof as>, body: object) =>
      ask<{ queued: number }>(who, 'POST', [`${meetingId}/notices/${noticeId}/resend`, body]);
    expect((await resend(as('judge'), {})).status).toBe(403);

    expect((await resend(lead(), {})).json).toEqual({ queued: others.length + 1 });
    await untilNothingWaits(meetingId, noticeId);
    expect((await resend(lead(), { creditorIds: ['stranger'] })).json).toEqual({ queued: 0 });
    expect((await resend(lead(), to(named))).json).toEqual({ queued: 1 });
    const after = await untilNothingWaits(meetingId, noticeId);
    const smsTo = (row: DeliveryRow | undefined) =>
      after
        .find(({ creditorId }) => creditorId === row?.creditorId)
        ?.attempts.filter(({ channel, isSent }) => channel === 'sms' && isSent);
    expect(smsTo(proved)).toHaveLength(1);
    expect(smsTo(named)).toHaveLength(3);
    for (const other of others) expect(smsTo(other)).toHaveLength(2);
    // Sent again is not delivered.
    expect(after.filter(({ state }) => state === 'delivered')).toHaveLength(1);
    expect(ofType(await server.ledger(meetingId), 'notice.delivery')).toHaveLength(1);
  });

  it('starts the fifteen days of each creditor by the delivery that is proved: read, or recorded', async () => {
    const scene = await beginWith(server, [MANAGEMENT]);
    const { meetingId, resolutionId } = scene;
    await openRound(server, scene);
    await voteThrough(server, scene, { resolutionId, choiceOf: () => 'for' });
    const { draft, issued } = await issue(meetingId, { kind: 'RESULT', resolutionId });
    expect(draft.text).toContain('自收到本通知之日起十五日内请求人民法院裁定撤销');
    const noticeId = issued.json.notices[0]?.noticeId ?? '';
    const today = chinaDate(server.clock.now());
    const [reader] = (await rowsOf(meetingId, noticeId)).rows;
    const person = server.creditors.find(({ creditorId }) => creditorId === reader?.creditorId);
    const creditor = { personId: person?.personId ?? '', role: 'creditor' as const };

    const own = await ask<{ rows: OwnNotice[] }>(creditor, 'GET', [`${meetingId}/own-notices`]);
    const mine = own.json.rows.find((row) => row.noticeId === noticeId);
    expect(mine?.deliveries[0]).toMatchObject({ deliveredOn: null, revocationEndsOn: null });
    const read = await ask<OwnNotice>(creditor, 'POST', [`${meetingId}/notices/${noticeId}/read`]);
    expect(read.json.deliveries).toContainEqual(
      expect.objectContaining({ deliveredOn: today, proof: 'READ', revocationEndsOn: expect.any(String) }),
    );
    // Read again: nothing more to record.
    await ask(creditor, 'POST', [`${meetingId}/notices/${noticeId}/read`]);
    expect(ofType(await server.ledger(meetingId), 'notice.delivery')).toHaveLength(1);

    const record = (body: object) =>
      ask<{ recorded: number }>(lead(), 'POST', [`${meetingId}/notices/${noticeId}/deliveries`, body]);
    const announcement = {
      proof: 'ANNOUNCEMENT',
      deliveredOn: today,
      reference: '全国企业破产重整案件信息网公告',
    };
    expect((await record({ ...announcement, deliveredOn: '2020-01-01' })).json.code).toBe('INVALID_REQUEST');
    expect((await record({ ...announcement, creditorIds: ['stranger'] })).json.code).toBe('INVALID_REQUEST');
    const { rows, total } = await rowsOf(meetingId, noticeId, '&state=delivered');
    expect(rows).toHaveLength(1);
    expect(total).toBe(1);
    const all = (await rowsOf(meetingId, noticeId)).total;
    expect((await record(announcement)).json).toEqual({ recorded: all - 1 });
    const entries = ofType(await server.ledger(meetingId), 'notice.delivery');
    expect(entries.at(-1)?.body).toMatchObject({ proof: 'ANNOUNCEMENT', delivered: String(all) });
    expect(JSON.stringify(entries)).not.toContain('信息网公告');

    const reply = await fetch(`${server.origin}/api/cases/${server.caseId}/deadlines`, {
      headers: { cookie: await server.cookieOf(lead().personId, ['administrator-lead']) },
    });
    const { deadlines } = (await reply.json()) as DeadlinesView;
    const ofVote = deadlines.filter((deadline) => deadline.resolution?.resolutionId === resolutionId);
    expect(ofVote.find(({ kind }) => kind === 'RESULT_NOTICE')).toMatchObject({ state: 'MET', metOn: today });
    expect(ofVote.find(({ kind }) => kind === 'REVOCATION')).toMatchObject({
      countsFrom: today,
      delivery: { recipients: all, delivered: all },
    });
  });
});

describe('the notice of a first vote', () => {
  it('meets no time limit of the second, which begins anew with a notice of its own (art. 65(2))', async () => {
    const scene = await beginWith(server, [{ type: 'R05', title: '破产财产分配方案' }]);
    const { meetingId, resolutionId } = scene;
    const limitOf = async (round: string) => {
      const headers = { cookie: await server.cookieOf(lead().personId, ['administrator-lead']) };
      const reply = await fetch(`${server.origin}/api/cases/${server.caseId}/deadlines`, { headers });
      const { deadlines } = (await reply.json()) as DeadlinesView;
      return deadlines.find(
        ({ kind, resolution }) =>
          kind === 'RESULT_NOTICE' && resolution?.resolutionId === resolutionId && resolution.round === round,
      );
    };
    const today = chinaDate(server.clock.now());
    await openRound(server, scene);
    await voteThrough(server, scene, { resolutionId, choiceOf: () => 'against' });
    await issue(meetingId, { kind: 'RESULT', resolutionId });
    expect(await limitOf('1')).toMatchObject({ state: 'MET', metOn: today });
    await openRound(server, scene);
    await voteThrough(server, scene, { resolutionId, choiceOf: () => 'against' });
    expect(await limitOf('2')).toMatchObject({ metOn: null });
    expect((await limitOf('2'))?.state).not.toMatch(/^MET/);
    await issue(meetingId, { kind: 'RESULT', resolutionId });
    expect(await limitOf('2')).toMatchObject({ state: 'MET' });
    expect(await limitOf('1')).toMatchObject({ state: 'MET', metOn: today });
  });
});

describe('the notice of a corrected count', () => {
  it('is due from the correction, says what it corrects, and has its own limit beside that of the first', async () => {
    const scene = await beginWith(server, [MANAGEMENT]);
    const { meetingId, resolutionId } = scene;
    await openRound(server, scene);
    await voteThrough(server, scene, { resolutionId, choiceOf: () => 'for' });
    const first = await issue(meetingId, { kind: 'RESULT', resolutionId });
    expect(first.issued.json.offers.filter(({ kind }) => kind === 'RESULT')).toEqual([]);
    const { reader } = server.composed.services;
    const { preview } = await reader.rollCorrection(server.staff['administrator-lead'], {
      meetingId,
      resolutionId,
    });
    const expected = { resolutionId, expectedRound: '1', expectedVersion: '0' };
    await scene.host.ask('roll:correct', { ...expected, ...confirmedOf(preview), ...consent });
    await scene.judge.until(() => shown(scene.judge, resolutionId).verdict?.revision === '1');
    const correctedOn = chinaDate(server.clock.now());
    const { json } = await ask<NoticesView>(lead(), 'GET', [`${meetingId}/notices`]);
    const offer = json.offers.find(({ kind }) => kind === 'RESULT');
    expect(offer).toMatchObject({ resolutionId, correction: '1' });
    const second = await issue(meetingId, { kind: 'RESULT', resolutionId });
    expect(second.draft.text).toContain('本通知更正此前通知的结果，以本通知为准。');
    expect(second.issued.json.notices[0]?.title).toBe(
      '关于《债务人财产管理方案》表决结果的更正通知（第 1 次更正）',
    );
    const headers = { cookie: await server.cookieOf(lead().personId, ['administrator-lead']) };
    const reply = await fetch(`${server.origin}/api/cases/${server.caseId}/deadlines`, { headers });
    const { deadlines } = (await reply.json()) as DeadlinesView;
    const told = deadlines.filter(
      ({ kind, resolution }) => kind === 'RESULT_NOTICE' && resolution?.resolutionId === resolutionId,
    );
    expect(told.map(({ resolution, state }) => [resolution?.revision, state])).toEqual([
      ['0', 'MET'],
      ['1', 'MET'],
    ]);
    expect(told[1]).toMatchObject({ countsFrom: correctedOn, metOn: correctedOn, dueOn: offer?.dueOn });
  });
});

describe('silence as consent', () => {
  it('E8: counts for those alone to whom the notice that says so is proved delivered', async () => {
    await decideSettings(server, SILENCE_IS_CONSENT);
    const scene = await beginWith(server, [MANAGEMENT]);
    const { meetingId, resolutionId } = scene;
    const { draft, issued } = await issue(meetingId, { kind: 'CONVENING' });
    expect(draft.text).toContain('对《债务人财产管理方案》，收到本通知后在表决期限内未表示意见的，视为同意');
    const noticeId = issued.json.notices[0]?.noticeId ?? '';
    const rows = await untilSent(meetingId, noticeId);
    expect(rows.every(({ state }) => state === 'sent')).toBe(true);
    const [first = '', second = ''] = [...new Set(server.creditors.map(({ creditorId }) => creditorId))];
    const creditorIds = [first, second];
    await ask(lead(), 'POST', [
      `${meetingId}/notices/${noticeId}/deliveries`,
      { creditorIds, proof: 'PAPER', deliveredOn: chinaDate(server.clock.now()), reference: 'EMS 回执' },
    ]);
    const silence = { undeliveredCreditorIds: [second], statement: '书面送达回证在卷' };
    await openRound(server, scene, { silence });
    await decideSettings(server, { silence: { mode: 'NONE' } });
    const units = await unitsOf(server, scene, resolutionId);
    const { verdict } = await closeByTime(server, scene, resolutionId);
    // Sent to all, proved to two, of whom staff know that one had moved.
    expect(units.length).toBeGreaterThan(2);
    const counted = units.filter(({ creditorId }) => creditorId === first).length;
    expect(verdict?.for.heads).toBe(String(counted));
    const [open] = ofType(await server.ledger(meetingId), 'ballot.open');
    expect(open?.body.silence?.undelivered).toContain(second);
    expect(open?.body.silence?.undelivered).not.toContain(first);
    server.clock.advance(VOTE_WINDOW_MS);
  });
});
