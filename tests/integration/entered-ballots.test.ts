import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildMinutes } from '../../server/domain/minutes/build-minutes.ts';
import type { ResolutionSlice } from '../../server/protocol/vote/slices.ts';
import { readHistory, openPrivates } from '../../server/services/record/read-history.ts';
import { countAgain } from '../../server/services/record/recount.ts';
import type { EnteredBallotView, VotingUnitRow } from '../../server/protocol/rest/entered-ballot-routes.ts';
import {
  confirmPaper,
  enterPaper,
  openBrowser,
  openDesks,
  ownPapers,
  firstMinuteOf,
  type PaperBallot,
} from '../support/entered-ballots.ts';
import { textOfMinutes } from '../support/minutes-text.ts';
import {
  ballotOf,
  beginMeeting,
  castFrom,
  enterCreditor,
  expectRefused,
  openVote,
  voters,
} from '../support/meeting-scene.ts';
import { filesOfZip, textOfDocx } from '../support/documents.ts';
import { ofType, startMeetingServer, type MeetingServer } from '../support/meeting-server.ts';

let server: MeetingServer;
beforeAll(async () => {
  server = await startMeetingServer();
});
afterAll(() => server.close());

const consent = { reason: '合议庭同意提前结束', courtConsentNo: '（2026）虚01破1号之一' };

/** An open vote, the desks of the staff, and a creditor who votes on paper. */
async function paperScene() {
  const scene = await beginMeeting(server);
  const opened = await openVote(server, scene);
  const [voter, other] = (await voters(server, scene)).list;
  if (!voter || !other) throw new Error('the claims table has no voters');
  return { scene, opened, voter, other, ...(await openDesks(server)) };
}
type PaperScene = Awaited<ReturnType<typeof paperScene>>;

async function entered({ scene, staff, voter }: PaperScene, paper: Partial<PaperBallot> = {}) {
  const { status, data } = await enterPaper(server, scene, staff, { creditor: voter, ...paper });
  expect(status).toBe(200);
  return data;
}

/** Messages about ballots to the telephone of the claims table, oldest first. */
async function smsTo(creditorId: string): Promise<string[]> {
  const { rooms } = server.composed.services;
  const mobile = rooms.openRooms()[0]?.book.creditors.get(creditorId)?.mobile;
  const outbox = server.composed.stores.models.cases.db.collection<{ text: string }>('outbox');
  const found = await outbox.find({ to: mobile, text: /表决/ }).sort({ at: 1 }).toArray();
  return found.map(({ text }) => text);
}

describe('E11: a ballot on paper', () => {
  it('counts once another person has read the scan alike, with who did what and the hash of the scan', async () => {
    const scene = await paperScene();
    const { entryId, scan, statedReceivedAt } = await entered(scene, { choice: 'against', channel: 'mail' });
    expect(ofType(await server.ledger(scene.scene.meetingId), 'ballot.cast')).toEqual([]);
    const { data } = await confirmPaper(scene.scene, scene.lead, entryId, 'against');
    const [cast] = ofType(await server.ledger(scene.scene.meetingId), 'ballot.cast');
    expect(cast?.body).toMatchObject({
      channel: 'mail',
      ballot: { unitId: scene.voter.creditorId, choice: 'against' },
      auth: {
        method: 'entered',
        enteredBy: { personId: server.staff['administrator-staff'].personId, role: 'administrator-staff' },
        confirmedBy: { personId: server.staff['administrator-lead'].personId, role: 'administrator-lead' },
        evidenceSha256: scan.sha256,
        statedReceivedAt,
      },
    });
    expect(data).toMatchObject({
      state: 'recorded',
      outcome: { kind: 'cast', seq: cast?.seq, reason: null },
    });
  });

  it('shows the second person the scan and not the first reading', async () => {
    const scene = await paperScene();
    const { entryId } = await entered(scene, { choice: 'abstain' });
    const path = `/api/meetings/${scene.scene.meetingId}/entered-ballots?state=todo`;
    const read = async (by: typeof scene.lead) =>
      (await by.get<{ rows: EnteredBallotView[] }>(path)).data.rows.find((row) => row.entryId === entryId);
    expect(await read(scene.lead)).toMatchObject({ choice: null, isOwnEntry: false, state: 'waiting' });
    expect(await read(scene.judge)).toMatchObject({ choice: null });
    expect(await read(scene.staff)).toMatchObject({ choice: 'abstain', isOwnEntry: true });
  });

  it('is not confirmed by who entered it', async () => {
    const scene = await paperScene();
    const { entryId } = await entered(scene);
    await expectRefused(server, scene.scene, {
      code: 'SECOND_PERSON_REQUIRED',
      by: async () => (await confirmPaper(scene.scene, scene.staff, entryId, 'for')).code ?? '',
    });
  });

  it('goes back with both readings where they differ, and counts after it was entered again', async () => {
    const scene = await paperScene();
    const { entryId, statedReceivedAt } = await entered(scene, { choice: 'for' });
    const differing = await confirmPaper(scene.scene, scene.lead, entryId, 'against');
    expect(differing.data).toMatchObject({ state: 'differs', choice: 'for', secondChoice: 'against' });
    expect((await confirmPaper(scene.scene, scene.lead, entryId, 'for')).code).toBe('ENTRY_STATE');
    const correct = `/api/meetings/${scene.scene.meetingId}/entered-ballots/${entryId}/correct`;
    await scene.staff.post(correct, { choice: 'against', channel: 'paper', statedReceivedAt });
    const { data } = await confirmPaper(scene.scene, scene.lead, entryId, 'against');
    expect(data.state).toBe('recorded');
    const cast = ofType(await server.ledger(scene.scene.meetingId), 'ballot.cast');
    expect(cast.map(({ body }) => body.ballot.choice)).toEqual(['against']);
  });

  it('is counted, shown to the host at once and to the creditor in the room', async () => {
    const scene = await paperScene();
    const { resolutionId } = scene.scene;
    const device = await enterCreditor(server, scene.scene, scene.voter);
    const { entryId } = await entered(scene);
    await confirmPaper(scene.scene, scene.lead, entryId, 'for');
    await scene.scene.host.until(() => {
      const tally = scene.scene.host.state()[`tally:${resolutionId}`] as { castHeads: number } | undefined;
      return tally?.castHeads === 1;
    });
    const right = await device.until(() => {
      const [own] = device.personal()?.rights[resolutionId] ?? [];
      return own?.receipt ? own : undefined;
    });
    expect(right.receipt).toMatchObject({ channel: 'paper', choice: 'for' });
  });

  it('is told to the creditor with the date until which to object, without amount and link', async () => {
    const scene = await paperScene();
    const { entryId } = await entered(scene, { choice: 'against' });
    const { data } = await confirmPaper(scene.scene, scene.lead, entryId, 'against');
    // The outbox of the tests took it; nobody is told by that.
    expect(data.told).toMatchObject({ isSent: true, reaches: false });
    const text = (await smsTo(scene.voter.creditorId)).at(-1);
    expect(text).toContain('管理人已代录您的表决：对《债务人财产管理方案》：不同意（书面，');
    expect(text).toMatch(/如有异议，请于 \d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d 前/);
    expect(text).not.toMatch(/元|http/);
  });

  it('may be withdrawn before it is confirmed, with a reason, and entered anew', async () => {
    const scene = await paperScene();
    const { entryId } = await entered(scene);
    const path = `/api/meetings/${scene.scene.meetingId}/entered-ballots/${entryId}/withdraw`;
    expect((await enterPaper(server, scene.scene, scene.lead, { creditor: scene.voter })).code).toBe(
      'ENTRY_PENDING',
    );
    const { data } = await scene.staff.post<EnteredBallotView>(path, { reason: '扫描件拿错' });
    expect(data).toMatchObject({ state: 'withdrawn', withdrawnReason: '扫描件拿错' });
    await entered(scene);
  });

  it('of a unit is found by name, shows what is recorded of it and what is being entered', async () => {
    const scene = await paperScene();
    await castFrom(server, scene.scene, { creditor: scene.other, choice: 'for' });
    await entered(scene);
    const { meetingId, resolutionId } = scene.scene;
    const path = `/api/meetings/${meetingId}/resolutions/${resolutionId}/units?pageSize=200`;
    const { rows } = (await scene.staff.get<{ rows: VotingUnitRow[] }>(path)).data;
    expect(rows.find(({ unitId }) => unitId === scene.voter.creditorId)).toMatchObject({ isPending: true });
    expect(rows.find(({ unitId }) => unitId === scene.other.creditorId)).toMatchObject({
      ballot: { channel: 'online' },
    });
  });

  it('of a secured creditor is entered under its voting amount, without the part that does not count', async () => {
    const scene = await paperScene();
    const { meetingId, resolutionId } = scene.scene;
    const path = `/api/meetings/${meetingId}/resolutions/${resolutionId}/units?pageSize=200`;
    const { rows } = (await scene.staff.get<{ rows: VotingUnitRow[] }>(path)).data;
    const { rollGroups } = scene.scene.host.state()[`resolution:${resolutionId}`] ?? {};
    const counted = rows.reduce((sum, { countedFen }) => sum + BigInt(countedFen), 0n);
    expect(String(counted)).toBe(rollGroups?.[0]?.unsecuredFen);
    const secured = rows.find(({ amountFen, countedFen }) => amountFen !== countedFen);
    const creditor = server.creditors.find(({ creditorId }) => creditorId === secured?.unitId);
    if (!secured || !creditor) throw new Error('nobody on the roll is secured');
    const { amountFen, countedFen } = secured;
    expect(await entered(scene, { creditor })).toMatchObject({ amountFen, countedFen });
  });

  it('stands in the minutes as it came, with who entered and who confirmed it, and not as a sign-in', async () => {
    const scene = await paperScene();
    await castFrom(server, scene.scene, { creditor: scene.other, choice: 'for' });
    const { entryId } = await entered(scene, { channel: 'mail' });
    const { data } = await confirmPaper(scene.scene, scene.lead, entryId, 'for');
    const reply = await scene.lead.raw(`/api/meetings/${scene.scene.meetingId}/minutes.docx`);
    const text = textOfDocx(await filesOfZip(Buffer.from(await reply.arrayBuffer())));
    expect(text).toContain(
      '2 张（网络 1 张（经设备签名的 0 张，未经设备签名、以登录身份认定的 1 张），邮寄 1 张）',
    );
    expect(text).toContain('其中 1 张不是网络提交：由工作人员一人录入，另一人看着原件的扫描件独立复核');
    expect(text).toMatch(new RegExp(`第 ${data.outcome?.seq} 号\\s*邮寄`));
  });
});

describe('E7: a paper that is no valid ballot', () => {
  it('is kept as void, leaves its creditor present, is told, and is counted the same by the verifier', async () => {
    const scene = await paperScene();
    const { meetingId, resolutionId, host } = { ...scene.scene };
    const { entryId } = await entered(scene, { choice: 'invalid' });
    const { data } = await confirmPaper(scene.scene, scene.lead, entryId, 'invalid');
    expect(data).toMatchObject({ state: 'void', choice: 'invalid', outcome: { kind: 'void' } });
    expect(data.outcome?.reason).toContain('为无效票：计为出席，不计为同意');
    expect((await smsTo(scene.voter.creditorId)).at(-1)).toContain('无效票（书面');
    await castFrom(server, scene.scene, { creditor: scene.other, choice: 'for' });
    const live = await host.until(() => {
      const tally = host.state()[`tally:${resolutionId}`];
      return tally?.castHeads === 1 ? tally : undefined;
    });
    const before = live.groups[0]?.presentHeads ?? 0;
    await host.ask('vote:close', { resolutionId, ...consent });
    const verdict = await host.until(
      () => (host.state()[`resolution:${resolutionId}`] as ResolutionSlice).verdict ?? undefined,
    );
    const [group] = verdict.groups;
    expect(group).toMatchObject({ for: { heads: '1' }, invalid: { heads: '1' } });
    expect(Number(group?.presentHeads)).toBe(before);
    const entries = await server.ledger(meetingId);
    const [voided] = ofType(entries, 'ballot.void');
    expect(voided?.body).toMatchObject({
      cause: 'INVALID',
      channel: 'paper',
      unitId: scene.voter.creditorId,
    });
    expect(voided?.body).not.toHaveProperty('choice');
    const { ledger, rolls } = server.composed.stores;
    const history = await readHistory(ledger, meetingId);
    const open = await openPrivates(ledger, meetingId, history);
    const counted = await countAgain({ rolls, meetingId, history, open });
    expect(counted.get(`${resolutionId}/1`)).toMatchObject({ tallyMatches: true, validBallots: 1 });
    const minutes = textOfMinutes(buildMinutes({ history, open, masked: false }));
    expect(minutes).toContain(
      '一张书面表决票不计入各项意见：无效票（未选择、选择多项或者无法辨认），计为出席',
    );
    expect(minutes).toContain('无效票 1 ');
  });

  it('does not keep its creditor from casting a valid one', async () => {
    const scene = await paperScene();
    const { entryId } = await entered(scene, { choice: 'invalid' });
    await confirmPaper(scene.scene, scene.lead, entryId, 'invalid');
    await castFrom(server, scene.scene, { creditor: scene.voter, choice: 'against' });
    const { resolutionId, host } = scene.scene;
    await host.ask('vote:close', { resolutionId, ...consent });
    const verdict = await host.until(
      () => (host.state()[`resolution:${resolutionId}`] as ResolutionSlice).verdict ?? undefined,
    );
    expect(verdict.groups[0]).toMatchObject({ against: { heads: '1' }, invalid: null });
  });
});

describe('E12: two channels', () => {
  it('a paper confirmed after an online ballot is void with the reason, whenever it was received', async () => {
    const scene = await paperScene();
    const { entryId } = await entered(scene, {
      statedReceivedAt: await firstMinuteOf(server, scene.scene.meetingId),
    });
    const { seq } = await castFrom(server, scene.scene, { creditor: scene.voter, choice: 'against' });
    const { data } = await confirmPaper(scene.scene, scene.lead, entryId, 'for');
    expect(data).toMatchObject({ state: 'void', outcome: { kind: 'void' } });
    expect(data.outcome?.reason).toContain(`以网络方式表决（第 ${seq} 号），先到的有效`);
    const entries = await server.ledger(scene.scene.meetingId);
    const [voided] = ofType(entries, 'ballot.void');
    expect(voided?.body).toMatchObject({ cause: 'LATER_CHANNEL', channel: 'paper', choice: 'for' });
    expect(ofType(entries, 'ballot.cast').map(({ body }) => body.ballot.choice)).toEqual(['against']);
    expect((await smsTo(scene.voter.creditorId)).at(-1)).toContain('本票不计入');
  });

  it('an online ballot after a paper one is refused, saying channel and time', async () => {
    const scene = await paperScene();
    const { entryId } = await entered(scene, { channel: 'mail' });
    const { data } = await confirmPaper(scene.scene, scene.lead, entryId, 'for');
    const device = await enterCreditor(server, scene.scene, scene.voter);
    const ballot = await ballotOf(server, scene.scene, scene.voter, 'against');
    expect(await device.request('ballot:cast', { ballot })).toMatchObject({
      error: { code: 'ALREADY_CAST', params: { channel: 'mail', choice: 'for', at: data.outcome?.ts } },
    });
  });

  it('a second paper of the same unit is void as well', async () => {
    const scene = await paperScene();
    const first = await entered(scene, { choice: 'for' });
    await confirmPaper(scene.scene, scene.lead, first.entryId, 'for');
    const second = await entered(scene, { choice: 'against', channel: 'email' });
    const { data } = await confirmPaper(scene.scene, scene.lead, second.entryId, 'against');
    expect(data.outcome?.reason).toContain('以书面方式表决');
  });
});

describe('a ballot on paper and the deadline', () => {
  it('received before and confirmed after the close is void with its reason and never counted', async () => {
    const scene = await paperScene();
    const { resolutionId } = scene.scene;
    const { entryId } = await entered(scene);
    await scene.scene.host.ask('vote:close', { resolutionId, ...consent });
    await scene.scene.host.until(() => {
      const slice = scene.scene.host.state()[`resolution:${resolutionId}`] as { verdict: unknown };
      return slice.verdict;
    });
    const { data } = await confirmPaper(scene.scene, scene.lead, entryId, 'for');
    expect(data).toMatchObject({ state: 'void' });
    expect(data.outcome?.reason).toContain('截止后才完成双人复核，不计入');
    const entries = await server.ledger(scene.scene.meetingId);
    expect(ofType(entries, 'ballot.cast')).toEqual([]);
    expect(ofType(entries, 'ballot.void').map(({ body }) => body.cause)).toEqual(['CONFIRMED_TOO_LATE']);
  });

  it('is not entered after the close', async () => {
    const scene = await paperScene();
    await scene.scene.host.ask('vote:close', { resolutionId: scene.scene.resolutionId, ...consent });
    const { code } = await enterPaper(server, scene.scene, scene.staff, { creditor: scene.voter });
    expect(code).toBe('RESOLUTION_NOT_OPEN');
  });

  it('cannot have been received in the future, nor before the case was accepted', async () => {
    const scene = await paperScene();
    const firstMinute = Date.parse(await firstMinuteOf(server, scene.scene.meetingId));
    const answers = [server.clock.now() + 3_600_000, firstMinute - 60_000, firstMinute].map(async (at) => {
      const paper = { creditor: scene.voter, statedReceivedAt: new Date(at).toISOString() };
      return (await enterPaper(server, scene.scene, scene.staff, paper)).code;
    });
    expect(await Promise.all(answers)).toEqual(['STATED_TIME_INVALID', 'STATED_TIME_INVALID', undefined]);
  });
});

describe('who may', () => {
  it('enter: nobody but the administrator’s lead and staff', async () => {
    const scene = await paperScene();
    const creditor = await openBrowser(server, scene.voter.personId, ['creditor']);
    const path = `/api/meetings/${scene.scene.meetingId}/scans`;
    for (const by of [scene.judge, scene.clerk, creditor]) {
      expect((await by.upload(path)).code).toBe('FORBIDDEN');
    }
  });

  it('read a scan: staff and court, as a picture that can do nothing; nobody else', async () => {
    const scene = await paperScene();
    const { scan } = await entered(scene);
    const path = `/api/meetings/${scene.scene.meetingId}/scans/${scan.sha256}`;
    const reply = await scene.judge.raw(path);
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('image/png');
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
    expect(reply.headers.get('content-security-policy')).toContain('sandbox');
    const creditor = await openBrowser(server, scene.voter.personId, ['creditor']);
    expect((await creditor.get(path)).code).toBe('FORBIDDEN');
  });

  it('upload: a PDF, a JPEG or a PNG by its content, whatever its name', async () => {
    const scene = await paperScene();
    const path = `/api/meetings/${scene.scene.meetingId}/scans`;
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
    expect((await scene.staff.upload(path, svg, 'scan.png')).code).toBe('FILE_TYPE_WRONG');
    const cut = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4]);
    expect((await scene.staff.upload(path, cut, 'scan.jpg')).code).toBe('FILE_DAMAGED');
  });
});

describe('the creditor', () => {
  it('reads what was entered and objects until the date; staff, court and record are told', async () => {
    const scene = await paperScene();
    const { meetingId } = scene.scene;
    const { entryId } = await entered(scene);
    await confirmPaper(scene.scene, scene.lead, entryId, 'for');
    const creditor = await openBrowser(server, scene.voter.personId, ['creditor']);
    expect(await ownPapers(scene.scene, creditor)).toMatchObject([
      { entryId, channel: 'paper', choice: 'for', counts: true, mayObject: true },
    ]);
    const path = `/api/meetings/${meetingId}/entered-ballots/${entryId}/objection`;
    const { data } = await creditor.post(path, { text: '我没有寄过这张票' });
    expect(data).toMatchObject({ mayObject: false, objection: { text: '我没有寄过这张票' } });
    expect((await creditor.post(path, { text: '再说一次' })).code).toBe('ENTRY_STATE');
    const list = `/api/meetings/${meetingId}/entered-ballots?state=objected`;
    const { rows } = (await scene.judge.get<{ rows: EnteredBallotView[] }>(list)).data;
    expect(rows).toMatchObject([{ entryId, objection: { text: '我没有寄过这张票' } }]);
    const incidents = ofType(await server.ledger(meetingId), 'incident').map(({ body }) => body.code);
    expect(incidents.filter((code) => code === 'ENTRY_OBJECTION')).toHaveLength(1);
  });

  it('cannot object for others, nor after the date', async () => {
    const scene = await paperScene();
    const { meetingId } = scene.scene;
    const { entryId } = await entered(scene);
    await confirmPaper(scene.scene, scene.lead, entryId, 'for');
    const path = `/api/meetings/${meetingId}/entered-ballots/${entryId}/objection`;
    const stranger = await openBrowser(server, scene.other.personId, ['creditor']);
    expect((await stranger.post(path, { text: '不是我的' })).code).toBe('NOT_FOUND');
    server.clock.advance(4 * 24 * 3_600_000);
    const creditor = await openBrowser(server, scene.voter.personId, ['creditor']);
    expect((await creditor.post(path, { text: '太晚了' })).code).toBe('OBJECTION_TOO_LATE');
  });
});
