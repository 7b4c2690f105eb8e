/** The evidence bundle of a real meeting: who gets it, what is in it, and that the verifier takes it. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runVerify } from '../../scripts/verify/run-verify.ts';
import { MEMBERS } from '../../server/domain/record/bundle/layout.ts';
import { readArchive } from '../../server/domain/record/bundle/read-archive.ts';
import type { Report } from '../../server/domain/record/verify/report.ts';
import type { Role } from '../../server/protocol/scalars.ts';
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
let scene: Scene;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-'));
  server = await startMeetingServer();
  scene = await beginMeeting(server);
  const { operator, judge, clerk } = server.staff;
  const { staff } = server.composed.accounts;
  await staff.confirmReset(judge, (await staff.requestReset(operator, clerk.personId)).requestId);
  const { list } = await voters(server, scene);
  await openVote(server, scene);
  for (const [index, creditor] of list.entries()) {
    await castFrom(server, scene, { creditor, choice: index % 4 === 3 ? 'against' : 'for' });
  }
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function get(
  personId: string,
  roles: readonly Role[],
  options: { version?: string; province?: string } = {},
) {
  const cookie = await server.cookieOf(personId, roles, options.province ?? null);
  const query = options.version === undefined ? '' : `?version=${options.version}`;
  const reply = await fetch(`${server.origin}/api/meetings/${scene.meetingId}/bundle${query}`, {
    headers: { cookie },
  });
  return { status: reply.status, headers: reply.headers, body: Buffer.from(await reply.arrayBuffer()) };
}
const codeOf = ({ body }: { readonly body: Buffer }) =>
  (JSON.parse(body.toString()) as { code: string }).code;
const asStaff = (role: Exclude<keyof typeof server.staff, 'reviewer'>, version?: string) =>
  get(server.staff[role].personId, [role], version === undefined ? {} : { version });
const asReviewer = (version?: string) => {
  const { personId, province } = server.staff.reviewer;
  return get(personId, ['reviewer'], { province: province ?? '', ...(version !== undefined && { version }) });
};
const asCreditor = (version?: string) =>
  get(server.creditors[0]?.personId ?? '', ['creditor'], version === undefined ? {} : { version });

async function verify(bundle: Buffer, ...args: string[]): Promise<{ code: number; report: Report }> {
  const file = join(folder, 'bundle.zip');
  await writeFile(file, bundle);
  const lines: string[] = [];
  const code = await runVerify([file, '--json', ...args], {
    print: (line) => lines.push(line),
    complain: fail,
  });
  return { code, report: JSON.parse(lines.join('\n')) as Report };
}
const fail = (line: string): never => {
  throw new Error(line);
};

describe('the evidence bundle', () => {
  it('is not given while a vote is open, to nobody: it would tell how others have voted', async () => {
    expect(codeOf(await asCreditor())).toBe('MEETING_STATE');
    expect(codeOf(await asStaff('judge', 'court'))).toBe('MEETING_STATE');
    server.clock.advance(VOTE_WINDOW_MS);
    await scene.judge.until(() => scene.judge.state()[`resolution:${scene.resolutionId}`]?.verdict);
    await scene.host.ask('meeting:close', { expectedPhase: 'in-progress' });
  });

  it('is given to everybody admitted, and passes with the key and policy from outside', async () => {
    for (const reply of [await asCreditor(), await asReviewer(), await asStaff('clerk')]) {
      expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/zip']);
      expect(Number(reply.headers.get('content-length'))).toBe(reply.body.length);
    }
    const { body } = await asCreditor();
    const vkey = Buffer.from(readArchive(body).read(MEMBERS.vkeys)).toString().trim();
    const policy = join(folder, 'policy.txt');
    await writeFile(policy, `log ${vkey}\nquorum none\n`);
    const { code, report } = await verify(body, '--policy', policy);
    expect(report.steps.flatMap(({ findings }) => findings)).toEqual([]);
    expect([code, report.conclusion, report.isWitnessed]).toEqual([0, 'VERIFIED', false]);
    expect(report.notes).toContainEqual({ id: 'credentialResets', count: '1' });
  });

  it('is the same bytes for the same record', async () => {
    expect((await asCreditor()).body.equals((await asReviewer()).body)).toBe(true);
  });

  it('names nobody in its public version', async () => {
    const { body } = await asReviewer();
    const archive = readArchive(body);
    const text = archive.names.map((name) => Buffer.from(archive.read(name)).toString()).join('\n');
    expect(archive.names).not.toContain(MEMBERS.privates);
    for (const { personId } of server.creditors) {
      const person = await server.composed.stores.accounts.people.findById(personId);
      expect(text).not.toContain(person?.name ?? '');
      expect(text).not.toContain(person?.mobile ?? 'no mobile');
    }
  });

  it('opens every commitment in the court’s version, which only judge and lead get, on the record', async () => {
    for (const reply of [
      await asCreditor('court'),
      await asReviewer('court'),
      await asStaff('clerk', 'court'),
    ]) {
      expect([reply.status, codeOf(reply)]).toEqual([403, 'FORBIDDEN']);
    }
    const { body } = await asStaff('judge', 'court');
    const { code, report } = await verify(body);
    expect(code).toBe(3);
    const privates = report.steps.find(({ id }) => id === 'privates');
    expect(privates).toMatchObject({ status: 'PASS', facts: { erased: '0' } });
    expect(Number(privates?.facts['values'])).toBeGreaterThan(30);
    expect((await asStaff('administrator-lead', 'court')).status).toBe(200);
    const trail = server.composed.stores.models.cases.db.collection('audit_trail');
    const records = await trail.find({ event: /record\.court-bundle/ }).toArray();
    const events = records.map(
      ({ event }) => JSON.parse(event as string) as { actor: string; subject: string },
    );
    expect(events.map(({ actor, subject }) => [actor, subject])).toEqual(
      [server.staff.judge, server.staff['administrator-lead']].map(({ personId }) => [
        personId,
        `meeting:${scene.meetingId}`,
      ]),
    );
  });

  it('is found out when the database was changed behind the server', async () => {
    const ledger = server.composed.stores.models.cases.db.collection('ledger');
    const [cast] = await ledger.find({ meetingId: scene.meetingId, key: /^ballot\// }).toArray();
    if (!cast) throw new Error('no ballot was cast');
    const bytes = Buffer.from((cast['bytes'] as { buffer: Uint8Array }).buffer);
    const changed = Buffer.from(bytes.toString().replace('"choice":"for"', '"choice":"against"'));
    await ledger.updateOne({ _id: cast._id }, { $set: { bytes: changed } });
    const { code, report } = await verify((await asReviewer()).body);
    await ledger.updateOne({ _id: cast._id }, { $set: { bytes } });
    expect(code).toBe(1);
    expect(report.steps.flatMap(({ findings }) => findings.map((finding) => finding.code))).toContain(
      'ROOT_MISMATCH',
    );
  });

  it('leaves nothing of itself on the disk', async () => {
    expect(await readdir(join(server.dataDir, 'bundles'))).toEqual([]);
  });
});
