/**
 * Rule, tally and verdict as data (record.md 8 and 11). Numbers are strings; the arithmetic is done
 * in bigint by cross-multiplication, percentages are for display only and truncated.
 */
import { Type, type Static } from 'typebox';
import { Channel, Code, Group, Ratio, Root, RuleSetId, Seq } from './entry-parts.ts';
import { AttendanceBasis, FrozenSettings } from './case-settings.ts';
import { closed, Count, Fen, Id, nullable } from './scalars.ts';

const Comparison = Type.Union([Type.Literal('>'), Type.Literal('>=')]);

/** `votes * den cmp base * num`, heads. `allUnits`: everybody with a vote, present or not. */
export const HeadsTest = Type.Object(
  {
    base: Type.Union([Type.Literal('present'), Type.Literal('allUnits')]),
    cmp: Comparison,
    num: Ratio,
    den: Ratio,
  },
  closed,
);
export type HeadsTest = Static<typeof HeadsTest>;

/** `votes * den cmp base * num`, fen. `participating`: the amount of those who cast a ballot. */
export const AmountTest = Type.Object(
  {
    base: Type.Union([
      Type.Literal('unsecuredTotal'),
      Type.Literal('groupTotal'),
      Type.Literal('participating'),
    ]),
    cmp: Comparison,
    num: Ratio,
    den: Ratio,
  },
  closed,
);
export type AmountTest = Static<typeof AmountTest>;

const ArticleNumber = Type.String({ pattern: '^[1-9][0-9]{0,2}$' });

/**
 * Why a group does not vote: nobody in it has an amount (E25), the plan does not touch it (司法解释三
 * art. 11(2)), or it passed in the round before (art. 87(1)).
 */
export const GroupNotFormed = Type.Object(
  {
    group: Group,
    reason: Type.Union([Type.Literal('EMPTY'), Type.Literal('UNAFFECTED'), Type.Literal('PASSED_BEFORE')]),
  },
  closed,
);
export type GroupNotFormed = Static<typeof GroupNotFormed>;

/** The rule as it is frozen in `ballot.open`: all that the tally needs, nothing read from code. */
export const FrozenRule = Type.Object(
  {
    ruleSetId: RuleSetId,
    ruleId: Code,
    /** Article of the Enterprise Bankruptcy Law that sets the tests, e.g. `64`. */
    article: ArticleNumber,
    /** The act that `article` is of; absent: the Enterprise Bankruptcy Law. */
    articleOf: Type.Optional(Type.Literal('INTERPRETATION_3')),
    /** `OBJECTION`: nothing is passed or failed, objections are recorded. Absent: by majority. */
    mode: Type.Optional(Type.Union([Type.Literal('MAJORITY'), Type.Literal('OBJECTION')])),
    /** Groups that vote, each with its tests; none where objections are recorded. */
    groups: Type.Array(
      Type.Object(
        {
          group: Group,
          heads: nullable(HeadsTest),
          amount: nullable(AmountTest),
          /** Where it is not the rule's own: investors vote by art. 85. */
          ruleId: Type.Optional(Code),
          article: Type.Optional(ArticleNumber),
        },
        closed,
      ),
      { maxItems: 7 },
    ),
    /** Groups of art. 82 that do not vote this time, and why. */
    groupsNotFormed: Type.Optional(Type.Array(GroupNotFormed, { maxItems: 7 })),
    /** The resolution passes when every group that votes passes. */
    aggregate: Type.Optional(Type.Literal('ALL_GROUPS')),
    /** Number of votes that the law allows; absent: one. */
    rounds: Type.Optional(Count),
    /** Who votes in the second round. */
    secondRound: Type.Optional(Type.Union([Type.Literal('ALL'), Type.Literal('FAILED_GROUPS')])),
    /** The points of law that are unsettled, as they were decided for this vote. */
    settings: Type.Optional(FrozenSettings),
    /**
     * How the same ballots are counted otherwise, see `Results`. Absent: as the first builds did, which kept a
     * group that a view had emptied and knew of no other basis of presence than VOTED to compare with.
     */
    viewsVersion: Type.Optional(Type.Literal('2')),
    attendanceBasis: AttendanceBasis,
    onPass: Type.Array(Code, { maxItems: 4 }),
    onFail: Type.Array(Code, { maxItems: 4 }),
    /** Settings that depart from the letter of the law, shown with the result. */
    warnings: Type.Array(Code, { maxItems: 10 }),
  },
  closed,
);
export type FrozenRule = Static<typeof FrozenRule>;

/** One test with its figures. */
export const TestFigures = Type.Object(
  {
    passed: Type.Boolean(),
    comparison: Comparison,
    requiredNum: Ratio,
    requiredDen: Ratio,
    /** Heads or fen in favour. */
    numerator: Fen,
    denominator: Fen,
    /** Truncated to two decimals: 49.9999 % is `49.99`. `0.00` when the denominator is 0. */
    percent: Type.String({ pattern: '^(0|[1-9][0-9]*)\\.[0-9]{2}$' }),
    /** The least number of heads or fen missing; `0` when passed. */
    shortfall: Fen,
  },
  closed,
);
export type TestFigures = Static<typeof TestFigures>;

export const ChoiceTotals = Type.Object({ heads: Count, fen: Fen }, closed);
export type ChoiceTotals = Static<typeof ChoiceTotals>;

/**
 * `NOT_APPLICABLE`: the amount test has no base (no unsecured claims), the court is asked. `RECORDED`:
 * nothing was voted on, objections were recorded.
 */
export const Outcome = Type.Union([
  Type.Literal('PASSED'),
  Type.Literal('FAILED'),
  Type.Literal('NOT_APPLICABLE'),
  Type.Literal('RECORDED'),
]);
export type Outcome = Static<typeof Outcome>;

export const GroupResult = Type.Object(
  {
    group: Group,
    outcome: Outcome,
    /** Units with a vote, present or not. */
    units: Count,
    presentHeads: Count,
    /** Of those, present only because staff entered their sign-in. */
    staffEnteredHeads: Count,
    for: ChoiceTotals,
    against: ChoiceTotals,
    abstain: ChoiceTotals,
    /** Present without a ballot: in the base of heads, like a vote against. */
    silent: ChoiceTotals,
    /** 无效票: present, in both bases, for nothing (E7); absent where there is none. */
    invalid: Type.Optional(ChoiceTotals),
    absent: ChoiceTotals,
    heads: nullable(TestFigures),
    amount: nullable(TestFigures),
  },
  closed,
);
export type GroupResult = Static<typeof GroupResult>;

export const Result = Type.Object(
  { outcome: Outcome, groups: Type.Array(GroupResult, { maxItems: 7 }) },
  closed,
);
export type Result = Static<typeof Result>;

/** The main result and the same ballots counted otherwise; null where it would not differ in its input. */
export const Results = Type.Object(
  {
    main: Result,
    withoutTemporary: nullable(Result),
    withoutStaffPresence: nullable(Result),
    /** Main result with the attendance basis VOTED, as practice without a meeting has it. */
    votedOnly: nullable(Result),
    /** With the basis SIGN_IN_OR_VOTED; absent where that is the basis, or the same are present by it. */
    signInOrVoted: Type.Optional(Result),
    /** Without silence taken as consent; absent where there is none. */
    withoutDeemed: Type.Optional(Result),
    /** Without the debtor's affiliates (关联方); absent where none is on the roll. */
    withoutAffiliates: Type.Optional(Result),
  },
  closed,
);
export type Results = Static<typeof Results>;

/** The canonical tally: its JCS bytes are hashed into the `tally` entry. */
export const Tally = Type.Object(
  {
    v: Type.Literal('1'),
    resolutionId: Id,
    round: Count,
    rollRoot: Root,
    rule: FrozenRule,
    /** Range of entries that were counted: `ballot.open` to `ballot.close`, both inclusive. */
    firstSeq: Seq,
    lastSeq: Seq,
    results: Results,
    ballotsByChannel: Type.Array(Type.Object({ channel: Channel, heads: Count }, closed), { maxItems: 8 }),
    /** Ballots without a device signature. */
    unsignedBallots: Count,
    warnings: Type.Array(Code, { maxItems: 16 }),
  },
  closed,
);
export type Tally = Static<typeof Tally>;
