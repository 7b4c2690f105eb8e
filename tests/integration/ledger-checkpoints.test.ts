/** record.md 3 to 5: append, sign, store the checkpoint, move the state, answer — in this order, whatever fails. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { equalBytes } from '../../server/domain/record/base64.ts';
import { parseCheckpointNote } from '../../server/domain/record/notes/checkpoint.ts';
import { verifyNote } from '../../server/domain/record/notes/note.ts';
import { parseTlogProof, provesInclusion } from '../../server/domain/record/notes/tlog-proof.ts';
import { createNoteKey } from '../../server/domain/record/notes/vkey.ts';
import { parseEntry } from '../../server/domain/record/entry.ts';
import { sha256, verifySignature } from '../../server/services/record-crypto.ts';
import type { Signer } from '../../server/services/ports/signer-port.ts';
import { openTestDatabase, type OpenTestDatabase } from '../support/database.ts';
import { portOf, startCuttingProxy, viaProxy } from '../support/cutting-proxy.ts';
import { SAMPLE_ORIGIN } from '../support/entry-samples.ts';
import {
  cast,
  castUntilAnswered,
  MEETING,
  newNonce,
  openTestLedger,
  outcomeOf,
  readBallots,
  readLedger,
  units,
  type Recorded,
  type TestLedger,
} from '../support/ledger.ts';
import { putBackOlderCopy } from '../support/older-copy.ts';

let database: OpenTestDatabase;
let test: TestLedger;
/** Of this test alone, with a folder for each signer in it. */
let directory: string;
let signerDirectory: string;
const others: TestLedger[] = [];

beforeEach(async () => {
  database = openTestDatabase();
  directory = await mkdtemp(join(tmpdir(), 'ledger-signers-'));
  signerDirectory = join(directory, 'kept');
  test = await openTestLedger(database.uri, { signerDirectory });
});

afterEach(async () => {
  for (const other of others.splice(0)) await other.close();
  await test.close();
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

async function open(uri: string, ownDirectory: string): Promise<TestLedger> {
  const other = await openTestLedger(uri, { signerDirectory: ownDirectory });
  others.push(other);
  return other;
}

const keyOf = ({ signer }: TestLedger) =>
  createNoteKey(sha256, { name: SAMPLE_ORIGIN, type: 'log', publicKey: signer.publicKey });

/** The receipt proves its own entry under a checkpoint that our key signed and the database has. */
async function expectReceipt(ledger: TestLedger, recorded: Recorded): Promise<void> {
  const proof = parseTlogProof(recorded.proof?.() ?? '');
  const bytes = proof.extra ?? new Uint8Array(0);
  expect(provesInclusion(sha256, proof, bytes)).toBe(true);
  expect(parseEntry(bytes).seq).toBe(recorded.seq);
  expect(await verifyNote(verifySignature, proof.signed.note, [keyOf(ledger)])).toMatchObject({ ok: true });
  const stored = await ledger.checkpoints.findCovering(MEETING, proof.index);
  expect(stored?.note).toBe(proof.checkpoint);
}

const restoreOlderCopy = (size: number) => putBackOlderCopy(test.connection.db, MEETING, size);

/** A signer that can be away, and that keeps what it was asked. */
function switchable(signer: Signer): Signer & { isAway: boolean; asked: number } {
  return {
    isAway: false,
    asked: 0,
    publicKey: signer.publicKey,
    headOf: (origin) => signer.headOf(origin),
    sign(request) {
      this.asked += 1;
      return this.isAway ? Promise.reject(new Error('away')) : signer.sign(request);
    },
  };
}

describe('an answer', () => {
  it('is a receipt: a proof under the first stored checkpoint that covers the entry', async () => {
    const writer = await test.conveneWith();
    const receipts = await Promise.all(units(40).map((unitId) => writer.submit(cast(unitId))));
    for (const receipt of receipts) await expectReceipt(test, receipt);
  });

  it('waits for the checkpoint to be stored, and nobody sees the entry before', async () => {
    const gate = Promise.withResolvers<void>();
    let isHeld = false;
    const writer = await test.conveneWith({
      checkpoints: {
        async put(...args) {
          if (isHeld) await gate.promise;
          await test.checkpoints.put(...args);
        },
      },
    });
    isHeld = true;
    const answer = writer.submit(cast('unit-1'));
    const first = await Promise.race([answer.then(() => 'answered'), delay(300).then(() => 'waiting')]);
    expect(first).toBe('waiting');
    expect((await readBallots(test.store)).has('unit-1')).toBe(true);
    expect(writer.state.ballots.has('unit-1')).toBe(false);
    gate.resolve();
    await expectReceipt(test, await answer);
  });

  it('comes once the checkpoint is there, also when the database’s answers to it are lost', async () => {
    const proxy = await startCuttingProxy(portOf(database.uri));
    const proxied = await open(viaProxy(database.uri, proxy), signerDirectory);
    const writer = await proxied.conveneWith({ limits: { retryMaxMs: 50 } });
    proxy.cutReplies('checkpoints', 3);
    const receipts = await Promise.all(units(20).map((unitId) => castUntilAnswered(writer, unitId)));
    expect(proxy.cuts).toBeGreaterThan(0);
    for (const receipt of receipts) if (receipt.proof) await expectReceipt(test, receipt);
    expect((await readBallots(test.store)).size).toBe(20);
    await writer.close();
    await proxy.stop();
  });
});

describe('the signer', () => {
  it('killed again and again while ballots are cast: every one is answered once, with a receipt', async () => {
    const writer = await test.conveneWith({ limits: { retryMaxMs: 100 } });
    const receipts: Recorded[] = [];
    await Promise.all(
      units(8).map(async (line) => {
        for (let at = 0; at < 12; at++) {
          receipts.push(await castUntilAnswered(writer, `${line}-${at}`));
          if (receipts.length % 24 === 12 && test.signer.pid !== undefined)
            process.kill(test.signer.pid, 'SIGKILL');
        }
      }),
    );
    expect(test.signer.restarts).toBeGreaterThan(1);
    const ballots = await readBallots(test.store);
    expect(ballots.size).toBe(96);
    const known = new Set([...ballots.values()].map(({ seq }) => seq));
    expect(receipts.every(({ seq }) => known.has(seq))).toBe(true);
    for (const receipt of receipts) if (receipt.proof) await expectReceipt(test, receipt);
  });

  it('away: nothing is acknowledged; the outcome is told as unknown, and found when it is back', async () => {
    const signer = switchable(test.signer);
    const limits = { outcomeWaitMs: 100, queueWaitMs: 200, retryMaxMs: 20 };
    const writer = await test.conveneWith({ signer, limits });
    signer.isAway = true;
    const nonce = newNonce();
    const [first, second] = [
      writer.submit(cast('unit-1', nonce)),
      delay(20).then(() => writer.submit(cast('unit-2'))),
    ];
    expect(await outcomeOf(first)).toBe('outcome-unknown');
    expect(await outcomeOf(second)).toBe('nothing-recorded');
    expect(writer.state.ballots.size).toBe(0);
    signer.isAway = false;
    expect(await castUntilAnswered(writer, 'unit-3')).toMatchObject({ seq: '2' });
    expect(await writer.submit(cast('unit-1', nonce))).toMatchObject({ seq: '1' });
    expect(test.events).toEqual(expect.arrayContaining(['unsigned', 'signed-again']));
  });

  it('down when the server ended: what was durable is covered by one checkpoint before the first answer', async () => {
    const signer = switchable(test.signer);
    const writer = await test.conveneWith({ signer, limits: { outcomeWaitMs: 50, retryMaxMs: 20 } });
    signer.isAway = true;
    const outcomes = await Promise.all(units(5).map((unitId) => outcomeOf(writer.submit(cast(unitId)))));
    expect(new Set(outcomes)).toEqual(new Set(['outcome-unknown']));
    await writer.close();
    expect((await test.checkpoints.findNewest(MEETING))?.size).toBe(1);
    const again = await test.openWriter();
    // Convening, five ballots, and the new term.
    expect((await test.checkpoints.findNewest(MEETING))?.size).toBe(7);
    expect(again.state.ballots.size).toBe(5);
    await expectReceipt(test, await again.submit(cast('unit-9')));
  });
});

describe('a restored backup', () => {
  async function voteAndClose(): Promise<string> {
    const writer = await test.conveneWith();
    for (const unitId of units(6)) await writer.submit(cast(unitId));
    await writer.close();
    return (await test.checkpoints.findNewest(MEETING))?.note ?? '';
  }

  it('is met at start by what the signer remembers: nothing is written to it', async () => {
    await voteAndClose();
    await restoreOlderCopy(4);
    const writer = test.writer();
    await expect(writer.open()).rejects.toMatchObject({
      code: 'ROLLBACK',
      detail: 'signer',
      params: { signedSize: 7, foundSize: 4 },
    });
    expect(await readLedger(test.store)).toHaveLength(4);
    expect(await test.checkpoints.findHalt(MEETING)).toMatchObject({
      by: 'signer',
      signedSize: 7,
      foundSize: 4,
    });
  });

  it('under a running server is met before the next entry: nothing is written behind the hole', async () => {
    const writer = await test.conveneWith();
    for (const unitId of units(6)) await writer.submit(cast(unitId));
    // The lease in the older copy is still this server's: nothing but the missing entries tells.
    await restoreOlderCopy(4);
    expect(await outcomeOf(writer.submit(cast('unit-9')))).toBe('nothing-recorded');
    expect(writer.isOpen).toBe(false);
    expect(await readLedger(test.store)).toHaveLength(4);
    await expect(writer.open()).rejects.toMatchObject({
      code: 'ROLLBACK',
      detail: 'signer',
      params: { signedSize: 7, foundSize: 4 },
    });
  });

  it('with as many other entries is met as well', async () => {
    await voteAndClose();
    await restoreOlderCopy(4);
    const forger = await open(database.uri, join(directory, 'forger'));
    // Another key writes on: the forged ledger is as long as the signed one.
    await test.connection.db.collection('checkpoints').deleteMany({});
    const forged = await forger.openWriter();
    for (const unitId of units(9).slice(6)) await forged.submit(cast(unitId));
    await forged.close();
    await expect(test.writer().open()).rejects.toMatchObject({ code: 'ROLLBACK', detail: 'signer' });
  });

  it('together with the signer’s files is met by the checkpoint of a client, and stays met', async () => {
    const writer = await test.conveneWith();
    for (const unitId of units(3)) await writer.submit(cast(unitId));
    await writer.close();
    const olderSigner = join(directory, 'older');
    await cp(signerDirectory, olderSigner, { recursive: true });
    const again = await test.openWriter();
    for (const unitId of units(6).slice(3)) await again.submit(cast(unitId));
    await again.close();
    const { note: clients = '' } = (await test.checkpoints.findNewest(MEETING)) ?? {};
    await restoreOlderCopy(4);

    const restored = await open(database.uri, olderSigner);
    const unaware = await restored.openWriter();
    await unaware.submit(cast('unit-7'));
    await expect(unaware.compare(clients)).rejects.toMatchObject({ code: 'ROLLBACK', detail: 'client' });
    expect(unaware.isOpen).toBe(false);
    expect(await outcomeOf(unaware.submit(cast('unit-8')))).toBe('nothing-recorded');
    await expect(unaware.open()).rejects.toMatchObject({ code: 'ROLLBACK' });
    const halt = await restored.checkpoints.findHalt(MEETING);
    expect(halt).toMatchObject({ by: 'client', signedSize: 8, note: clients });
  });

  it('is not seen in checkpoints of others, of other meetings, or of our own past', async () => {
    const note = await voteAndClose();
    const writer = await test.openWriter();
    await writer.compare(note);
    await writer.compare('no note at all');
    const { checkpoint } = parseCheckpointNote(note);
    await writer.compare(note.replace(`\n${checkpoint.size}\n`, '\n900\n'));
    await writer.compare(note.replaceAll(SAMPLE_ORIGIN, 'test.install/other'));
    expect(writer.isOpen).toBe(true);
    expect(
      equalBytes(checkpoint.root, (await test.signer.headOf(SAMPLE_ORIGIN))?.root ?? checkpoint.root),
    ).toBe(false);
  });

  it('is met by a stored checkpoint that the entries do not have', async () => {
    await voteAndClose();
    const from = `${MEETING}:000000000005`;
    const ledger = test.connection.db.collection<{ _id: string }>('ledger');
    await ledger.deleteMany({ _id: { $gte: from, $lt: `${MEETING};` } });
    const fresh = await open(database.uri, join(directory, 'fresh'));
    await expect(fresh.writer().open()).rejects.toMatchObject({ code: 'ROLLBACK', detail: 'checkpoint' });
  });
});
