/**
 * The room over the socket: requests with their acks, notifications, and the state that a client
 * holds. State is a flat map of slices per audience; a delta sets or deletes whole slices, and is
 * applied only when it continues the client's own `{epoch, rev}` (media.md, revision protocol).
 */
import { Type, type Static, type TSchema } from 'typebox';
import { Choice, Count, Fen, Id, Instant, Sha256Hex, line } from './scalars.ts';

const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const closed = { additionalProperties: false } as const;

/** `public` is everyone admitted; `staff` adds names and queues; `host` adds the live tally. */
export const Audience = Type.Union([Type.Literal('public'), Type.Literal('staff'), Type.Literal('host')]);
export type Audience = Static<typeof Audience>;

// ---- slices -------------------------------------------------------------------------------------

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

// ---- what one person sees of their own --------------------------------------------------------------

export const ReceiptView = Type.Object({
  origin: Type.String(),
  /** Number of the entry in the meeting's ledger. */
  seq: Count,
  /** SHA-256 leaf hash of the entry, hexadecimal. */
  leafHash: Sha256Hex,
  /** Time of the entry. */
  ts: Instant,
  resolutionId: Id,
  round: Count,
  unitId: Id,
  choice: Choice,
  channel: Type.String(),
  /** What was recorded, in plain words (Chinese, as it stands in the minutes). */
  sentence: Type.String(),
});
export type ReceiptView = Static<typeof ReceiptView>;

/** A unit that this person may act for, as it counts in one resolution. */
export const UnitRight = Type.Object({
  unitId: Id,
  creditorId: Id,
  creditorName: Type.String(),
  capacityId: Id,
  capacityKind: Type.String(),
  /** Nature of the claims for display, e.g. `ORDINARY`. */
  natures: Type.Array(Type.String()),
  mayVote: Type.Boolean(),
  /** Why not: catalogue key below `noVote.`; null when the unit may vote. */
  reason: nullable(Type.String()),
  heads: Count,
  amountFen: Fen,
  /** The part that counts in the amount test (unsecured part under article 64). */
  countedFen: Fen,
  isTemporary: Type.Boolean(),
  receipt: nullable(ReceiptView),
});
export type UnitRight = Static<typeof UnitRight>;

export const CapacityView = Type.Object({
  capacityId: Id,
  creditorId: Id,
  creditorName: Type.String(),
  kind: Type.String(),
  signedInAt: nullable(Instant),
});
export type CapacityView = Static<typeof CapacityView>;

export const PersonalState = Type.Object({
  personId: Id,
  roles: Type.Array(Type.String()),
  isHost: Type.Boolean(),
  capacities: Type.Array(CapacityView),
  /** Rights per resolution id. Only a resolution that is open or closed has frozen amounts. */
  rights: Type.Record(Type.String(), Type.Array(UnitRight)),
  /** Position in the speakers' queue, from 1; null when no hand is raised. */
  handPosition: nullable(Type.Integer()),
  floor: Type.Union([Type.Literal('none'), Type.Literal('offered'), Type.Literal('speaking')]),
  /** True when the floor is held by this very connection. */
  isSpeakingHere: Type.Boolean(),
  /** Sources that this connection may produce now. */
  maySend: Type.Array(Type.String()),
  peerId: Id,
});
export type PersonalState = Static<typeof PersonalState>;

export const Snapshot = Type.Object({
  audience: Audience,
  epoch: Type.String(),
  rev: Type.Integer(),
  state: Type.Record(Type.String(), Type.Unknown()),
});
export type Snapshot = Static<typeof Snapshot>;

export const Delta = Type.Object({
  audience: Audience,
  epoch: Type.String(),
  /** The revision after this delta; it applies to `rev - 1`. */
  rev: Type.Integer(),
  ops: Type.Array(
    Type.Union([
      Type.Object({ op: Type.Literal('set'), key: Type.String(), value: Type.Unknown() }),
      Type.Object({ op: Type.Literal('delete'), key: Type.String() }),
    ]),
  ),
});
export type Delta = Static<typeof Delta>;

// ---- the ballot -------------------------------------------------------------------------------------

/** What the voter sends; record.md 9. Field for field what stands in the entry. */
export const BallotBody = Type.Object(
  {
    v: Type.Literal('1'),
    origin: line(128),
    resolutionId: Id,
    round: Count,
    rollRoot: line(64),
    unitId: Id,
    choice: Choice,
    version: Type.Literal('0'),
    /** Capacity in which the person acts. */
    actingAs: Id,
    documentsRoot: line(64),
    /** 128 random bits of the device, base64url; the same for every repetition of this request. */
    nonce: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }),
    clientTs: Instant,
  },
  closed,
);
export type BallotBody = Static<typeof BallotBody>;

// ---- requests ---------------------------------------------------------------------------------------

const Done = Type.Object({}, closed);
const reason = line(500);

/**
 * Socket requests. The client emits `(name, payload, ack)`; the ack is `Ack<reply>`. A host's command
 * carries what the host saw (`expected…`) and is refused with STALE_COMMAND when that has changed.
 */
export const roomRequests = {
  'room:join': {
    request: Type.Object({ meetingId: Id }, closed),
    reply: Type.Object({ snapshots: Type.Array(Snapshot), personal: PersonalState, serverTime: Instant }),
  },
  /** Missed deltas of one audience, or a snapshot when they are no longer kept. */
  'room:sync': {
    request: Type.Object(
      { audience: Audience, epoch: Type.String({ maxLength: 40 }), rev: Type.Integer() },
      closed,
    ),
    reply: Type.Object({
      deltas: nullable(Type.Array(Delta)),
      snapshot: nullable(Snapshot),
      serverTime: Instant,
    }),
  },
  'room:leave': { request: Done, reply: Done },
  /** Signs in (签到) for the capacities named; an entry in the ledger for each. */
  'presence:sign-in': {
    request: Type.Object({ capacityIds: Type.Array(Id, { minItems: 1, maxItems: 500 }) }, closed),
    reply: Type.Object({ signedInAt: Instant }),
  },
  'meeting:begin': { request: Type.Object({ expectedPhase: MeetingPhase }, closed), reply: Done },
  'meeting:adjourn': { request: Type.Object({ expectedPhase: MeetingPhase }, closed), reply: Done },
  'meeting:resume': { request: Type.Object({ expectedPhase: MeetingPhase }, closed), reply: Done },
  'meeting:close': { request: Type.Object({ expectedPhase: MeetingPhase }, closed), reply: Done },
  'host:take': { request: Type.Object({ expectedHost: Id, reason }, closed), reply: Done },
  'agenda:move': {
    request: Type.Object({ toItemId: Id, expectedItemId: nullable(Id) }, closed),
    reply: Done,
  },
  'floor:raise': {
    request: Type.Object({ capacityId: Id }, closed),
    reply: Type.Object({ position: Type.Integer() }),
  },
  'floor:lower': { request: Done, reply: Done },
  'floor:offer': { request: Type.Object({ personId: Id }, closed), reply: Done },
  'floor:accept': { request: Done, reply: Done },
  'floor:decline': { request: Done, reply: Done },
  /** By the speaker. */
  'floor:end': { request: Done, reply: Done },
  /** By the host or the judge: the server closes the speaker's producers. Also takes back an offer. */
  'floor:withdraw': { request: Type.Object({ expectedPersonId: Id }, closed), reply: Done },
  'vote:open': {
    request: Type.Object(
      {
        resolutionId: Id,
        closesAt: Instant,
        /** What the host confirmed: number of units and counted amount of the roll. */
        expectedUnits: Type.Integer({ minimum: 0 }),
        expectedUnsecuredFen: Fen,
      },
      closed,
    ),
    reply: Type.Object({ rollRoot: Type.String(), units: Type.Integer() }),
  },
  'vote:extend': {
    request: Type.Object(
      { resolutionId: Id, expectedClosesAt: Instant, closesAt: Instant, reason, courtConsentNo: line(100) },
      closed,
    ),
    reply: Done,
  },
  /** Before the deadline only when all units have voted, or with the court's consent and a reason. */
  'vote:close': {
    request: Type.Object(
      {
        resolutionId: Id,
        reason: Type.Optional(reason),
        courtConsentNo: Type.Optional(line(100)),
      },
      closed,
    ),
    reply: Done,
  },
  /** Decision after an outage at the deadline (record.md 11). */
  'vote:resume': {
    request: Type.Object({ resolutionId: Id, closesAt: Instant, reason, courtConsentNo: line(100) }, closed),
    reply: Done,
  },
  'ballot:cast': { request: Type.Object({ ballot: BallotBody }, closed), reply: ReceiptView },
} as const;

export type RoomRequestName = keyof typeof roomRequests;
export type RoomRequest<N extends RoomRequestName> = Static<(typeof roomRequests)[N]['request']>;
export type RoomReply<N extends RoomRequestName> = Static<(typeof roomRequests)[N]['reply']>;

/** Sent by the server, without ack. */
export interface RoomNotifications {
  'state:delta': Delta;
  /** Whole personal state, to every socket of the person. */
  'state:personal': PersonalState;
  /** The server is going down in order; the client reconnects by itself. */
  'server:stopping': { readonly reconnectAfterMs: number };
  /** Why this socket is about to be closed. */
  'session:ended': { readonly code: 'SESSION_REVOKED' | 'NOT_ON_THE_CASE' };
}
