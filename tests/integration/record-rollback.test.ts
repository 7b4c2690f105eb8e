/**
 * record.md 5: an older copy of the database is put back while a vote is open. The meeting stands still, is told in
 * words, goes on under a new origin, and the lost ballots come back from their holders' receipts.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { MEMBERS } from '../../server/domain/record/bundle/layout.ts';
import { readArchive } from '../../server/domain/record/bundle/read-archive.ts';
import { parseCheckpointNote } from '../../server/domain/record/notes/checkpoint.ts';
import { parsePolicy } from '../../server/domain/record/notes/policy.ts';
import { parseTlogProof } from '../../server/domain/record/notes/tlog-proof.ts';
import type { Report } from '../../server/domain/record/verify/report.ts';
import { verifyBundle } from '../../server/domain/record/verify/verify-bundle.ts';
import type { ContinuationView, EvidenceView } from '../../server/protocol/rest/continuation-routes.ts';
import type { Role } from '../../server/protocol/scalars.ts';
import { hmacSha256, sha256, verifySignature } from '../../server/services/record-crypto.ts';
import { openTestDatabase } from '../support/database.ts';
import { textOfPdf } from '../support/documents.ts';
import {
  beginMeeting,
  castFrom,
  openVote,
  voters,
  VOTE_WINDOW_MS,
  type Scene,
} from '../support/meeting-scene.ts';
import {
  createMovableClock,
  ofType,
  startMeetingServer,
  type CreditorPerson,
  type MeetingServer,
} from '../support/meeting-server.ts';
import { putBackOlderCopy } from '../support/older-copy.ts';

interface Cast {
  readonly creditor: CreditorPerson;
  readonly seq: string;
  readonly proof: string;
}

let database: ReturnType<typeof openTestDatabase>;
let dataDir: string;
let clock: ReturnType<typeof createMovableClock>;
let server: MeetingServer;
let scene: Scene;
/** Before and behind what the older copy has. */
let kept: Cast;
let lost: Cast[];
let signedSize: number;
let foundSize: number;
const start = () => startMeetingServer({ databaseUri: database.uri, dataDir, clock });

beforeAll(async () => {
  database = openTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'meeting-rollback-'));
  clock = createMovableClock();
  server = await start();
  scene = await beginMeeting(server);
  const { list } = await voters(server, scene);
  await openVote(server, scene);
  const all: Cast[] = [];
  for (const creditor of list.slice(0, 4)) {
    const { seq, proof = '' } = await castFrom(server, scene, { creditor, choice: 'against' });
    all.push({ creditor, seq, proof });
  }
  [kept, ...lost] = all as [Cast, ...Cast[]];
  await server.close();
  signedSize = (await entriesIn()).length;
  foundSize = Number(kept.seq) + 1;
  await putBack(foundSize);
  server = await start();
});
afterAll(async () => {
  await server.close();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

async function withCollections<T>(use: (db: mongo.Db) => Promise<T>): Promise<T> {
  const client = await mongo.MongoClient.connect(database.uri);
  try {
    return await use(client.db());
  } finally {
    await client.close();
  }
}
const entriesIn = () =>
  withCollections((db) => db.collection('ledger').find({ meetingId: scene.meetingId }).toArray());

/** The database as an older copy of it would be. */
async function putBack(size: number): Promise<void> {
  await withCollections((db) => putBackOlderCopy(db, scene.meetingId, size));
}

async function ask<T>(path: string, personId: string, role: Role, body?: object) {
  const cookie = await server.cookieOf(personId, [role]);
  const reply = await fetch(`${server.origin}/api/meetings/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { cookie, origin: server.origin, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: reply.status, body: (await reply.json()) as T & { readonly code?: string } };
}
const lead = () => server.staff['administrator-lead'].personId;
const judge = () => server.staff.judge.personId;
const asHolder = <T>(path: string, { creditor }: Cast, body?: object) =>
  ask<T>(path, creditor.personId, 'creditor', body);
const inMinutes = (minutes: number) => new Date(clock.now() + minutes * 60_000).toISOString();

describe('a meeting whose record was rolled back', () => {
  it('does not keep the server from starting, and stands still', async () => {
    const device = await server.connect(lost[0]!.creditor.personId);
    const refused = await device.request('room:join', { meetingId: scene.meetingId });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'ROLLBACK', params: { signedSize, foundSize } },
    });
    expect(await entriesIn()).toHaveLength(foundSize);
  });

  it('is told as such on its link, in lists, and to everybody admitted', async () => {
    const halt = { by: 'signer', signedSize, foundSize };
    const told = await asHolder<ContinuationView>(`${scene.meetingId}/continuation`, lost[0]!);
    expect(told.body).toMatchObject({ halt, continuedBy: null, continues: null, mayContinue: false });
    const staff = await ask<ContinuationView>(
      `${scene.meetingId}/continuation`,
      lead(),
      'administrator-lead',
    );
    expect(staff.body).toMatchObject({ halt, mayContinue: true });
    const view = await ask<{ state: string; linkCode: string }>(scene.meetingId, judge(), 'judge');
    expect(view).toMatchObject({ status: 200, body: { state: 'halted' } });
    const link = await fetch(`${server.origin}/api/m/${view.body.linkCode}`);
    expect(await link.json()).toMatchObject({ state: 'halted', meetingId: scene.meetingId });
  });

  it('is given to the court as it was found, and to nobody else', async () => {
    const court = await fetch(`${server.origin}/api/meetings/${scene.meetingId}/bundle?version=court`, {
      headers: { cookie: await server.cookieOf(judge(), ['judge']) },
    });
    const report = await verify(Buffer.from(await court.arrayBuffer()));
    expect(report.steps.find(({ id }) => id === 'container')?.status).toBe('PASS');
    expect(report.steps.find(({ id }) => id === 'entries')?.facts['entries']).toBe(String(foundSize));
    const others = await ask(`${scene.meetingId}/bundle?version=public`, judge(), 'judge');
    expect(others).toMatchObject({ status: 409, body: { code: 'MEETING_STATE' } });
  });

  it('goes on only by the administrator’s lead, in one place', async () => {
    const path = `${scene.meetingId}/continue`;
    const body = { startsAt: inMinutes(10) };
    expect(await ask(path, judge(), 'judge', body)).toMatchObject({ status: 403 });
    expect(await asHolder(path, kept, body)).toMatchObject({ status: 403 });
    const first = await ask<{ meetingId: string }>(path, lead(), 'administrator-lead', body);
    const again = await ask<{ meetingId: string }>(path, lead(), 'administrator-lead', body);
    expect(again.body).toEqual(first.body);
    expect(first.body.meetingId).not.toBe(scene.meetingId);
    const told = await asHolder<ContinuationView>(`${scene.meetingId}/continuation`, kept);
    expect(told.body.continuedBy).toBeNull();
  });
});

describe('the meeting that goes on', () => {
  let meetingId: string;
  beforeAll(async () => {
    const role = 'administrator-lead';
    const body = { startsAt: inMinutes(10) };
    ({ meetingId } = (
      await ask<{ meetingId: string }>(`${scene.meetingId}/continue`, lead(), role, body)
    ).body);
    const published = await ask(`${meetingId}/publish`, lead(), role, {});
    if (published.status !== 200) throw new Error('the meeting that goes on was not published');
  });

  it('names the old origin, its last signed checkpoint and what was found, in its first entry', async () => {
    const [first] = ofType(await server.ledger(meetingId), 'meeting.convene');
    const { continues } = first!.body;
    expect(first!.origin).not.toBe(scene.origin);
    expect(continues).toMatchObject({ origin: scene.origin, foundSize: String(foundSize) });
    const { checkpoint } = parseCheckpointNote(continues!.checkpoint);
    expect(checkpoint).toMatchObject({ origin: scene.origin, size: signedSize });
    const remembered = await server.composed.signer.headOf(scene.origin);
    expect(Buffer.from(checkpoint.root)).toEqual(Buffer.from(remembered!.root));
  });

  it('has the matters that were not resolved, and is where the old link leads', async () => {
    const old = await server.composed.stores.master.meetings.find(scene.meetingId);
    const link = await fetch(`${server.origin}/api/m/${old!.linkCode}`);
    expect(await link.json()).toMatchObject({ meetingId, state: 'signing-in' });
    const { state } = await server.composed.services.rooms.open(meetingId);
    expect([...state.resolutions.keys()]).toEqual([scene.resolutionId]);
    const told = await asHolder<ContinuationView>(`${scene.meetingId}/continuation`, lost[0]!);
    expect(told.body.continuedBy).toMatchObject({ meetingId, isPublished: true });
  });

  it('takes the receipt of a lost ballot from its holder, once', async () => {
    const [first] = lost;
    const body = { receipt: first!.proof };
    const given = await asHolder<{ seq: string }>(`${meetingId}/evidence`, first!, body);
    expect(given).toMatchObject({ status: 200, body: { lostSeq: first!.seq } });
    const again = await asHolder<{ seq: string }>(`${meetingId}/evidence`, first!, body);
    expect(again.body).toEqual(given.body);
    const entries = ofType(await server.ledger(meetingId), 'evidence');
    expect(entries.map(({ seq }) => seq)).toEqual([given.body.seq]);
    expect(entries[0]?.body.receipt).toBe(first!.proof);
  });

  it('does not take what was not lost, what is somebody else’s, and what does not prove itself', async () => {
    const path = `${meetingId}/evidence`;
    const refusals = [
      await asHolder(path, kept, { receipt: kept.proof }),
      await asHolder(path, kept, { receipt: lost[1]!.proof }),
      await asHolder(path, kept, { receipt: 'no receipt' }),
      await asHolder(path, lost[1]!, { receipt: lost[1]!.proof.replace(/^index \d+$/m, 'index 0') }),
      await asHolder(path, lost[1]!, { receipt: withoutSignature(lost[1]!.proof) }),
    ];
    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'EVIDENCE_NOT_LOST'],
      [403, 'FORBIDDEN'],
      [422, 'EVIDENCE_INVALID'],
      [422, 'EVIDENCE_INVALID'],
      [422, 'EVIDENCE_INVALID'],
    ]);
    const own = await asHolder(`${scene.meetingId}/evidence`, lost[1]!, { receipt: lost[1]!.proof });
    expect(own).toMatchObject({ status: 409, body: { code: 'ROLLBACK' } });
  });

  it('shows the evidence to staff alone, and counts it in no vote', async () => {
    const list = await ask<{ rows: EvidenceView[]; total: number }>(
      `${meetingId}/evidence`,
      judge(),
      'judge',
    );
    expect(list.body).toMatchObject({
      total: 1,
      rows: [{ lostSeq: lost[0]!.seq, choice: 'against', round: '1' }],
    });
    expect(list.body.rows[0]?.creditorName).not.toBe('');
    expect(list.body.rows[0]?.resolutionTitle).not.toBe('');
    expect(await asHolder(`${meetingId}/evidence`, kept)).toMatchObject({ status: 403 });
    const { state } = await server.composed.services.rooms.open(meetingId);
    expect(state.resolutions.get(scene.resolutionId)?.ballots.size).toBe(0);
  });

  it('is voted on anew, and its bundle holds with the evidence in it', async () => {
    const host = await server.connect(lead());
    const court = await server.connect(judge());
    await host.join(meetingId);
    await court.join(meetingId);
    await host.ask('meeting:begin', { expectedPhase: 'published' });
    const { state } = await server.composed.services.rooms.open(meetingId);
    const anew: Scene = { ...scene, meetingId, origin: state.origin, host, judge: court };
    await openVote(server, anew);
    const { creditor } = lost[0]!;
    const { seq } = await castFrom(server, anew, { creditor, choice: 'for' });
    expect(Number(seq)).toBeGreaterThan(0);
    clock.advance(VOTE_WINDOW_MS);
    await host.until(() => host.state()[`resolution:${scene.resolutionId}`]?.verdict);
    await host.ask('meeting:close', { expectedPhase: 'in-progress' });
    const reply = await fetch(`${server.origin}/api/meetings/${meetingId}/bundle?version=court`, {
      headers: { cookie: await server.cookieOf(judge(), ['judge']) },
    });
    const bundle = Buffer.from(await reply.arrayBuffer());
    expect(await minutesText(meetingId)).toContain(`已签名${signedSize}条，数据库里只找到${foundSize}条`);
    const report = await verify(bundle, { receipt: lost[0]!.proof });
    expect(report.steps.filter(({ status }) => status === 'FAIL')).toEqual([]);
    expect(report.steps.find(({ id }) => id === 'continuation')).toMatchObject({
      status: 'PASS',
      facts: { origin: scene.origin, signed: String(signedSize), found: String(foundSize), evidence: '1' },
    });
    const codesWith = async (outside: Parameters<typeof verify>[1]) =>
      (await verify(bundle, outside)).steps.flatMap(({ findings }) => findings.map(({ code }) => code));
    expect(await codesWith({ receipt: lost[2]!.proof })).toEqual(['RECEIPT_NOT_RECORDED']);
    expect(await codesWith({ checkpoint: parseTlogProof(lost[2]!.proof).checkpoint })).toEqual([]);
    expect(await codesWith({ checkpoint: parseTlogProof(withoutSignature(kept.proof)).checkpoint })).toEqual([
      'OUTSIDE_SIGNATURE',
    ]);
  });
});

/** The minutes of the meeting that goes on, in which lines break anywhere. */
async function minutesText(meetingId: string): Promise<string> {
  const cookie = await server.cookieOf(server.staff.judge.personId, ['judge']);
  const reply = await fetch(`${server.origin}/api/meetings/${meetingId}/minutes.pdf`, {
    headers: { cookie },
  });
  return (await textOfPdf(Buffer.from(await reply.arrayBuffer()))).replaceAll(/\s/g, '');
}

/** Another key's signature in the place of ours. */
function withoutSignature(proof: string): string {
  const { checkpoint } = parseTlogProof(proof);
  const at = checkpoint.lastIndexOf(' ') + 1;
  const signature = Buffer.from(checkpoint.slice(at), 'base64');
  signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
  return proof.replace(checkpoint, `${checkpoint.slice(0, at)}${signature.toString('base64')}\n`);
}

/** As the court would: with the installation's key from outside. */
async function verify(
  bundle: Buffer,
  outside: { receipt?: string; checkpoint?: string } = {},
): Promise<Report> {
  const vkey = Buffer.from(readArchive(bundle).read(MEMBERS.vkeys)).toString().trim();
  return verifyBundle({
    bundle,
    trusted: { policy: parsePolicy(sha256, `log ${vkey}\nquorum none\n`), ...outside },
    crypto: { sha256, hmacSha256, verifySignature },
  });
}
