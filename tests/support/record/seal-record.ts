/** Seals a told record as a server does: entries in order, tree, signed checkpoints, the bundle's files. */
import { createHash } from 'node:crypto';
import { toHex } from '../../../server/domain/record/base64.ts';
import { checkpointLine, lineOf, privateLine } from '../../../server/domain/record/bundle/contents.ts';
import { MEMBERS, rollChunkName } from '../../../server/domain/record/bundle/layout.ts';
import { createMemberPacker, writeArchive } from '../../../server/domain/record/bundle/write-archive.ts';
import { canonicalBytes } from '../../../server/domain/record/canonical.ts';
import { encodeEntry } from '../../../server/domain/record/entry.ts';
import { addToHistory, emptyHistory } from '../../../server/domain/record/history/meeting-history.ts';
import { minutesFigures } from '../../../server/domain/record/history/minutes-figures.ts';
import { leafHash } from '../../../server/domain/record/merkle.ts';
import { formatTlogProof } from '../../../server/domain/record/notes/tlog-proof.ts';
import { createMerkleTree, type MerkleTree } from '../../../server/domain/record/tree.ts';
import { sha256 } from '../../../server/services/record-crypto.ts';
import { signCheckpoint, type NoteSigner } from './note-signer.ts';
import type { RecordStory } from './record-story.ts';

export interface SealOptions {
  readonly log: NoteSigner;
  readonly witnesses?: readonly NoteSigner[];
  /** Sizes at which the log signed; the whole record is always one. */
  readonly checkpointSizes?: readonly number[];
  readonly isCourt?: boolean;
}

export interface SealedRecord {
  readonly origin: string;
  /** Entries as stored. */
  readonly entries: Uint8Array[];
  readonly tree: MerkleTree;
  /** Signed checkpoints, oldest first. */
  readonly notes: string[];
  /** The bundle's files; a test may change them. */
  readonly files: Map<string, Uint8Array>;
}

export function sealRecord(story: RecordStory, options: SealOptions): SealedRecord {
  const { log, witnesses = [], checkpointSizes = [], isCourt = false } = options;
  const { origin } = story;
  const tree = createMerkleTree(sha256);
  const history = emptyHistory();
  const entries: Uint8Array[] = [];
  let epoch = 1;
  for (const { make, ts } of story.drafts) {
    const added = typeof make === 'function' ? make({ history, rows: story.rows }) : make;
    if (added.t === 'writer.epoch') epoch = Number(added.body.term);
    const salt = createHash('sha256')
      .update(`salt ${entries.length}`)
      .digest()
      .subarray(0, 16)
      .toString('base64');
    const envelope = { origin, epoch, seq: entries.length, tsMs: Date.parse(ts), salt };
    const { entry, bytes } = encodeEntry(added, envelope);
    const leaf = leafHash(sha256, bytes);
    entries.push(bytes);
    tree.append(leaf);
    addToHistory(history, entry, toHex(leaf));
  }
  const sizes = [...new Set([...checkpointSizes, entries.length])].sort((a, b) => a - b);
  const notes = sizes.map((size) => signCheckpoint({ origin, size, root: tree.root(size) }, log, witnesses));
  const files = new Map<string, Uint8Array>([
    [MEMBERS.entries, Buffer.concat(entries.map(lineOf))],
    [MEMBERS.checkpoints, Buffer.concat(notes.map(checkpointLine))],
    [MEMBERS.minutes, canonicalBytes(minutesFigures(history))],
    [MEMBERS.vkeys, Buffer.from(`${log.vkey}\n`)],
  ]);
  for (const [hash, chunk] of story.chunks) files.set(rollChunkName(hash), chunk);
  if (isCourt) files.set(MEMBERS.privates, Buffer.concat(story.privates.map(privateLine)));
  return { origin, entries, tree, notes, files };
}

/** The bundle of some files. */
export function bundleOf(files: ReadonlyMap<string, Uint8Array>): Buffer {
  const members = [...files].map(([name, content]) => {
    const packer = createMemberPacker(name);
    packer.add(content);
    return packer.finish();
  });
  return Buffer.concat([...writeArchive(members)]);
}

/** The receipt of one entry, under the checkpoint of some size. */
export function receiptOf(
  sealed: SealedRecord,
  seq: number,
  options: { log: NoteSigner; size?: number },
): string {
  const { origin, tree, entries } = sealed;
  const size = options.size ?? tree.size;
  const extra = entries[seq];
  if (!extra) throw new Error('no such entry');
  const checkpoint = signCheckpoint({ origin, size, root: tree.root(size) }, options.log);
  return formatTlogProof({ extra, index: seq, proof: tree.inclusionProof(seq, size), checkpoint });
}
