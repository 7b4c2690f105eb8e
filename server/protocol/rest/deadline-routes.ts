/** REST table of a case's time limits: what they count from, when they end, what has become of them. */
import { Type, type Static } from 'typebox';
import { CalendarDate, closed, Count, Id, line, nullable } from '../scalars.ts';
import type { RestRoute } from './rest.ts';

/** Words: `staff.deadlines.kind.<KIND>` in the catalogues. */
export const DeadlineKind = Type.Union([
  /** First meeting within 15 days after the claims period, art. 62(1). */
  Type.Literal('FIRST_MEETING'),
  /** Draft of a reorganisation plan within six months, three more by the court's leave, art. 79. */
  Type.Literal('PLAN_DRAFT'),
  /** Meeting on the draft within 30 days after the court received it, art. 84(1). */
  Type.Literal('PLAN_MEETING'),
  /** Notice 15 days before the meeting, art. 63. */
  Type.Literal('CONVENING_NOTICE'),
  /** Result told within three days, 司法解释三 art. 11(1). */
  Type.Literal('RESULT_NOTICE'),
  /** Revocation within 15 days from each creditor's receipt of the notice, art. 64(2), 司法解释三 art. 12. */
  Type.Literal('REVOCATION'),
  /** Suit on a claim within 15 days after verification, 司法解释三 art. 8. */
  Type.Literal('CLAIM_SUIT'),
  /** Reconsideration within 15 days of a ruling, art. 66. */
  Type.Literal('RECONSIDERATION'),
  /** Written report ten days before major property is disposed of, 司法解释三 art. 15. */
  Type.Literal('DISPOSAL_REPORT'),
  /** Approval of a passed plan applied for within ten days, art. 86(2). */
  Type.Literal('PLAN_APPLICATION'),
]);
export type DeadlineKind = Static<typeof DeadlineKind>;

export const Deadline = Type.Object({
  kind: DeadlineKind,
  act: Type.Union([Type.Literal('EBL'), Type.Literal('INTERPRETATION_3')]),
  article: Type.String(),
  meeting: nullable(Type.Object({ meetingId: Id, title: Type.String() })),
  /** One vote on it; a revision other than "0" is a corrected count, whose result is told anew. */
  resolution: nullable(
    Type.Object({ resolutionId: Id, title: Type.String(), round: Count, revision: Count }),
  ),
  /** What it is about where no meeting tells: the property that is disposed of. */
  about: nullable(Type.String()),
  /** The day that it counts from, itself not counted. */
  countsFrom: nullable(CalendarDate),
  dueOn: nullable(CalendarDate),
  /** Moved to the next working day (民法典 art. 203). */
  isMoved: Type.Boolean(),
  /** The year's holidays are not in the calendar file: only weekends were looked at. */
  isCalendarUnknown: Type.Boolean(),
  metOn: nullable(CalendarDate),
  /** Of the notice that a creditor's own time counts from. */
  delivery: nullable(Type.Object({ recipients: Type.Integer(), delivered: Type.Integer() })),
  /** `EXPIRED`: a right has ended. `OVERDUE`: a duty has been missed. */
  state: Type.Union([
    Type.Literal('NOT_STARTED'),
    Type.Literal('DUE'),
    Type.Literal('MET'),
    Type.Literal('MET_LATE'),
    Type.Literal('OVERDUE'),
    Type.Literal('EXPIRED'),
  ]),
});
export type Deadline = Static<typeof Deadline>;

/** A disposal of major property (art. 69), to be reported to the committee or the court before (司法解释三 art. 15). */
const Disposal = Type.Object(
  { what: line(100, 2), plannedOn: CalendarDate, reportedOn: nullable(CalendarDate) },
  closed,
);
export type Disposal = Static<typeof Disposal>;

/** Dates of the procedure that no meeting tells. */
export const CaseDates = Type.Object(
  {
    claimsPeriodEndsOn: nullable(CalendarDate),
    planReceivedOn: nullable(CalendarDate),
    isPlanPeriodExtended: Type.Boolean(),
    disposals: Type.Array(Disposal, { maxItems: 50 }),
  },
  closed,
);
export type CaseDates = Static<typeof CaseDates>;

export const DeadlinesView = Type.Object({
  today: CalendarDate,
  dates: CaseDates,
  mayChange: Type.Boolean(),
  deadlines: Type.Array(Deadline),
});
export type DeadlinesView = Static<typeof DeadlinesView>;

const caseParams = Type.Object({ caseId: Id }, closed);

export const deadlineRoutes = {
  deadlines: {
    method: 'GET',
    path: '/api/cases/:caseId/deadlines',
    summary: 'Time limits of the law on this case; the team and reviewers',
    params: caseParams,
    reply: DeadlinesView,
  },
  changeCaseDates: {
    method: 'PUT',
    path: '/api/cases/:caseId/dates',
    summary: 'Dates of the procedure that time limits count from; the administrator, with what they rest on',
    params: caseParams,
    body: Type.Object({ dates: CaseDates, reason: line(500, 2) }, closed),
    reply: DeadlinesView,
  },
} as const satisfies Record<string, RestRoute>;
