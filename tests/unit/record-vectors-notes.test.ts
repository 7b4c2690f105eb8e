/** Signed notes against golang.org/x/mod sumdb/note, and the C2SP formats built on them. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { fromBase64, toBase64 } from '../../server/domain/record/base64.ts';
import { RecordFormatError } from '../../server/domain/record/canonical.ts';
import { leafHash } from '../../server/domain/record/merkle.ts';
import {
  formatCheckpoint,
  parseCheckpoint,
  parseCheckpointNote,
} from '../../server/domain/record/notes/checkpoint.ts';
import {
  cosignatureOf,
  cosignedMessage,
  toCosignatureBytes,
} from '../../server/domain/record/notes/cosignature.ts';
import {
  formatNote,
  formatSignature,
  parseNote,
  parseSignatureLines,
  signatureBy,
  verifyNote,
} from '../../server/domain/record/notes/note.ts';
import {
  isMajorityPolicy,
  isQuorumMet,
  parsePolicy,
  verifyByPolicy,
} from '../../server/domain/record/notes/policy.ts';
import {
  formatTlogProof,
  parseTlogProof,
  provesInclusion,
} from '../../server/domain/record/notes/tlog-proof.ts';
import {
  createNoteKey,
  formatVkey,
  parseVkey,
  type NoteKeyType,
} from '../../server/domain/record/notes/vkey.ts';
import { createMerkleTree } from '../../server/domain/record/tree.ts';
import { sha256, verifySignature } from '../../server/services/record-crypto.ts';
import { readVectors } from '../support/vectors.ts';

const golang = readVectors<{
  vkeys: { peter: string; enoch: string };
  badVkeys: string[];
  typedSeed: string;
  text: string;
  peterLine: string;
  enochLine: string;
}>('golang-note/note.json');

const peter = parseVkey(sha256, golang.vkeys.peter);
const enoch = parseVkey(sha256, golang.vkeys.enoch);
const { text, peterLine, enochLine } = golang;
const utf8 = (value: string): Uint8Array => new TextEncoder().encode(value);

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

function rawPublicKey(key: KeyObject): Uint8Array {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(12);
}

function createSigner(name: string, type: NoteKeyType) {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { privateKey, key: createNoteKey(sha256, { name, type, publicKey: rawPublicKey(privateKey) }) };
}

type TestSigner = ReturnType<typeof createSigner>;

const lineOf = ({ key, privateKey }: TestSigner, signedText: string): string =>
  formatSignature(signatureBy(key, sign(null, utf8(signedText), privateKey)));

function cosignatureLine({ key, privateKey }: TestSigner, signedText: string, timeSeconds: number): string {
  const signature = sign(null, cosignedMessage(signedText, timeSeconds), privateKey);
  return formatSignature(signatureBy(key, toCosignatureBytes({ timeSeconds, signature })));
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof RecordFormatError) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('golang.org/x/mod sumdb/note: verifier keys', () => {
  it.each([golang.vkeys.peter, golang.vkeys.enoch])('reads %s and writes it again', (vkey) => {
    expect(formatVkey(parseVkey(sha256, vkey))).toBe(vkey);
  });

  it('refuses every part of one and every one with a character raised', () => {
    const vkey = golang.vkeys.peter;
    for (let start = 0; start <= vkey.length; start++) {
      for (let end = start + 1; end <= vkey.length; end++) {
        if (start === 0 && end === vkey.length) continue;
        expect(codeOf(() => parseVkey(sha256, vkey.slice(start, end)))).not.toBe('accepted');
      }
    }
    for (let at = 0; at < vkey.length; at++) {
      const raised = String.fromCharCode(vkey.charCodeAt(at) + 1);
      const changed = vkey.slice(0, at) + raised + vkey.slice(at + 1);
      expect(codeOf(() => parseVkey(sha256, changed))).not.toBe('accepted');
    }
  });

  it.each(golang.badVkeys)('refuses %s', (vkey) => {
    expect(codeOf(() => parseVkey(sha256, vkey))).toBe('KEY_FORMAT');
  });

  it('refuses a low-order key, whatever its id', () => {
    const publicKey = new Uint8Array(32);
    expect(codeOf(() => createNoteKey(sha256, { name: 'example.test', type: 'log', publicKey }))).toBe(
      'KEY_WEAK',
    );
  });
});

describe('golang.org/x/mod sumdb/note: notes', () => {
  it('signs to the known note', () => {
    const seed = fromBase64(golang.typedSeed).slice(1);
    const key = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
    expect(rawPublicKey(key)).toEqual(Buffer.from(peter.publicKey));
    const note = formatNote({ text, signatures: [signatureBy(peter, sign(null, utf8(text), key))] });
    expect(note).toBe(`${text}\n${peterLine}`);
  });

  it.each([
    ['one known key of two', [peter], ['PeterNeumann']],
    ['both known', [peter, enoch], ['PeterNeumann', 'EnochRoot']],
  ])('%s', async (_, keys, names) => {
    const verdict = await verifyNote(verifySignature, parseNote(`${text}\n${peterLine}${enochLine}`), keys);
    expect(verdict.ok && verdict.signers.map(({ key }) => key.name)).toEqual(names);
  });

  it('has nothing to believe without a known key', async () => {
    const note = parseNote(`${text}\n${peterLine}${enochLine}`);
    expect(await verifyNote(verifySignature, note, [])).toEqual({ ok: false, code: 'NO_KNOWN_SIGNATURE' });
  });

  it('counts a key once, and passes over unknown lines that are changed', async () => {
    const changed = `${enochLine.slice(0, 60)}ABCD${enochLine.slice(60)}`;
    const note = parseNote(`${text}\n${peterLine}${peterLine}${enochLine}${enochLine}${changed}`);
    const verdict = await verifyNote(verifySignature, note, [peter]);
    expect(verdict.ok && verdict.signers).toHaveLength(1);
  });

  it('is damned by a changed line of a known key', async () => {
    const note = parseNote(`${text}\n${enochLine}${peterLine.slice(0, 60)}ABCD${peterLine.slice(60)}`);
    const verdict = await verifyNote(verifySignature, note, [peter, enoch]);
    expect(verdict).toEqual({ ok: false, code: 'SIGNATURE_INVALID', name: 'PeterNeumann' });
  });

  it('does not take the line of one name for the key of another', async () => {
    const misnamed = peterLine.replace('PeterNeumann', 'CarmenSandiego');
    const wrongId = peterLine.replace('x08g', 'xxxx');
    for (const line of [misnamed, wrongId]) {
      const verdict = await verifyNote(verifySignature, parseNote(`${text}\n${line}`), [peter]);
      expect(verdict.ok).toBe(false);
    }
  });

  it.each([
    ['no signature', text],
    ['nothing after the empty line', `${text}\n`],
    ['no last newline', `${text}\n${peterLine.slice(0, -1)}`],
    ['a control character', `\u0001${text}\n${peterLine}`],
    ['a lone surrogate', `\ud800${text}\n${peterLine}`],
    ['a name with a space', `${text}\n\u2014 Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuG\n`],
    ['a line that is no signature', `${text}\n${peterLine}Unexpected line.\n`],
    ['a hundred and one signatures', `${text}\n${peterLine.repeat(101)}`],
    ['base64 with bits that say nothing', `${text}\n\u2014 PeterNeumann x08go/Z=\n`],
  ])('is malformed with %s', (_, note) => {
    expect(codeOf(() => parseNote(note))).toBe('NOTE_FORMAT');
  });
});

describe('checkpoints', () => {
  const origin = 'example.test/meeting';
  const root = sha256(utf8('root'));

  it('reads what it writes, and the size and root of golang.org/x/mod sumdb/tlog', () => {
    const checkpoint = { origin, size: 20852163, root };
    expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual({ ...checkpoint, extensions: [] });
    const golden = 'go.sum database tree\n123456789012\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n';
    const parsed = parseCheckpoint(golden);
    expect(parsed.size).toBe(123456789012);
    expect(Buffer.from(parsed.root)).toEqual(Buffer.from(leafHash(sha256, utf8('hello world'))));
  });

  it.each([
    ['a size in hex', `${origin}\n0xabcdef\n${toBase64(root)}\n`],
    ['a leading zero', `${origin}\n07\n${toBase64(root)}\n`],
    ['a size beyond 2^53', `${origin}\n9007199254740993\n${toBase64(root)}\n`],
    ['a root of 35 bytes', `${origin}\n7\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBTOOBIG=\n`],
    ['no root', `${origin}\n7\n`],
    ['no last newline', `${origin}\n7\n${toBase64(root)}`],
    ['an empty extension', `${origin}\n7\n${toBase64(root)}\n\n`],
    ['no origin', `\n7\n${toBase64(root)}\n`],
  ])('refuses %s', (_, checkpoint) => {
    expect(codeOf(() => parseCheckpoint(checkpoint))).toBe('CHECKPOINT_FORMAT');
  });

  it('reads the example of C2SP tlog-cosignature with its witness line', () => {
    const example =
      'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n' +
      '— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n' +
      '— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n';
    const { note, checkpoint } = parseCheckpointNote(example);
    expect(checkpoint.size).toBe(20852163);
    expect(cosignatureOf(note.signatures[1]!.signature)?.timeSeconds).toBe(1679315147);
    expect(formatNote(note)).toBe(example);
  });
});

describe('policies', () => {
  const log = createSigner('example.test/meeting', 'log');
  const [court, committee, province] = ['court.test', 'committee.test', 'province.test'].map((name) =>
    createSigner(name, 'witness'),
  ) as [TestSigner, TestSigner, TestSigner];
  const witnessLines =
    `witness court ${formatVkey(court.key)} https://court.test/\n` +
    `witness committee ${formatVkey(committee.key)}\n\twitness  province\t${formatVkey(province.key)}\n`;
  const text2of3 =
    `# who watches\nlog ${formatVkey(log.key)}\n\n${witnessLines}` +
    'group watchers 2 court committee province\nquorum watchers\n';
  const policy = parsePolicy(sha256, text2of3);
  const body = formatCheckpoint({ origin: log.key.name, size: 3, root: sha256(utf8('x')) });

  it('reads logs, witnesses with their addresses, groups and the quorum', () => {
    expect(policy.witnesses.map(({ name, url }) => [name, url])).toEqual([
      ['court', 'https://court.test/'],
      ['committee', undefined],
      ['province', undefined],
    ]);
    expect(policy.groups).toEqual([
      { name: 'watchers', threshold: 2, members: ['court', 'committee', 'province'] },
    ]);
  });

  it.each([
    ['no quorum line', witnessLines],
    ['two quorum lines', `${witnessLines}quorum court\nquorum court\n`],
    ['a quorum that is not defined', `${witnessLines}quorum nobody\n`],
    ['a group before its member', `group g any court\n${witnessLines}quorum g\n`],
    ['a member of two groups', `${witnessLines}group a any court\ngroup b any court\nquorum a\n`],
    ['a member twice', `${witnessLines}group a 2 court court\nquorum a\n`],
    ['none as a member', `${witnessLines}group a any none\nquorum a\n`],
    ['a threshold of nothing', `${witnessLines}group a 0 court\nquorum a\n`],
    ['a threshold beyond the members', `${witnessLines}group a 2 court\nquorum a\n`],
    ['a threshold with a leading zero', `${witnessLines}group a 01 court\nquorum a\n`],
    ['a name twice', `${witnessLines}group court any committee\nquorum court\n`],
    ['the same witness key twice', `${witnessLines}witness again ${formatVkey(court.key)}\nquorum court\n`],
    ['a log key as a witness', `witness x ${formatVkey(log.key)}\nquorum x\n`],
    ['a witness key as a log', `log ${formatVkey(court.key)}\nquorum none\n`],
    ['an unknown word', 'logs\nquorum none\n'],
    ['a carriage return', 'quorum none\r\n'],
  ])('refuses %s', (_, policyText) => {
    expect(codeOf(() => parsePolicy(sha256, policyText))).toBe('POLICY_FORMAT');
  });

  it.each([
    ['two of three', 'group g 2 court committee province\nquorum g\n', true],
    ['all', 'group g all court committee province\nquorum g\n', true],
    ['one witness alone', 'quorum court\n', true],
    ['any of three', 'group g any court committee province\nquorum g\n', false],
    ['one of two', 'group g 1 court committee\nquorum g\n', false],
    ['none', 'quorum none\n', false],
    [
      'a majority of which a member is none',
      'group h any court committee\ngroup g all h province\nquorum g\n',
      false,
    ],
    ['majorities of majorities', 'group h all court committee\ngroup g all h province\nquorum g\n', true],
  ])('2k > n: %s', (_, end, isMajority) => {
    expect(isMajorityPolicy(parsePolicy(sha256, witnessLines + end))).toBe(isMajority);
  });

  it('counts groups within groups', () => {
    const nested = parsePolicy(
      sha256,
      `${witnessLines}group h all court committee\ngroup g any h province\nquorum g\n`,
    );
    expect(isQuorumMet(nested, new Set(['court']))).toBe(false);
    expect(isQuorumMet(nested, new Set(['court', 'committee']))).toBe(true);
    expect(isQuorumMet(nested, new Set(['province']))).toBe(true);
  });

  it.each([
    ['two witnesses', [court, committee], true],
    ['one witness', [court], false],
  ])('judges a checkpoint with the log and %s', async (_, witnesses, ok) => {
    const lines = witnesses.map((witness) => cosignatureLine(witness, body, 1700000000)).join('');
    const signed = parseCheckpointNote(`${body}\n${lineOf(log, body)}${lines}`);
    const verdict = await verifyByPolicy(verifySignature, policy, signed);
    expect(verdict).toMatchObject({ ok, ...(!ok && { code: 'NO_QUORUM' }) });
    expect(verdict.witnesses).toHaveLength(witnesses.length);
  });

  it('needs a log of the policy whose name is the origin', async () => {
    const stranger = createSigner('example.test/meeting', 'log');
    const cosigned = cosignatureLine(court, body, 1) + cosignatureLine(province, body, 1);
    const byStranger = parseCheckpointNote(`${body}\n${lineOf(stranger, body)}${cosigned}`);
    expect(await verifyByPolicy(verifySignature, policy, byStranger)).toMatchObject({ code: 'NO_KNOWN_LOG' });
    const other = body.replace('example.test/meeting', 'example.test/other');
    const otherOrigin = parseCheckpointNote(`${other}\n${lineOf(log, other)}`);
    expect(await verifyByPolicy(verifySignature, policy, otherOrigin)).toMatchObject({
      code: 'NO_KNOWN_LOG',
    });
  });

  it('is damned by a cosignature for another time or another text', async () => {
    const forged = cosignatureLine(court, body.replace('3', '4'), 1700000000);
    const signed = parseCheckpointNote(`${body}\n${lineOf(log, body)}${forged}`);
    expect(await verifyByPolicy(verifySignature, policy, signed)).toMatchObject({
      code: 'SIGNATURE_INVALID',
    });
  });

  it('reads the lines that a witness answers', () => {
    const lines = cosignatureLine(court, body, 1) + cosignatureLine(committee, body, 2);
    expect(parseSignatureLines(lines).map(({ name }) => name)).toEqual(['court.test', 'committee.test']);
  });
});

describe('receipts as tlog-proof@v1', () => {
  const log = createSigner('example.test/meeting', 'log');
  const entries = ['a', 'b', 'c', 'd', 'e'].map(utf8);
  const tree = createMerkleTree(sha256);
  for (const entry of entries) tree.append(leafHash(sha256, entry));
  const body = formatCheckpoint({ origin: log.key.name, size: 5, root: tree.root() });
  const receipt = formatTlogProof({
    extra: entries[3]!,
    index: 3,
    proof: tree.inclusionProof(3, 5),
    checkpoint: `${body}\n${lineOf(log, body)}`,
  });

  it('is written as the specification shows it', () => {
    const lines = receipt.split('\n');
    expect(lines.slice(0, 3)).toEqual(['c2sp.org/tlog-proof@v1', 'extra ZA==', 'index 3']);
    expect(lines.slice(6, 9)).toEqual(['', 'example.test/meeting', '5']);
  });

  it('proves the entry that it carries and no other', () => {
    const parsed = parseTlogProof(receipt);
    expect(provesInclusion(sha256, parsed, parsed.extra!)).toBe(true);
    expect(provesInclusion(sha256, parsed, entries[2]!)).toBe(false);
    expect(provesInclusion(sha256, { ...parsed, index: 2 }, parsed.extra!)).toBe(false);
  });

  it('may leave out the entry', () => {
    const bare = formatTlogProof({ index: 0, proof: [], checkpoint: `${body}\n${lineOf(log, body)}` });
    expect(parseTlogProof(bare).extra).toBeUndefined();
  });

  it.each([
    ['another header', receipt.replace('@v1', '@v2')],
    ['an index with a leading zero', receipt.replace('index 3', 'index 03')],
    ['no index', receipt.replace('index 3\n', '')],
    ['a hash cut short', receipt.replace(/index 3\n.{4}/, 'index 3\n')],
    ['extra that is no base64', receipt.replace('extra ZA==', 'extra ZA=')],
    ['64 hashes', receipt.replace('index 3\n', `index 3\n${`${'A'.repeat(43)}=\n`.repeat(64)}`)],
    ['nothing', ''],
  ])('is refused with %s', (_, changed) => {
    expect(codeOf(() => parseTlogProof(changed))).toBe('PROOF_FORMAT');
  });

  it('is refused without its checkpoint', () => {
    expect(codeOf(() => parseTlogProof(receipt.slice(0, receipt.indexOf('\n\n') + 2)))).toBe('NOTE_FORMAT');
  });
});
