/** What a corrected roll changes against the one before, unit by unit (record.md 7). */
import { Type, type Static } from 'typebox';
import { closed, Count, Sha256Hex } from '../scalars.ts';

export const RollDifference = Type.Object(
  {
    added: Count,
    removed: Count,
    /** Units with another group, amount or status. */
    changed: Count,
    /** SHA-256 of the canonical lines `{after, before}` of all of them, ordered by unit. */
    sha256: Sha256Hex,
  },
  closed,
);
export type RollDifference = Static<typeof RollDifference>;
