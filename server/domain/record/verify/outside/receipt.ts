/**
 * A voter's receipt (tlog-proof@v1): its own proof holds, its checkpoint lies on this history, and the entry
 * that it carries is in this record under its number (record.md 10).
 */
import type { Entry } from '../../../../protocol/entries.ts';
import { toHex } from '../../base64.ts';
import { RecordFormatError } from '../../canonical.ts';
import { parseEntry } from '../../entry.ts';
import { entriesOf } from '../../history/meeting-history.ts';
import { judgeBallots } from '../../history/recount.ts';
import { leafHash } from '../../merkle.ts';
import { parseTlogProof, provesInclusion, type ParsedTlogProof } from '../../notes/tlog-proof.ts';
import { verifyInclusion } from '../../proofs.ts';
import {
  requireRecord,
  requireRolls,
  type StepResult,
  type StepRun,
  type VerifyContext,
} from '../context.ts';
import { earlierOf, isSigned, isSignedEarlier, logsOnly } from '../log-signature.ts';
import { createFindings, type Facts, type Findings } from '../report.ts';
import { liesOn } from './checkpoints.ts';
import { policyOf } from './signatures.ts';

const CHOICES = {
  for: { zh: '同意', en: 'for' },
  against: { zh: '不同意', en: 'against' },
  abstain: { zh: '弃权', en: 'abstained' },
} as const;

export const checkReceipt: StepRun = async (context) => {
  const text = context.trusted.receipt;
  if (text === undefined) return undefined;
  const record = requireRecord(context);
  const findings = createFindings();
  const receipt = findReceipt(text);
  if (!receipt) {
    findings.add('RECEIPT_FORMAT');
    return { findings, facts: {} };
  }
  const { proof, bytes, entry } = receipt;
  const at = entry.seq;
  if (entry.origin === earlierOf(context)?.origin) return checkLost(context, receipt);
  if (entry.origin !== record.origin || proof.signed.checkpoint.origin !== record.origin) {
    findings.add('RECEIPT_ORIGIN', at);
    return { findings, facts: {} };
  }
  if (String(proof.index) !== at || !provesInclusion(context.crypto.sha256, proof, bytes))
    findings.add('RECEIPT_PROOF', at);
  const logs = logsOnly(policyOf(context));
  if (logs && !(await isSigned(context, logs, proof.signed))) findings.add('RECEIPT_SIGNATURE', at);
  if (!liesOn(record, proof.signed)) findings.add('RECEIPT_INCONSISTENT', at);
  checkRecorded(context, receipt, findings);
  return { findings, facts: factsOf(context, entry) };
};

/** A receipt of the record that this one goes on from: it must have been taken as late evidence. */
async function checkLost(context: VerifyContext, { proof, bytes, entry }: Receipt): Promise<StepResult> {
  const findings = createFindings();
  const { sha256 } = context.crypto;
  const at = entry.seq;
  if (String(proof.index) !== at || !provesInclusion(sha256, proof, bytes)) findings.add('RECEIPT_PROOF', at);
  if (!(await isSignedEarlier(context, entry.origin, proof.signed))) findings.add('RECEIPT_SIGNATURE', at);
  const hash = toHex(leafHash(sha256, bytes));
  const evidence = entriesOf(requireRecord(context).history, 'evidence');
  if (!evidence.some(({ body }) => body.leafHash === hash)) findings.add('RECEIPT_NOT_RECORDED', at);
  const counted = {
    counted: '原记录丢失的票，已作为证据补交，未计入',
    countedEn: 'lost, kept as late evidence, not counted',
  };
  return { findings, facts: { ...factsOf(context, entry), ...counted } };
}

interface Receipt {
  readonly proof: ParsedTlogProof;
  readonly bytes: Uint8Array;
  readonly entry: Entry;
}

/** A receipt without its entry proves nothing that a person could read. */
function findReceipt(text: string): Receipt | undefined {
  try {
    const proof = parseTlogProof(text);
    return proof.extra && { proof, bytes: proof.extra, entry: parseEntry(proof.extra) };
  } catch (error) {
    if (error instanceof RecordFormatError) return undefined;
    throw error;
  }
}

function checkRecorded(context: VerifyContext, { bytes, entry }: Receipt, findings: Findings): void {
  const { tree, size } = requireRecord(context);
  const index = Number(entry.seq);
  const { sha256 } = context.crypto;
  const isRecorded =
    index < size &&
    verifyInclusion(sha256, {
      index,
      size,
      leafHash: leafHash(sha256, bytes),
      proof: tree.inclusionProof(index, size),
      root: tree.root(),
    });
  if (!isRecorded) findings.add('RECEIPT_NOT_RECORDED', entry.seq);
}

function factsOf(context: VerifyContext, entry: Entry): Facts {
  if (entry.t !== 'ballot.cast')
    return { seq: entry.seq, unit: '—', choice: entry.t, choiceEn: entry.t, counted: '', countedEn: '' };
  const { ballot } = entry.body;
  const choice = CHOICES[ballot.choice];
  const counts = isCounted(context, entry);
  return {
    seq: entry.seq,
    unit: ballot.unitId,
    choice: choice.zh,
    choiceEn: choice.en,
    counted: counts === undefined ? '表决尚未结束' : counts ? '已计入' : '未计入',
    countedEn: counts === undefined ? 'the vote is not closed' : counts ? 'counted' : 'not counted',
  };
}

/** Whether the ballot counts on the last roll; undefined while the vote is open. */
function isCounted(
  context: VerifyContext,
  { seq, body: { ballot } }: Entry<'ballot.cast'>,
): boolean | undefined {
  const vote = requireRecord(context).history.votes.find(
    ({ resolutionId, round }) => resolutionId === ballot.resolutionId && round === ballot.round,
  );
  const rolls = requireRolls(context);
  const freeze = vote?.roll && rolls.find(vote, vote.roll.body.version);
  const judged = vote && freeze && judgeBallots(vote, rolls.rows(freeze));
  return judged ? judged.valid.get(ballot.unitId)?.seq === seq : undefined;
}
