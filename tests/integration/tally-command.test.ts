/** `npm run tally` as a court's auditor runs it: a process of its own, files, standard input and exit codes. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const COMMAND = join(import.meta.dirname, '../../scripts/tally.mjs');

const CASE = {
  v: '1',
  type: 'R03',
  round: '1',
  roll: [
    { unitId: 'A', group: 'ORDINARY', claims: [{ confirmedFen: '6000' }], signedIn: true },
    { unitId: 'B', group: 'ORDINARY', amountFen: '4000', unsecuredFen: '4000', signedIn: true },
  ],
  ballots: [
    { unitId: 'A', choice: 'for', channel: 'online' },
    { unitId: 'B', choice: 'for', channel: 'paper' },
  ],
};

async function tally(args: readonly string[], input = '') {
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(input);
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await exit, out, err };
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tally-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('npm run tally', () => {
  it('prints the verdict on a file and ends with 0', async () => {
    const file = join(folder, 'case.json');
    await writeFile(file, `\uFEFF${JSON.stringify(CASE)}`);
    const { code, out, err } = await tally([file]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ passed: true, whole: { P: '2', F: '2', FA: '10000' } });
  });

  it('gives the same bytes for the same case from standard input', async () => {
    const [first, second] = await Promise.all([
      tally(['-'], JSON.stringify(CASE)),
      tally(['-'], JSON.stringify(CASE)),
    ]);
    expect(first.code).toBe(0);
    expect(second.out).toBe(first.out);
  });

  it('ends with 2 and names path and reason of a malformed case', async () => {
    const { code, out, err } = await tally(['-'], JSON.stringify({ ...CASE, ballots: [{ unitId: 'Z' }] }));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('/ballots/0/choice: missing');
  });

  it('answers line by line, malformed lines among them, and then ends with 2', async () => {
    const lines = [JSON.stringify(CASE), '', '{"v":"1"}', JSON.stringify({ ...CASE, type: 'R07' })].join(
      '\r\n',
    );
    const { code, out } = await tally(['--lines', '-'], lines);
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(code).toBe(2);
    expect(answers).toMatchObject([
      { type: 'R03', passed: true },
      { error: { line: '3', path: '/type' } },
      { type: 'R07', passed: true },
    ]);
  });

  it('answers the first line before the last one has come', async () => {
    const child = spawn(process.execPath, [COMMAND, '-', '--lines'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const first = new Promise<string>((resolve) =>
      child.stdout.once('data', (data) => resolve(String(data))),
    );
    child.stdin.write(`${JSON.stringify(CASE)}\n`);
    expect(JSON.parse(await first)).toMatchObject({ passed: true });
    child.stdin.end();
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  });

  it.each([['--help'], ['-h']])('prints its usage for %s and ends with 0', async (option) => {
    const { code, out, err } = await tally([option]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('--lines');
  });

  it.each([
    ['no file', []],
    ['an unknown option', ['-', '--line']],
    ['a file that is not there', ['nowhere.json']],
  ])('ends with 1 for %s', async (_, args) => {
    const { code, out, err } = await tally(args);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).not.toBe('');
  });
});
