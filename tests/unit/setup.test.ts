import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asksForHelp, checkArguments } from '../../scripts/setup/arguments.mjs';
import { hashInputs } from '../../scripts/setup/hash.mjs';

describe('the arguments of npm start', () => {
  it.each([[[]], [['--no-demo']], [['--lan', '--port', '9000']], [['--data=/srv/meeting', '--no-demo']]])(
    'are accepted: %j',
    (args) => {
      expect(() => checkArguments(args)).not.toThrow();
    },
  );

  it.each([
    [['--nodemo'], /Unknown option --nodemo/],
    [['--port'], /--port needs a value/],
    [['--lan=yes'], /Unknown option --lan=yes/],
    [['demo'], /Unknown option demo/],
  ])('are refused before anything is installed: %j', (args, message) => {
    expect(() => checkArguments(args)).toThrow(message);
  });
});

describe('npm start -- --help', () => {
  it.each([[['--help']], [['-h']], [['--port', '9000', '--help']]])('is answered: %j', (args) => {
    expect(asksForHelp(args)).toBe(true);
  });

  it('prints the usage, sets nothing up, and is no failure', () => {
    const start = join(import.meta.dirname, '../../scripts/start.mjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [start, '--help'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^npm start -- \[options\]\n/);
    expect(stdout).toContain('--data DIR');
  });

  it('is not asked for by other options', () => {
    expect(asksForHelp(['--no-demo'])).toBe(false);
  });
});

describe('the digest of inputs that decides whether something is built again', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'meeting-hash-'));
    mkdirSync(join(folder, 'a'));
    writeFileSync(join(folder, 'a', 'one.ts'), '1');
    writeFileSync(join(folder, 'two.ts'), '2');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const digest = () =>
    hashInputs(folder, [join(folder, 'a'), join(folder, 'two.ts'), join(folder, 'absent')]);

  it('is the same when only the time of a file changed', () => {
    const before = digest();
    utimesSync(join(folder, 'two.ts'), 0, 0);
    expect(digest()).toBe(before);
  });

  it('changes with a content, a name and a new file', () => {
    const seen = new Set([digest()]);
    writeFileSync(join(folder, 'a', 'one.ts'), '3');
    seen.add(digest());
    writeFileSync(join(folder, 'a', 'new.ts'), '');
    seen.add(digest());
    expect(seen.size).toBe(3);
  });
});
