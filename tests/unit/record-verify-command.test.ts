/** `npm run verify`: arguments, files, exit codes, words (README, "Check a meeting's record"). */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EXIT_CODES, runVerify } from '../../scripts/verify/run-verify.ts';
import { codes } from '../../server/domain/record/verify/codes.ts';
import { NOTE_IDS, STEP_IDS, type Report } from '../../server/domain/record/verify/report.ts';
import { noteWords, stepWords } from '../../server/domain/record/verify/words.ts';
import { bundleOf, receiptOf } from '../support/record/seal-record.ts';
import { honest } from '../support/record/attacks/attack.ts';
import { log, policy } from '../support/record/verify-record.ts';

let folder: string;
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-'));
  const sealed = honest();
  await writeFile(file('bundle.zip'), bundleOf(sealed.files));
  await writeFile(file('policy.txt'), policy);
  await writeFile(file('checkpoint.txt'), sealed.notes[0] ?? '');
  await writeFile(file('receipt.txt'), receiptOf(sealed, 5, { log }));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...args: string[]) {
  const lines: string[] = [];
  const complaints: string[] = [];
  const output = {
    print: (line: string) => lines.push(line),
    complain: (line: string) => complaints.push(line),
  };
  const code = await runVerify(args, output);
  return { code, lines, complaint: complaints.join('\n') };
}

describe('the command', () => {
  it('ends with 0 and says so in both languages', async () => {
    const given = ['--checkpoint', file('checkpoint.txt'), '--receipt', file('receipt.txt')];
    const { code, lines } = await run(file('bundle.zip'), '--policy', file('policy.txt'), ...given);
    expect(code).toBe(0);
    expect(lines.at(-1)).toMatch(/^VERIFIED/);
    expect(lines.at(-2)).toMatch(/^核验通过/);
    // Public, without stamps, and of a meeting that goes on from no other.
    expect(lines.filter((line) => line.startsWith('PASS '))).toHaveLength(STEP_IDS.length - 3);
  });

  it('ends with 4, not as of a forged record, when its report cannot be written', async () => {
    const complaints: string[] = [];
    const code = await runVerify([file('bundle.zip')], {
      print() {
        throw new Error('no space left on the device');
      },
      complain: (line) => complaints.push(line),
    });
    expect(code).toBe(4);
    expect(complaints.join()).toContain('no space left');
  });

  it('prints its usage on request, and verifies nothing', async () => {
    const { code, lines, complaint } = await run(file('missing.zip'), '--help');
    expect({ code, complaint }).toEqual({ code: 0, complaint: '' });
    expect(lines.join('\n')).toContain('--policy FILE');
  });

  it('ends with 3 without a policy from outside', async () => {
    const { code, lines } = await run(file('bundle.zip'));
    expect(code).toBe(3);
    expect(lines.at(-1)).toMatch(/^SELF-CONSISTENT ONLY/);
    expect(lines).toContain('NOT WITNESSED: not enough independent witnesses have signed.');
  });

  it('ends with 1 for a record that fails, and names the code', async () => {
    await writeFile(file('broken.zip'), Buffer.from('no archive'));
    const { code, lines } = await run(file('broken.zip'), '--policy', file('policy.txt'));
    expect(code).toBe(1);
    expect(lines.join('\n')).toContain('BUNDLE_NOT_ZIP');
    // Whoever chose the wrong file must not read that a record is forged.
    expect(lines.at(-1)).toMatch(/^FAILED: this file is not a whole evidence bundle/);
    expect(lines.join('\n')).not.toContain('不能采信');
    expect(lines.at(-1)).toMatch(/^FAILED/);
  });

  it('prints the report as JSON', async () => {
    const { code, lines } = await run('--json', file('bundle.zip'), '--policy', file('policy.txt'));
    const report = JSON.parse(lines.join('\n')) as Report;
    expect(code).toBe(0);
    expect(report).toMatchObject({ conclusion: 'VERIFIED', isWitnessed: true });
    expect(report.steps.map(({ id }) => id)).toEqual([...STEP_IDS]);
  });

  it.each([
    ['nothing', []],
    ['two bundles', ['a.zip', 'b.zip']],
    ['an option that it does not know', ['a.zip', '--trust', 'me']],
    ['an option without its file', ['a.zip', '--policy']],
    ['an option twice', ['a.zip', '--policy', 'x', '--policy', 'y']],
  ])('explains itself and ends with 2 when given %s', async (_what, args) => {
    const { code, complaint } = await run(...args);
    expect(code).toBe(2);
    expect(complaint).toContain('npm run verify -- bundle.zip');
  });

  it.each([
    ['a bundle that is not there', ['missing.zip'], '无法读取'],
    ['a policy that is not there', ['bundle.zip', '--policy', 'missing.txt'], '无法读取'],
    ['a policy that is none', ['bundle.zip', '--policy', 'checkpoint.txt'], 'POLICY_FORMAT'],
    ['a policy that is no text', ['bundle.zip', '--policy', 'bundle.zip'], 'UTF-8'],
    ['a folder', ['bundle.zip', '--receipt', '.'], '无法读取'],
  ])('names %s and ends with 2', async (_what, args, words) => {
    const { code, complaint } = await run(...args.map((word) => (word.startsWith('--') ? word : file(word))));
    expect(code).toBe(2);
    expect(complaint).toContain(words);
  });
});

describe('the README', () => {
  it('lists exactly the codes of the program, and its exit codes', async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const [, section = ''] = readme.split('## Check a meeting');
    const [text = ''] = section.split('\n## ');
    const listed = [...text.matchAll(/^\| `([A-Z0-9_]+)`/gm)].map(([, code]) => code);
    expect(listed).toEqual(Object.keys(codes));
    const exits = [...text.matchAll(/^\| (\d) /gm)].map(([, code]) => Number(code));
    expect(exits).toEqual(Object.values(EXIT_CODES).sort((a, b) => a - b));
  });
});

describe('the words', () => {
  it('are there in both languages for every code, step and note', () => {
    const all = [
      ...Object.values(codes),
      ...STEP_IDS.flatMap((id) => [stepWords[id].title, stepWords[id].pass]),
      ...NOTE_IDS.map((id) => noteWords[id]),
    ];
    for (const { zh, en } of all) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/^[^\p{Script=Han}]+$/u);
    }
  });
});
