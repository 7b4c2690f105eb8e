/**
 * What the law leaves open, decided for a case (domain.md 2.4): kept with the case, audited, frozen with
 * every vote at its opening and shown wherever the verdict is shown. The defaults are the rule set's.
 */
import { Type, type Static } from 'typebox';
import { ResolutionTypeId } from './resolution-types.ts';
import { closed, Fen, Id, line, nullable } from './scalars.ts';

/** Who counts as present (出席); the law does not say for online meetings, so it is frozen and shown. */
export const AttendanceBasis = Type.Union([
  Type.Literal('SIGN_IN'),
  Type.Literal('VOTED'),
  Type.Literal('SIGN_IN_OR_VOTED'),
]);
export type AttendanceBasis = Static<typeof AttendanceBasis>;

/** `ALL_VOTING` measures against secured amounts too: practice has it, the text of art. 64 does not (E15). */
const AmountBase = Type.Union([Type.Literal('UNSECURED'), Type.Literal('ALL_VOTING')]);

/** Employees outside the plan's vote (art. 59(5)): opinions only, one vote for all, one vote each (E14). */
const EmployeeMode = Type.Union([
  Type.Literal('NONE'),
  Type.Literal('COLLECTIVE_ONE'),
  Type.Literal('INDIVIDUAL'),
]);

/** Investors' two thirds: of the rights that take part (listed companies), or of all rights (art. 85). */
const InvestorBase = Type.Union([Type.Literal('participating'), Type.Literal('groupTotal')]);

const commonSettings = {
  attendanceBasis: AttendanceBasis,
  amountBase: AmountBase,
  employeeMode: EmployeeMode,
  /** 劣后债权 has a vote (E20). */
  subordinatedVotes: Type.Boolean(),
  /** A ballot may be changed until the deadline (E9). */
  allowChange: Type.Boolean(),
  /** Consent of the first round holds in the second where the text is unchanged (E28). */
  carryOver: Type.Boolean(),
  investorBase: InvestorBase,
  /** 小额债权组 (art. 82(2)): ordinary claims of at most this sum; null: no such group by amount. */
  smallClaimsMaxFen: nullable(Fen),
};

/** As frozen in `ballot.open`: codes and figures only, what was written stands with the case. */
export const FrozenSettings = Type.Object(
  { ...commonSettings, silence: Type.Union([Type.Literal('NONE'), Type.Literal('CONSENT')]) },
  closed,
);
export type FrozenSettings = Static<typeof FrozenSettings>;

/**
 * Silence (E8). `CONSENT` needs what it rests on: the rule adopted by the meeting or the court's document,
 * and the notice that told the creditors of it; it holds for the types named, and only for creditors to
 * whom the notice is proved to have been delivered. No statute has it.
 */
const Silence = Type.Union([
  Type.Object({ mode: Type.Literal('NONE') }, closed),
  Type.Object(
    {
      mode: Type.Literal('CONSENT'),
      reference: line(200, 4),
      noticeDocumentId: nullable(Id),
      types: Type.Array(ResolutionTypeId, { minItems: 1, maxItems: 14 }),
    },
    closed,
  ),
]);

/** A creditor without a vote by decision: of the court (E13), or since the principal creditor filed all (E19). */
export const VoteExclusion = Type.Object(
  {
    creditorId: Id,
    reason: Type.Union([Type.Literal('EXCLUDED_BY_COURT'), Type.Literal('RECOURSE_FILED_IN_FULL')]),
    /** Number of the court's decision, or of the principal creditor's claim. */
    reference: line(200, 4),
  },
  closed,
);
export type VoteExclusion = Static<typeof VoteExclusion>;

/** Several creditors that are one head: joint creditors (E18), a claim split among assignees (E21), branches (E5). */
export const JoinedHead = Type.Object(
  {
    /** Who votes for all of them. */
    representativeId: Id,
    creditorIds: Type.Array(Id, { minItems: 1, maxItems: 1_000 }),
    reason: Type.Union([
      Type.Literal('JOINT_CREDITORS'),
      Type.Literal('SPLIT_CLAIM'),
      Type.Literal('BRANCHES'),
    ]),
    reference: line(200, 4),
  },
  closed,
);
export type JoinedHead = Static<typeof JoinedHead>;

export const CaseSettings = Type.Object(
  {
    ...commonSettings,
    silence: Silence,
    /** Creditor who casts the employees' one vote (`COLLECTIVE_ONE`). */
    employeeRepresentativeId: nullable(Id),
    exclusions: Type.Array(VoteExclusion, { maxItems: 1_000 }),
    joinedHeads: Type.Array(JoinedHead, { maxItems: 1_000 }),
  },
  closed,
);
export type CaseSettings = Static<typeof CaseSettings>;
