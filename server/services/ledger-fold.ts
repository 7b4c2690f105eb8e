/**
 * Folds a stored ledger from entry 0. Every entry is parsed strictly and its place is checked: the numbers
 * have no gap, the time never runs back, and the bytes say the number and origin that they lie under.
 */
import { toHex } from '../domain/record/base64.ts';
import { parseEntry } from '../domain/record/entry.ts';
import { leafHash } from '../domain/record/merkle.ts';
import { createMerkleTree, type MerkleTree } from '../domain/record/tree.ts';
import { uniqueKeyOf, type Entry } from '../protocol/entries.ts';
import type { EntryPortions, LedgerFold, StoredEntry } from './ledger-port.ts';
import { sha256 } from './record-crypto.ts';
import { createPacer } from './run-slices.ts';

/** What a writer must know of the ledger to go on with it. */
export interface FoldedLedger<S> {
  /** Two equal states that share nothing mutable: what is durable, and what decisions are made against. */
  readonly durable: S;
  readonly ahead: S;
  readonly size: number;
  readonly epoch: number;
  /** Time of the last entry, milliseconds; 0 for an empty ledger. */
  readonly lastTsMs: number;
  readonly keys: Set<string>;
  /** Over all entries. */
  readonly tree: MerkleTree;
}

/** The stored ledger is not one that this program wrote. Nothing is appended to it. */
export class LedgerDamagedError extends Error {
  override readonly name = 'LedgerDamagedError';
}

export async function foldLedger<S>(
  portions: EntryPortions,
  fold: LedgerFold<S>,
  origin: string,
): Promise<FoldedLedger<S>> {
  const durable = fold.initial();
  const ahead = fold.initial();
  const keys = new Set<string>();
  const tree = createMerkleTree(sha256);
  const pause = createPacer();
  let size = 0;
  let epoch = 0;
  let lastTsMs = 0;
  for await (const portion of portions) {
    for (const stored of portion) {
      const entry = readPlaced(stored, size, origin);
      const tsMs = Date.parse(entry.ts);
      if (tsMs < lastTsMs) throw new LedgerDamagedError(`the time runs back at entry ${size}`);
      const leaf = leafHash(sha256, stored.bytes);
      const hash = toHex(leaf);
      tree.append(leaf);
      fold.apply(durable, entry, hash);
      fold.apply(ahead, entry, hash);
      if (stored.key !== undefined) keys.add(stored.key);
      [size, epoch, lastTsMs] = [size + 1, Number(entry.epoch), tsMs];
      await pause();
    }
  }
  return { durable, ahead, size, epoch, lastTsMs, keys, tree };
}

function readPlaced(stored: StoredEntry, expectedSeq: number, origin: string): Entry {
  if (stored.seq !== expectedSeq) throw new LedgerDamagedError(`entry ${expectedSeq} is missing`);
  const entry = parseEntry(stored.bytes);
  if (entry.seq !== String(expectedSeq) || entry.origin !== origin) {
    throw new LedgerDamagedError(`entry ${expectedSeq} belongs elsewhere`);
  }
  if (uniqueKeyOf(entry) !== stored.key) {
    throw new LedgerDamagedError(`entry ${expectedSeq} lies under another key`);
  }
  return entry;
}
