/**
 * record.md 4, 6, 9 and 10 in the creditor's browser: an honest receipt holds, and every kind of change in what
 * a server answers is found and named.
 */
import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { checkReceipt, type ReceiptQuestion } from '../../../client/record/check-receipt.ts';
import type { Finding } from '../../../client/record/findings.ts';
import { fromBase64, toBase64, toHex } from '../../../server/domain/record/base64.ts';
import { encodeEntry } from '../../../server/domain/record/entry.ts';
import { keyIdOf } from '../../../server/domain/record/keys.ts';
import { leafHash } from '../../../server/domain/record/merkle.ts';
import { formatCheckpoint } from '../../../server/domain/record/notes/checkpoint.ts';
import { formatNote, signatureBy } from '../../../server/domain/record/notes/note.ts';
import { formatTlogProof } from '../../../server/domain/record/notes/tlog-proof.ts';
import { createNoteKey, formatVkey } from '../../../server/domain/record/notes/vkey.ts';
import { createMerkleTree } from '../../../server/domain/record/tree.ts';
import type { BallotAuth } from '../../../server/protocol/entry-bodies/vote.ts';
import type { BallotBody, ReceiptView } from '../../../server/protocol/room.ts';
import { sha256 } from '../../../server/services/record-crypto.ts';
import { createDeviceKey } from '../../support/device-key.ts';
import { ballotCast, SAMPLE_ORIGIN, SAMPLE_SALT, SAMPLE_TIME } from '../../support/entry-samples.ts';

/** A log that signs whatever it is asked to, as an operator in possession of the key could. */
function createLog(origin = SAMPLE_ORIGIN) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = fromBase64(
    publicKey.export({ format: 'jwk' }).x?.replaceAll('-', '+').replaceAll('_', '/') ?? '',
  );
  const key = createNoteKey(sha256, { name: origin, type: 'log', publicKey: raw });
  return {
    vkey: formatVkey(key),
    checkpoint(size: number, root: Uint8Array): string {
      const text = formatCheckpoint({ origin, size, root });
      const signature = new Uint8Array(sign(null, Buffer.from(text), privateKey));
      return formatNote({ text, signatures: [signatureBy(key, signature)] });
    },
  };
}

const log = createLog();
const device = await createDeviceKey();
const ownKey = {
  alg: device.alg,
  keyId: keyIdOf(sha256, device.alg, fromBase64(device.publicKey)),
  publicKey: fromBase64(device.publicKey),
} as const;
const ballot = ballotCast('unit-0').body.ballot;
const signedBy = async (body: BallotBody): Promise<BallotAuth> => ({
  method: 'signed',
  personId: 'person-1',
  alg: device.alg,
  ...(await device.signBallot(ownKey.keyId, body)),
});

function entryBytes(seq: number, body: { ballot: BallotBody; auth: BallotAuth }): Uint8Array {
  const cast = ballotCast('unit-0').body;
  const envelope = { origin: SAMPLE_ORIGIN, epoch: 1, seq, tsMs: Date.parse(SAMPLE_TIME), salt: SAMPLE_SALT };
  return encodeEntry({ t: 'ballot.cast', body: { ...cast, ...body } }, envelope).bytes;
}

/** A ledger with others' entries around the own one, which is number 3 of 8; and a tree that went on from it. */
async function createLedger(own: { ballot?: BallotBody; auth?: BallotAuth; others?: string } = {}) {
  const tree = createMerkleTree(sha256);
  const body = { ballot: own.ballot ?? ballot, auth: own.auth ?? (await signedBy(ballot)) };
  const bytes = entryBytes(3, body);
  for (let seq = 0; seq < 12; seq++) {
    const other = new TextEncoder().encode(`${own.others ?? 'other'} ${seq}`);
    tree.append(leafHash(sha256, seq === 3 ? bytes : other));
  }
  const proofAt = (size: number, checkpoint = log.checkpoint(size, tree.root(size))) =>
    formatTlogProof({ extra: bytes, index: 3, proof: tree.inclusionProof(3, size), checkpoint });
  const fetchConsistency = (from: number, to: number) =>
    Promise.resolve(tree.consistencyProof(from, to).map(toBase64));
  return { tree, bytes, proofAt, fetchConsistency };
}

const honest = await createLedger();

const receipt: ReceiptView = {
  origin: SAMPLE_ORIGIN,
  seq: '3',
  leafHash: toHex(leafHash(sha256, honest.bytes)),
  ts: SAMPLE_TIME,
  resolutionId: ballot.resolutionId,
  round: ballot.round,
  unitId: ballot.unitId,
  group: 'ALL',
  choice: ballot.choice,
  version: ballot.version,
  channel: 'online',
  isSigned: true,
  sentence: '',
};

function question(change: Partial<ReceiptQuestion> = {}): ReceiptQuestion {
  return {
    receipt,
    proof: honest.proofAt(8),
    vkey: log.vkey,
    kept: { body: ballot, receipt },
    ownKey,
    seen: { vkey: log.vkey, checkpoint: log.checkpoint(5, honest.tree.root(5)) },
    fetchConsistency: honest.fetchConsistency,
    ...change,
  };
}

const inWords = ({ findings }: { findings: readonly Finding[] }) =>
  findings.map((finding) => `${finding.step}: ${finding.outcome === 'ok' ? 'ok' : finding.reason}`);

/** The one thing that does not hold. */
async function failureOf(change: Partial<ReceiptQuestion>) {
  const { findings, remember } = await checkReceipt(question(change));
  return {
    failures: inWords({ findings: findings.filter(({ outcome }) => outcome === 'failed') }),
    remember,
  };
}

/** Changes one character of a text where a pattern stands. */
function tamper(text: string, pattern: RegExp): string {
  const at = (pattern.exec(text)?.index ?? 0) + (pattern.exec(text)?.[0].length ?? 0) - 1;
  const other = text[at] === 'A' ? 'B' : 'A';
  return text.slice(0, at) + other + text.slice(at + 1);
}

describe('an honest receipt', () => {
  it('holds in every step, and the newest checkpoint is remembered', async () => {
    const answer = await checkReceipt(question());
    expect(inWords(answer)).toEqual([
      'entry: ok',
      'statement: ok',
      'signature: ok',
      'inclusion: ok',
      'checkpoint: ok',
      'consistency: ok',
    ]);
    expect(answer.remember?.checkpoint).toBe(log.checkpoint(8, honest.tree.root(8)));
  });

  it('holds when this browser has seen a later checkpoint, which it keeps', async () => {
    const seen = { vkey: log.vkey, checkpoint: log.checkpoint(12, honest.tree.root(12)) };
    const answer = await checkReceipt(question({ seen }));
    expect(inWords(answer)).toContain('consistency: ok');
    expect(answer.remember).toBeUndefined();
  });

  it.each<[string, Partial<ReceiptQuestion>, string]>([
    ['a browser that sees the record for the first time', { seen: undefined }, 'consistency: FIRST_SIGHT'],
    ['a browser that has another key', { ownKey: { ...ownKey, keyId: 'x' } }, 'signature: OTHER_DEVICE'],
    ['a browser that has no key', { ownKey: undefined }, 'signature: OTHER_DEVICE'],
    [
      'a server that is not reached for the proof of consistency',
      { fetchConsistency: () => Promise.resolve('no-answer') },
      'consistency: NO_ANSWER',
    ],
    [
      'a browser whose ballot was changed elsewhere',
      { kept: { body: ballot, receipt: { ...receipt, version: '-1', leafHash: '0'.repeat(64) } } },
      'entry: CHANGED_ELSEWHERE',
    ],
  ])('says in %s what could not be checked', async (_what, change, expected) => {
    const { findings } = await checkReceipt(question(change));
    expect(findings.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(inWords({ findings })).toContain(expected);
  });

  it('without a signature says so, when it was sent without one', async () => {
    const unsigned = await createLedger({ auth: { method: 'unsigned', personId: 'person-1' } });
    const shown = { ...receipt, isSigned: false, leafHash: toHex(leafHash(sha256, unsigned.bytes)) };
    const asked = question({ receipt: shown, kept: undefined, proof: unsigned.proofAt(8), seen: undefined });
    expect(inWords(await checkReceipt(asked))).toContain('signature: UNSIGNED');
  });
});

describe('a server that has changed something is found out', () => {
  it.each<[string, string, Partial<ReceiptQuestion>]>([
    ['a proof that is none', 'entry: PROOF_UNREADABLE', { proof: 'c2sp.org/tlog-proof@v1\n' }],
    [
      'a proof without the entry',
      'entry: PROOF_UNREADABLE',
      { proof: honest.proofAt(8).replace(/extra .*\n/, '') },
    ],
    [
      'another number on the receipt',
      'entry: OTHER_ENTRY',
      { receipt: { ...receipt, seq: '4' }, kept: undefined },
    ],
    [
      'another choice on the page than in the entry',
      'statement: OTHER_BALLOT',
      { receipt: { ...receipt, choice: 'against' }, kept: undefined },
    ],
    [
      'another unit on the page than in the entry',
      'statement: OTHER_BALLOT',
      { receipt: { ...receipt, unitId: 'unit-9' }, kept: undefined },
    ],
    [
      'a ballot that differs from the one that was sent',
      'statement: OTHER_BALLOT',
      { kept: { receipt, body: { ...ballot, nonce: 'B'.repeat(22) } } },
    ],
    [
      'a checkpoint with one character changed',
      'checkpoint: CHECKPOINT_WRONG',
      {
        proof: tamper(honest.proofAt(8), /\n\n[^\n]+\n\d+\n.{8}/),
      },
    ],
    [
      'a signature of the checkpoint with one changed',
      'checkpoint: CHECKPOINT_WRONG',
      {
        proof: tamper(honest.proofAt(8), /\u2014 \S+ .{20}/u),
      },
    ],
    [
      'a server that refuses the proof of consistency',
      'consistency: REFUSED',
      { fetchConsistency: () => Promise.resolve('refused') },
    ],
    ['another key for the log than before', 'checkpoint: KEY_CHANGED', { vkey: createLog().vkey }],
    [
      'a checkpoint of another record',
      'checkpoint: CHECKPOINT_WRONG',
      { vkey: createLog('demo/inst-1/meeting-2').vkey, seen: undefined },
    ],
  ])('%s: %s', async (_what, expected, change) => {
    const { failures, remember } = await failureOf(change);
    expect(failures).toContain(expected);
    if (expected.startsWith('checkpoint')) expect(remember).toBeUndefined();
  });

  it('a changed hash of the path: the entry is not in the ledger', async () => {
    const proof = honest.proofAt(8);
    const lines = proof.split('\n');
    lines[3] = toBase64(sha256(new Uint8Array(1)));
    expect((await failureOf({ proof: lines.join('\n') })).failures).toEqual(['inclusion: NOT_INCLUDED']);
  });

  it('a changed entry: neither the receipt’s hash nor the path fit', async () => {
    const changed = entryBytes(3, { ballot: { ...ballot, choice: 'against' }, auth: await signedBy(ballot) });
    const proof = honest.proofAt(8).replace(toBase64(honest.bytes), toBase64(changed));
    expect((await failureOf({ proof })).failures).toEqual([
      'entry: OTHER_ENTRY',
      'statement: OTHER_BALLOT',
      'signature: SIGNATURE_WRONG',
      'inclusion: NOT_INCLUDED',
    ]);
  });

  it('a history that was made again with another choice: the kept receipt and the signature tell', async () => {
    const other: BallotBody = { ...ballot, choice: 'against' };
    const forged = await createLedger({ ballot: other, auth: await signedBy(ballot) });
    const shown = {
      ...receipt,
      choice: 'against' as const,
      leafHash: toHex(leafHash(sha256, forged.bytes)),
    };
    const change = { receipt: shown, proof: forged.proofAt(8), fetchConsistency: forged.fetchConsistency };
    expect((await failureOf(change)).failures).toEqual([
      'entry: OTHER_THAN_RECEIVED',
      'statement: OTHER_BALLOT',
      'signature: SIGNATURE_WRONG',
      'consistency: INCONSISTENT',
    ]);
  });

  it('entries of others that were changed afterwards: the ledger does not continue what was seen', async () => {
    const rewritten = await createLedger({ others: 'rewritten', auth: await signedBy(ballot) });
    const change = { proof: rewritten.proofAt(8), fetchConsistency: rewritten.fetchConsistency };
    expect((await failureOf(change)).failures).toEqual(['consistency: INCONSISTENT']);
  });

  it('another root for the same number of entries', async () => {
    const rewritten = await createLedger({ others: 'rewritten', auth: await signedBy(ballot) });
    const seen = { vkey: log.vkey, checkpoint: log.checkpoint(8, rewritten.tree.root(8)) };
    expect((await failureOf({ seen })).failures).toEqual(['consistency: INCONSISTENT']);
  });

  it('a signature that was taken out', async () => {
    const stripped = await createLedger({ auth: { method: 'unsigned', personId: 'person-1' } });
    const shown = { ...receipt, leafHash: toHex(leafHash(sha256, stripped.bytes)) };
    const change = { receipt: shown, kept: undefined, proof: stripped.proofAt(8), seen: undefined };
    expect((await failureOf(change)).failures).toEqual(['signature: SIGNATURE_MISSING']);
  });
});
