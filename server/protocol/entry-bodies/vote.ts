/** Bodies of the entries that make a vote: from the published text to the verdict (record.md 7-9, 11). */
import { Type, type Static } from 'typebox';
import {
  Actor,
  Channel,
  Commitment,
  Consent,
  Group,
  KeyAlgorithm,
  Root,
  RuleSetId,
  Seq,
  Signature,
} from '../entry-parts.ts';
import { ResolutionTypeId } from '../resolution-types.ts';
import { ExcludedTotal, GroupTotals } from '../roll.ts';
import { CalendarDate, closed, Choice, Count, Id, Instant, Sha256Hex } from '../scalars.ts';
import { FrozenRule, Outcome, Results } from '../tally.ts';
import { ResolutionParticulars } from '../vote/particulars.ts';
import { RollDifference } from '../vote/roll-difference.ts';

/** A vote is one resolution in one round. */
const vote = { resolutionId: Id, round: Count };
/** 128 random bits, base64url. */
const Nonce = Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' });
const reasonCommitment = Type.Object({ reason: Commitment }, closed);

/** The text is fixed from here on; a change is a new resolution. */
export const ResolutionPublish = Type.Object(
  {
    resolutionId: Id,
    type: ResolutionTypeId,
    itemId: Id,
    ruleSetId: RuleSetId,
    /** SHA-256 of the text in UTF-8, NFC. */
    textSha256: Sha256Hex,
    documents: Type.Array(Type.Object({ documentId: Id, sha256: Sha256Hex }, closed), { maxItems: 50 }),
    /** RFC 6962 root over the documents' 32-byte hashes, in that order. */
    documentsRoot: Root,
    particulars: Type.Optional(ResolutionParticulars),
    /** 临时议题: not told in advance, with the court's consent; not opened before the time to read is over. */
    adHoc: Type.Optional(Type.Object({ consent: Consent, openNotBefore: Instant }, closed)),
    actor: Actor,
    commitments: Type.Object(
      {
        title: Commitment,
        text: Commitment,
        /** Why it could not be told in advance. */
        reason: Type.Optional(Commitment),
      },
      closed,
    ),
  },
  closed,
);

/** The roll is frozen: its rows were stored before this entry. */
export const RollFreeze = Type.Object(
  {
    ...vote,
    /** "0" first; a correction with a reasoned difference is the next one. */
    version: Count,
    rows: Count,
    root: Root,
    /** Immutable chunks in order: SHA-256 of the stored bytes, rows in it. */
    chunks: Type.Array(Type.Object({ sha256: Sha256Hex, rows: Count }, closed), { maxItems: 200 }),
    totals: Type.Array(GroupTotals, { maxItems: 7 }),
    excluded: Type.Array(ExcludedTotal, { maxItems: 16 }),
    /** SHA-256 of the imported claims file. */
    sourceSha256: Type.Optional(Sha256Hex),
    /** Head of the master data's audit trail at this moment. */
    auditHead: Sha256Hex,
    /** Of a correction: what changed against the version before, and the court's decision. */
    difference: Type.Optional(RollDifference),
    consent: Type.Optional(Consent),
    actor: Actor,
    commitments: Type.Optional(reasonCommitment),
  },
  closed,
);

export const BallotOpen = Type.Object(
  {
    ...vote,
    rollRoot: Root,
    rollVersion: Count,
    documentsRoot: Root,
    rule: FrozenRule,
    allowChange: Type.Boolean(),
    closesAt: Instant,
    /** Consent of that round counts where its unit casts nothing in this one; the statement says why (E28). */
    carryOver: Type.Optional(Type.Object({ fromRound: Count, statement: Commitment }, closed)),
    /**
     * Silence is consent (E8): creditors to whom the notice that says so was not delivered, for whom it is
     * not; the statement says what the delivery to the others rests on.
     */
    silence: Type.Optional(
      Type.Object({ undelivered: Type.Array(Id, { maxItems: 3_000 }), statement: Commitment }, closed),
    ),
    actor: Actor,
  },
  closed,
);

/** Only before closing, for the whole item, with the court's consent. */
export const BallotExtend = Type.Object(
  {
    ...vote,
    previousClosesAt: Instant,
    closesAt: Instant,
    consent: Consent,
    actor: Actor,
    commitments: reasonCommitment,
  },
  closed,
);

/** What the voter sent, field for field, and what a device signs (record.md 9). */
export const Ballot = Type.Object(
  {
    v: Type.Literal('1'),
    origin: Type.String({ minLength: 3, maxLength: 128 }),
    ...vote,
    rollRoot: Root,
    unitId: Id,
    choice: Choice,
    version: Count,
    supersedes: Type.Optional(Count),
    /** Capacity in which the person acted. */
    actingAs: Id,
    proxyDocHash: Type.Optional(Sha256Hex),
    documentsRoot: Root,
    nonce: Nonce,
    clientTs: Instant,
  },
  closed,
);
export type Ballot = Static<typeof Ballot>;

/** How the sender was known. `unsigned` rests on the session alone and is counted as such. */
export const BallotAuth = Type.Union([
  Type.Object({ method: Type.Literal('unsigned'), personId: Id }, closed),
  Type.Object(
    {
      method: Type.Literal('signed'),
      personId: Id,
      keyId: Id,
      alg: KeyAlgorithm,
      signature: Signature,
    },
    closed,
  ),
  /** Paper, mail and the like: entered by one person and confirmed by a second. */
  Type.Object(
    {
      method: Type.Literal('entered'),
      enteredBy: Actor,
      confirmedBy: Actor,
      evidenceSha256: Sha256Hex,
      /** When it reached the administrator, as written down; the order of the ledger decides, not this. */
      statedReceivedAt: Type.Optional(Instant),
    },
    closed,
  ),
]);
export type BallotAuth = Static<typeof BallotAuth>;

export const BallotCast = Type.Object(
  { ballot: Ballot, auth: BallotAuth, channel: Channel, receivedAt: Instant },
  closed,
);

/** A ballot that does not count: a later channel, or the court's decision. Never the removal of an entry. */
export const BallotVoid = Type.Object(
  {
    ...vote,
    unitId: Id,
    /** Entry of the ballot that loses its effect; absent when the void one was never recorded as cast. */
    voidedSeq: Type.Optional(Seq),
    channel: Channel,
    choice: Type.Optional(Choice),
    receivedAt: Instant,
    cause: Type.Union([
      Type.Literal('LATER_CHANNEL'),
      Type.Literal('COURT_DECISION'),
      Type.Literal('ABORTED'),
      /** Entered by staff, and confirmed by the second person only after the vote had closed. */
      Type.Literal('CONFIRMED_TOO_LATE'),
      /** Entered by staff as 无效票, without a choice: its unit is present by it and consents to nothing (E7). */
      Type.Literal('INVALID'),
    ]),
    actor: Type.Optional(Actor),
    /** Of a ballot that staff entered and that was never recorded as cast. */
    nonce: Type.Optional(Nonce),
    enteredBy: Type.Optional(Actor),
    evidenceSha256: Type.Optional(Sha256Hex),
    statedReceivedAt: Type.Optional(Instant),
    commitments: Type.Optional(reasonCommitment),
  },
  closed,
);

/** The server was down at the deadline or for the last part of the window. */
export const BallotInterrupt = Type.Object(
  { ...vote, closesAt: Instant, downFrom: Instant, downTo: Instant },
  closed,
);

export const BallotResume = Type.Object(
  { ...vote, closesAt: Instant, consent: Consent, actor: Actor, commitments: reasonCommitment },
  closed,
);

export const BallotClose = Type.Object(
  {
    ...vote,
    /** Ballots received later than this do not count. */
    effectiveAt: Instant,
    cause: Type.Union([
      Type.Literal('DEADLINE'),
      Type.Literal('ALL_VOTED'),
      Type.Literal('COURT_CONSENT'),
      Type.Literal('AFTER_INTERRUPTION'),
      /** By the court's consent without a count: the ballots are void but kept. */
      Type.Literal('ABORTED'),
    ]),
    consent: Type.Optional(Consent),
    actor: Type.Optional(Actor),
    commitments: Type.Optional(reasonCommitment),
  },
  closed,
);

/** Points to the canonical tally by hash; a correction is the next revision. */
export const TallyEntry = Type.Object(
  { ...vote, revision: Count, rollVersion: Count, firstSeq: Seq, lastSeq: Seq, sha256: Sha256Hex },
  closed,
);

export const Verdict = Type.Object(
  {
    ...vote,
    revision: Count,
    tallySha256: Sha256Hex,
    outcome: Outcome,
    /** What follows by law, e.g. `COURT_RULING`. */
    followUp: Type.Array(Type.String({ pattern: '^[A-Z][A-Z0-9_]{0,39}$' }), { maxItems: 4 }),
    results: Results,
    unsignedBallots: Count,
    warnings: Type.Array(Type.String({ pattern: '^[A-Z][A-Z0-9_]{0,39}$' }), { maxItems: 16 }),
  },
  closed,
);

/** The six conditions of art. 87(2), in its order. */
export const CramDownConditionId = Type.Union([
  /** 担保债权全额清偿、延期损失公平补偿、权利未受实质性损害, or the group passed. */
  Type.Literal('SECURED_PAID'),
  /** 职工债权和税款全额清偿, or the groups passed. */
  Type.Literal('EMPLOYEE_TAX_PAID'),
  /** 普通债权清偿比例不低于破产清算, or the group passed. */
  Type.Literal('ORDINARY_NOT_LESS'),
  /** 出资人权益的调整公平、公正, or the group passed. */
  Type.Literal('INVESTORS_FAIR'),
  /** 公平对待同一表决组的成员, and the order of art. 113. */
  Type.Literal('EQUAL_TREATMENT'),
  /** 债务人的经营方案具有可行性. */
  Type.Literal('FEASIBLE'),
]);
export type CramDownConditionId = Static<typeof CramDownConditionId>;

export const CramDownWord = Type.Union([
  Type.Literal('YES'),
  Type.Literal('NO'),
  Type.Literal('NOT_APPLICABLE'),
]);
export type CramDownWord = Static<typeof CramDownWord>;

/** One condition of art. 87(2) as the applicant answers it; the program decides nothing by it. */
export const CramDownAnswer = Type.Object(
  {
    condition: CramDownConditionId,
    answer: CramDownWord,
    /** Reasons and figures of the applicant. */
    statement: Type.Optional(Commitment),
  },
  closed,
);
export type CramDownAnswer = Static<typeof CramDownAnswer>;

/** `LOT_DRAWN` stands for what an election's equal candidates were decided by; everything else is the court's. */
export const RulingKind = Type.Union([
  Type.Literal('COURT_RULING'),
  Type.Literal('COURT_RECOGNITION'),
  /** Application for approval of a plan that all groups passed, art. 86(2). */
  Type.Literal('PLAN_APPROVAL_APPLICATION'),
  Type.Literal('COURT_APPROVAL'),
  /** Not recognised or not approved: the procedure ends in bankruptcy (arts. 88, 99). */
  Type.Literal('COURT_REFUSAL'),
  Type.Literal('REVOKED'),
  Type.Literal('REVOKED_IN_PART'),
  /** Application for approval of a plan that a group did not pass, art. 87(2). */
  Type.Literal('CRAM_DOWN_APPLICATION'),
  /** Approval under art. 87(3). */
  Type.Literal('CRAM_DOWN_APPROVAL'),
  /** Application for reconsideration (art. 66), and the decision on it. */
  Type.Literal('RECONSIDERATION_APPLICATION'),
  Type.Literal('RECONSIDERATION_DECISION'),
  Type.Literal('LOT_DRAWN'),
  Type.Literal('OTHER'),
]);
export type RulingKind = Static<typeof RulingKind>;

/** What the court ruled on an item, e.g. under art. 65, and what was applied for. */
export const Ruling = Type.Object(
  {
    rulingId: Id,
    resolutionId: Type.Optional(Id),
    round: Type.Optional(Count),
    kind: RulingKind,
    group: Type.Optional(Group),
    /** Day of the decision or application, China Standard Time. */
    decidedOn: Type.Optional(CalendarDate),
    documentSha256: Type.Optional(Sha256Hex),
    checklist: Type.Optional(Type.Array(CramDownAnswer, { maxItems: 6 })),
    /** Of a lot: the election and its candidates in the order drawn. */
    electionId: Type.Optional(Id),
    order: Type.Optional(Type.Array(Id, { maxItems: 50 })),
    actor: Actor,
    commitments: Type.Object({ reference: Commitment, text: Type.Optional(Commitment) }, closed),
  },
  closed,
);
