/**
 * What the first entry says of the record that a meeting goes on from (record.md 5): the last checkpoint that is
 * known to be signed for it, and what was found instead.
 */
import { DomainError } from '../../../domain/errors.ts';
import type { Meeting } from '../../../domain/master-data.ts';
import { toBase64 } from '../../../domain/record/base64.ts';
import { leafHash } from '../../../domain/record/merkle.ts';
import { createNoteKey, type NoteKey } from '../../../domain/record/notes/vkey.ts';
import { createMerkleTree } from '../../../domain/record/tree.ts';
import type { Continues } from '../../../protocol/entry-bodies/continuation.ts';
import type { CheckpointStore, LedgerStore } from '../../ledger-port.ts';
import type { Signer } from '../../ports/signer-port.ts';
import { readOwnCheckpoint } from '../../ledger/own-checkpoint.ts';
import { sha256 } from '../../record-crypto.ts';
import { createPacer } from '../../run-slices.ts';

export interface EarlierRecordDeps {
  readonly ledgers: LedgerStore;
  readonly checkpoints: CheckpointStore;
  readonly signer: Signer;
  readonly findMeeting: (meetingId: string) => Promise<Pick<Meeting, 'meetingId' | 'origin'> | undefined>;
}

/** @returns a reader that @throws DomainError UNAVAILABLE while the signer is away, MEETING_STATE without a halt */
export function createEarlierRecord(deps: EarlierRecordDeps) {
  const { ledgers, checkpoints, signer } = deps;

  /** The signer remembers size and root and signs the very same head again, so that the note can be named. */
  async function signAgain(origin: string): Promise<string | null> {
    try {
      const head = await signer.headOf(origin);
      const verdict = head && (await signer.sign({ origin, ...head, oldSize: head.size, proof: [] }));
      return verdict?.ok ? verdict.note : null;
    } catch (error) {
      throw new DomainError('UNAVAILABLE', { cause: error });
    }
  }

  return async ({ continues }: Pick<Meeting, 'continues'>): Promise<Continues | undefined> => {
    if (typeof continues !== 'string') return undefined;
    const earlier = await deps.findMeeting(continues);
    const halt = await checkpoints.findHalt(continues);
    if (!earlier || !halt) throw new DomainError('MEETING_STATE');
    const { meetingId, origin } = earlier;
    const key = createNoteKey(sha256, { name: origin, type: 'log', publicKey: signer.publicKey });
    const checkpoint = await longest([halt.note, await signAgain(origin)], key);
    if (checkpoint === undefined) throw new DomainError('MEETING_STATE', { detail: 'no signed checkpoint' });
    const { size, root } = await foundTree(ledgers, meetingId);
    return {
      origin,
      checkpoint,
      foundSize: String(size),
      foundRoot: toBase64(root),
      detectedAt: halt.detectedAt,
    };
  };
}

/** The one with the most entries among those that the key has signed. */
async function longest(notes: readonly (string | null)[], key: NoteKey): Promise<string | undefined> {
  let best: { readonly note: string; readonly size: number } | undefined;
  for (const note of notes) {
    const signed = note === null ? undefined : await readOwnCheckpoint(note, key);
    if (note === null || !signed) continue;
    const { size } = signed.checkpoint;
    if (best === undefined || size > best.size) best = { note, size };
  }
  return best?.note;
}

async function foundTree(ledgers: LedgerStore, meetingId: string) {
  const pause = createPacer();
  const tree = createMerkleTree(sha256);
  for await (const portion of ledgers.read(meetingId, 0)) {
    for (const { seq, bytes } of portion) {
      // Behind a hole nothing has a place of its own.
      if (seq !== tree.size) return { size: tree.size, root: tree.root() };
      tree.append(leafHash(sha256, bytes));
      await pause();
    }
  }
  return { size: tree.size, root: tree.root() };
}
