/**
 * Proofs over a meeting's stored entries (record.md 4 and 10): receipts by number, the newest checkpoint, and that
 * one tree continues another. Trees are kept and caught up, since a ledger only grows.
 */
import { DomainError } from '../../domain/errors.ts';
import { parseEntry } from '../../domain/record/entry.ts';
import { leafHash } from '../../domain/record/merkle.ts';
import { formatTlogProof } from '../../domain/record/notes/tlog-proof.ts';
import { createMerkleTree, type MerkleTree } from '../../domain/record/tree.ts';
import type { Entry } from '../../protocol/entries.ts';
import type { CosignedCheckpoints } from '../attest/cosigned-checkpoints.ts';
import type { CheckpointStore, LedgerStore, StoredCheckpoint } from '../ledger-port.ts';
import { sha256 } from '../record-crypto.ts';

/** Trees of meetings that somebody asked about; 3 MB for 50 000 entries. */
const TREES_MAX = 8;

export interface ProofsDeps {
  readonly ledgers: LedgerStore;
  readonly checkpoints: CheckpointStore;
  readonly cosigned: CosignedCheckpoints;
}

export interface Proofs {
  /** The receipt of an entry under the first checkpoint that covers it. @throws DomainError NOT_FOUND */
  receiptOf(ledgerId: string, seq: number): Promise<string>;
  /**
   * The same under the newest checkpoint that a quorum of witnesses has cosigned; while none covers the entry,
   * under the newest one with the lines that it has. @throws DomainError NOT_FOUND
   */
  newestReceiptOf(
    ledgerId: string,
    seq: number,
  ): Promise<{ readonly proof: string; readonly isWitnessed: boolean }>;
  /** @throws DomainError NOT_FOUND before the first one */
  newestCheckpoint(ledgerId: string): Promise<StoredCheckpoint>;
  /** @throws DomainError NOT_FOUND when the sizes are not among the signed ones */
  consistency(ledgerId: string, from: number, to: number): Promise<Uint8Array[]>;
  /** @throws DomainError NOT_FOUND */
  entryAt(ledgerId: string, seq: number): Promise<Entry>;
}

export function createProofs({ ledgers, checkpoints, cosigned }: ProofsDeps): Proofs {
  const trees = new Map<string, Promise<MerkleTree>>();

  /** The tree with at least `size` leaves. */
  async function treeOf(ledgerId: string, size: number): Promise<MerkleTree> {
    const before = trees.get(ledgerId) ?? Promise.resolve(createMerkleTree(sha256));
    const next = before
      .catch(() => createMerkleTree(sha256))
      .then((tree) => (tree.size >= size ? tree : catchUp(ledgers, ledgerId, tree)));
    trees.delete(ledgerId);
    trees.set(ledgerId, next);
    const [oldest] = trees.keys();
    if (trees.size > TREES_MAX && oldest !== undefined) trees.delete(oldest);
    const tree = await next;
    if (tree.size < size) throw new DomainError('NOT_FOUND');
    return tree;
  }

  async function prove(ledgerId: string, seq: number, checkpoint: StoredCheckpoint | undefined) {
    if (checkpoint === undefined || checkpoint.size <= seq) throw new DomainError('NOT_FOUND');
    const tree = await treeOf(ledgerId, checkpoint.size);
    return formatTlogProof({
      extra: await readBytes(ledgers, ledgerId, seq),
      index: seq,
      proof: tree.inclusionProof(seq, checkpoint.size),
      checkpoint: checkpoint.note,
    });
  }

  return {
    async receiptOf(ledgerId, seq) {
      return prove(ledgerId, seq, await checkpoints.findCovering(ledgerId, seq));
    },
    async newestReceiptOf(ledgerId, seq) {
      const witnessed = await cosigned.newestWitnessed(ledgerId);
      if (witnessed && witnessed.size > seq) {
        return { proof: await prove(ledgerId, seq, witnessed), isWitnessed: true };
      }
      const newest = await checkpoints.findNewest(ledgerId);
      const shown = newest && (await cosigned.withCosignatures(ledgerId, newest));
      return { proof: await prove(ledgerId, seq, shown), isWitnessed: false };
    },
    async newestCheckpoint(ledgerId) {
      const newest = await checkpoints.findNewest(ledgerId);
      if (newest === undefined) throw new DomainError('NOT_FOUND');
      return newest;
    },
    async consistency(ledgerId, from, to) {
      const { size } = await this.newestCheckpoint(ledgerId);
      if (from > to || to > size) throw new DomainError('NOT_FOUND');
      return (await treeOf(ledgerId, to)).consistencyProof(from, to);
    },
    entryAt: async (ledgerId, seq) => parseEntry(await readBytes(ledgers, ledgerId, seq)),
  };
}

async function catchUp(ledgers: LedgerStore, ledgerId: string, tree: MerkleTree): Promise<MerkleTree> {
  for await (const portion of ledgers.read(ledgerId, tree.size)) {
    for (const { seq, bytes } of portion) {
      if (seq !== tree.size) throw new Error(`entry ${tree.size} is missing`);
      tree.append(leafHash(sha256, bytes));
    }
  }
  return tree;
}

async function readBytes(ledgers: LedgerStore, ledgerId: string, seq: number): Promise<Uint8Array> {
  const bytes = await ledgers.readOne(ledgerId, seq);
  if (bytes === undefined) throw new DomainError('NOT_FOUND');
  return bytes;
}
