/**
 * What a rule set is: the tests of a vote as numbers in a table, never constants in code. A new law is a
 * new rule set, and every vote freezes the rule it ran under (record.md 8).
 */
import type { FrozenSettings } from '../../protocol/case-settings.ts';
import type { Group, Nature } from '../../protocol/entry-parts.ts';
import type { AmountTest, FrozenRule, HeadsTest } from '../../protocol/tally.ts';

/** Settings that the law leaves open, as one vote has them. */
export type RuleSettings = FrozenSettings;

/** Who stands on the roll. */
export type Voters =
  /** Creditors with a determined claim, one unit each (art. 59). */
  | 'CREDITORS'
  /** One unit for each creditor in each group that the plan touches (art. 82). */
  | 'GROUPS'
  /** Everybody with an amount of whatever nature, investors excepted (art. 62(2)). */
  | 'ALL_CLAIMS'
  /** Everybody who filed, with or without a vote: objections, not ballots (art. 58). */
  | 'EVERY_CREDITOR'
  /** Members of the creditors' committee, one head each (司法解释三 art. 14). */
  | 'MEMBERS';

/** How a secured creditor that has not waived priority takes part (art. 59(3)). */
export type SecuredMode =
  /** Votes as a head; only the unsecured part counts as amount. */
  | 'VOTE_HEAD_UNSECURED_AMOUNT'
  /** Votes only with an unsecured part: settlement and distribution. */
  | 'ONLY_UNSECURED_PART';

export interface Rule {
  readonly ruleId: string;
  /** Article that sets the tests, of the Enterprise Bankruptcy Law unless `articleOf` says otherwise. */
  readonly article: string;
  readonly articleOf?: FrozenRule['articleOf'];
  /** False where the statute gives no threshold and the figure is a setting. */
  readonly isStatutory: boolean;
  readonly mode: NonNullable<FrozenRule['mode']>;
  readonly voters: Voters;
  readonly heads: HeadsTest | null;
  readonly amount: AmountTest | null;
  readonly secured: SecuredMode;
  /** Natures that have no vote under this rule whatever the settings. */
  readonly barredNatures: readonly Nature[];
  /** Rule of each group where the vote is by groups, in the order of art. 82. */
  readonly groupRules: readonly { readonly group: Group; readonly ruleId: string }[];
  /** Number of votes that the law allows. */
  readonly rounds: number;
  readonly secondRound: 'ALL' | 'FAILED_GROUPS' | null;
  /** What follows by law: codes with words below `followUp.` in the catalogues. */
  readonly onPass: readonly string[];
  /** By round; the last one holds for every later round. */
  readonly onFail: readonly (readonly string[])[];
}

/** Days that the law counts, each with its provision in `ebl-2006-v1.ts`. */
export interface TimerDays {
  readonly firstMeetingAfterClaims: number;
  readonly noticeBefore: number;
  readonly resultNotice: number;
  readonly revocation: number;
  readonly claimSuit: number;
  readonly reconsideration: number;
  readonly planApplication: number;
  readonly planMeeting: number;
  readonly committeeReportBeforeDisposal: number;
}

export interface TimerMonths {
  readonly planDraft: number;
  readonly planDraftExtension: number;
}

export interface RuleSet {
  readonly ruleSetId: string;
  readonly law: string;
  readonly defaults: RuleSettings;
  readonly rules: Readonly<Record<string, Rule>>;
  readonly limits: {
    /** Members of a committee in all (art. 67(1)). */
    readonly committeeMax: number;
    /** Of them for employees or their union. */
    readonly committeeEmployeeSeats: number;
  };
  readonly timersDays: TimerDays;
  readonly timersMonths: TimerMonths;
}
