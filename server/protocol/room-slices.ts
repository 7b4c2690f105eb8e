/**
 * The slices of a meeting's state as clients hold them (media.md, revision protocol): a flat map per
 * audience, of which a delta sets or deletes whole slices.
 */
import { Type, type Static } from 'typebox';
import type { RecordState } from './record-state.ts';
import { Count, Fen, Id, Instant, nullable } from './scalars.ts';
import { DocumentView } from './vote/document-view.ts';
import type { ElectionSlice, LiveTallySlice, ResolutionSlice } from './vote/slices.ts';

export { DocumentView } from './vote/document-view.ts';
export {
  ElectionSlice,
  LiveTallySlice,
  ResolutionSlice,
  ResolutionStatus,
  TestView,
  VerdictView,
} from './vote/slices.ts';

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
  /** When the meeting was closed; null until then. */
  endedAt: nullable(Instant),
  isDemonstration: Type.Boolean(),
  /** Origin of the rolled-back record that the meeting goes on from. */
  continues: nullable(Type.String()),
});
export type MeetingSlice = Static<typeof MeetingSlice>;

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
  /** 临时议题: added during the meeting. */
  isAdHoc: Type.Boolean(),
  /** The meeting has come to it; what was passed over was not dealt with. */
  isVisited: Type.Boolean(),
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

/** Staff: hands in order. */
export const QueueSlice = Type.Object({
  hands: Type.Array(
    Type.Object({ personId: Id, label: Type.String(), raisedAt: Instant, isOnline: Type.Boolean() }),
  ),
});
export type QueueSlice = Static<typeof QueueSlice>;

/** Staff: last incidents of the record, newest first, as catalogue codes. */
export const IncidentsSlice = Type.Object({
  items: Type.Array(Type.Object({ at: Instant, code: Type.String() })),
});
export type IncidentsSlice = Static<typeof IncidentsSlice>;

/**
 * Staff: wall clock and monotonic clock came apart while a vote was open. Deadlines do not act by themselves
 * until the host has confirmed the clock.
 */
export const ClockSlice = Type.Object({ isSuspect: Type.Boolean() });
export type ClockSlice = Static<typeof ClockSlice>;

/** 核查债权: how many objections there are; `lastSeq` tells pages that read the table to read it again. */
export const VerificationSlice = Type.Object({
  resolutionId: Id,
  filed: Type.Integer(),
  /** Neither answered nor withdrawn. */
  open: Type.Integer(),
  lastSeq: nullable(Count),
});
export type VerificationSlice = Static<typeof VerificationSlice>;

/** Slice key → value. Keys with an id: `resolution:<id>`, `tally:<resolutionId>`, `election:<electionId>`. */
export interface RoomState {
  readonly meeting?: MeetingSlice;
  readonly agenda?: AgendaSlice;
  readonly host?: HostSlice;
  readonly attendance?: AttendanceSlice;
  readonly floor?: FloorSlice;
  readonly stage?: StageSlice;
  readonly queue?: QueueSlice;
  readonly incidents?: IncidentsSlice;
  /** Staff: how far the record is signed, witnessed and stamped. */
  readonly record?: RecordState;
  readonly clock?: ClockSlice;
  readonly verification?: VerificationSlice;
  readonly [key: `resolution:${string}`]: ResolutionSlice;
  readonly [key: `tally:${string}`]: LiveTallySlice;
  readonly [key: `election:${string}`]: ElectionSlice;
}
