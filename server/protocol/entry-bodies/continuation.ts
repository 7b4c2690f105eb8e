/** Going on under a new origin after a rollback, and what came back from the record that was lost (record.md 5). */
import { Type, type Static } from 'typebox';
import { Actor, Origin, Root, Seq } from '../entry-parts.ts';
import { closed, Count, Instant, Sha256Hex } from '../scalars.ts';

/** A signed note with the lines of a few witnesses. */
const CHECKPOINT_MAX_CHARS = 8_192;
/** A ballot's entry in base64, a path of 63 hashes and a signed note. */
export const RECEIPT_MAX_CHARS = 16_384;

/** The record that this one goes on from: what was signed of it, and what was found instead. */
export const Continues = Type.Object(
  {
    origin: Origin,
    /** The last signed checkpoint that is known, C2SP signed note. */
    checkpoint: Type.String({ minLength: 1, maxLength: CHECKPOINT_MAX_CHARS }),
    /** Entries that were found, and the root over them: what is behind them was lost, or was changed before. */
    foundSize: Count,
    foundRoot: Root,
    detectedAt: Instant,
  },
  closed,
);
export type Continues = Static<typeof Continues>;

/**
 * Late evidence for the court: the receipt of a ballot that the found record does not have. It counts in no vote
 * of this record.
 */
export const Evidence = Type.Object(
  {
    kind: Type.Literal('BALLOT_RECEIPT'),
    /** Place of the ballot in the earlier record, and its leaf hash. */
    seq: Seq,
    leafHash: Sha256Hex,
    /** tlog-proof@v1 with the entry's bytes, as the holder kept it. */
    receipt: Type.String({ minLength: 1, maxLength: RECEIPT_MAX_CHARS }),
    actor: Actor,
  },
  closed,
);
