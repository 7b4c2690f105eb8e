/** A roll before it is frozen, and a correction of one, as the host's desk shows them. Amounts in fen. */
import { Type, type Static } from 'typebox';
import { Count, Fen, Id, nullable } from '../scalars.ts';
import { GroupNotFormed } from '../tally.ts';
import { RollDifference } from './roll-difference.ts';
import { RollGroupView, SettingView } from './slices.ts';

export const RollRowFigures = Type.Object({
  group: Type.String(),
  amountFen: Fen,
  unsecuredFen: Fen,
  /** `confirmed`, `temporary` or `excluded`. */
  status: Type.String(),
});

export const RollPreview = Type.Object({
  /** Round that it would be frozen for. */
  round: Count,
  units: Type.Integer(),
  heads: Type.Integer(),
  amountFen: Fen,
  unsecuredFen: Fen,
  temporaryFen: Fen,
  temporaryUnits: Type.Integer(),
  groups: Type.Array(RollGroupView),
  /** Groups of art. 82 that do not vote in it, and why. */
  groupsNotFormed: Type.Array(GroupNotFormed),
  settings: Type.Array(SettingView),
  /** Creditors without a vote, by reason (`noVote.` keys). */
  excluded: Type.Array(Type.Object({ reason: Type.String(), creditors: Type.Integer() })),
});
export type RollPreview = Static<typeof RollPreview>;

/** What a correction of the roll would change, on the claims table now in force. */
export const RollCorrectionPreview = Type.Object({
  round: Count,
  /** Version in force, which the correction would replace. */
  version: Count,
  /** Of the version in force. */
  totals: Type.Object({ units: Type.Integer(), amountFen: Fen, unsecuredFen: Fen }),
  preview: RollPreview,
  difference: RollDifference,
  /** The first 200 units that differ; null where the unit is not on that version. */
  rows: Type.Array(
    Type.Object({
      unitId: Id,
      name: Type.String(),
      before: nullable(RollRowFigures),
      after: nullable(RollRowFigures),
    }),
  ),
});
export type RollCorrectionPreview = Static<typeof RollCorrectionPreview>;
