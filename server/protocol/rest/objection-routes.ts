/** REST table of 核查债权: the claims table as parties read it, objections to its rows, and the answers. */
import { Type, type Static } from 'typebox';
import { CLAIM_NO_PATTERN, ObjectionDecision, ObjectionPoint } from '../entry-bodies/meeting.ts';
import {
  CalendarDate,
  closed,
  Count,
  Fen,
  Id,
  Instant,
  line,
  nullable,
  PageQuery,
  pageOf,
  Sha256Hex,
} from '../scalars.ts';
import { ScanView, SCAN_MAX_BYTES } from './entered-ballot-routes.ts';
import type { RestRoute } from './rest.ts';

const ClaimNo = Type.String({ pattern: CLAIM_NO_PATTERN });
/** Characters of an objection and of its answer. */
export const OBJECTION_TEXT_MAX = 2_000;
/** Characters of the reason for which an objection is taken back. */
export const WITHDRAWAL_REASON_MAX = 500;

/** A row of the claims table as a party reads it: individuals masked, except one's own. */
export const ClaimRowView = Type.Object({
  claimNo: Type.String(),
  creditorName: Type.String(),
  isOwn: Type.Boolean(),
  nature: Type.String(),
  /** Review status (审查状态). */
  status: Type.String(),
  filedFen: Fen,
  confirmedFen: nullable(Fen),
  temporaryFen: nullable(Fen),
  securedPriorityFen: nullable(Fen),
  /** The administrator's reason (备注); own rows only. */
  note: nullable(Type.String()),
  /** Objections to this row that were not withdrawn; for the parties a number without names. */
  objections: Type.Integer(),
});
export type ClaimRowView = Static<typeof ClaimRowView>;

export const ObjectionView = Type.Object({
  objectionId: Id,
  /** Number of the entry in the record. */
  seq: Count,
  filedAt: Instant,
  claimNo: Type.String(),
  /** Whose claim it is. */
  claimName: Type.String(),
  /** Who objects; enterprises in full, individuals masked. */
  objectorName: Type.String(),
  mobileMasked: Type.String(),
  /** 债务人's, entered by the administrator (art. 58(3)). */
  isOfDebtor: Type.Boolean(),
  point: ObjectionPoint,
  amountFen: nullable(Fen),
  text: Type.String(),
  attachment: nullable(ScanView),
  answer: nullable(
    Type.Object({ seq: Count, at: Instant, decision: ObjectionDecision, text: Type.String() }),
  ),
  withdrawnAt: nullable(Instant),
  /** Why it was taken back, as the objector said. */
  withdrawnReason: nullable(Type.String()),
});
export type ObjectionView = Static<typeof ObjectionView>;

/** State of the verification in a meeting. */
export const VerificationView = Type.Object({
  resolutionId: nullable(Id),
  state: Type.Union([
    /** The meeting has no verification (R01). */
    Type.Literal('none'),
    Type.Literal('not-open'),
    Type.Literal('open'),
    Type.Literal('interrupted'),
    Type.Literal('ended'),
  ]),
  endsAt: nullable(Instant),
  /** By when the administrator answers. */
  answerDueAt: nullable(Instant),
  /** Last day to sue, fifteen days after the end; a last day on a holiday moves on (民法典 art. 203). */
  suitUntil: nullable(CalendarDate),
  filed: Type.Integer(),
  /** Neither answered nor withdrawn. */
  open: Type.Integer(),
  /** Rows with an objection that was not withdrawn. */
  claimsObjectedTo: Type.Integer(),
  /** Creditors that have said they have none. */
  withoutObjection: Type.Integer(),
});
export type VerificationView = Static<typeof VerificationView>;

/** For the creditor: own rows, own objections, and what the page is marked with. */
export const OwnVerificationView = Type.Object({
  verification: VerificationView,
  own: Type.Array(ClaimRowView),
  objections: Type.Array(ObjectionView),
  /** In whose name one may object. */
  capacities: Type.Array(
    Type.Object({
      capacityId: Id,
      creditorId: Id,
      creditorName: Type.String(),
      /** Objections of this creditor that were not withdrawn. */
      standing: Type.Integer(),
      /** Said to have no objection: number and time of the entry. */
      none: nullable(Type.Object({ seq: Count, at: Instant })),
    }),
  ),
  /** Name, end of the telephone number and time, drawn over the page. */
  watermark: Type.String(),
});
export type OwnVerificationView = Static<typeof OwnVerificationView>;

const meetingParams = Type.Object({ meetingId: Id }, closed);
const objectionParams = Type.Object({ meetingId: Id, objectionId: Id }, closed);
const page = { ...PageQuery, search: Type.Optional(line(50)) };

const content = {
  /** Made by the page; the same for every repetition. */
  objectionId: Id,
  resolutionId: Id,
  claimNo: ClaimNo,
  point: ObjectionPoint,
  amountFen: Type.Optional(Fen),
  text: line(OBJECTION_TEXT_MAX, 2),
  attachmentSha256: Type.Optional(Sha256Hex),
};

export const objectionRoutes = {
  ownVerification: {
    method: 'GET',
    path: '/api/meetings/:meetingId/verification/own',
    summary: 'Own rows of the claims table and own objections',
    params: meetingParams,
    reply: OwnVerificationView,
  },
  claimRows: {
    method: 'GET',
    path: '/api/meetings/:meetingId/verification/claims',
    summary: 'Rows of the claims table by search; individuals masked',
    params: meetingParams,
    query: Type.Object(page, closed),
    reply: pageOf(ClaimRowView),
  },
  uploadObjectionFile: {
    method: 'POST',
    path: '/api/meetings/:meetingId/objection-files',
    summary: 'Keep a photograph or PDF that goes with an objection',
    params: meetingParams,
    uploadMaxBytes: SCAN_MAX_BYTES,
    reply: ScanView,
  },
  fileObjection: {
    method: 'POST',
    path: '/api/meetings/:meetingId/objections',
    summary: 'Object to a row of the claims table; the same id again answers with what was recorded',
    params: meetingParams,
    body: Type.Object({ ...content, capacityId: Id }, closed),
    reply: ObjectionView,
  },
  fileDebtorsObjection: {
    method: 'POST',
    path: '/api/meetings/:meetingId/objections/debtor',
    summary: 'Enter an objection of the debtor; administrators only',
    params: meetingParams,
    body: Type.Object(content, closed),
    reply: ObjectionView,
  },
  haveNoObjection: {
    method: 'POST',
    path: '/api/meetings/:meetingId/verification/none',
    summary: 'Say for one creditor that it has no objection to the claims table; once',
    params: meetingParams,
    body: Type.Object({ objectionId: Id, resolutionId: Id, capacityId: Id }, closed),
    reply: OwnVerificationView,
  },
  withdrawObjection: {
    method: 'POST',
    path: '/api/meetings/:meetingId/objections/:objectionId/withdraw',
    summary: 'Take an own objection back',
    params: objectionParams,
    body: Type.Object({ reason: line(WITHDRAWAL_REASON_MAX, 2) }, closed),
    reply: ObjectionView,
  },
  withdrawDebtorsObjection: {
    method: 'POST',
    path: '/api/meetings/:meetingId/objections/debtor/:objectionId/withdraw',
    summary: 'Take an objection of the debtor back while it is unanswered; the lead administrator only',
    params: objectionParams,
    body: Type.Object({ reason: line(WITHDRAWAL_REASON_MAX, 2) }, closed),
    reply: ObjectionView,
  },
  objectionFile: {
    method: 'GET',
    path: '/api/meetings/:meetingId/objections/:objectionId/file',
    summary: 'What was attached to an objection; the objector and staff',
    params: objectionParams,
  },
  objections: {
    method: 'GET',
    path: '/api/meetings/:meetingId/objections',
    summary: 'Queue of objections, unanswered ones first; staff only',
    params: meetingParams,
    query: Type.Object(
      {
        ...PageQuery,
        state: Type.Optional(
          Type.Union([Type.Literal('open'), Type.Literal('answered'), Type.Literal('withdrawn')]),
        ),
      },
      closed,
    ),
    reply: Type.Object({
      verification: VerificationView,
      /** Rows of the claims table. */
      claims: Type.Integer(),
      list: pageOf(ObjectionView),
    }),
  },
  answerObjection: {
    method: 'POST',
    path: '/api/meetings/:meetingId/objections/:objectionId/answer',
    summary: 'Answer an objection; the objector is told',
    params: objectionParams,
    body: Type.Object({ decision: ObjectionDecision, text: line(OBJECTION_TEXT_MAX, 2) }, closed),
    reply: ObjectionView,
  },
  objectionsExport: {
    method: 'GET',
    path: '/api/meetings/:meetingId/objections.csv',
    summary: 'Every row of the claims table with or without objection, for the court; staff only',
    params: meetingParams,
  },
} as const satisfies Record<string, RestRoute>;
