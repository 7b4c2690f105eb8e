/** record.md 5 and 10: receipts that prove themselves, the newest checkpoint, and a client that knows more. */
import { createPrivateKey, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fromBase64 } from '../../server/domain/record/base64.ts';
import { parseEntry } from '../../server/domain/record/entry.ts';
import { formatCheckpoint, parseCheckpointNote } from '../../server/domain/record/notes/checkpoint.ts';
import { formatNote, signatureBy, verifyNote } from '../../server/domain/record/notes/note.ts';
import { parseTlogProof, provesInclusion } from '../../server/domain/record/notes/tlog-proof.ts';
import { createNoteKey, parseVkey, type NoteKey } from '../../server/domain/record/notes/vkey.ts';
import { verifyConsistency } from '../../server/domain/record/proofs.ts';
import { sha256, verifySignature } from '../../server/services/record-crypto.ts';
import {
  ballotOf,
  beginMeeting,
  castFrom,
  enterCreditor,
  openVoteQuietly,
  voters,
} from '../support/meeting-scene.ts';
import { startMeetingServer, type MeetingServer } from '../support/meeting-server.ts';

let server: MeetingServer;
beforeAll(async () => {
  server = await startMeetingServer();
});
afterAll(() => server.close());

async function get<T>(path: string, personId?: string, role: 'creditor' | 'judge' = 'creditor') {
  const headers: Record<string, string> =
    personId === undefined ? {} : { cookie: await server.cookieOf(personId, [role]) };
  const reply = await fetch(`${server.origin}${path}`, { headers });
  return { status: reply.status, body: (await reply.json()) as T };
}

async function keyOf(meetingId: string): Promise<NoteKey> {
  const { body } = await get<{ vkey: string }>(`/api/record/vkey?meetingId=${meetingId}`);
  return parseVkey(sha256, body.vkey);
}

async function votingScene() {
  const scene = await beginMeeting(server);
  await openVoteQuietly(server, scene);
  const { list } = await voters(server, scene);
  const [voter, other] = list;
  if (!voter || !other) throw new Error('the claims table has no voters');
  const device = await enterCreditor(server, scene, voter);
  return { scene, voter, other, device };
}

/** Checked as a stranger would: with the key from outside and nothing else. */
async function readReceipt(text: string, key: NoteKey) {
  const proof = parseTlogProof(text);
  const bytes = proof.extra ?? new Uint8Array(0);
  expect(provesInclusion(sha256, proof, bytes)).toBe(true);
  expect(await verifyNote(verifySignature, proof.signed.note, [key])).toMatchObject({ ok: true });
  return { entry: parseEntry(bytes), size: proof.signed.checkpoint.size, index: proof.index };
}

describe('the answer to a ballot', () => {
  it('carries a receipt that proves the entry with that very ballot', async () => {
    const { scene, voter, device } = await votingScene();
    const ballot = await ballotOf(server, scene, voter, 'against');
    const receipt = await device.ask('ballot:cast', { ballot });
    const { entry, index } = await readReceipt(receipt.proof ?? '', await keyOf(scene.meetingId));
    expect(entry).toMatchObject({ t: 'ballot.cast', seq: receipt.seq, body: { ballot } });
    expect(String(index)).toBe(receipt.seq);
  });

  it('to a repeated request carries the same receipt, also when much has happened since', async () => {
    const { scene, voter, other, device } = await votingScene();
    const ballot = await ballotOf(server, scene, voter);
    const first = await device.ask('ballot:cast', { ballot });
    await castFrom(server, scene, { creditor: other, choice: 'for' });
    expect(await device.ask('ballot:cast', { ballot })).toEqual(first);
  });
});

describe('proofs over HTTP', () => {
  it('an own ballot has one under the newest checkpoint; others do not get it, the court does', async () => {
    const { scene, voter, other, device } = await votingScene();
    const { seq } = await device.ask('ballot:cast', { ballot: await ballotOf(server, scene, voter) });
    await castFrom(server, scene, { creditor: other, choice: 'for' });
    const path = `/api/meetings/${scene.meetingId}/proofs/${seq}`;
    const own = await get<{ proof: string }>(path, voter.personId);
    const { entry, size } = await readReceipt(own.body.proof, await keyOf(scene.meetingId));
    expect(entry.seq).toBe(seq);
    expect(size).toBe((await server.ledger(scene.meetingId)).length);
    expect(await get(path, other.personId)).toMatchObject({ status: 404 });
    expect(await get(path, server.staff.judge.personId, 'judge')).toMatchObject({ status: 200 });
    expect(await get(path)).toMatchObject({ status: 401 });
    expect(await get(`/api/meetings/${scene.meetingId}/proofs/9999`, voter.personId)).toMatchObject({
      status: 404,
    });
  });

  it('the newest checkpoint continues an earlier one', async () => {
    const { scene, voter, device } = await votingScene();
    const path = `/api/meetings/${scene.meetingId}`;
    const before = await get<{ size: string; note: string }>(`${path}/checkpoint`, voter.personId);
    await device.ask('ballot:cast', { ballot: await ballotOf(server, scene, voter) });
    const after = await get<{ size: string; note: string }>(`${path}/checkpoint`, voter.personId);
    const [old, now] = [before, after].map(({ body }) => parseCheckpointNote(body.note).checkpoint);
    const { body } = await get<{ proof: string[] }>(
      `${path}/consistency?from=${old!.size}&to=${now!.size}`,
      voter.personId,
    );
    expect(now!.size).toBeGreaterThan(old!.size);
    const proof = body.proof.map(fromBase64);
    const claim = { oldSize: old!.size, oldRoot: old!.root, newSize: now!.size, newRoot: now!.root, proof };
    expect(verifyConsistency(sha256, claim)).toBe(true);
    expect(await get(`${path}/consistency?from=1&to=9999`, voter.personId)).toMatchObject({ status: 404 });
  });

  it('the key of the installation is there for everybody, with its fingerprint', async () => {
    const { status, body } = await get<{ vkey: string; fingerprint: string; publicKey: string }>(
      '/api/record/vkey',
    );
    expect(status).toBe(200);
    const key = parseVkey(sha256, body.vkey);
    expect(Buffer.from(sha256(key.publicKey)).toString('hex')).toBe(body.fingerprint);
  });
});

describe('a client that comes back with the last checkpoint that it saw', () => {
  it('comes in when the record continues it', async () => {
    const { scene, voter, device } = await votingScene();
    const { proof = '' } = await device.ask('ballot:cast', { ballot: await ballotOf(server, scene, voter) });
    const again = await server.connect(voter.personId);
    const lastCheckpoint = parseTlogProof(proof).checkpoint;
    expect(await again.request('room:join', { meetingId: scene.meetingId, lastCheckpoint })).toMatchObject({
      ok: true,
    });
  });

  it('and knows of more than is there: writing stops, for everybody, with what happened', async () => {
    const { scene, voter, other, device } = await votingScene();
    const { size } = (await server.composed.services.rooms.open(scene.meetingId)).state;
    const lastCheckpoint = await signAsOperator(scene.origin, size + 5);
    const back = await server.connect(voter.personId);
    const request = { meetingId: scene.meetingId, lastCheckpoint };
    const refused = {
      ok: false,
      error: { code: 'ROLLBACK', params: { signedSize: size + 5, foundSize: size } },
    };
    expect(await back.request('room:join', request)).toMatchObject(refused);
    const ballot = await ballotOf(server, scene, voter).catch(() => undefined);
    expect(ballot).toBeUndefined();
    expect(await device.refusal('floor:raise', { capacityId: voter.capacityId })).toBe('ROLLBACK');
    const another = await server.connect(other.personId);
    expect(await another.refusal('room:join', { meetingId: scene.meetingId })).toBe('ROLLBACK');
    expect(await server.ledger(scene.meetingId)).toHaveLength(size);
  });
});

/** What was signed before an older copy of the database and of the signer's memory was put back. */
async function signAsOperator(origin: string, size: number): Promise<string> {
  const privateKey = createPrivateKey(await readFile(join(server.dataDir, 'signer', 'key.pem')));
  const { publicKey } = (await server.composed.services.proofDesk.key()) as { publicKey: string };
  const key = createNoteKey(sha256, { name: origin, type: 'log', publicKey: fromBase64(publicKey) });
  const text = formatCheckpoint({ origin, size, root: sha256(new TextEncoder().encode('lost')) });
  return formatNote({ text, signatures: [signatureBy(key, sign(null, Buffer.from(text), privateKey))] });
}
