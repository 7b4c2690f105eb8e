/**
 * record.md 5: a record that is found not to be what was signed while people are in the room. Whoever meets it first
 * is refused; everybody else is told at once, and told again when the meeting goes on under a new origin.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { leafHash } from '../../server/domain/record/merkle.ts';
import { createMerkleTree } from '../../server/domain/record/tree.ts';
import type { ContinuationView } from '../../server/protocol/rest/continuation-routes.ts';
import { sha256 } from '../../server/services/record-crypto.ts';
import { openTestDatabase } from '../support/database.ts';
import type { RoomClient } from '../support/meeting-client.ts';
import { beginMeeting, castFrom, openVote, voters, type Scene } from '../support/meeting-scene.ts';
import { startMeetingServer, type CreditorPerson, type MeetingServer } from '../support/meeting-server.ts';
import { putBackOlderCopy } from '../support/older-copy.ts';

const WINDOW_MS = 3_600_000;
const isTold = (client: RoomClient, news: string) => client.received.some(({ name }) => name === news);
const told = (client: RoomClient, news: string) => client.until(() => isTold(client, news));

describe('a rollback that a creditor’s browser shows', () => {
  let database: ReturnType<typeof openTestDatabase>;
  let dataDir: string;
  let olderSigner: string;
  let server: MeetingServer;
  let scene: Scene;
  let list: CreditorPerson[];
  let lastCheckpoint: string;
  let others: RoomClient[];
  let finder: RoomClient;
  const strangers: RoomClient[] = [];

  beforeAll(async () => {
    database = openTestDatabase();
    dataDir = await mkdtemp(join(tmpdir(), 'meeting-halt-'));
    olderSigner = await mkdtemp(join(tmpdir(), 'older-signer-'));
    const start = () => startMeetingServer({ databaseUri: database.uri, dataDir });
    const signer = join(dataDir, 'signer');
    server = await start();
    scene = await beginMeeting(server);
    ({ list } = await voters(server, scene));
    await openVote(server, scene, WINDOW_MS);
    await server.close();
    await cp(signer, olderSigner, { recursive: true });
    server = await start();
    const older = (await server.ledger(scene.meetingId)).length - 1;
    await castFrom(server, scene, { creditor: list[0]!, choice: 'for' });
    lastCheckpoint = (await server.composed.stores.checkpoints.findNewest(scene.meetingId))?.note ?? '';
    const { db } = server.composed.stores.models.cases;
    await server.composed.services.rooms.closeAll();
    await putBackOlderCopy(db, scene.meetingId, older);
    await server.close();
    await rm(signer, { recursive: true });
    await cp(olderSigner, signer, { recursive: true });
    server = await start();
    const { staff } = server;
    const persons = [staff['administrator-lead'].personId, staff.judge.personId, list[1]!.personId];
    others = await Promise.all(persons.map((personId) => server.connect(personId)));
    for (const other of others) await other.join(scene.meetingId);
    finder = await server.connect(list[0]!.personId);
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
    for (const directory of [dataDir, olderSigner]) await rm(directory, { recursive: true, force: true });
  });

  it('is told to everybody in the room, and to those who come later', async () => {
    expect(others.some((client) => isTold(client, 'meeting:halted'))).toBe(false);
    const { meetingId } = scene;
    expect(await finder.refusal('room:join', { meetingId, lastCheckpoint })).toBe('ROLLBACK');
    await Promise.all(others.map((client) => told(client, 'meeting:halted')));
    const since = { audience: 'public', epoch: '', rev: 0 };
    for (const other of others) expect(await other.refusal('room:sync', since)).toBe('ROLLBACK');
    const late = await server.connect(list[2]!.personId);
    expect(await late.refusal('room:join', { meetingId })).toBe('ROLLBACK');
    others.push(late);
  });

  it('is kept from whoever is not on the case, by joining and by the word of it', async () => {
    const { meetingId } = scene;
    const stranger = await server.connect('nobody-on-the-case');
    const sound = await server.newMeeting();
    const refused = await stranger.refusal('room:join', { meetingId });
    expect(refused).toBe('NOT_ON_THE_CASE');
    expect(await stranger.refusal('room:join', { meetingId: sound.meetingId })).toBe(refused);
    expect(await stranger.refusal('room:join', { meetingId, lastCheckpoint })).toBe(refused);
    strangers.push(stranger);
  });

  it('is followed by the word that the meeting goes on, once that is published', async () => {
    const cookie = await server.cookieOf(server.staff['administrator-lead'].personId, ['administrator-lead']);
    const ask = async <T>(path: string, body?: object): Promise<T> => {
      const reply = await fetch(`${server.origin}/api/meetings/${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { cookie, origin: server.origin, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      expect(reply.status).toBe(200);
      return (await reply.json()) as T;
    };
    const startsAt = new Date(server.clock.now() + 600_000).toISOString();
    const { meetingId } = await ask<{ meetingId: string }>(`${scene.meetingId}/continue`, { startsAt });
    expect(others.some((client) => isTold(client, 'meeting:continued'))).toBe(false);
    await ask(`${meetingId}/publish`, {});
    await Promise.all([...others, finder].map((client) => told(client, 'meeting:continued')));
    for (const stranger of strangers) {
      // Whatever was on its way to it has come before this answer.
      await stranger.refusal('room:join', { meetingId });
      expect(isTold(stranger, 'meeting:continued')).toBe(false);
    }
    const view = await ask<ContinuationView>(`${scene.meetingId}/continuation`);
    expect(view.continuedBy).toMatchObject({ meetingId, isPublished: true });
    await others[2]!.join(meetingId);
  });
});

describe('a rollback that the signer refuses to sign over', () => {
  let server: MeetingServer;
  beforeAll(async () => {
    server = await startMeetingServer();
  });
  afterAll(() => server.close());

  it('is told to everybody without anybody asking again', async () => {
    const scene = await beginMeeting(server);
    const { meetingId, origin } = scene;
    const { stores, signer } = server.composed;
    const tree = createMerkleTree(sha256);
    for await (const portion of stores.ledger.read(meetingId, 0))
      for (const { bytes } of portion) tree.append(leafHash(sha256, bytes));
    const oldSize = tree.size;
    for (const lost of ['one', 'two', 'three']) tree.append(leafHash(sha256, Buffer.from(lost)));
    const proof = tree.consistencyProof(oldSize, tree.size);
    const signed = await signer.sign({ origin, size: tree.size, root: tree.root(), oldSize, proof });
    expect(signed).toMatchObject({ ok: true });
    const refused = await scene.host.request('meeting:adjourn', { expectedPhase: 'in-progress' });
    expect(refused.ok).toBe(false);
    await Promise.all([scene.host, scene.judge].map((client) => told(client, 'meeting:halted')));
    expect(await stores.checkpoints.findHalt(meetingId)).toMatchObject({
      by: 'signer',
      signedSize: tree.size,
    });
  });
});
