/** Minutes and record of real meetings, over HTTP, from the ledger that was written by their conduct. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { maskPersonName } from '../../server/domain/masking.ts';
import type { RecordView } from '../../server/protocol/rest/meeting-routes.ts';
import type { Choice, Role } from '../../server/protocol/scalars.ts';
import { filesOfZip, textOfDocx, textOfPdf } from '../support/documents.ts';
import {
  beginMeeting,
  castFrom,
  openVote,
  voters,
  VOTE_WINDOW_MS,
  type Scene,
} from '../support/meeting-scene.ts';
import { startMeetingServer, type MeetingServer } from '../support/meeting-server.ts';

let server: MeetingServer;
let passed: Scene;
let failed: Scene;

beforeAll(async () => {
  server = await startMeetingServer();
  passed = await hold(() => 'for');
  failed = await hold((isLarge) => (isLarge ? 'against' : 'for'));
  await passed.host.ask('meeting:close', { expectedPhase: 'in-progress' });
});
afterAll(() => server.close());

/** Holds a vote; the fewest creditors that carry more than half of the amount are the large ones. */
async function hold(choiceOf: (isLarge: boolean) => Choice): Promise<Scene> {
  const scene = await beginMeeting(server);
  const { list, unsecuredFen } = await voters(server, scene);
  await openVote(server, scene);
  let largeFen = 0n;
  for (const voter of list.toSorted((a, b) => (a.countedFen < b.countedFen ? 1 : -1))) {
    const isLarge = largeFen * 2n <= unsecuredFen;
    if (isLarge) largeFen += voter.countedFen;
    await castFrom(server, scene, { creditor: voter, choice: choiceOf(isLarge) });
  }
  server.clock.advance(VOTE_WINDOW_MS);
  await scene.judge.until(() => scene.judge.state()[`resolution:${scene.resolutionId}`]?.verdict);
  return scene;
}

async function get(path: string, personId: string, roles: readonly Role[], province: string | null = null) {
  const cookie = await server.cookieOf(personId, roles, province);
  const reply = await fetch(`${server.origin}${path}`, { headers: { cookie } });
  return { status: reply.status, headers: reply.headers, body: Buffer.from(await reply.arrayBuffer()) };
}
const codeOf = ({ body }: { readonly body: Buffer }) =>
  (JSON.parse(body.toString()) as { code: string }).code;

const lead = () => server.staff['administrator-lead'].personId;
const asLead = (path: string) => get(path, lead(), ['administrator-lead']);
const asReviewer = (path: string, province?: string) => {
  const { reviewer } = server.staff;
  return get(path, reviewer.personId, ['reviewer'], province ?? reviewer.province);
};
const asCreditor = (path: string) => get(path, server.creditors[0]?.personId ?? '', ['creditor']);
const minutesOf = ({ meetingId }: Scene, format = 'pdf') => `/api/meetings/${meetingId}/minutes.${format}`;
const recordOf = ({ meetingId }: Scene) => `/api/meetings/${meetingId}/record`;
const readRecord = async (scene: Scene) =>
  JSON.parse((await asReviewer(recordOf(scene))).body.toString()) as RecordView;
const nameOf = async (personId: string) =>
  (await server.composed.stores.accounts.people.findById(personId))?.name ?? '';

describe('the minutes of a meeting', () => {
  it('say in the PDF that the plan passed, with both tests', async () => {
    const { status, headers, body } = await asLead(minutesOf(passed));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('application/pdf');
    expect(headers.get('content-disposition')).toContain(encodeURIComponent('会议笔录'));
    const text = await textOfPdf(body);
    const { list, unsecuredFen } = await voters(server, passed);
    expect(text).toContain(`即${list.length}/${list.length}，占100.00%；法律要求过半数，达到。`);
    expect(text).toContain('占无财产担保债权总额的100.00%；法律要求二分之一以上，达到。');
    expect(text).toContain(yuan(unsecuredFen));
    expect(text).toContain('第64条，本项表决通过');
    expect(text).toContain('演示：案件、人员和内容均为虚构');
  });

  it('say in the PDF that it failed by amount, with what is missing in yuan, and that the court rules', async () => {
    const text = await textOfPdf((await asLead(minutesOf(failed))).body);
    expect(text).toMatch(/法律要求过半数，达到。/);
    const verdict = (await server.ledger(failed.meetingId)).find((entry) => entry.t === 'verdict');
    const amount = verdict?.t === 'verdict' ? verdict.body.results.main.groups[0]?.amount : undefined;
    expect(amount?.passed).toBe(false);
    expect(text).toContain(`法律要求二分之一以上，未达到，还差${yuan(BigInt(amount?.shortfall ?? '0'))}元。`);
    expect(text).toContain('由人民法院裁定');
    expect(text).toContain('草稿：会议尚未闭会');
  });

  it('are the same as a Word document', async () => {
    const { status, headers, body } = await asLead(minutesOf(failed, 'docx'));
    expect([status, headers.get('content-type')]).toEqual([
      200,
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ]);
    const text = textOfDocx(await filesOfZip(body));
    expect(text).toContain('第一次债权人会议笔录');
    expect(text).toMatch(/法律要求二分之一以上，未达到，还差 [\d,.]+ 元。/);
  });

  it('name the last entry of the ledger', async () => {
    const entries = await server.ledger(passed.meetingId);
    const text = await textOfPdf((await asLead(minutesOf(passed))).body);
    expect(text).toContain(`共${entries.length}条，编号0至${entries.length - 1}`);
  });

  it('show people in full to staff, masked to the reviewer and to creditors', async () => {
    const name = await nameOf(lead());
    expect(await textOfPdf((await asLead(minutesOf(passed))).body)).toContain(name);
    for (const reply of [await asReviewer(minutesOf(passed)), await asCreditor(minutesOf(passed))]) {
      const text = await textOfPdf(reply.body);
      expect(text).toContain('脱敏本');
      expect(text).toContain(maskPersonName(name));
      for (const { personId } of server.creditors) expect(text).not.toContain(await nameOf(personId));
    }
  });

  it('are given to creditors after the meeting, and to nobody else', async () => {
    expect((await asCreditor(minutesOf(passed))).status).toBe(200);
    expect(codeOf(await asCreditor(minutesOf(failed)))).toBe('MEETING_STATE');
    expect(codeOf(await asReviewer(minutesOf(passed), '11'))).toBe('OTHER_PROVINCE');
    expect(codeOf(await get(minutesOf(passed), 'nobody-on-the-case', ['creditor']))).toBe('NOT_ON_THE_CASE');
    expect(codeOf(await asLead('/api/meetings/unknown-meeting/minutes.pdf'))).toBe('NOT_FOUND');
    expect((await fetch(`${server.origin}${minutesOf(passed)}`)).status).toBe(401);
  });

  it('read the ledger and its private values alone: the case may be renamed meanwhile', async () => {
    const before = await textOfPdf((await asLead(minutesOf(passed))).body);
    const cases = collection('cases');
    const debtor = '改名（虚构）有限公司';
    const known = await cases.findOne({});
    await cases.updateMany({}, { $set: { debtor } });
    expect(await textOfPdf((await asLead(minutesOf(passed))).body)).toBe(before);
    await cases.updateMany({}, { $set: { debtor: known?.['debtor'] as string } });
  });
});

describe('the record', () => {
  it('tells the reviewer what happened, in order, with nobody named in full', async () => {
    const record = await readRecord(passed);
    const codes = record.timeline.map(({ code }) => code);
    for (const code of [
      'CONVENED',
      'AGENDA_BEGIN',
      'ROLL_FROZEN',
      'VOTE_OPENED',
      'BALLOTS_CAST',
      'VOTE_COUNTED',
      'VERDICT_PASSED',
    ]) {
      expect(codes).toContain(code);
    }
    expect(codes.indexOf('ROLL_FROZEN')).toBeLessThan(codes.indexOf('VOTE_OPENED'));
    expect(record.entries).toBe((await server.ledger(passed.meetingId)).length);
    expect(record.meeting).toMatchObject({ state: 'closed', myRole: 'reviewer' });
    const told = JSON.stringify(record);
    for (const { personId } of server.creditors) expect(told).not.toContain(await nameOf(personId));
  });

  it('counts the votes again and finds what was announced', async () => {
    for (const scene of [passed, failed]) {
      const { checks } = await readRecord(scene);
      const states = new Map(checks.map(({ code, state }) => [code, state]));
      for (const code of ['TEXT_UNCHANGED', 'ROLL_BEFORE_OPENING', 'WINDOW_KEPT', 'VERDICT_RECOMPUTES']) {
        expect([code, states.get(code)]).toEqual([code, 'conforms']);
      }
    }
  });

  it('is for staff of the case and reviewers of the province', async () => {
    expect((await asLead(recordOf(passed))).status).toBe(200);
    expect(codeOf(await asCreditor(recordOf(passed)))).toBe('FORBIDDEN');
    expect(codeOf(await asReviewer(recordOf(passed), '11'))).toBe('OTHER_PROVINCE');
  });

  it('finds a text that was changed behind its commitment, and the minutes do not print it', async () => {
    const privates = collection('ledger_private');
    const filter = { meetingId: failed.meetingId, field: 'text' };
    const known = await privates.findOne(filter);
    await privates.updateOne(filter, { $set: { value: '一、财产归管理人。' } });
    const { checks } = await readRecord(failed);
    expect(checks.find(({ code }) => code === 'TEXT_UNCHANGED')?.state).toBe('deviates');
    const text = await textOfPdf((await asLead(minutesOf(failed))).body);
    expect(text).toContain('〔与存证不符〕');
    expect(text).not.toContain('财产归管理人');
    await privates.updateOne(filter, { $set: { value: known?.['value'] as string } });
  });

  it('shows an erased name as deleted, and the votes still count the same', async () => {
    const privates = collection('ledger_private');
    await privates.deleteMany({ meetingId: passed.meetingId, field: 'personName' });
    expect(await textOfPdf((await asLead(minutesOf(passed))).body)).toContain('〔已删除〕');
    const { checks } = await readRecord(passed);
    expect(checks.find(({ code }) => code === 'VERDICT_RECOMPUTES')?.state).toBe('conforms');
  });

  it('finds a roll that is no longer the one frozen', async () => {
    const chunks = collection('roll_chunks');
    const known = await chunks.findOne({ meetingId: failed.meetingId });
    const text = Buffer.from((known as unknown as { bytes: mongoose.mongo.Binary }).bytes.buffer).toString(
      'utf8',
    );
    const changed = text.replace(
      /"unsecuredFen":"([1-9]\d*)"/,
      (_, fen: string) => `"unsecuredFen":"${fen}0"`,
    );
    const put = (bytes: string) =>
      chunks.updateOne(
        { meetingId: failed.meetingId },
        { $set: { bytes: new mongoose.mongo.Binary(Buffer.from(bytes)) } },
      );
    await put(changed);
    const states = new Map((await readRecord(failed)).checks.map(({ code, state }) => [code, state]));
    expect(states.get('ROLL_BEFORE_OPENING')).toBe('deviates');
    expect(states.get('VERDICT_RECOMPUTES')).toBe('deviates');
    await put(text);
  });
});

/** `1,234,567.80`, as the minutes write it. */
function yuan(fen: bigint): string {
  const cents = String(fen % 100n).padStart(2, '0');
  return `${String(fen / 100n).replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}

/** The database behind the server's back. */
function collection(name: string) {
  return server.composed.stores.models.cases.db.collection(name);
}
