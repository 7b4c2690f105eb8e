/**
 * The roll (表决权名册) as it is stored: one row a unit, JCS lines in immutable chunks, their RFC 6962
 * root in `roll.freeze` (record.md 7). Creditors without a vote stand on it too, with no head and no
 * amount and the reason, so that the reason is frozen with the rest.
 */
import { Type, type Static } from 'typebox';
import { Commitment, Group, Nature } from './entry-parts.ts';
import { closed, Count, Fen, Id, Sha256Hex } from './scalars.ts';

/** Why a creditor may not vote on an item. Words: `noVote.<CODE>` in the catalogues. */
export const NoVoteReason = Type.Union([
  /** 债权尚未确定且法院未临时确定债权额, art. 59(2). */
  Type.Literal('NOT_DETERMINED'),
  /** 有财产担保且未放弃优先受偿权, art. 59(3): settlement and distribution only. */
  Type.Literal('SECURED_NOT_WAIVED'),
  /** 职工债权 states opinions through its representative, art. 59(5); setting `employeeMode`. */
  Type.Literal('EMPLOYEE_NO_VOTE'),
  /** 劣后债权; setting `subordinatedVotes`. */
  Type.Literal('SUBORDINATED'),
  /** 社保统筹部分 does not vote where art. 83 excludes it. */
  Type.Literal('SOCIAL_POOL'),
  /** 确认金额为零: a claim confirmed at nothing is no head. */
  Type.Literal('ZERO_AMOUNT'),
  /** 出资人: investors vote on the adjustment of their rights in a plan (art. 85) and on nothing else. */
  Type.Literal('INVESTOR_ONLY_IN_PLAN'),
  /** The plan does not touch this group (art. 83, 司法解释三 art. 11(2)). */
  Type.Literal('GROUP_NOT_FORMED'),
  /** This group passed the plan in the round before; only the others vote once more (art. 87(1)). */
  Type.Literal('GROUP_PASSED_BEFORE'),
  /** 职工债权 votes as one, through the representative; setting `employeeMode`. */
  Type.Literal('EMPLOYEES_VOTE_AS_ONE'),
  /** Its claims are counted with another creditor's as one head (连带债权人, art. 50; domain.md E18, E21). */
  Type.Literal('JOINED_TO_OTHER_HEAD'),
  /** 将来求偿权: the principal creditor has filed all of it (art. 51). */
  Type.Literal('RECOURSE_FILED_IN_FULL'),
  /** The court excluded this creditor from the vote. */
  Type.Literal('EXCLUDED_BY_COURT'),
]);
export type NoVoteReason = Static<typeof NoVoteReason>;

/** Commitments to who the creditor is; the values lie in `ledger_private`. */
const RowCommitments = Type.Object(
  { name: Commitment, idNumber: Type.Optional(Commitment), contact: Type.Optional(Commitment) },
  closed,
);

const rowIdentity = {
  /** Stable over versions and rounds. */
  unitId: Id,
  creditorId: Id,
  group: Group,
  natures: Type.Array(Nature, { maxItems: 7 }),
  commitments: RowCommitments,
};

/** A voting unit. `temporary` when any part of its amount was determined by the court for voting only. */
export const VotingRow = Type.Object(
  {
    ...rowIdentity,
    heads: Type.Literal('1'),
    /** Voting amount, fen. */
    amountFen: Fen,
    /** The part of it without security, which counts under art. 64. */
    unsecuredFen: Fen,
    /** The part of `amountFen` that is only temporarily determined. */
    temporaryFen: Fen,
    /** By how much `unsecuredFen` falls when the temporary part is left out. */
    temporaryUnsecuredFen: Fen,
    status: Type.Union([Type.Literal('confirmed'), Type.Literal('temporary')]),
    /** SHA-256 of the court's decision or of the document that the amount rests on. */
    basisDocHash: Type.Optional(Sha256Hex),
    /** 关联方 of the debtor: votes, and the result is shown without it too (domain.md E13). */
    isAffiliate: Type.Optional(Type.Literal(true)),
  },
  closed,
);
export type VotingRow = Static<typeof VotingRow>;

export const ExcludedRow = Type.Object(
  {
    ...rowIdentity,
    heads: Type.Literal('0'),
    amountFen: Type.Literal('0'),
    unsecuredFen: Type.Literal('0'),
    status: Type.Literal('excluded'),
    reason: NoVoteReason,
  },
  closed,
);
export type ExcludedRow = Static<typeof ExcludedRow>;

export const RollRow = Type.Union([VotingRow, ExcludedRow]);
export type RollRow = Static<typeof RollRow>;

/** Control totals of one group. */
export const GroupTotals = Type.Object(
  {
    group: Group,
    heads: Count,
    amountFen: Fen,
    unsecuredFen: Fen,
    temporaryHeads: Count,
    temporaryFen: Fen,
  },
  closed,
);
export type GroupTotals = Static<typeof GroupTotals>;

export const ExcludedTotal = Type.Object({ reason: NoVoteReason, creditors: Count }, closed);
export type ExcludedTotal = Static<typeof ExcludedTotal>;
