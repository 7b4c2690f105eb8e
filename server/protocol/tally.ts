/**
 * Rule, tally and verdict as data (record.md 8 and 11). Numbers are strings; the arithmetic is done
 * in bigint by cross-multiplication, percentages are for display only and truncated.
 */
import { Type, type Static } from 'typebox';
import { Channel, Code, Group, Ratio, Root, RuleSetId, Seq } from './entry-parts.ts';
import { closed, Count, Fen, Id, nullable } from './scalars.ts';

const Comparison = Type.Union([Type.Literal('>'), Type.Literal('>=')]);

/** Who counts as present (出席); the law does not say for online meetings, so it is frozen and shown. */
export const AttendanceBasis = Type.Union([
  Type.Literal('SIGN_IN'),
  Type.Literal('VOTED'),
  Type.Literal('SIGN_IN_OR_VOTED'),
]);
export type AttendanceBasis = Static<typeof AttendanceBasis>;

/** `votes * den cmp base * num`, heads. */
export const HeadsTest = Type.Object(
  { base: Type.Literal('present'), cmp: Comparison, num: Ratio, den: Ratio },
  closed,
);
export type HeadsTest = Static<typeof HeadsTest>;

/** `votes * den cmp base * num`, fen. */
export const AmountTest = Type.Object(
  {
    base: Type.Union([Type.Literal('unsecuredTotal'), Type.Literal('groupTotal')]),
    cmp: Comparison,
    num: Ratio,
    den: Ratio,
  },
  closed,
);
export type AmountTest = Static<typeof AmountTest>;

/** The rule as it is frozen in `ballot.open`: all that the tally needs, nothing read from code. */
export const FrozenRule = Type.Object(
  {
    ruleSetId: RuleSetId,
    ruleId: Code,
    /** Article of the Enterprise Bankruptcy Law that sets the tests, e.g. `64`. */
    article: Type.String({ pattern: '^[1-9][0-9]{0,2}$' }),
    groups: Type.Array(
      Type.Object({ group: Group, heads: nullable(HeadsTest), amount: nullable(AmountTest) }, closed),
      { minItems: 1, maxItems: 7 },
    ),
    attendanceBasis: AttendanceBasis,
    onPass: Type.Array(Code, { maxItems: 4 }),
    onFail: Type.Array(Code, { maxItems: 4 }),
    /** Settings that depart from the letter of the law, shown with the result. */
    warnings: Type.Array(Code, { maxItems: 8 }),
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

/** `NOT_APPLICABLE`: the amount test has no base (no unsecured claims), the court is asked. */
export const Outcome = Type.Union([
  Type.Literal('PASSED'),
  Type.Literal('FAILED'),
  Type.Literal('NOT_APPLICABLE'),
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
    absent: ChoiceTotals,
    heads: nullable(TestFigures),
    amount: nullable(TestFigures),
  },
  closed,
);
export type GroupResult = Static<typeof GroupResult>;

export const Result = Type.Object(
  { outcome: Outcome, groups: Type.Array(GroupResult, { minItems: 1, maxItems: 7 }) },
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
    ballotsByChannel: Type.Array(Type.Object({ channel: Channel, heads: Count }, closed), { maxItems: 7 }),
    /** Ballots without a device signature. */
    unsignedBallots: Count,
    warnings: Type.Array(Code, { maxItems: 16 }),
  },
  closed,
);
export type Tally = Static<typeof Tally>;
