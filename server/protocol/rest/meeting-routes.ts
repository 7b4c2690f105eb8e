/** REST table of meetings: preparation, the creditor's view, roster, minutes, and the reviewer's record. */
import { Type, type Static } from 'typebox';
import { RecordState } from '../record-state.ts';
import type { RestRoute } from './rest.ts';
import { CapacityView, UnitRight } from '../room.ts';
import {
  AgendaItemView,
  AttendanceSlice,
  DocumentView,
  ElectionSlice,
  MeetingPhase,
  ResolutionSlice,
} from '../room-slices.ts';
import {
  CalendarDate,
  Count,
  Fen,
  Id,
  Instant,
  PageQuery,
  line,
  closed,
  nullable,
  pageOf,
} from '../scalars.ts';
import { CramDownConditionId, CramDownWord, RulingKind } from '../entry-bodies/vote.ts';
import { Group } from '../entry-parts.ts';
import { ResolutionParticulars } from '../vote/particulars.ts';
import { RollCorrectionPreview, RollPreview } from '../vote/roll-views.ts';
import { RulingView } from '../vote/slices.ts';

/** State as the link page and lists name it: 未开始 / 签到中 / 进行中 / 休会 / 表决中 / 债权核查中 / 已结束. */
export const MeetingState = Type.Union([
  Type.Literal('draft'),
  Type.Literal('not-started'),
  Type.Literal('signing-in'),
  Type.Literal('in-progress'),
  Type.Literal('voting'),
  /** 债权核查中: open for objections, and nothing is put to the vote. */
  Type.Literal('verifying'),
  Type.Literal('adjourned'),
  Type.Literal('voting-after'),
  Type.Literal('verifying-after'),
  Type.Literal('closed'),
  /** 已停止: its record was rolled back and is not written any more. */
  Type.Literal('halted'),
]);
export type MeetingState = Static<typeof MeetingState>;

/** What anyone with the link may read. */
export const PublicMeetingView = Type.Object({
  meetingId: Id,
  linkCode: Type.String(),
  title: Type.String(),
  caseNumber: Type.String(),
  debtor: Type.String(),
  court: Type.String(),
  startsAt: Instant,
  state: MeetingState,
  votingClosesAt: nullable(Instant),
  helpPhone: Type.String(),
  isDemonstration: Type.Boolean(),
});
export type PublicMeetingView = Static<typeof PublicMeetingView>;

export const MeetingListRow = Type.Object({
  ...PublicMeetingView.properties,
  caseId: Id,
  /** Catalogue key of the role in which the person sees it. */
  myRole: Type.String(),
});
export type MeetingListRow = Static<typeof MeetingListRow>;

/** The meeting as an entitled person sees it. */
export const MeetingView = Type.Object({
  ...MeetingListRow.properties,
  status: Type.Union([Type.Literal('draft'), Type.Literal('published')]),
  phase: MeetingPhase,
  hostPersonId: Id,
  agenda: Type.Array(AgendaItemView),
  currentItemId: nullable(Id),
  resolutions: Type.Array(ResolutionSlice),
  elections: Type.Array(ElectionSlice),
  capacities: Type.Array(CapacityView),
  /** Own units and rights per resolution id; empty for staff. */
  rights: Type.Record(Type.String(), Type.Array(UnitRight)),
  attendance: AttendanceSlice,
  signInOpensAt: Instant,
});
export type MeetingView = Static<typeof MeetingView>;

export const ResolutionInput = Type.Object(
  {
    resolutionId: Type.Optional(Id),
    type: line(8),
    title: line(100, 2),
    text: line(20_000, 2),
    documentIds: Type.Array(Id, { maxItems: 20 }),
    particulars: Type.Optional(ResolutionParticulars),
  },
  closed,
);

export const AgendaInput = Type.Object(
  {
    itemId: Type.Optional(Id),
    title: line(100, 2),
    kind: AgendaItemView.properties.kind,
    documentIds: Type.Array(Id, { maxItems: 20 }),
    resolution: Type.Union([ResolutionInput, Type.Null()]),
  },
  closed,
);

/** Line of the preparation checklist: done, or blocks publishing. */
export const ChecklistLine = Type.Object({
  /** Catalogue key below `checklist.`. */
  code: Type.String(),
  state: Type.Union([Type.Literal('done'), Type.Literal('warning'), Type.Literal('blocks')]),
  params: Type.Record(Type.String(), Type.String()),
});
export type ChecklistLine = Static<typeof ChecklistLine>;

export const MeetingPreparation = Type.Object({
  meeting: MeetingView,
  checklist: Type.Array(ChecklistLine),
});
export type MeetingPreparation = Static<typeof MeetingPreparation>;

export const RosterRow = Type.Object({
  unitId: Id,
  creditorId: Id,
  /** Group in which the unit votes; `ALL` in the roster and where the vote is not by classes. */
  group: Type.String(),
  /** Shown to those entitled; individuals masked. */
  name: Type.String(),
  natures: Type.Array(Type.String()),
  amountFen: Fen,
  countedFen: Fen,
  signedInAt: nullable(Instant),
  signInChannel: nullable(Type.String()),
  isOnline: Type.Boolean(),
  mobileMasked: Type.String(),
  /** Of the list of those without a ballot: only a 无效票 was entered for the unit. */
  isInvalid: Type.Optional(Type.Boolean()),
});
export type RosterRow = Static<typeof RosterRow>;

/** One condition of art. 87(2) as the applicant answers it, with reasons and figures. */
const CramDownAnswerInput = Type.Object(
  { condition: CramDownConditionId, answer: CramDownWord, statement: Type.Optional(line(1_000, 2)) },
  closed,
);

/** What the court decided, or what was applied for. The program records it and decides nothing. */
export const RulingInput = Type.Object(
  {
    resolutionId: Type.Optional(Id),
    round: Type.Optional(Count),
    kind: RulingKind,
    group: Type.Optional(Group),
    decidedOn: CalendarDate,
    /** Number of the decision or application, e.g. （2026）浙01破12号之三. */
    reference: line(100, 2),
    /** What was decided, in words. */
    text: Type.Optional(line(2_000)),
    /** Document of the case that holds it. */
    documentId: Type.Optional(Id),
    /** With CRAM_DOWN_APPLICATION: the conditions of art. 87(2) as the applicant answers them. */
    checklist: Type.Optional(Type.Array(CramDownAnswerInput, { maxItems: 6 })),
  },
  closed,
);
export type RulingInput = Static<typeof RulingInput>;

/** One step of a record's timeline. Personal data masked. */
export const TimelineEntry = Type.Object({
  seq: Count,
  ts: Instant,
  t: Type.String(),
  /** Words: catalogue key below `timeline.`, with params. */
  code: Type.String(),
  params: Type.Record(Type.String(), Type.String()),
  leafHash: Type.String(),
});
export type TimelineEntry = Static<typeof TimelineEntry>;

/** A check of the law beside the record: 符合 / 与规定不一致 / 未到期 / 无法核验. */
export const LawCheck = Type.Object({
  code: Type.String(),
  article: Type.String(),
  state: Type.Union([
    Type.Literal('conforms'),
    Type.Literal('deviates'),
    Type.Literal('not-due'),
    Type.Literal('cannot-verify'),
  ]),
  params: Type.Record(Type.String(), Type.String()),
});
export type LawCheck = Static<typeof LawCheck>;

export const RecordView = Type.Object({
  meeting: MeetingListRow,
  entries: Type.Integer(),
  timeline: Type.Array(TimelineEntry),
  checks: Type.Array(LawCheck),
  resolutions: Type.Array(ResolutionSlice),
  elections: Type.Array(ElectionSlice),
  rulings: Type.Array(RulingView),
  attendance: AttendanceSlice,
  documents: Type.Array(DocumentView),
  state: RecordState,
});
export type RecordView = Static<typeof RecordView>;

const meetingParams = Type.Object({ meetingId: Id }, closed);
const resolutionParams = Type.Object({ meetingId: Id, resolutionId: Id }, closed);

export const meetingRoutes = {
  publicMeeting: {
    method: 'GET',
    path: '/api/m/:linkCode',
    summary: 'What the link of a meeting shows to anyone',
    params: Type.Object({ linkCode: Type.String({ pattern: '^[A-Za-z0-9]{4,16}$' }) }, closed),
    reply: PublicMeetingView,
    isPublic: true,
  },
  myMeetings: {
    method: 'GET',
    path: '/api/meetings',
    summary: 'Meetings that the person may enter; for a reviewer those of the own province',
    query: Type.Object({ ...PageQuery, caseId: Type.Optional(Id) }, closed),
    reply: pageOf(MeetingListRow),
  },
  createMeeting: {
    method: 'POST',
    path: '/api/cases/:caseId/meetings',
    summary: 'Create a meeting from the first-meeting agenda template',
    params: Type.Object({ caseId: Id }, closed),
    body: Type.Object({ title: line(100, 2), startsAt: Instant }, closed),
    reply: MeetingPreparation,
  },
  prepareMeeting: {
    method: 'GET',
    path: '/api/meetings/:meetingId/preparation',
    summary: 'Draft with its checklist',
    params: meetingParams,
    reply: MeetingPreparation,
  },
  updateMeeting: {
    method: 'PUT',
    path: '/api/meetings/:meetingId',
    summary: 'Change title, time, agenda and resolutions of a draft',
    params: meetingParams,
    body: Type.Object(
      {
        title: line(100, 2),
        startsAt: Instant,
        agenda: Type.Array(AgendaInput, { minItems: 1, maxItems: 60 }),
      },
      closed,
    ),
    reply: MeetingPreparation,
  },
  publishMeeting: {
    method: 'POST',
    path: '/api/meetings/:meetingId/publish',
    summary: 'Fix the texts, open the ledger and show the meeting to the creditors',
    params: meetingParams,
    reply: MeetingPreparation,
  },
  getMeeting: {
    method: 'GET',
    path: '/api/meetings/:meetingId',
    summary: 'The meeting with agenda, documents, resolutions and own rights',
    params: meetingParams,
    reply: MeetingView,
  },
  roster: {
    method: 'GET',
    path: '/api/meetings/:meetingId/roster',
    summary: 'Units due and signed in; staff only',
    params: meetingParams,
    query: Type.Object(
      {
        ...PageQuery,
        state: Type.Optional(
          Type.Union([Type.Literal('all'), Type.Literal('signed-in'), Type.Literal('absent')]),
        ),
        search: Type.Optional(line(50)),
      },
      closed,
    ),
    reply: pageOf(RosterRow),
  },
  rollPreview: {
    method: 'GET',
    path: '/api/meetings/:meetingId/resolutions/:resolutionId/roll-preview',
    summary: 'The roll as it would be frozen now for the next round; host only',
    params: resolutionParams,
    reply: RollPreview,
  },
  notVoted: {
    method: 'GET',
    path: '/api/meetings/:meetingId/resolutions/:resolutionId/not-voted',
    summary: 'Units on the roll without a ballot, largest counted amount first; host only',
    params: resolutionParams,
    query: Type.Object({ ...PageQuery, group: Type.Optional(Group) }, closed),
    reply: pageOf(RosterRow),
  },
  notVotedTelephone: {
    method: 'POST',
    path: '/api/meetings/:meetingId/resolutions/:resolutionId/not-voted/:unitId/telephone',
    summary: 'The whole number of one that has not voted, to remind it; host only, kept in the audit trail',
    params: Type.Object({ ...resolutionParams.properties, unitId: Id }, closed),
    reply: Type.Object({ mobile: Type.String() }),
  },
  rollCorrection: {
    method: 'GET',
    path: '/api/meetings/:meetingId/resolutions/:resolutionId/roll-correction',
    summary: 'What a correction of the frozen roll would change; host only',
    params: resolutionParams,
    reply: RollCorrectionPreview,
  },
  recordRuling: {
    method: 'POST',
    path: '/api/meetings/:meetingId/rulings',
    summary: 'Record a decision of the court, or an application to it; lead, judge and clerk',
    params: meetingParams,
    body: RulingInput,
    reply: RulingView,
  },
  minutes: {
    method: 'GET',
    path: '/api/meetings/:meetingId/minutes.:format',
    summary: 'Minutes generated from the ledger, as docx or pdf',
    params: Type.Object(
      { meetingId: Id, format: Type.Union([Type.Literal('docx'), Type.Literal('pdf')]) },
      closed,
    ),
  },
  recordState: {
    method: 'GET',
    path: '/api/meetings/:meetingId/record-state',
    summary: 'How far the record is signed, witnessed and stamped; staff and reviewer',
    params: meetingParams,
    reply: RecordState,
  },
  record: {
    method: 'GET',
    path: '/api/meetings/:meetingId/record',
    summary: 'The record read-only, personal data masked',
    params: meetingParams,
    reply: RecordView,
  },
} as const satisfies Record<string, RestRoute>;
