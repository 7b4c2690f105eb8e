/**
 * 企业破产法 (2006) and 司法解释三 (2020) as versioned data. The tests of a vote are numbers in a table,
 * never constants in code: a new law is a new rule set, and every vote freezes the one it ran under
 * (record.md 8). Civil Code art. 1259: 以上 includes the number (`>=`); 过半数 is strictly more (`>`).
 */
import type { Nature } from '../../protocol/entry-parts.ts';
import type { AmountTest, AttendanceBasis, HeadsTest } from '../../protocol/tally.ts';

/** Settings that the law leaves open, with the default of each. */
export interface RuleSettings {
  /** Who is present; the default gives the larger number, which is the stricter test. */
  readonly attendanceBasis: AttendanceBasis;
  /** `ALL_VOTING` measures against secured amounts too: practice has it, the text does not (E15). */
  readonly amountBase: 'UNSECURED' | 'ALL_VOTING';
  /** Employees state opinions through their representative (art. 59(5)) unless set otherwise. */
  readonly employeeMode: 'NONE' | 'INDIVIDUAL';
  readonly subordinatedVotes: boolean;
  readonly allowChange: boolean;
}

/** How a secured creditor that has not waived priority takes part (art. 59(3)). */
export type SecuredMode =
  /** Votes as a head; only the unsecured part counts as amount. */
  | 'VOTE_HEAD_UNSECURED_AMOUNT'
  /** Votes only with an unsecured part: settlement and distribution. */
  | 'ONLY_UNSECURED_PART';

export interface Rule {
  readonly ruleId: string;
  /** Article that sets the tests. */
  readonly article: string;
  readonly heads: HeadsTest;
  readonly amount: AmountTest;
  readonly secured: SecuredMode;
  /** Natures that have no vote under this rule whatever the settings. */
  readonly barredNatures: readonly Nature[];
  readonly rounds: number;
  /** What follows by law: codes with words below `followUp.` in the catalogues. */
  readonly onPass: readonly string[];
  readonly onFail: readonly string[];
}

export interface RuleSet {
  readonly ruleSetId: string;
  readonly law: string;
  readonly defaults: RuleSettings;
  readonly rules: Readonly<Record<string, Rule>>;
}

/** Art. 64(1): 出席会议的有表决权的债权人过半数, and 无财产担保债权总额的二分之一以上. */
const GENERAL_64: Rule = {
  ruleId: 'GENERAL_64',
  article: '64',
  heads: { base: 'present', cmp: '>', num: '1', den: '2' },
  amount: { base: 'unsecuredTotal', cmp: '>=', num: '1', den: '2' },
  secured: 'VOTE_HEAD_UNSECURED_AMOUNT',
  barredNatures: [],
  rounds: 1,
  onPass: [],
  onFail: ['NOT_ADOPTED'],
};

/** Art. 65(1): what the general rule does not pass, the court rules on. */
const MANAGE_65: Rule = { ...GENERAL_64, ruleId: 'MANAGE_65', onFail: ['COURT_RULING'] };

export const EBL_2006_V1: RuleSet = {
  ruleSetId: 'EBL-2006.v1',
  law: '企业破产法(2006)+解释三(2020)',
  defaults: {
    attendanceBasis: 'SIGN_IN_OR_VOTED',
    amountBase: 'UNSECURED',
    employeeMode: 'NONE',
    subordinatedVotes: false,
    allowChange: false,
  },
  rules: { GENERAL_64, MANAGE_65 },
};
