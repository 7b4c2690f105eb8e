/**
 * Checks a receipt from its own bytes (record.md 10): that the entry is the one named, says what the page says,
 * carries this device's signature, and stands in the record under a checkpoint that the log has signed and that
 * continues what this browser saw before. Nothing of the server's word is taken for it.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { parseBase64, toHex } from '../../server/domain/record/base64.ts';
import { canonicalText, parseCanonical } from '../../server/domain/record/canonical.ts';
import { ballotMessage, isGenuine, type KeyAlgorithm } from '../../server/domain/record/keys.ts';
import { leafHash } from '../../server/domain/record/merkle.ts';
import {
  parseTlogProof,
  provesInclusion,
  type ParsedTlogProof,
} from '../../server/domain/record/notes/tlog-proof.ts';
import { verifyPortably } from '../../server/domain/record/signing/portable-verify.ts';
import type { Ballot, BallotAuth } from '../../server/protocol/entry-bodies/vote.ts';
import type { ReceiptView } from '../../server/protocol/room.ts';
import { checkCheckpoint, type CheckpointAnswer, type CheckpointQuestion } from './check-checkpoint.ts';
import { failed, ok, unchecked, type Finding } from './findings.ts';
import type { KeptReceipt } from './kept-receipts.ts';

export interface ReceiptQuestion extends Omit<CheckpointQuestion, 'origin' | 'note'> {
  /** What the page shows. */
  readonly receipt: ReceiptView;
  /** tlog-proof@v1 with the entry's bytes. */
  readonly proof: string;
  /** What this browser got when it voted; undefined on another one. */
  readonly kept: KeptReceipt | undefined;
  /** The key of this browser; undefined when it has none. */
  readonly ownKey:
    { readonly alg: KeyAlgorithm; readonly keyId: string | null; readonly publicKey: Uint8Array } | undefined;
}

/** The parts of a ballot's entry that are looked at. */
interface BallotEntry {
  readonly t: string;
  readonly origin: string;
  readonly seq: string;
  readonly body: { readonly ballot: Ballot; readonly auth: BallotAuth };
}

export async function checkReceipt(question: ReceiptQuestion): Promise<CheckpointAnswer> {
  const proof = readProof(question.proof);
  const bytes = proof?.extra;
  const entry = bytes && readEntry(bytes);
  if (proof === undefined || bytes === undefined || entry === undefined) {
    return { findings: [failed('entry', 'PROOF_UNREADABLE')], remember: undefined };
  }
  const { receipt } = question;
  const own = [
    judgeEntry(question, { proof, bytes, entry }),
    judgeStatement(question, entry.body.ballot),
    await judgeSignature(question, entry.body),
    provesInclusion(sha256, proof, bytes) ? ok('inclusion') : failed('inclusion', 'NOT_INCLUDED'),
  ];
  const log = await checkCheckpoint({ ...question, origin: receipt.origin, note: proof.checkpoint });
  return { findings: [...own, ...log.findings], remember: log.remember };
}

interface ReadReceipt {
  readonly proof: ParsedTlogProof;
  readonly bytes: Uint8Array;
  readonly entry: BallotEntry;
}

/** The entry is the one that the receipt names, by number and by hash. */
function judgeEntry({ receipt, kept }: ReceiptQuestion, { proof, bytes, entry }: ReadReceipt): Finding {
  const isNamed =
    toHex(leafHash(sha256, bytes)) === receipt.leafHash &&
    String(proof.index) === receipt.seq &&
    entry.seq === receipt.seq &&
    entry.origin === receipt.origin &&
    entry.t === 'ballot.cast';
  if (!isNamed) return failed('entry', 'OTHER_ENTRY');
  if (kept === undefined || kept.receipt.leafHash === receipt.leafHash) return ok('entry');
  const isChange = Number(receipt.version) > Number(kept.receipt.version);
  return isChange ? unchecked('entry', 'CHANGED_ELSEWHERE') : failed('entry', 'OTHER_THAN_RECEIVED');
}

/** It says what the page says, and where this browser sent it, every field as it was sent. */
function judgeStatement({ receipt, kept }: ReceiptQuestion, ballot: Ballot): Finding {
  const isAsShown =
    ballot.resolutionId === receipt.resolutionId &&
    ballot.round === receipt.round &&
    ballot.unitId === receipt.unitId &&
    ballot.choice === receipt.choice;
  const isAsSent =
    kept === undefined ||
    kept.receipt.seq !== receipt.seq ||
    canonicalText(kept.body) === canonicalText(ballot);
  return isAsShown && isAsSent ? ok('statement') : failed('statement', 'OTHER_BALLOT');
}

async function judgeSignature(
  { receipt, ownKey }: ReceiptQuestion,
  { ballot, auth }: BallotEntry['body'],
): Promise<Finding> {
  if (auth.method === 'entered') return unchecked('signature', 'ENTERED_BY_STAFF');
  if (auth.method === 'unsigned') {
    return receipt.isSigned ? failed('signature', 'SIGNATURE_MISSING') : unchecked('signature', 'UNSIGNED');
  }
  if (ownKey?.keyId !== auth.keyId) return unchecked('signature', 'OTHER_DEVICE');
  const signature = parseBase64(auth.signature) ?? new Uint8Array();
  const signed = { alg: ownKey.alg, publicKey: ownKey.publicKey, message: ballotMessage(ballot), signature };
  return (await isGenuine(signed, verifyPortably)) ? ok('signature') : failed('signature', 'SIGNATURE_WRONG');
}

function readProof(text: string): ParsedTlogProof | undefined {
  try {
    return parseTlogProof(text);
  } catch {
    return undefined;
  }
}

/**
 * Read strictly as canonical bytes; the schemas stay on the server, for each field that matters is compared
 * with what it must be.
 */
function readEntry(bytes: Uint8Array): BallotEntry | undefined {
  try {
    const entry = parseCanonical(bytes) as unknown as Partial<BallotEntry>;
    return entry.body?.ballot && entry.body.auth ? (entry as BallotEntry) : undefined;
  } catch {
    return undefined;
  }
}
