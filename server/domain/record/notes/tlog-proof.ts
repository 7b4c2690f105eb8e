/**
 * C2SP tlog-proof@v1: what a voter keeps. Index, sibling hashes and the signed checkpoint; `extra` is the
 * entry's bytes, so that the leaf can be made again by whoever reads it.
 */
import { parseBase64, toBase64 } from '../base64.ts';
import { RecordFormatError } from '../canonical.ts';
import { leafHash, type Sha256 } from '../merkle.ts';
import { verifyInclusion } from '../proofs.ts';
import { parseCheckpointNote, parseDecimal, type CheckpointNote } from './checkpoint.ts';

export interface TlogProof {
  /** Bytes of the entry; not authenticated by themselves, only by being the leaf. */
  readonly extra?: Uint8Array;
  readonly index: number;
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint as it is, with its signatures. */
  readonly checkpoint: string;
}

export interface ParsedTlogProof extends TlogProof {
  readonly signed: CheckpointNote;
}

const HEADER = 'c2sp.org/tlog-proof@v1';
const HASH_BYTES = 32;
/** A tree of 2^53 leaves has paths of 53. */
const MAX_PROOF_LINES = 63;
const MAX_PROOF_CHARS = 1_500_000;

export function formatTlogProof({ extra, index, proof, checkpoint }: TlogProof): string {
  const lines = [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${toBase64(extra)}`]),
    `index ${index}`,
    ...proof.map(toBase64),
  ];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Reads a proof strictly. Throws RecordFormatError; nothing of it is checked against a key or a root yet. */
export function parseTlogProof(text: string): ParsedTlogProof {
  if (text.length > MAX_PROOF_CHARS) throw malformed('length');
  const split = text.indexOf('\n\n');
  const lines = text.slice(0, Math.max(split, 0)).split('\n');
  if (lines.shift() !== HEADER) throw malformed('header');
  const extra = lines[0]?.startsWith('extra ')
    ? parseBase64(lines.shift()?.slice('extra '.length) ?? '')
    : null;
  if (extra === undefined) throw malformed('extra');
  const indexLine = lines.shift() ?? '';
  const index = indexLine.startsWith('index ') ? parseDecimal(indexLine.slice('index '.length)) : undefined;
  if (index === undefined) throw malformed('index');
  if (lines.length > MAX_PROOF_LINES) throw malformed('proof');
  const checkpoint = text.slice(split + 2);
  const parsed = { index, proof: lines.map(parseHash), checkpoint, signed: parseCheckpointNote(checkpoint) };
  return extra === null ? parsed : { ...parsed, extra };
}

/** Whether the data is the leaf that the proof says, under the checkpoint's root. The signatures are apart. */
export function provesInclusion(
  sha256: Sha256,
  { index, proof, signed }: ParsedTlogProof,
  data: Uint8Array,
): boolean {
  const { size, root } = signed.checkpoint;
  return verifyInclusion(sha256, { index, size, leafHash: leafHash(sha256, data), proof, root });
}

function parseHash(line: string): Uint8Array {
  const hash = parseBase64(line);
  if (hash?.length !== HASH_BYTES) throw malformed('proof');
  return hash;
}

function malformed(at: string): RecordFormatError {
  return new RecordFormatError('PROOF_FORMAT', at);
}
