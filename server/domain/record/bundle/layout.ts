/**
 * What an evidence bundle may hold (record.md 12): a closed list of names, each with its limit. A path
 * inside the archive is never a path on a disk: a name is on this list letter for letter, or the bundle is
 * refused.
 */

/** `court` has the private values beside the entries; `public` has none. */
export type BundleVersion = 'public' | 'court';

const KIB = 1024;
const MIB = 1024 * KIB;

/** A bundle is read into memory as it lies on the disk; what it inflates to is not. */
export const BUNDLE_MAX_BYTES = 512 * MIB;
export const BUNDLE_MAX_MEMBERS = 4_096;
/** All files together, inflated. */
export const BUNDLE_MAX_INFLATED_BYTES = 2_048 * MIB;
/** Entries with their salts and hashes shrink to about a third; deflate itself reaches 1 032. */
export const BUNDLE_MAX_RATIO = 100;
/** Below this size the ratio is not looked at: a short file of equal lines is harmless. */
export const RATIO_FREE_BYTES = 256 * KIB;
/** One line of a `.jsonl`: the entry that convenes a meeting with a hundred items of fifty documents. */
export const LINE_MAX_BYTES = 256 * KIB;

/** Files with a fixed name. */
export const MEMBERS = {
  /** Every entry in order: its stored bytes and a line feed. */
  entries: 'entries.jsonl',
  /** Every signed checkpoint, oldest first: `{"note":"…"}`, with the witnesses' lines where there are any. */
  checkpoints: 'checkpoints.jsonl',
  /** RFC 3161 time stamps: `{"size":"…","token":"…"}`, the token in base64. */
  timestamps: 'timestamps.jsonl',
  /** The figures that the minutes print. */
  minutes: 'minutes.json',
  /** For information only: what is trusted comes from outside. */
  policy: 'policy.txt',
  vkeys: 'vkeys.txt',
  /** Court's version: what lies under the commitments. */
  privates: 'private.jsonl',
} as const;

const FIXED_LIMITS: ReadonlyMap<string, number> = new Map([
  [MEMBERS.entries, 1_024 * MIB],
  [MEMBERS.checkpoints, 256 * MIB],
  [MEMBERS.timestamps, 8 * MIB],
  [MEMBERS.minutes, 2 * MIB],
  [MEMBERS.policy, 64 * KIB],
  [MEMBERS.vkeys, 64 * KIB],
  [MEMBERS.privates, 512 * MIB],
]);

const ROLL_CHUNK = /^roll\/[0-9a-f]{64}\.jsonl$/;
const ROLL_CHUNK_MAX_BYTES = MIB;
const DOCUMENT = /^documents\/[0-9a-f]{64}\.pdf$/;
const DOCUMENT_MAX_BYTES = 64 * MIB;

/** A chunk of a frozen roll, named by the SHA-256 of its bytes. */
export const rollChunkName = (sha256Hex: string): string => `roll/${sha256Hex}.jsonl`;
/** A published document, named by its SHA-256. */
export const documentName = (sha256Hex: string): string => `documents/${sha256Hex}.pdf`;

/** The SHA-256 that a document's name states; undefined for other files. */
export function documentHashOf(name: string): string | undefined {
  return DOCUMENT.test(name) ? name.slice('documents/'.length, -'.pdf'.length) : undefined;
}

/** The SHA-256 that a roll chunk's name states; undefined for other files. */
export function rollChunkHashOf(name: string): string | undefined {
  return ROLL_CHUNK.test(name) ? name.slice('roll/'.length, -'.jsonl'.length) : undefined;
}

/** How large a file of this name may be, inflated; undefined for a name that is not on the list. */
export function limitOf(name: string): number | undefined {
  if (ROLL_CHUNK.test(name)) return ROLL_CHUNK_MAX_BYTES;
  if (DOCUMENT.test(name)) return DOCUMENT_MAX_BYTES;
  return FIXED_LIMITS.get(name);
}
