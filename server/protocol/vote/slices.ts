/** What clients hold of the votes: resolution with its rounds and verdicts, the host's live tally, elections. */
import { Type, type Static } from 'typebox';
import { Group } from '../entry-parts.ts';
import { CramDownConditionId, CramDownWord, RulingKind } from '../entry-bodies/vote.ts';
import { CalendarDate, Count, Fen, Id, Instant, nullable } from '../scalars.ts';
import { Outcome } from '../tally.ts';
import { DocumentView } from './document-view.ts';
import { ResolutionParticulars, SeatKind } from './particulars.ts';
import { RollDifference } from './roll-difference.ts';

/** One test of a verdict, as figures. `numerator/denominator` against `requiredNum/requiredDen`. */
export const TestView = Type.Object({
  passed: Type.Boolean(),
  /** `>` more than half; `>=` at least. */
  comparison: Type.Union([Type.Literal('>'), Type.Literal('>=')]),
  requiredNum: Count,
  requiredDen: Count,
  numerator: Type.String(),
  denominator: Type.String(),
  /** Truncated to two decimals, e.g. `49.99`. */
  percent: Type.String(),
  /** What is missing: heads or fen; `0` when passed. */
  shortfall: Type.String(),
});
export type TestView = Static<typeof TestView>;

export const ChoiceFigures = Type.Object({ heads: Count, fen: Fen });

/** A point that the law leaves open, as this vote has it: words below `setting.<name>.<value>`. */
export const SettingView = Type.Object({
  name: Type.String(),
  value: Type.String(),
  /** As the rule set has it when nobody decides otherwise. */
  isDefault: Type.Boolean(),
});
export type SettingView = Static<typeof SettingView>;

/** One group's part of a verdict; a vote that is not by classes has the one group `ALL`. */
export const GroupVerdictView = Type.Object({
  group: Group,
  outcome: Outcome,
  units: Count,
  presentHeads: Count,
  staffEnteredHeads: Count,
  for: ChoiceFigures,
  against: ChoiceFigures,
  abstain: ChoiceFigures,
  silent: ChoiceFigures,
  /** 无效票; null where there is none. */
  invalid: nullable(ChoiceFigures),
  absent: ChoiceFigures,
  heads: nullable(TestView),
  amount: nullable(TestView),
  /** What the amount is measured against, e.g. `unsecuredTotal`, `groupTotal`; null without that test. */
  amountBase: nullable(Type.String()),
});
export type GroupVerdictView = Static<typeof GroupVerdictView>;

/** The same ballots counted otherwise: `withoutTemporary`, `withoutDeemed`, `votedOnly` and the like. */
export const OtherCountView = Type.Object({
  view: Type.String(),
  outcome: Outcome,
  /** Whether the result would be another. */
  flips: Type.Boolean(),
  groups: Type.Array(
    Type.Object({
      group: Group,
      outcome: Outcome,
      heads: nullable(TestView),
      amount: nullable(TestView),
    }),
  ),
});
export type OtherCountView = Static<typeof OtherCountView>;

export const VerdictView = Type.Object({
  outcome: Outcome,
  passed: Type.Boolean(),
  round: Count,
  /** "0", or the number of the correction. */
  revision: Count,
  /** Version of the roll that was counted on. */
  rollVersion: Count,
  /** Article that the rule encodes, e.g. `64`. */
  article: Type.String(),
  ruleId: Type.String(),
  /** What follows by law: catalogue key below `followUp.`, e.g. `COURT_RULING`. */
  followUp: Type.Array(Type.String()),
  groups: Type.Array(GroupVerdictView),
  /** Figures of the first group, which is the whole where the vote is not by classes. */
  heads: nullable(TestView),
  amount: nullable(TestView),
  presentHeads: Count,
  for: ChoiceFigures,
  against: ChoiceFigures,
  abstain: ChoiceFigures,
  silent: ChoiceFigures,
  attendanceBasis: Type.String(),
  settings: Type.Array(SettingView),
  /** The verdict when temporarily determined amounts are left out; null when there are none. */
  passedWithoutTemporary: nullable(Type.Boolean()),
  otherCounts: Type.Array(OtherCountView),
  warnings: Type.Array(Type.String()),
  announcedAt: Instant,
  /** Number of the ledger entry. */
  seq: Count,
});
export type VerdictView = Static<typeof VerdictView>;

/** `aborted`: ended by the court's consent without a count; a new round may be opened. */
export const ResolutionStatus = Type.Union([
  Type.Literal('published'),
  Type.Literal('open'),
  Type.Literal('interrupted'),
  Type.Literal('closed'),
  Type.Literal('aborted'),
]);
export type ResolutionStatus = Static<typeof ResolutionStatus>;

export const RollGroupView = Type.Object({
  group: Group,
  units: Type.Integer(),
  amountFen: Fen,
  unsecuredFen: Fen,
  temporaryUnits: Type.Integer(),
  temporaryFen: Fen,
});
export type RollGroupView = Static<typeof RollGroupView>;

export const ExtensionView = Type.Object({
  from: Instant,
  to: Instant,
  at: Instant,
  kind: Type.Union([Type.Literal('extension'), Type.Literal('resumption')]),
  /** Empty where it was erased. */
  reason: Type.String(),
  courtConsentNo: Type.String(),
});

/** A corrected roll of the present round. */
export const RollCorrectionView = Type.Object({
  version: Count,
  at: Instant,
  difference: nullable(RollDifference),
  reason: Type.String(),
  courtConsentNo: Type.String(),
});

/** A round that is over. */
export const RoundView = Type.Object({
  round: Count,
  status: Type.Union([Type.Literal('closed'), Type.Literal('aborted')]),
  groups: Type.Array(RollGroupView),
  openedAt: nullable(Instant),
  closedAt: nullable(Instant),
  closedBy: nullable(Type.String()),
  /** Ballots in force when it ended; void where it was aborted. */
  ballots: Type.Integer(),
  extensions: Type.Array(ExtensionView),
  /** Of a round that was aborted, or closed before its deadline. */
  closeReason: Type.String(),
  courtConsentNo: Type.String(),
  verdict: nullable(VerdictView),
  /** Verdicts that a correction replaced, oldest first. */
  earlierVerdicts: Type.Array(VerdictView),
});
export type RoundView = Static<typeof RoundView>;

export const RulingView = Type.Object({
  rulingId: Id,
  kind: RulingKind,
  resolutionId: nullable(Id),
  round: nullable(Count),
  group: nullable(Group),
  decidedOn: nullable(CalendarDate),
  /** Number of the decision; empty where it was erased. */
  reference: Type.String(),
  text: Type.String(),
  /** Of an application under art. 87(2); a statement is empty where none was needed or it was erased. */
  checklist: Type.Array(
    Type.Object({ condition: CramDownConditionId, answer: CramDownWord, statement: Type.String() }),
  ),
  recordedAt: Instant,
  seq: Count,
});
export type RulingView = Static<typeof RulingView>;

/** One condition of art. 87(2) before the applicant answers it: what the votes of the groups say of it. */
export const CramDownLineView = Type.Object({
  condition: CramDownConditionId,
  groups: Type.Array(Type.Object({ group: Group, outcome: Outcome })),
  state: Type.Union([
    Type.Literal('MET_BY_CONSENT'),
    Type.Literal('NOT_CONCERNED'),
    Type.Literal('TO_BE_SHOWN'),
  ]),
});
export type CramDownLineView = Static<typeof CramDownLineView>;

/** The round that may be opened now. */
export const NextRoundView = Type.Object({
  round: Count,
  /** Groups that vote in it; null where the roll decides. */
  groups: nullable(Type.Array(Group)),
  /** The case's settings allow consent of the round before to be carried over. */
  mayCarryOver: Type.Boolean(),
});

export const ResolutionSlice = Type.Object({
  resolutionId: Id,
  itemId: Id,
  type: Type.String(),
  title: Type.String(),
  text: Type.String(),
  documents: Type.Array(DocumentView),
  /** RFC 6962 root over the documents' hashes, base64; signed into each ballot. */
  documentsRoot: Type.String(),
  particulars: nullable(ResolutionParticulars),
  /** 临时议题: when the time to read is over, why, and with whose consent. */
  adHoc: nullable(
    Type.Object({ openNotBefore: Instant, reason: Type.String(), courtConsentNo: Type.String() }),
  ),
  ruleId: Type.String(),
  article: Type.String(),
  /** As frozen, or before opening as the case has them. */
  settings: Type.Array(SettingView),
  allowChange: Type.Boolean(),
  status: ResolutionStatus,
  round: Count,
  /** Root of the roll in force, base64; null before opening. */
  rollRoot: nullable(Type.String()),
  rollVersion: nullable(Count),
  rollUnits: nullable(Type.Integer()),
  /** Totals of the roll in force by group; empty before opening. */
  rollGroups: Type.Array(RollGroupView),
  rollCorrections: Type.Array(RollCorrectionView),
  /** Consent of an earlier round counts where nothing is cast in this one. */
  carriedFromRound: nullable(Count),
  openedAt: nullable(Instant),
  closesAt: nullable(Instant),
  closedAt: nullable(Instant),
  /** Catalogue key why the vote closed: `DEADLINE`, `ALL_VOTED`, `COURT_CONSENT`, `AFTER_INTERRUPTION`, `ABORTED`. */
  closedBy: nullable(Type.String()),
  closeReason: Type.String(),
  closeConsentNo: Type.String(),
  extensions: Type.Array(ExtensionView),
  verdict: nullable(VerdictView),
  /** Verdicts of this round that a correction replaced, oldest first. */
  earlierVerdicts: Type.Array(VerdictView),
  /** Rounds before the present one, oldest first. */
  earlierRounds: Type.Array(RoundView),
  /** Null while nothing may be opened. */
  nextRound: nullable(NextRoundView),
  rulings: Type.Array(RulingView),
  /** Decisions and applications that belong to the item as it stands, what is waited for first. */
  decisions: Type.Array(RulingKind),
  /** Of a plan that was voted on and did not pass: the six conditions of art. 87(2); empty otherwise. */
  cramDown: Type.Array(CramDownLineView),
});
export type ResolutionSlice = Static<typeof ResolutionSlice>;

/** How one group stands while the vote is open. */
export const LiveGroupView = Type.Object({
  group: Group,
  units: Type.Integer(),
  presentHeads: Type.Integer(),
  castHeads: Type.Integer(),
  castFen: Fen,
  notCastHeads: Type.Integer(),
  notCastFen: Fen,
  for: ChoiceFigures,
  against: ChoiceFigures,
  abstain: ChoiceFigures,
  /** 无效票: present by it, among those not cast, for a valid ballot may still take its place. */
  invalid: ChoiceFigures,
  /** Tests as they stand; `shortfall` is what is still missing. Null where the rule has no such test. */
  heads: nullable(TestView),
  amount: nullable(TestView),
});
export type LiveGroupView = Static<typeof LiveGroupView>;

/** Host only, merged at most every 500 ms while a vote is open. */
export const LiveTallySlice = Type.Object({
  resolutionId: Id,
  /** Over all groups. */
  castHeads: Type.Integer(),
  castFen: Fen,
  notCastHeads: Type.Integer(),
  notCastFen: Fen,
  for: ChoiceFigures,
  against: ChoiceFigures,
  abstain: ChoiceFigures,
  groups: Type.Array(LiveGroupView),
});
export type LiveTallySlice = Static<typeof LiveTallySlice>;

/** An election over the verdicts of its candidates (art. 67): those who passed take seats in order. */
export const ElectionSlice = Type.Object({
  electionId: Id,
  seatKind: SeatKind,
  seats: Type.Integer(),
  /** All candidates have their verdict. */
  isComplete: Type.Boolean(),
  candidates: Type.Array(
    Type.Object({
      resolutionId: Id,
      title: Type.String(),
      state: Type.Union([
        Type.Literal('PENDING'),
        Type.Literal('ELECTED'),
        /** Passed, but there are fewer seats than candidates that passed. */
        Type.Literal('NO_SEAT'),
        Type.Literal('NOT_PASSED'),
        /** Equal in amount and heads for the last seat: the lot decides. */
        Type.Literal('LOT_NEEDED'),
      ]),
      /** From 1 among those who passed; null otherwise. */
      rank: nullable(Type.Integer()),
      forHeads: Count,
      forFen: Fen,
    }),
  ),
});
export type ElectionSlice = Static<typeof ElectionSlice>;
