/**
 * The slices of a meeting's state as clients hold them (media.md, revision protocol): a flat map per
 * audience, of which a delta sets or deletes whole slices.
 */
import { Type, type Static } from 'typebox';
import { Count, Fen, Id, Instant, Sha256Hex, nullable } from './scalars.ts';

export const MeetingPhase = Type.Union([
  Type.Literal('published'),
  Type.Literal('in-progress'),
  Type.Literal('adjourned'),
  Type.Literal('closed'),
]);
export type MeetingPhase = Static<typeof MeetingPhase>;

export const MeetingSlice = Type.Object({
  meetingId: Id,
  origin: Type.String(),
  title: Type.String(),
  caseNumber: Type.String(),
  debtor: Type.String(),
  court: Type.String(),
  helpPhone: Type.String(),
  startsAt: Instant,
  phase: MeetingPhase,
  isDemonstration: Type.Boolean(),
});
export type MeetingSlice = Static<typeof MeetingSlice>;

export const DocumentView = Type.Object({
  documentId: Id,
  title: Type.String(),
  sha256: Sha256Hex,
  sizeBytes: Type.Integer(),
  pages: nullable(Type.Integer()),
});
export type DocumentView = Static<typeof DocumentView>;

export const AgendaItemView = Type.Object({
  itemId: Id,
  title: Type.String(),
  kind: Type.Union([
    Type.Literal('report'),
    Type.Literal('verification'),
    Type.Literal('questions'),
    Type.Literal('vote'),
    Type.Literal('formal'),
  ]),
  documents: Type.Array(DocumentView),
  resolutionId: nullable(Id),
});
export type AgendaItemView = Static<typeof AgendaItemView>;

export const AgendaSlice = Type.Object({
  items: Type.Array(AgendaItemView),
  currentItemId: nullable(Id),
});
export type AgendaSlice = Static<typeof AgendaSlice>;

/** `label` is what others may read: role and masked name, e.g. 管理人 张×× or 王××（江南某某公司）. */
export const HostSlice = Type.Object({ personId: Id, label: Type.String(), since: Instant });
export type HostSlice = Static<typeof HostSlice>;

export const AttendanceSlice = Type.Object({
  dueUnits: Type.Integer(),
  signedInUnits: Type.Integer(),
  /** Voting amount of those signed in, fen. */
  signedInFen: Fen,
  dueFen: Fen,
  /** Persons with an open socket in the room. */
  online: Type.Integer(),
});
export type AttendanceSlice = Static<typeof AttendanceSlice>;

export const FloorSlice = Type.Object({
  state: Type.Union([Type.Literal('free'), Type.Literal('offered'), Type.Literal('speaking')]),
  personId: nullable(Id),
  label: nullable(Type.String()),
  since: nullable(Instant),
  queueLength: Type.Integer(),
});
export type FloorSlice = Static<typeof FloorSlice>;

/** Who may be seen and heard: the caption for a peer's picture. */
export const StageSlice = Type.Object({
  peers: Type.Array(Type.Object({ peerId: Id, personId: Id, label: Type.String() })),
});
export type StageSlice = Static<typeof StageSlice>;

/** One test of a verdict, as figures. `numerator/denominator` against `requiredNum/requiredDen`. */
export const TestView = Type.Object({
  passed: Type.Boolean(),
  /** `>` more than half; `>=` at least. */
  comparison: Type.Union([Type.Literal('>'), Type.Literal('>=')]),
  requiredNum: Count,
  requiredDen: Count,
  numerator: Type.String(),
  denominator: Type.String(),
  /** Truncated to two decimals, e.g. `49.99`. */
  percent: Type.String(),
  /** What is missing: heads or fen; `0` when passed. */
  shortfall: Type.String(),
});
export type TestView = Static<typeof TestView>;

export const ChoiceFigures = Type.Object({ heads: Count, fen: Fen });

export const VerdictView = Type.Object({
  passed: Type.Boolean(),
  /** Article that the rule encodes, e.g. `64`. */
  article: Type.String(),
  ruleId: Type.String(),
  /** What follows by law: catalogue key below `followUp.`, e.g. `COURT_RULING`. */
  followUp: Type.Array(Type.String()),
  heads: TestView,
  amount: TestView,
  presentHeads: Count,
  for: ChoiceFigures,
  against: ChoiceFigures,
  abstain: ChoiceFigures,
  silent: ChoiceFigures,
  attendanceBasis: Type.String(),
  /** The verdict when temporarily determined amounts are left out; null when there are none. */
  passedWithoutTemporary: nullable(Type.Boolean()),
  warnings: Type.Array(Type.String()),
  announcedAt: Instant,
  /** Number of the ledger entry. */
  seq: Count,
});
export type VerdictView = Static<typeof VerdictView>;

export const ResolutionStatus = Type.Union([
  Type.Literal('published'),
  Type.Literal('open'),
  Type.Literal('interrupted'),
  Type.Literal('closed'),
]);
export type ResolutionStatus = Static<typeof ResolutionStatus>;

export const ResolutionSlice = Type.Object({
  resolutionId: Id,
  itemId: Id,
  type: Type.String(),
  title: Type.String(),
  text: Type.String(),
  documents: Type.Array(DocumentView),
  /** RFC 6962 root over the documents' hashes, base64; signed into each ballot. */
  documentsRoot: Type.String(),
  ruleId: Type.String(),
  article: Type.String(),
  status: ResolutionStatus,
  round: Count,
  /** Root of the frozen roll, base64; null before opening. */
  rollRoot: nullable(Type.String()),
  rollUnits: nullable(Type.Integer()),
  openedAt: nullable(Instant),
  closesAt: nullable(Instant),
  closedAt: nullable(Instant),
  /** Reasons in catalogue keys why the vote closed: `DEADLINE`, `ALL_VOTED`, `COURT_CONSENT`. */
  closedBy: nullable(Type.String()),
  extensions: Type.Array(Type.Object({ from: Instant, to: Instant, at: Instant })),
  verdict: nullable(VerdictView),
});
export type ResolutionSlice = Static<typeof ResolutionSlice>;

/** Staff: hands in order. */
export const QueueSlice = Type.Object({
  hands: Type.Array(
    Type.Object({ personId: Id, label: Type.String(), raisedAt: Instant, isOnline: Type.Boolean() }),
  ),
});
export type QueueSlice = Static<typeof QueueSlice>;

/** Host only, merged at most every 500 ms while a vote is open. */
export const LiveTallySlice = Type.Object({
  resolutionId: Id,
  castHeads: Type.Integer(),
  castFen: Fen,
  notCastHeads: Type.Integer(),
  notCastFen: Fen,
  for: ChoiceFigures,
  against: ChoiceFigures,
  abstain: ChoiceFigures,
  heads: TestView,
  amount: TestView,
});
export type LiveTallySlice = Static<typeof LiveTallySlice>;

/** Staff: last incidents of the record, newest first, as catalogue codes. */
export const IncidentsSlice = Type.Object({
  items: Type.Array(Type.Object({ at: Instant, code: Type.String() })),
});
export type IncidentsSlice = Static<typeof IncidentsSlice>;

/** Slice key → value. Keys with an id: `resolution:<id>`, `tally:<resolutionId>`. */
export interface RoomState {
  readonly meeting?: MeetingSlice;
  readonly agenda?: AgendaSlice;
  readonly host?: HostSlice;
  readonly attendance?: AttendanceSlice;
  readonly floor?: FloorSlice;
  readonly stage?: StageSlice;
  readonly queue?: QueueSlice;
  readonly incidents?: IncidentsSlice;
  readonly [key: `resolution:${string}`]: ResolutionSlice;
  readonly [key: `tally:${string}`]: LiveTallySlice;
}
