/**
 * The cross-check of record.md 12: what our code says of a bundle (checkpoints, inclusion and consistency proofs) is
 * written down and judged by Go's `sumdb/note` and `sumdb/tlog`. Outside of `npm test`, since Go need not be there.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { toBase64 } from '../../server/domain/record/base64.ts';
import { MEMBERS } from '../../server/domain/record/bundle/layout.ts';
import { linesOf } from '../../server/domain/record/bundle/lines.ts';
import { readArchive, type Archive } from '../../server/domain/record/bundle/read-archive.ts';
import { leafHash } from '../../server/domain/record/merkle.ts';
import { createMerkleTree, type MerkleTree } from '../../server/domain/record/tree.ts';
import { readCheckpoints } from '../../server/domain/record/verify/read-checkpoints.ts';
import { formatNote } from '../../server/domain/record/notes/note.ts';
import { sha256 } from '../../server/services/record-crypto.ts';

const run = promisify(execFile);
const GO_DIRECTORY = fileURLToPath(new URL('go', import.meta.url));
const GO_TIMEOUT_MS = 180_000;
/** Entries whose inclusion is proved: the first, the last, and so many between. */
const SAMPLES = 200;

interface Output {
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** @returns 0 when both agree or Go is not there, 1 when they differ, 2 for wrong arguments */
export async function runCrossCheck(args: readonly string[], { print, complain }: Output): Promise<number> {
  const [file, ...more] = args;
  if (file === undefined || more.length > 0) {
    complain('npm run cross-check -- bundle.zip');
    return 2;
  }
  const go = await findGo();
  if (go === undefined) {
    print('SKIPPED: Go is not on this machine (https://go.dev/dl). `npm run verify` needs none.');
    return 0;
  }
  const question = questionOf(readArchive(await readFile(file)));
  const folder = await mkdtemp(path.join(tmpdir(), 'cross-check-'));
  try {
    const asked = path.join(folder, 'question.json');
    await writeFile(asked, JSON.stringify(question));
    const options = { cwd: GO_DIRECTORY, timeout: GO_TIMEOUT_MS, maxBuffer: 16 * 1024 * 1024 };
    const { stdout } = await run('go', ['run', '.', asked], options);
    print(`${go}\n${stdout.trim()}`);
    return 0;
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    complain(stderr === '' ? message : stderr);
    return 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function findGo(): Promise<string | undefined> {
  return run('go', ['version']).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}

/** Entries as stored, notes with the log's line alone, and our proofs. */
function questionOf(archive: Archive) {
  const tree = createMerkleTree(sha256);
  const entries: string[] = [];
  for (const line of linesOf(archive.pieces(MEMBERS.entries), MEMBERS.entries)) {
    entries.push(toBase64(line));
    tree.append(leafHash(sha256, line));
  }
  const checkpoints = [...readCheckpoints(archive)].flatMap(({ signed }) => signed ?? []);
  const notes = checkpoints.map(({ note: { text, signatures }, checkpoint: { origin, size } }) => {
    const own = signatures.filter(({ name }) => name === origin);
    return { size, note: toBase64(new TextEncoder().encode(formatNote({ text, signatures: own }))) };
  });
  const sizes = notes.map(({ size }) => size).filter((size) => size > 0 && size <= tree.size);
  return {
    vkeys: new TextDecoder().decode(archive.read(MEMBERS.vkeys)).split('\n').filter(Boolean),
    entries,
    notes,
    inclusion: inclusionProofs(tree),
    consistency: sizes.map((size) => ({
      size,
      proof: tree.consistencyProof(size, tree.size).map(toBase64),
    })),
  };
}

function inclusionProofs(tree: MerkleTree) {
  const step = Math.max(1, Math.floor(tree.size / SAMPLES));
  const indexes = new Set([tree.size - 1]);
  for (let index = 0; index < tree.size; index += step) indexes.add(index);
  return [...indexes].map((index) => ({
    index,
    proof: tree.inclusionProof(index, tree.size).map(toBase64),
  }));
}
