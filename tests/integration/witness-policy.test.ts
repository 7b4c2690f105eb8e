import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readPolicyFile } from '../../server/attest/policy-file.ts';
import { createNoteKey, formatVkey } from '../../server/domain/record/notes/vkey.ts';
import { sha256 } from '../../server/services/record-crypto.ts';
import { createTestInstallation } from '../support/test-log.ts';

const vkeyOf = (name: string) => {
  const { publicKey } = createTestInstallation(name);
  return formatVkey(createNoteKey(sha256, { name, type: 'witness', publicKey }));
};
const [COURT, COMMITTEE, PROVINCE] = ['court/w', 'committee/w', 'province/w'].map(vkeyOf) as [
  string,
  string,
  string,
];
const WITNESSES = [
  '# 见证人',
  `witness court ${COURT} https://court.example/witness/`,
  `witness committee ${COMMITTEE} https://committee.example/`,
  `witness province ${PROVINCE} https://province.example/`,
];

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'policy-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function read(...lines: string[]) {
  const path = join(directory, 'policy.txt');
  await writeFile(path, `${lines.join('\n')}\n`);
  return readPolicyFile(path);
}

describe('the policy file of the witnesses', () => {
  it('is read with its quorum, and keeps its hash whatever is said beside the witnesses', async () => {
    const group = 'group all 2 court committee province';
    const plain = await read(...WITNESSES, group, 'quorum all');
    const log = createTestInstallation('cm-0123456789ab/meeting-1').vkey;
    const court = await read(`log ${log}`, ...WITNESSES, '', `${group}  `, '# two of three', 'quorum all');
    expect(plain?.policy.witnesses.map(({ name }) => name)).toEqual(['court', 'committee', 'province']);
    expect(court?.sha256).toBe(plain?.sha256);
    const other = await read(...WITNESSES, 'group all 3 court committee province', 'quorum all');
    expect(other?.sha256).not.toBe(plain?.sha256);
    expect(readPolicyFile(null)).toBeNull();
  });

  it.each([
    ['a majority that is none', ['group all 1 court committee province', 'quorum all'], 'more than half'],
    ['half of two', ['group all 1 court committee', 'quorum all'], 'more than half'],
    ['no witness at all', ['quorum none'], 'more than half'],
    ['an unknown word', ['witnes x y'], 'error in line 5'],
    ['an unknown member', ['group all 2 court committee other', 'quorum all'], 'error in line 5'],
    ['no quorum', [], 'quorum'],
    ['a mistyped key', [`witness x ${COURT.slice(0, -5)}AAAA=`, 'quorum x'], 'line 5'],
    ['a key twice', [`witness again ${COURT} https://x.example`, 'quorum court'], 'error in line 5'],
    ['a witness without an address', [`witness x ${vkeyOf('x')}`, 'quorum x'], 'witness x has no address'],
  ])('refuses %s', async (_, lines, message) => {
    await expect(read(...WITNESSES, ...lines)).rejects.toThrow(message);
  });

  it('that is missing stops the start', () => {
    expect(() => readPolicyFile(join(directory, 'missing.txt'))).toThrow('cannot be read');
  });
});
