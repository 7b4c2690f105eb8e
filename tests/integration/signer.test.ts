/** record.md 4: the signer signs only what continues what it signed, and remembers it before it answers. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { leafHash } from '../../server/domain/record/merkle.ts';
import { parseCheckpointNote } from '../../server/domain/record/notes/checkpoint.ts';
import { verifyNote } from '../../server/domain/record/notes/note.ts';
import { createNoteKey } from '../../server/domain/record/notes/vkey.ts';
import { createMerkleTree, type MerkleTree } from '../../server/domain/record/tree.ts';
import { sha256, verifySignature } from '../../server/services/record-crypto.ts';
import type { SignVerdict } from '../../server/services/ports/signer-port.ts';
import { startSigner, type RunningSigner } from '../../server/signer/signer.ts';

const ORIGIN = 'test.install/meeting-1';
const running: RunningSigner[] = [];
const directories: string[] = [];

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'signer-'));
  directories.push(directory);
  return directory;
}

async function start(directory = newDirectory()): Promise<RunningSigner> {
  const signer = await startSigner({ directory });
  running.push(signer);
  return signer;
}

function treeOf(...texts: string[]): MerkleTree {
  const tree = createMerkleTree(sha256);
  for (const text of texts) tree.append(leafHash(sha256, new TextEncoder().encode(text)));
  return tree;
}

function ask(
  signer: RunningSigner,
  tree: MerkleTree,
  oldSize: number,
  origin = ORIGIN,
): Promise<SignVerdict> {
  const proof = oldSize <= tree.size ? tree.consistencyProof(oldSize, tree.size) : [];
  return signer.sign({ origin, size: tree.size, root: tree.root(), oldSize, proof });
}

const codeOf = (verdict: SignVerdict): string => (verdict.ok ? 'signed' : verdict.code);

/** Ends when the child has been started again. */
async function untilBack(signer: RunningSigner, restarts: number): Promise<void> {
  while (signer.restarts < restarts || signer.pid === undefined)
    await new Promise((resolve) => setImmediate(resolve));
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((signer) => signer.close()));
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

describe('the signer', () => {
  it('signs a growing tree with the key of its installation, under the meeting’s name', async () => {
    const signer = await start();
    expect(await signer.headOf(ORIGIN)).toBeUndefined();
    const key = createNoteKey(sha256, { name: ORIGIN, type: 'log', publicKey: signer.publicKey });
    for (const [tree, oldSize] of [
      [treeOf('a', 'b'), 0],
      [treeOf('a', 'b', 'c', 'd', 'e'), 2],
    ] as const) {
      const verdict = await ask(signer, tree, oldSize);
      const { note, checkpoint } = parseCheckpointNote(verdict.ok ? verdict.note : '');
      expect(checkpoint).toMatchObject({ origin: ORIGIN, size: tree.size });
      expect(await verifyNote(verifySignature, note, [key])).toMatchObject({ ok: true });
    }
    expect((await signer.headOf(ORIGIN))?.size).toBe(5);
  });

  it('refuses a smaller tree, another one of the same size, and one that does not continue', async () => {
    const signer = await start();
    await ask(signer, treeOf('a', 'b', 'c'), 0);
    expect(codeOf(await ask(signer, treeOf('a', 'b'), 0))).toBe('ROLLBACK');
    expect(codeOf(await ask(signer, treeOf('a', 'b', 'X'), 3))).toBe('INCONSISTENT');
    expect(codeOf(await ask(signer, treeOf('a', 'b', 'X', 'd'), 3))).toBe('INCONSISTENT');
    expect(codeOf(await ask(signer, treeOf('a', 'b', 'c', 'd'), 2))).toBe('STALE');
    expect(codeOf(await ask(signer, treeOf('a', 'b', 'c', 'd'), 3))).toBe('signed');
  });

  it('gives the same note again for the same tree, and keeps meetings apart', async () => {
    const signer = await start();
    const tree = treeOf('a', 'b');
    const first = await ask(signer, tree, 0);
    expect(await ask(signer, tree, 2)).toEqual(first);
    expect(codeOf(await ask(signer, treeOf('X'), 0, 'test.install/meeting-2'))).toBe('signed');
  });

  it('remembers across kill -9, and is started again', async () => {
    const signer = await start();
    await ask(signer, treeOf('a', 'b', 'c'), 0);
    process.kill(signer.pid!, 'SIGKILL');
    await untilBack(signer, 1);
    expect(codeOf(await ask(signer, treeOf('a', 'b'), 0))).toBe('ROLLBACK');
    expect(codeOf(await ask(signer, treeOf('a', 'b', 'c', 'd'), 3))).toBe('signed');
  });

  it('rejects what is under way when it is killed, and never leaves it unanswered', async () => {
    const signer = await start();
    const asked = Array.from({ length: 50 }, (_, at) => ask(signer, treeOf('a'), 0, `test.install/m-${at}`));
    process.kill(signer.pid!, 'SIGKILL');
    const settled = await Promise.allSettled(asked);
    expect(settled.some(({ status }) => status === 'rejected')).toBe(true);
    await expect(ask(signer, treeOf('a'), 0)).rejects.toThrow('away');
    await untilBack(signer, 1);
    expect(codeOf(await ask(signer, treeOf('a'), 0))).toBe('signed');
  });

  it('takes many requests at once, several of one meeting among them', async () => {
    const signer = await start();
    const tree = createMerkleTree(sha256);
    const asked: Promise<SignVerdict>[] = [];
    for (let size = 1; size <= 40; size++) {
      tree.append(leafHash(sha256, Uint8Array.of(size)));
      asked.push(ask(signer, tree, size - 1));
    }
    expect((await Promise.all(asked)).map(codeOf)).toEqual(Array.from({ length: 40 }, () => 'signed'));
    expect((await signer.headOf(ORIGIN))?.size).toBe(40);
  });

  it('keeps key and state readable by their owner alone, with the same key after a restart', async () => {
    const directory = newDirectory();
    const first = await start(directory);
    const { publicKey } = first;
    await ask(first, treeOf('a', 'b', 'c'), 0);
    await first.close();
    for (const file of ['key.pem', 'heads.log']) {
      expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600);
    }
    const second = await start(directory);
    expect(second.publicKey).toEqual(publicKey);
    expect((await second.headOf(ORIGIN))?.size).toBe(3);
  });

  it('passes over a last line that a crash cut off, and does not start on a line that was changed', async () => {
    const directory = newDirectory();
    const first = await start(directory);
    await ask(first, treeOf('a', 'b', 'c'), 0);
    await first.close();
    const heads = join(directory, 'heads.log');
    appendFileSync(heads, '9 AAAA test.inst');
    const second = await start(directory);
    expect((await second.headOf(ORIGIN))?.size).toBe(3);
    await second.close();
    const line = readFileSync(heads, 'utf8');
    truncateSync(heads);
    appendFileSync(heads, line.replace(/^3/, '2'));
    await expect(start(directory)).rejects.toThrow('ended (3)');
  });

  it('does not start with a key whose state is gone, or a state whose key is gone', async () => {
    for (const lost of ['heads.log', 'key.pem']) {
      const directory = newDirectory();
      const first = await start(directory);
      await ask(first, treeOf('a'), 0);
      await first.close();
      rmSync(join(directory, lost));
      await expect(start(directory)).rejects.toThrow('ended (3)');
    }
  });
});
