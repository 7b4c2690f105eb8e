/**
 * Whether the database still has what this writer knows to be durable. A copy of yesterday that is put back under
 * a running server lacks the entries of today, while the lease in it may still be ours: what is appended then
 * would stand behind a hole. So the last entry is looked for before every batch (record.md 5).
 */
import { equalBytes } from '../../domain/record/base64.ts';
import { leafHash } from '../../domain/record/merkle.ts';
import type { MerkleTree } from '../../domain/record/tree.ts';
import type { LedgerStore } from '../ledger-port.ts';
import { sha256 } from '../record-crypto.ts';
import { SupersededError } from './certifier.ts';

/** @throws SupersededError when the last entry of the tree is gone or is another; opening anew tells why */
export async function requireLastEntry(
  ledger: Pick<LedgerStore, 'readOne'>,
  meetingId: string,
  { tree, timeoutMs }: { readonly tree: Pick<MerkleTree, 'size' | 'leaf'>; readonly timeoutMs: number },
): Promise<void> {
  if (tree.size === 0) return;
  const seq = tree.size - 1;
  const expected = tree.leaf(seq);
  const found = await ledger.readOne(meetingId, seq, timeoutMs);
  if (found !== undefined && equalBytes(leafHash(sha256, found), expected)) return;
  throw new SupersededError('ROLLBACK');
}
