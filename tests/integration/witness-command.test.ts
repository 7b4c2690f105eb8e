import { once } from 'node:events';
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { parseCheckpointNote } from '../../server/domain/record/notes/checkpoint.ts';
import { verifyNote } from '../../server/domain/record/notes/note.ts';
import { parseVkey } from '../../server/domain/record/notes/vkey.ts';
import { sha256, verifySignature } from '../../server/services/record-crypto.ts';
import { createTestInstallation, createTestLog } from '../support/test-log.ts';
import { runWitnessCommand, startTestWitness, type TestWitness } from '../support/witness-process.ts';

const system = createTestInstallation('cm-0123456789ab');
const stranger = createTestInstallation('cm-0123456789ab');
const ORIGIN = `${system.name}/meeting-1`;

const running: TestWitness[] = [];
async function newWitness(name = 'court.example/w1'): Promise<TestWitness> {
  const witness = await startTestWitness(name, [system.vkey]);
  running.push(witness);
  return witness;
}

afterEach(async () => {
  for (const witness of running.splice(0)) await witness.close();
});

/** The time of the cosignature, after the whole note with it has been checked. */
async function cosignedAt(witness: TestWitness, note: string, reply: Response): Promise<number | undefined> {
  const signed = parseCheckpointNote(note + (await reply.text()));
  const verdict = await verifyNote(verifySignature, signed.note, [parseVkey(sha256, witness.vkey)]);
  return verdict.ok ? verdict.signers[0]?.cosignedAtSeconds : undefined;
}

describe('a witness', () => {
  it('cosigns what continues what it has cosigned before, each meeting apart', async () => {
    const witness = await newWitness();
    const log = createTestLog(system, ORIGIN);
    const other = createTestLog(system, `demo/${system.name}/meeting-2`);
    log.append(3);
    other.append(1);
    for (const [from, body] of [
      [log, log.request({ oldSize: 0 })],
      [other, other.request({ oldSize: 0 })],
    ] as const) {
      const reply = await witness.add(body);
      expect(reply.status).toBe(200);
      const time = await cosignedAt(witness, from.checkpoint(), reply);
      expect(Math.abs((time ?? 0) - Date.now() / 1000)).toBeLessThan(30);
    }
    log.append(9);
    const second = await witness.add(log.request({ oldSize: 3 }));
    expect(await cosignedAt(witness, log.checkpoint(), second)).toBeDefined();
    const overview = await (await fetch(witness.url)).text();
    expect(overview).toContain(`${ORIGIN}  12`);
  });

  it('answers as tlog-witness says to what it cannot cosign', async () => {
    const witness = await newWitness();
    const log = createTestLog(system, ORIGIN);
    log.append(7);
    expect((await witness.add(log.request({ oldSize: 0 }))).status).toBe(200);
    log.append(5);

    const elsewhere = createTestLog(system, 'cm-other/meeting-1');
    elsewhere.append(1);
    expect((await witness.add(elsewhere.request({ oldSize: 0 }))).status).toBe(404);
    const forged = createTestLog(stranger, ORIGIN);
    forged.append(12);
    expect((await witness.add(forged.request({ oldSize: 7 }))).status).toBe(403);

    const behind = await witness.add(log.request({ oldSize: 3 }));
    expect([behind.status, behind.headers.get('content-type'), await behind.text()]).toEqual([
      409,
      'text/x.tlog.size',
      '7\n',
    ]);
    const rewritten = createTestLog(system, ORIGIN);
    rewritten.append(12, 'rewritten');
    expect((await witness.add(rewritten.request({ oldSize: 7 }))).status).toBe(422);
    const tooLarge = log.request({ oldSize: 0 }).replace('old 0', 'old 13');
    expect((await witness.add(tooLarge)).status).toBe(400);
    for (const body of ['', 'old 7\n', 'old 07\n\n', `old 7\nabc\n\n${log.checkpoint()}`, 'x'.repeat(1000)]) {
      expect((await witness.add(body)).status).toBe(400);
    }
    expect((await witness.add(`old 7\n${'A'.repeat(70_000)}`)).status).toBe(413);
    expect((await fetch(`${witness.url}/add-checkpoint`)).status).toBe(405);
    expect((await witness.add(log.request({ oldSize: 7 }))).status).toBe(200);
  });

  it('keeps both notes and stops for a log that shows another root at the same size, for ever', async () => {
    const witness = await newWitness();
    const log = createTestLog(system, ORIGIN);
    const fork = createTestLog(system, ORIGIN);
    log.append(5);
    fork.append(5, 'fork');
    expect((await witness.add(log.request({ oldSize: 0 }))).status).toBe(200);
    expect((await witness.add(fork.request({ oldSize: 0 }))).status).toBe(409);
    log.append(1);
    const refused = await witness.add(log.request({ oldSize: 5 }));
    expect([refused.status, await refused.text()]).toEqual([409, '5\n']);

    const folder = (await readdir(witness.stateDir)).find((name) => name.startsWith('conflict-')) ?? '';
    const kept = (name: string) => readFile(join(witness.stateDir, folder, name), 'utf8');
    expect(await kept('cosigned-before.txt')).toBe(log.checkpoint(5));
    expect(await kept('shown-now.txt')).toBe(fork.checkpoint());
    expect(witness.output()).toContain('TWO DIFFERENT RECORDS');

    await witness.kill9();
    await witness.start();
    expect((await witness.add(log.request({ oldSize: 5 }))).status).toBe(409);
    expect(witness.output()).toContain(`STOPPED, two histories: ${ORIGIN}`);
  });

  it('killed after it has kept a checkpoint and before it has answered, cosigns that one and no other', async () => {
    const witness = await newWitness();
    const log = createTestLog(system, ORIGIN);
    log.append(4);
    await witness.add(log.request({ oldSize: 0 }));
    log.append(4);
    const cut = await killAtFirstByte(witness);
    await expect(
      fetch(`${cut.url}/add-checkpoint`, { method: 'POST', body: log.request({ oldSize: 4 }) }),
    ).rejects.toThrow('fetch failed');
    cut.close();
    await witness.start();

    const stale = await witness.add(log.request({ oldSize: 4 }));
    expect([stale.status, await stale.text()]).toEqual([409, '8\n']);
    const rewritten = createTestLog(system, ORIGIN);
    rewritten.append(4);
    rewritten.append(6, 'rewritten');
    expect((await witness.add(rewritten.request({ oldSize: 8 }))).status).toBe(422);
    const again = await witness.add(log.request({ oldSize: 8 }));
    expect(await cosignedAt(witness, log.checkpoint(), again)).toBeDefined();
  });

  it('drops a line that a crash cut off, and stays shut when an earlier one is damaged', async () => {
    const witness = await newWitness();
    const journal = join(witness.stateDir, 'cosigned.jsonl');
    const log = createTestLog(system, ORIGIN);
    log.append(2);
    await witness.add(log.request({ oldSize: 0 }));
    log.append(2);
    await witness.add(log.request({ oldSize: 2 }));
    await witness.kill9();
    const whole = await readFile(journal, 'utf8');
    await truncate(journal, Buffer.byteLength(whole) - 20);
    await witness.start();
    expect((await witness.add(log.request({ oldSize: 2 }))).status).toBe(200);
    await witness.kill9();
    const lines = (await readFile(journal, 'utf8')).split('\n');
    await writeFile(journal, [lines[0], lines[1]?.slice(5), ...lines.slice(2)].join('\n'));
    await expect(witness.start()).rejects.toThrow('damaged in line 2');
  });

  it('whose state is lost, does not start with the old key', async () => {
    const witness = await newWitness();
    await witness.kill9();
    await rm(join(witness.stateDir, 'cosigned.jsonl'));
    await expect(witness.start()).rejects.toThrow('This key must not sign any more');
  });

  it('runs once in a folder, under one name, and needs one at the first start', async () => {
    const witness = await newWitness();
    const args = ['--state', witness.stateDir, '--port', '0'];
    await expect(runWitnessCommand(args)).rejects.toThrow('in use by another');
    await witness.kill9();
    await expect(runWitnessCommand([...args, '--name', 'other'])).rejects.toThrow('never changes its name');
    await expect(runWitnessCommand(['--state', join(witness.stateDir, 'new')])).rejects.toThrow(
      'needs a name',
    );
    await expect(runWitnessCommand([...args, '--log-key', 'abc'])).rejects.toThrow(
      'not the key of a meeting system',
    );
  });

  it('prints its usage on request and ends with 0', async () => {
    await expect(runWitnessCommand(['--help'])).rejects.toThrow(
      /^ended with 0: npm run witness[^]*--log-key/,
    );
  });
});

/** A line to the witness on which the answer's first byte kills it and is not passed on. */
async function killAtFirstByte(witness: TestWitness) {
  const server = createServer((client) => {
    const upstream = connect(witness.port, '127.0.0.1');
    client.pipe(upstream);
    upstream.once('data', () => void witness.kill9().then(() => client.destroy()));
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() };
}
