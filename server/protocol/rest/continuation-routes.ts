/** REST table of meetings whose record was rolled back: what happened, the way on, and late evidence. */
import { Type, type Static } from 'typebox';
import { RECEIPT_MAX_CHARS } from '../entry-bodies/continuation.ts';
import { Choice, closed, Count, Id, Instant, nullable, PageQuery, pageOf, Role } from '../scalars.ts';
import type { RestRoute } from './rest.ts';

/** Why a record is not written any more. Sizes are numbers of entries. */
export const HaltView = Type.Object({
  /** Who knew more than the database: the signer, a stored checkpoint, or a creditor's browser. */
  by: Type.Union([Type.Literal('signer'), Type.Literal('checkpoint'), Type.Literal('client')]),
  signedSize: Type.Integer(),
  foundSize: Type.Integer(),
  detectedAt: Instant,
});

export const ContinuationView = Type.Object({
  /** Null while the record is what was signed. */
  halt: nullable(HaltView),
  /** Where the meeting goes on; a draft is shown to the administrator alone. */
  continuedBy: nullable(
    Type.Object({ meetingId: Id, title: Type.String(), startsAt: Instant, isPublished: Type.Boolean() }),
  ),
  /** The earlier record, where this meeting goes on from one. */
  continues: nullable(
    Type.Object({
      meetingId: Id,
      origin: Type.String(),
      signedSize: Type.Integer(),
      foundSize: Type.Integer(),
      detectedAt: Instant,
    }),
  ),
  /** Receipts of lost ballots that were handed in. */
  evidence: Type.Integer(),
  mayContinue: Type.Boolean(),
});
export type ContinuationView = Static<typeof ContinuationView>;

/** A lost ballot whose receipt was handed in. It counts in no vote; the court decides what it is worth. */
export const EvidenceView = Type.Object({
  seq: Count,
  ts: Instant,
  lostSeq: Count,
  resolutionTitle: Type.String(),
  round: Count,
  /** Individuals masked. */
  creditorName: Type.String(),
  choice: Choice,
  receivedAt: Instant,
  handedInBy: Type.Object({ personId: Id, role: Role }),
});
export type EvidenceView = Static<typeof EvidenceView>;

const params = Type.Object({ meetingId: Id }, closed);

export const continuationRoutes = {
  continuation: {
    method: 'GET',
    path: '/api/meetings/:meetingId/continuation',
    summary: 'Whether the record was rolled back, and where the meeting goes on; for everybody admitted',
    params,
    reply: ContinuationView,
  },
  continueMeeting: {
    method: 'POST',
    path: '/api/meetings/:meetingId/continue',
    summary: 'Prepare the meeting that goes on under a new origin; the administrator’s lead only',
    params,
    body: Type.Object({ startsAt: Instant }, closed),
    reply: Type.Object({ meetingId: Id }),
  },
  handInEvidence: {
    method: 'POST',
    path: '/api/meetings/:meetingId/evidence',
    summary: 'Hand in the receipt of an own ballot that the earlier record has lost',
    params,
    body: Type.Object({ receipt: Type.String({ minLength: 1, maxLength: RECEIPT_MAX_CHARS }) }, closed),
    reply: Type.Object({ seq: Count, ts: Instant, lostSeq: Count }),
  },
  evidence: {
    method: 'GET',
    path: '/api/meetings/:meetingId/evidence',
    summary: 'Late evidence, oldest first; staff and reviewer',
    params,
    query: Type.Object(PageQuery, closed),
    reply: pageOf(EvidenceView),
  },
} as const satisfies Record<string, RestRoute>;
