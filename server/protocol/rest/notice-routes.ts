/** REST table of notices: issuing, their way to each creditor, and what the creditor reads. */
import { Type, type Static } from 'typebox';
import { DeliveryProof } from '../entry-bodies/meeting.ts';
import { CalendarDate, closed, Count, Id, Instant, line, nullable, PageQuery, pageOf } from '../scalars.ts';
import type { RestRoute } from './rest.ts';

export const NoticeKind = Type.Union([Type.Literal('CONVENING'), Type.Literal('RESULT')]);
export type NoticeKind = Static<typeof NoticeKind>;

/** What everybody reads of an issued notice. */
const issuedNotice = {
  noticeId: Id,
  kind: NoticeKind,
  resolutionId: nullable(Id),
  title: Type.String(),
  text: Type.String(),
  issuedAt: Instant,
  /** It tells of a resolution, which the court can be asked to revoke (art. 64(2)); what failed is none. */
  isRevocable: Type.Boolean(),
};

export const NoticeView = Type.Object({
  ...issuedNotice,
  /** Of its ledger entry. */
  seq: Count,
  recipients: Type.Integer(),
  /** Creditors by the state of their delivery. */
  delivered: Type.Integer(),
  sent: Type.Integer(),
  queued: Type.Integer(),
  failed: Type.Integer(),
});
export type NoticeView = Static<typeof NoticeView>;

/** A notice that is due or may be issued. */
export const NoticeOffer = Type.Object({
  kind: NoticeKind,
  resolutionId: nullable(Id),
  /** Of the meeting or the resolution. */
  about: Type.String(),
  /** Number of the correction whose result is told; null of a first count, and of a convening. */
  correction: nullable(Count),
  /**
   * Last day: of a result, three days after the end of the vote or the correction (司法解释三 art. 11(1)); of a
   * convening, art. 63.
   */
  dueOn: nullable(CalendarDate),
});
export type NoticeOffer = Static<typeof NoticeOffer>;

export const NoticesView = Type.Object({
  today: CalendarDate,
  mayIssue: Type.Boolean(),
  /** By channel; false: these messages lie in the outbox and reach nobody. */
  reaches: Type.Object({ sms: Type.Boolean(), mail: Type.Boolean() }),
  notices: Type.Array(NoticeView),
  offers: Type.Array(NoticeOffer),
});
export type NoticesView = Static<typeof NoticesView>;

export const NoticeDraft = Type.Object({
  title: Type.String(),
  text: Type.String(),
  shortText: Type.String(),
  recipients: Type.Integer(),
  withMail: Type.Integer(),
});
export type NoticeDraft = Static<typeof NoticeDraft>;

/** `sent`: a provider took it and no delivery is proved. */
export const DeliveryState = Type.Union([
  Type.Literal('queued'),
  Type.Literal('sent'),
  Type.Literal('failed'),
  Type.Literal('delivered'),
]);
export type DeliveryState = Static<typeof DeliveryState>;

export const DeliveryRow = Type.Object({
  creditorId: Id,
  /** Enterprises in full, individuals masked. */
  name: Type.String(),
  mobileMasked: Type.String(),
  mailMasked: nullable(Type.String()),
  state: DeliveryState,
  /** Newest first, at most 10. */
  attempts: Type.Array(Type.Object({ at: Instant, channel: Type.String(), isSent: Type.Boolean() })),
  nextTryAt: nullable(Instant),
  deliveredOn: nullable(CalendarDate),
  proof: nullable(DeliveryProof),
  /** The creditor's last day to ask for revocation (司法解释三 art. 12); null before delivery, and of what failed. */
  revocationEndsOn: nullable(CalendarDate),
});
export type DeliveryRow = Static<typeof DeliveryRow>;

/** What a creditor reads of its notices. */
export const OwnNotice = Type.Object({
  ...issuedNotice,
  /** Of what did not pass: codes of what follows by law, `followUp.<CODE>` in the catalogues. */
  followUp: Type.Array(Type.String()),
  /** Of the court's ruling on what did not pass (art. 66). */
  reconsideration: nullable(Type.Object({ ruledOn: CalendarDate, endsOn: CalendarDate })),
  /** For each creditor in whose name the person acts. */
  deliveries: Type.Array(
    Type.Object({
      creditorName: Type.String(),
      deliveredOn: nullable(CalendarDate),
      proof: nullable(DeliveryProof),
      revocationEndsOn: nullable(CalendarDate),
    }),
  ),
});
export type OwnNotice = Static<typeof OwnNotice>;

/** Proofs that staff record; reading in the system records itself. */
export const RecordedProof = Type.Union([
  Type.Literal('PAPER'),
  Type.Literal('SMS_REPORT'),
  Type.Literal('MAIL_REPORT'),
  Type.Literal('ANNOUNCEMENT'),
]);
export type RecordedProof = Static<typeof RecordedProof>;

const meetingParams = Type.Object({ meetingId: Id }, closed);
const noticeParams = Type.Object({ meetingId: Id, noticeId: Id }, closed);
const subject = { kind: NoticeKind, resolutionId: Type.Optional(Id) };
const chosen = Type.Array(Id, { minItems: 1, maxItems: 1_000, uniqueItems: true });

export const noticeRoutes = {
  notices: {
    method: 'GET',
    path: '/api/meetings/:meetingId/notices',
    summary: 'Notices of a meeting with how far they are delivered; staff',
    params: meetingParams,
    reply: NoticesView,
  },
  noticeDraft: {
    method: 'GET',
    path: '/api/meetings/:meetingId/notice-draft',
    summary: 'The text of a notice as it would be issued now; administrator',
    params: meetingParams,
    query: Type.Object(subject, closed),
    reply: NoticeDraft,
  },
  issueNotice: {
    method: 'POST',
    path: '/api/meetings/:meetingId/notices',
    summary: 'Issue a notice and send it to every creditor concerned; administrator',
    params: meetingParams,
    body: Type.Object({ ...subject, expectedRecipients: Type.Integer({ minimum: 0 }) }, closed),
    reply: NoticesView,
  },
  deliveries: {
    method: 'GET',
    path: '/api/meetings/:meetingId/notices/:noticeId/deliveries',
    summary: 'The way of a notice to each creditor; staff',
    params: noticeParams,
    query: Type.Object(
      { ...PageQuery, state: Type.Optional(DeliveryState), search: Type.Optional(line(50)) },
      closed,
    ),
    reply: pageOf(DeliveryRow),
  },
  resendNotice: {
    method: 'POST',
    path: '/api/meetings/:meetingId/notices/:noticeId/resend',
    summary: 'Send it again to those named, or to all without a proved delivery; administrator',
    params: noticeParams,
    body: Type.Object({ creditorIds: Type.Optional(chosen) }, closed),
    reply: Type.Object({ queued: Type.Integer() }),
  },
  recordDelivery: {
    method: 'POST',
    path: '/api/meetings/:meetingId/notices/:noticeId/deliveries',
    summary: 'Record a proved delivery to those named, or to all without one; administrator',
    params: noticeParams,
    body: Type.Object(
      {
        creditorIds: Type.Optional(chosen),
        proof: RecordedProof,
        deliveredOn: CalendarDate,
        /** Number of the receipt, place of the announcement and the like. */
        reference: line(200, 2),
      },
      closed,
    ),
    reply: Type.Object({ recorded: Type.Integer() }),
  },
  ownNotices: {
    method: 'GET',
    path: '/api/meetings/:meetingId/own-notices',
    summary: 'Notices to the creditors in whose name the person acts',
    params: meetingParams,
    reply: Type.Object({ rows: Type.Array(OwnNotice) }),
  },
  readNotice: {
    method: 'POST',
    path: '/api/meetings/:meetingId/notices/:noticeId/read',
    summary:
      'The person has opened the notice: it is delivered to the creditors in whose name the person acts',
    params: noticeParams,
    reply: OwnNotice,
  },
} as const satisfies Record<string, RestRoute>;
