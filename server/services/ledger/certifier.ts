/**
 * Brings what is durable under a signed checkpoint (record.md 4), and compares the ledger with what was signed
 * before (record.md 5). The signer and the database are asked; neither is believed over the other: what one of
 * them knows to be signed and the ledger does not continue, stops the ledger.
 */
import { equalBytes } from '../../domain/record/base64.ts';
import { createNoteKey } from '../../domain/record/notes/vkey.ts';
import type { MerkleTree } from '../../domain/record/tree.ts';
import type { CheckpointStore, LedgerHalt, StoredCheckpoint } from '../ledger-port.ts';
import type { Clock } from '../clock.ts';
import type { SignedHead, Signer } from '../ports/signer-port.ts';
import { sha256 } from '../record-crypto.ts';
import { readOwnCheckpoint } from './own-checkpoint.ts';
import { rolledBack } from './writer-options.ts';

const STORE_TIMEOUT_MS = 10_000;

export interface CertifierOptions {
  readonly ledgerId: string;
  readonly origin: string;
  readonly signer: Signer;
  readonly checkpoints: CheckpointStore;
  readonly clock: Pick<Clock, 'now'>;
}

/** The signer has signed something that this writer does not have: it looks again from the ledger's beginning. */
export class SupersededError extends Error {
  override readonly name = 'SupersededError';
}

export interface Certifier {
  /** Throws DomainError ROLLBACK, and remembers it, when the tree does not continue what was signed. */
  checkHistory(tree: MerkleTree): Promise<void>;
  /** Signs the whole tree and stores the checkpoint. Rejects while signer or database are away: try again. */
  certify(tree: MerkleTree): Promise<StoredCheckpoint>;
  /** Throws DomainError ROLLBACK, and remembers it, for a checkpoint of ours that the tree does not have. */
  compare(note: string, tree: MerkleTree): Promise<void>;
}

export function createCertifier(options: CertifierOptions): Certifier {
  const { ledgerId, origin, signer, checkpoints } = options;
  const key = createNoteKey(sha256, { name: origin, type: 'log', publicKey: signer.publicKey });
  const halt = (found: Omit<LedgerHalt, 'detectedAt'>) => haltLedger(options, found);
  /** What the signer signed last, as far as is known here. */
  let head: SignedHead | undefined;

  return {
    async checkHistory(tree) {
      const known = await checkpoints.findHalt(ledgerId);
      if (known !== undefined) throw rolledBack(known);
      const foundSize = tree.size;
      head = await signer.headOf(origin);
      if (head !== undefined && !isPartOf(tree, head)) {
        const newest = await checkpoints.findNewest(ledgerId);
        throw await halt({ by: 'signer', note: newest?.note ?? null, signedSize: head.size, foundSize });
      }
      const newest = await checkpoints.findNewest(ledgerId);
      if (newest === undefined) return;
      const signed = await readOwnCheckpoint(newest.note, key);
      if (signed !== undefined && isPartOf(tree, signed.checkpoint)) return;
      throw await halt({ by: 'checkpoint', note: newest.note, signedSize: newest.size, foundSize });
    },

    async certify(tree) {
      const request = { origin, size: tree.size, root: tree.root() };
      head ??= await signer.headOf(origin);
      const verdict = await signer.sign({ ...request, ...proofFrom(tree, head) });
      if (!verdict.ok) {
        head = verdict.head;
        if (verdict.code !== 'STALE' || head.size > tree.size) throw new SupersededError(verdict.code);
        throw new Error('the signer had signed more than was known here');
      }
      head = request;
      const checkpoint = { size: request.size, note: verdict.note };
      await checkpoints.put(ledgerId, checkpoint, STORE_TIMEOUT_MS);
      return checkpoint;
    },

    async compare(note, tree) {
      const signed = await readOwnCheckpoint(note, key);
      if (signed === undefined || isPartOf(tree, signed.checkpoint)) return;
      const { size } = signed.checkpoint;
      throw await halt({ by: 'client', note, signedSize: size, foundSize: tree.size });
    },
  };
}

function proofFrom(tree: MerkleTree, head: SignedHead | undefined) {
  const oldSize = head?.size ?? 0;
  if (oldSize > tree.size) throw new SupersededError('ROLLBACK');
  return { oldSize, proof: tree.consistencyProof(oldSize, tree.size) };
}

function isPartOf(tree: MerkleTree, { size, root }: SignedHead): boolean {
  return size <= tree.size && equalBytes(tree.root(size), root);
}

async function haltLedger(
  { ledgerId, checkpoints, clock }: CertifierOptions,
  found: Omit<LedgerHalt, 'detectedAt'>,
): Promise<Error> {
  const halt = { ...found, detectedAt: new Date(clock.now()).toISOString() };
  await checkpoints.putHalt(ledgerId, halt);
  return rolledBack(halt);
}
