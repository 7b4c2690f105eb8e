/** A whole server with three witnesses, of which one goes away, and a time-stamp authority that is away at closing. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runVerify } from '../../scripts/verify/run-verify.ts';
import { MEMBERS } from '../../server/domain/record/bundle/layout.ts';
import { readArchive } from '../../server/domain/record/bundle/read-archive.ts';
import type { Report } from '../../server/domain/record/verify/report.ts';
import { witnessPolicySha256 } from '../../server/domain/record/notes/policy-digest.ts';
import { parsePolicy } from '../../server/domain/record/notes/policy.ts';
import { createNoteKey, formatVkey } from '../../server/domain/record/notes/vkey.ts';
import type { SealView } from '../../server/protocol/rest/minutes-routes.ts';
import type { RecordState } from '../../server/protocol/record-state.ts';
import type { Role } from '../../server/protocol/scalars.ts';
import { sha256 } from '../../server/services/record-crypto.ts';
import { startSigner } from '../../server/signer/signer.ts';
import { openInstallation } from '../../server/storage/installation.ts';
import { textOfPdf } from '../support/documents.ts';
import { beginMeeting, castFrom, openVote, voters, type Scene } from '../support/meeting-scene.ts';
import { ofType, startMeetingServer, type MeetingServer } from '../support/meeting-server.ts';
import { startTimeStampAuthority, type TimeStampAuthority } from '../support/time-stamp-authority.ts';
import { policyOf, startTestWitness, type TestWitness } from '../support/witness-process.ts';

/** The clock is moved by this; further away from the authority's the stamps would rightly be found too early. */
const WINDOW_MS = 40_000;

let dataDir: string;
let authority: TimeStampAuthority;
let witnesses: TestWitness[];
let policy: string;
let server: MeetingServer;
let scene: Scene;

/** The key that those who run the system hand to its witnesses before the first meeting. */
async function vkeyOfSystem(): Promise<string> {
  const { installId: name } = await openInstallation(dataDir);
  const signer = await startSigner({ directory: join(dataDir, 'signer') });
  await signer.close();
  return formatVkey(createNoteKey(sha256, { name, type: 'log', publicKey: signer.publicKey }));
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'attested-'));
  const vkey = await vkeyOfSystem();
  const names = ['court.example/w', 'committee.example/w', 'province.example/w'];
  witnesses = await Promise.all(names.map((name) => startTestWitness(name, [vkey])));
  authority = await startTimeStampAuthority();
  policy = policyOf(witnesses, 2);
  const policyFile = join(dataDir, 'policy.txt');
  await writeFile(policyFile, policy);
  server = await startMeetingServer({
    dataDir,
    environment: { WITNESS_POLICY: policyFile, TSA_URL: authority.url, TSA_CA: authority.rootFile },
  });
  scene = await beginMeeting(server);
});
afterAll(async () => {
  await server.close();
  await authority.close();
  for (const witness of witnesses) await witness.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function ask(path: string, personId: string, role: Role) {
  const cookie = await server.cookieOf(personId, [role], role === 'reviewer' ? '33' : null);
  return fetch(`${server.origin}/api/meetings/${scene.meetingId}/${path}`, { headers: { cookie } });
}
const asJudge = (path: string) => ask(path, server.staff.judge.personId, 'judge');
const stateNow = async () => (await (await asJudge('record-state')).json()) as RecordState;
const minutes = async () => textOfPdf(Buffer.from(await (await asJudge('minutes.pdf')).arrayBuffer()));

async function seal(personId: string, role: Role) {
  const cookie = await server.cookieOf(personId, [role]);
  const reply = await fetch(`${server.origin}/api/meetings/${scene.meetingId}/minutes-seals`, {
    method: 'POST',
    headers: { cookie, origin: server.origin },
  });
  return { status: reply.status, body: (await reply.json()) as SealView & { readonly code?: string } };
}

/** The judge's screen shows it without being asked for. */
const shown = (isReached: (state: RecordState) => boolean) =>
  scene.judge.until(() => {
    const { record } = scene.judge.state();
    return record && isReached(record) ? record : undefined;
  });

describe('the record of a meeting with witnesses and a time-stamp authority', () => {
  it('names the witnesses and their number in entry 0', async () => {
    const [first] = ofType(await server.ledger(scene.meetingId), 'meeting.convene');
    expect(first?.seq).toBe('0');
    expect(first?.body.witnessPolicySha256).toBe(witnessPolicySha256(sha256, parsePolicy(sha256, policy)));
  });

  it('is shown as witnessed to its last entry, with one witness down', async () => {
    await witnesses[2]?.kill9();
    const { list } = await voters(server, scene);
    await openVote(server, scene, WINDOW_MS);
    for (const creditor of list) await castFrom(server, scene, { creditor, choice: 'for' });
    const size = (await server.ledger(scene.meetingId)).length;
    const state = await shown(({ witnessed }) => (witnessed?.size ?? 0) >= size);
    expect(state.checkpoint?.size).toBe(state.witnessed?.size);
    expect(state.witnesses.map(({ name, standing }) => [name, standing])).toEqual([
      ['w1', 'cosigned'],
      ['w2', 'cosigned'],
      ['w3', 'unreachable'],
    ]);
    expect(await stateNow()).toMatchObject({
      isSignerUp: true,
      hasPolicy: true,
      hasTimeStampAuthority: true,
    });
  });

  it('takes no seal of the minutes while a vote is open', async () => {
    const refused = await seal(server.staff.judge.personId, 'judge');
    expect(refused).toMatchObject({ status: 409, body: { code: 'MEETING_STATE' } });
  });

  it('has the freezing of the roll stamped', async () => {
    const state = await shown(({ timeStamps }) => timeStamps[0]?.stamped !== null && timeStamps.length > 0);
    const [freeze] = ofType(await server.ledger(scene.meetingId), 'roll.freeze');
    const [stamp] = state.timeStamps;
    expect(stamp).toMatchObject({
      reason: 'freeze',
      seq: Number(freeze?.seq),
      stamped: { authority: 'Test Time Authority' },
    });
    expect(stamp?.size).toBeGreaterThan(stamp?.seq ?? 0);
  });

  it('closes the vote while the authority is away, says so, and has the stamp when it is back', async () => {
    authority.state.mode = 'down';
    server.clock.advance(WINDOW_MS);
    await scene.judge.until(() => scene.judge.state()[`resolution:${scene.resolutionId}`]?.verdict);
    const waiting = await shown(({ timeStamps }) => (timeStamps[1]?.attempts ?? 0) > 0);
    expect(waiting.timeStamps[1]).toMatchObject({ reason: 'close', stamped: null });
    expect(await minutes()).toContain('尚未取得');
    authority.state.mode = 'up';
    const { timeStamps } = await shown((state) => state.timeStamps[1]?.stamped !== null);
    const text = (await minutes()).replace(/\s/g, '');
    expect(text).toContain('见证人：w1、w2');
    for (const { root } of timeStamps) expect(text).toContain(root);
  });

  it('is told to the reviewer, and not to a creditor', async () => {
    const reviewer = await ask('record-state', server.staff.reviewer.personId, 'reviewer');
    expect(reviewer.status).toBe(200);
    const creditor = await ask('record-state', server.creditors[0]?.personId ?? '', 'creditor');
    expect(creditor.status).toBe(403);
  });

  it('verifies with policy and root from outside: witnessed, every stamp, the witnesses that were promised', async () => {
    await scene.host.ask('meeting:close', { expectedPhase: 'in-progress' });
    const entries = (await server.ledger(scene.meetingId)).length;
    const sealed = await seal(server.staff.judge.personId, 'judge');
    expect(sealed).toMatchObject({ status: 200, body: { revision: '0', lastSeq: String(entries - 1) } });
    await shown(({ timeStamps }) => timeStamps.some(({ reason, stamped }) => reason === 'seal' && stamped));
    const size = (await server.ledger(scene.meetingId)).length;
    await shown(({ witnessed }) => (witnessed?.size ?? 0) >= size);
    const bundle = Buffer.from(await (await asJudge('bundle')).arrayBuffer());
    const vkey = Buffer.from(readArchive(bundle).read(MEMBERS.vkeys)).toString().trim();
    const [bundleFile, policyFile] = [join(dataDir, 'bundle.zip'), join(dataDir, 'court-policy.txt')];
    await writeFile(bundleFile, bundle);
    await writeFile(policyFile, `log ${vkey}\n${policy}`);
    const lines: string[] = [];
    const args = [bundleFile, '--policy', policyFile, '--tsa-ca', authority.rootFile, '--json'];
    const code = await runVerify(args, {
      print: (line) => lines.push(line),
      complain: (line) => lines.push(line),
    });
    const report = JSON.parse(lines.join('\n')) as Report;
    expect(report.steps.flatMap(({ findings }) => findings)).toEqual([]);
    expect([code, report.isWitnessed]).toEqual([0, true]);
    expect(report.steps.find(({ id }) => id === 'timeStamps')).toMatchObject({
      status: 'PASS',
      facts: { stamps: '3', authority: 'Test Time Authority' },
    });
  });

  it('keeps sealed minutes byte for byte, and shows them to staff alone', async () => {
    const [sealed] = ofType(await server.ledger(scene.meetingId), 'minutes.seal');
    for (const format of ['docx', 'pdf'] as const) {
      const reply = await asJudge(`minutes-seals/0/minutes.${format}`);
      const hash = createHash('sha256').update(Buffer.from(await reply.arrayBuffer()));
      expect(hash.digest('hex')).toBe(sealed?.body[`${format}Sha256`]);
    }
    expect((await asJudge('minutes-seals/1/minutes.pdf')).status).toBe(404);
    const creditor = server.creditors[0]?.personId ?? '';
    expect((await ask('minutes-seals/0/minutes.pdf', creditor, 'creditor')).status).toBe(403);
    expect(await seal(creditor, 'creditor')).toMatchObject({ status: 403 });
    expect(await seal(server.staff['administrator-lead'].personId, 'administrator-lead')).toMatchObject({
      status: 200,
      body: { revision: '1', lastSeq: sealed?.seq },
    });
  });

  it('is caught up with by the witness that comes back', async () => {
    await witnesses[2]?.start();
    const state = await shown((now) => now.witnesses[2]?.last?.size === now.checkpoint?.size);
    expect(state.witnesses[2]?.standing).toBe('cosigned');
  });
});
