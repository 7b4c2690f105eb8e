/** The state of a meeting's record as people see it: how far it is signed, witnessed and stamped. */
import { Type, type Static } from 'typebox';
import { Instant, nullable } from './scalars.ts';

const Size = Type.Integer({ minimum: 0 });

export const WitnessStanding = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('cosigned'),
  Type.Literal('unreachable'),
  /** It does not know this system's key. */
  Type.Literal('unknown-log'),
  /** It has seen this record with other contents. */
  Type.Literal('conflict'),
  /** It has seen more of this record than there is. */
  Type.Literal('ahead'),
  /** Its answers do not hold. */
  Type.Literal('invalid'),
]);
export type WitnessStanding = Static<typeof WitnessStanding>;

/** How far, and when by the witnesses' own clocks. */
export const Witnessed = Type.Object({ size: Size, at: Instant });
export type Witnessed = Static<typeof Witnessed>;

export const WitnessView = Type.Object({
  /** As the policy names it. */
  name: Type.String(),
  standing: WitnessStanding,
  /** Largest checkpoint that it has cosigned; null before the first. */
  last: nullable(Witnessed),
});
export type WitnessView = Static<typeof WitnessView>;

export const StampReason = Type.Union([Type.Literal('freeze'), Type.Literal('close'), Type.Literal('seal')]);
export type StampReason = Static<typeof StampReason>;

export const TimeStampView = Type.Object({
  /** Entry that it was asked for. */
  seq: Size,
  reason: StampReason,
  /** The checkpoint that was stamped: number of entries and root, base64. */
  size: Size,
  root: Type.String(),
  /** What the authority states; null while it is still wanted. */
  stamped: nullable(Type.Object({ time: Instant, authority: Type.String(), policy: Type.String() })),
  wantedSince: Instant,
  attempts: Type.Integer(),
});
export type TimeStampView = Static<typeof TimeStampView>;

export const RecordState = Type.Object({
  /** The newest signed checkpoint; null before entry 0 is signed. `at` is the time of its last entry. */
  checkpoint: nullable(Type.Object({ size: Size, root: Type.String(), at: Instant })),
  isSignerUp: Type.Boolean(),
  /** Whether witnesses are named for this system (WITNESS_POLICY). */
  hasPolicy: Type.Boolean(),
  /** What the policy's quorum has cosigned; null is NOT WITNESSED, with and without a policy. */
  witnessed: nullable(Witnessed),
  witnesses: Type.Array(WitnessView),
  hasTimeStampAuthority: Type.Boolean(),
  timeStamps: Type.Array(TimeStampView),
});
export type RecordState = Static<typeof RecordState>;
