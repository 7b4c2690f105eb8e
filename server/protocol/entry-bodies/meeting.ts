/** Bodies of the entries that make the meeting around its votes (record.md 2, 9 and 11). */
import { Type, type Static } from 'typebox';
import {
  Actor,
  CapacityKind,
  Channel,
  Code,
  Commitment,
  KeyAlgorithm,
  Nature,
  PublicKey,
  RuleSetId,
  Seq,
  Signature,
} from '../entry-parts.ts';
import { CalendarDate, closed, Count, Fen, Id, Instant, Role, Sha256Hex } from '../scalars.ts';
import { Continues } from './continuation.ts';

const optionalReason = Type.Optional(Type.Object({ reason: Commitment }, closed));

/** Entry 0 of every ledger: what was convened. */
export const MeetingConvene = Type.Object(
  {
    meetingId: Id,
    caseId: Id,
    /** GB/T 2260 two-digit code. */
    province: Type.String({ pattern: '^[0-9]{2}$' }),
    procedure: Type.Union([
      Type.Literal('liquidation'),
      Type.Literal('reorganisation'),
      Type.Literal('settlement'),
    ]),
    mode: Type.Union([Type.Literal('online'), Type.Literal('on-site'), Type.Literal('hybrid')]),
    isDemonstration: Type.Boolean(),
    startsAt: Instant,
    ruleSetId: RuleSetId,
    /**
     * SHA-256 of the witnesses and the quorum that were promised (`witnessPart` of the policy). Absent when the
     * record is not witnessed.
     */
    witnessPolicySha256: Type.Optional(Sha256Hex),
    /** Present when the meeting goes on after its earlier record was rolled back. */
    continues: Type.Optional(Continues),
    agenda: Type.Array(
      Type.Object(
        {
          itemId: Id,
          kind: Type.Union([
            Type.Literal('report'),
            Type.Literal('verification'),
            Type.Literal('questions'),
            Type.Literal('vote'),
            Type.Literal('formal'),
          ]),
          resolutionId: Type.Optional(Id),
          documentIds: Type.Array(Id, { maxItems: 50 }),
          title: Commitment,
        },
        closed,
      ),
      { maxItems: 100 },
    ),
    actor: Actor,
    commitments: Type.Object(
      { title: Commitment, caseNumber: Commitment, debtor: Commitment, court: Commitment },
      closed,
    ),
  },
  closed,
);

/** A writer takes over; `term` equals the envelope's `epoch`. */
export const WriterEpoch = Type.Object({ term: Count, nodeId: Id }, closed);

export const HostAssign = Type.Object(
  {
    hostPersonId: Id,
    hostRole: Role,
    previousHostPersonId: Type.Optional(Id),
    how: Type.Union([
      Type.Literal('initial'),
      Type.Literal('handover'),
      Type.Literal('takeover'),
      Type.Literal('reassign'),
    ]),
    actor: Actor,
    commitments: Type.Object({ hostName: Commitment, reason: Type.Optional(Commitment) }, closed),
  },
  closed,
);

/** The host moves the meeting: begins, goes to an item, adjourns (休会), resumes, closes (闭会). */
export const AgendaMove = Type.Object(
  {
    move: Type.Union([
      Type.Literal('begin'),
      Type.Literal('item'),
      Type.Literal('adjourn'),
      Type.Literal('resume'),
      Type.Literal('close'),
    ]),
    /** Set where `move` is `item`. */
    itemId: Type.Optional(Id),
    /** With `begin`: who is due to attend (应到), by nature of claim. */
    due: Type.Optional(
      Type.Array(Type.Object({ nature: Nature, creditors: Count, amountFen: Fen }, closed), { maxItems: 7 }),
    ),
    /** Creditors due in all: one with claims of two natures stands in two of the lines. */
    dueCreditors: Type.Optional(Count),
    actor: Actor,
    commitments: optionalReason,
  },
  closed,
);

export const DocPublish = Type.Object(
  {
    documentId: Id,
    sha256: Sha256Hex,
    sizeBytes: Count,
    mediaType: Type.Literal('application/pdf'),
    itemId: Type.Optional(Id),
    actor: Actor,
    commitments: Type.Object({ title: Commitment }, closed),
  },
  closed,
);

/**
 * Sign-in (签到), one entry a capacity; staff and guests sign in without one. `leave` and `return` make
 * the intervals. Leaving later does not undo presence.
 */
export const Presence = Type.Object(
  {
    event: Type.Union([Type.Literal('sign-in'), Type.Literal('leave'), Type.Literal('return')]),
    personId: Id,
    role: Role,
    capacityId: Type.Optional(Id),
    capacity: Type.Optional(CapacityKind),
    creditorId: Type.Optional(Id),
    /** Natures and voting amount of the creditor's claims at sign-in, for attendance by nature. */
    natures: Type.Optional(Type.Array(Nature, { maxItems: 7 })),
    amountFen: Type.Optional(Fen),
    /** The same amount by nature. */
    byNature: Type.Optional(
      Type.Array(Type.Object({ nature: Nature, amountFen: Fen }, closed), { maxItems: 7 }),
    ),
    channel: Channel,
    /** Set where staff entered it; such presence is shown apart in every verdict. */
    enteredBy: Type.Optional(Actor),
    commitments: Type.Optional(
      Type.Object({ personName: Type.Optional(Commitment), creditorName: Type.Optional(Commitment) }, closed),
    ),
  },
  closed,
);

export const Floor = Type.Object(
  {
    event: Type.Union([
      Type.Literal('raise'),
      Type.Literal('lower'),
      Type.Literal('offer'),
      Type.Literal('accept'),
      Type.Literal('decline'),
      Type.Literal('withdraw'),
      Type.Literal('end'),
    ]),
    personId: Id,
    capacityId: Type.Optional(Id),
    /** Who acted where it was not the speaker; absent on the speaker's own and on automatic acts. */
    actor: Type.Optional(Actor),
    /** Why an automatic act happened, e.g. `DISCONNECTED`. */
    cause: Type.Optional(Code),
    commitments: optionalReason,
  },
  closed,
);

export const Question = Type.Object(
  {
    event: Type.Union([Type.Literal('ask'), Type.Literal('answer'), Type.Literal('withdraw')]),
    questionId: Id,
    personId: Id,
    creditorId: Type.Optional(Id),
    itemId: Type.Optional(Id),
    commitments: Type.Optional(Type.Object({ text: Commitment }, closed)),
  },
  closed,
);

/** A claim's number as the administrator gives it. */
export const CLAIM_NO_PATTERN = '^[A-Z0-9-]{1,32}$';

/** What an objection is about: amount, nature, security or priority, existence of the claim, other. */
export const ObjectionPoint = Type.Union([
  Type.Literal('AMOUNT'),
  Type.Literal('NATURE'),
  Type.Literal('SECURITY'),
  Type.Literal('EXISTENCE'),
  Type.Literal('OTHER'),
]);
export type ObjectionPoint = Static<typeof ObjectionPoint>;

/** The administrator's answer: the table stays as it is, or is changed. */
export const ObjectionDecision = Type.Union([Type.Literal('MAINTAINED'), Type.Literal('ADJUSTED')]);
export type ObjectionDecision = Static<typeof ObjectionDecision>;

/**
 * Objection to a claim (核查债权); not a ballot. Answer and withdrawal are entries of their own, and so is `none`:
 * a creditor who has read the table and says that it has no objection. Without a creditor it is the debtor's (art.
 * 58(3)), entered by the `actor`.
 */
export const Objection = Type.Object(
  {
    objectionId: Id,
    /** Absent: `file`. */
    event: Type.Optional(
      Type.Union([
        Type.Literal('file'),
        Type.Literal('answer'),
        Type.Literal('withdraw'),
        Type.Literal('none'),
      ]),
    ),
    /** Who filed, answered, withdrew or had none. */
    personId: Id,
    creditorId: Type.Optional(Id),
    capacityId: Type.Optional(Id),
    claimId: Type.Optional(Id),
    /** The verification (R01) in which it was filed. */
    resolutionId: Type.Optional(Id),
    round: Type.Optional(Count),
    /** Row of the claims table by the administrator's number. */
    claimNo: Type.Optional(Type.String({ pattern: CLAIM_NO_PATTERN })),
    point: Type.Optional(ObjectionPoint),
    /** What the objector holds to be right. */
    amountFen: Type.Optional(Fen),
    attachmentSha256: Type.Optional(Sha256Hex),
    decision: Type.Optional(ObjectionDecision),
    actor: Type.Optional(Actor),
    commitments: Type.Object(
      {
        text: Commitment,
        /** Whose claim it is, and who objects, as they were called then. */
        claimName: Type.Optional(Commitment),
        objectorName: Type.Optional(Commitment),
      },
      closed,
    ),
  },
  closed,
);

/** A notice was issued; who has it by proof follows in entries of their own. */
export const Notice = Type.Object(
  {
    noticeId: Id,
    kind: Type.Union([Type.Literal('CONVENING'), Type.Literal('RESULT'), Type.Literal('OTHER')]),
    resolutionId: Type.Optional(Id),
    documentSha256: Type.Optional(Sha256Hex),
    channel: Channel,
    recipients: Count,
    delivered: Count,
    /** Of a result: the count that it tells. */
    round: Type.Optional(Count),
    revision: Type.Optional(Count),
    /** Resolutions of which the notice says that silence is taken as consent (domain.md E8). */
    silenceTold: Type.Optional(Type.Array(Id, { maxItems: 100 })),
    actor: Type.Optional(Actor),
  },
  closed,
);

/** How a delivery is proved. `READ`: opened in the system by who acts for the creditor, signed in. */
export const DeliveryProof = Type.Union([
  Type.Literal('READ'),
  Type.Literal('PAPER'),
  Type.Literal('SMS_REPORT'),
  Type.Literal('MAIL_REPORT'),
  Type.Literal('ANNOUNCEMENT'),
]);
export type DeliveryProof = Static<typeof DeliveryProof>;

/** Delivery proved, creditor by creditor (司法解释三 arts. 11, 12). The day is China Standard Time. */
export const NoticeDelivery = Type.Object(
  {
    noticeId: Id,
    proof: DeliveryProof,
    deliveredOn: CalendarDate,
    creditorIds: Type.Array(Id, { minItems: 1, maxItems: 1_000 }),
    /** In all, this entry included. */
    delivered: Count,
    actor: Actor,
    /** Number of the return receipt, place of the announcement and the like. */
    commitments: Type.Optional(Type.Object({ reference: Commitment }, closed)),
  },
  closed,
);

/** Marks the state that the minutes were made from; the ledger itself is never closed. */
export const MinutesSeal = Type.Object(
  {
    revision: Count,
    docxSha256: Sha256Hex,
    pdfSha256: Sha256Hex,
    /** Last entry that the minutes read. */
    lastSeq: Seq,
    actor: Actor,
  },
  closed,
);

export const RecordingSegment = Type.Object(
  {
    segmentId: Id,
    personId: Id,
    source: Type.Union([Type.Literal('microphone'), Type.Literal('camera'), Type.Literal('screen')]),
    startedAt: Instant,
    endedAt: Instant,
    sha256: Sha256Hex,
    sizeBytes: Count,
  },
  closed,
);

/** `HEARTBEAT` is one a minute while a vote is open; what happened to whom stays out of the bytes. */
export const Incident = Type.Object(
  {
    code: Code,
    resolutionId: Type.Optional(Id),
    round: Type.Optional(Count),
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
    actor: Type.Optional(Actor),
    commitments: Type.Optional(Type.Object({ text: Commitment }, closed)),
  },
  closed,
);

/** An entry was wrong; what holds instead follows as entries of its own kind. */
export const Correction = Type.Object(
  { correctsSeq: Seq, actor: Actor, commitments: Type.Object({ reason: Commitment }, closed) },
  closed,
);

/** A device key of a person for this meeting; its algorithm is fixed here. */
export const KeyBind = Type.Object(
  {
    keyId: Id,
    personId: Id,
    alg: KeyAlgorithm,
    publicKey: PublicKey,
    /** The key's own signature over the binding, so that nobody can bind what another holds. */
    proof: Type.Optional(Signature),
  },
  closed,
);

/** Who can sign in changed by the hand of somebody else, which is also a way to act in another's name. */
export const CredentialReset = Type.Object(
  {
    /** Who signs in from now on. */
    personId: Id,
    kind: Type.Union([Type.Literal('TELEPHONE'), Type.Literal('PASSWORD'), Type.Literal('SECOND_FACTOR')]),
    /** The import of claims, or the request, that it came of. */
    causeId: Id,
    /** With another telephone another person acts for the creditor. */
    creditorId: Type.Optional(Id),
    formerPersonId: Type.Optional(Id),
    actor: Actor,
    /** The second role that a reset of a staff member's second factor takes. */
    secondActor: Type.Optional(Actor),
    commitments: Type.Optional(
      Type.Object({ creditorName: Type.Optional(Commitment), personName: Type.Optional(Commitment) }, closed),
    ),
  },
  closed,
);
