/** Fetches what a check of the record needs, checks it, and remembers what was seen. Loaded when it is asked for. */
import type { ReceiptView } from '../../server/protocol/room.ts';
import { checkCheckpoint, type CheckpointAnswer } from './check-checkpoint.ts';
import { checkReceipt } from './check-receipt.ts';
import { findOwnPublicKey, type KeyOwner } from './device-key.ts';
import type { Finding } from './findings.ts';
import { findKeptReceipt } from './kept-receipts.ts';
import { collectConsistency, fetchCheckpoint, fetchProof, fetchVkey } from './record-api.ts';
import { findSeenRecord, rememberRecord } from './seen-record.ts';

/** What a check says, and all that it was made from: the file that is handed to the court. */
export interface Checked {
  readonly findings: readonly Finding[];
  readonly evidence: Readonly<Record<string, unknown>>;
}

export interface OwnReceipt {
  readonly meetingId: string;
  readonly owner: KeyOwner;
  readonly receipt: ReceiptView;
}

/** Throws AppError when the server could not be asked. */
export async function checkOwnReceipt(own: OwnReceipt): Promise<Checked> {
  const { meetingId, owner, receipt } = own;
  const [proof, vkey, ownKey] = await Promise.all([
    fetchProof(meetingId, receipt.seq),
    fetchVkey(meetingId),
    findOwnPublicKey(owner),
  ]);
  const kept = findKeptReceipt(receipt);
  const seen = findSeenRecord(meetingId);
  const asked = collectConsistency(meetingId);
  const answer = await checkReceipt({
    receipt,
    proof,
    vkey,
    kept,
    ownKey,
    seen,
    fetchConsistency: asked.fetch,
  });
  return settle(meetingId, answer, { receipt, proof, vkey, kept, seen, consistency: asked.answers });
}

/** The newest checkpoint against what was seen. Throws AppError when the server could not be asked. */
export async function checkNewest(meetingId: string, origin: string): Promise<Checked> {
  const [checkpoint, vkey] = await Promise.all([fetchCheckpoint(meetingId), fetchVkey(meetingId)]);
  const seen = findSeenRecord(meetingId);
  const asked = collectConsistency(meetingId);
  const answer = await checkCheckpoint({
    origin,
    note: checkpoint,
    vkey,
    seen,
    fetchConsistency: asked.fetch,
  });
  return settle(meetingId, answer, { origin, checkpoint, vkey, seen, consistency: asked.answers });
}

function settle(meetingId: string, answer: CheckpointAnswer, from: Record<string, unknown>): Checked {
  const { findings, remember } = answer;
  if (remember !== undefined) rememberRecord(meetingId, remember);
  return { findings, evidence: { checkedAt: new Date().toISOString(), findings, ...from } };
}
