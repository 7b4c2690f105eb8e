/**
 * 企业破产法 (2006) and 司法解释三 (2020) as data, version 1. Civil Code art. 1259: 以上 includes the number
 * (`>=`); 过半数 is strictly more (`>`). The formula of a test is `votes * den cmp base * num`.
 */
import type { Group } from '../../protocol/entry-parts.ts';
import type { AmountTest, HeadsTest } from '../../protocol/tally.ts';
import type { Rule, RuleSet } from './rule-set.ts';

const MORE_THAN_HALF_OF_PRESENT: HeadsTest = { base: 'present', cmp: '>', num: '1', den: '2' };
const HALF_OF_UNSECURED: AmountTest = { base: 'unsecuredTotal', cmp: '>=', num: '1', den: '2' };
const TWO_THIRDS_OF_UNSECURED: AmountTest = { base: 'unsecuredTotal', cmp: '>=', num: '2', den: '3' };
const TWO_THIRDS_OF_GROUP: AmountTest = { base: 'groupTotal', cmp: '>=', num: '2', den: '3' };

/** Art. 64(1): 出席会议的有表决权的债权人过半数, and 无财产担保债权总额的二分之一以上. */
const GENERAL_64: Rule = {
  ruleId: 'GENERAL_64',
  article: '64',
  isStatutory: true,
  mode: 'MAJORITY',
  voters: 'CREDITORS',
  heads: MORE_THAN_HALF_OF_PRESENT,
  amount: HALF_OF_UNSECURED,
  secured: 'VOTE_HEAD_UNSECURED_AMOUNT',
  barredNatures: [],
  groupRules: [],
  rounds: 1,
  secondRound: null,
  onPass: [],
  onFail: [['NOT_ADOPTED']],
};

/** Art. 65(1): what the general rule does not pass, the court rules on. */
const MANAGE_65: Rule = { ...GENERAL_64, ruleId: 'MANAGE_65', onFail: [['COURT_RULING']] };

/** Art. 65(2): voted a second time, then the court rules. Art. 59(3): secured creditors are barred. */
const DISTRIBUTION_65: Rule = {
  ...GENERAL_64,
  ruleId: 'DISTRIBUTION_65',
  secured: 'ONLY_UNSECURED_PART',
  rounds: 2,
  secondRound: 'ALL',
  onPass: ['COURT_RECOGNITION'],
  onFail: [['SECOND_VOTE'], ['COURT_RULING_65_2']],
};

/** Art. 97: 出席会议的有表决权的债权人过半数, and 无财产担保债权总额的三分之二以上; arts. 98, 99. */
const SETTLEMENT_97: Rule = {
  ...GENERAL_64,
  ruleId: 'SETTLEMENT_97',
  article: '97',
  amount: TWO_THIRDS_OF_UNSECURED,
  secured: 'ONLY_UNSECURED_PART',
  onPass: ['COURT_RECOGNITION_98'],
  onFail: [['TERMINATE_DECLARE_99']],
};

/** Art. 105: an agreement with all creditors (全体债权人), recognised by the court. */
const UNANIMOUS_105: Rule = {
  ...GENERAL_64,
  ruleId: 'UNANIMOUS_105',
  article: '105',
  heads: { base: 'allUnits', cmp: '>=', num: '1', den: '1' },
  amount: null,
  onPass: ['COURT_RECOGNITION_105'],
  onFail: [['NOT_ADOPTED']],
};

const GROUPS_OF_82: readonly Group[] = ['SECURED', 'EMPLOYEE', 'TAX', 'ORDINARY', 'SMALL'];

/**
 * Art. 84(2): in each group 出席会议的同一表决组的债权人过半数, and 该组债权总额的三分之二以上. Art. 86: all
 * groups; art. 87(1): a group that failed votes once more; art. 83: pooled social insurance does not vote.
 */
const GROUP_84: Rule = {
  ...GENERAL_64,
  ruleId: 'GROUP_84',
  article: '84',
  voters: 'GROUPS',
  amount: TWO_THIRDS_OF_GROUP,
  barredNatures: ['SOCIAL_INSURANCE_POOL'],
  groupRules: [
    ...GROUPS_OF_82.map((group) => ({ group, ruleId: 'GROUP_84' })),
    { group: 'INVESTOR', ruleId: 'INVESTOR_85' },
  ],
  rounds: 2,
  secondRound: 'FAILED_GROUPS',
  onPass: ['COURT_APPROVAL'],
  onFail: [['NEGOTIATE_SECOND_VOTE'], ['CRAM_DOWN_APPLICATION', 'TERMINATE_DECLARE_88']],
};

/**
 * Art. 85(2) sets up the investors' group and gives no threshold. Two thirds of the rights that take part
 * (法〔2012〕261号, 法〔2024〕309号 for listed companies), or of all rights: setting `investorBase`.
 */
const INVESTOR_85: Rule = {
  ...GROUP_84,
  ruleId: 'INVESTOR_85',
  article: '85',
  isStatutory: false,
  heads: null,
  groupRules: [],
};

/** 司法解释三 art. 14: 全体成员过半数. */
const COMMITTEE_14: Rule = {
  ...GENERAL_64,
  ruleId: 'COMMITTEE_14',
  article: '14',
  articleOf: 'INTERPRETATION_3',
  voters: 'MEMBERS',
  heads: { base: 'allUnits', cmp: '>', num: '1', den: '2' },
  amount: null,
};

/** Art. 62(2): creditors with 债权总额的四分之一以上 propose a meeting to the chair. */
const PROPOSAL_62: Rule = {
  ...GENERAL_64,
  ruleId: 'PROPOSAL_62',
  article: '62',
  voters: 'ALL_CLAIMS',
  heads: null,
  amount: { base: 'groupTotal', cmp: '>=', num: '1', den: '4' },
  onPass: ['TO_CHAIR_62'],
};

/** Art. 58: 核查; what nobody objects to goes to the court, who objects may sue (司法解释三 art. 8). */
const VERIFY_58: Rule = {
  ...GENERAL_64,
  ruleId: 'VERIFY_58',
  article: '58',
  mode: 'OBJECTION',
  voters: 'EVERY_CREDITOR',
  heads: null,
  amount: null,
  onPass: ['COURT_CONFIRMATION_58', 'OBJECTOR_SUES'],
  onFail: [[]],
};

/** Art. 67: members need the court's written approval. */
const ELECTION_67: Rule = { ...GENERAL_64, ruleId: 'ELECTION_67', onPass: ['COURT_APPROVAL_67'] };

/** Art. 22(2): the meeting applies, the court decides. */
const REPLACE_22: Rule = { ...GENERAL_64, ruleId: 'REPLACE_22', onPass: ['APPLY_TO_COURT_22'] };

/** Art. 28(2): the court sets the fee; the resolution goes with the request. */
const FEES_28: Rule = { ...GENERAL_64, ruleId: 'FEES_28', onPass: ['ATTACH_TO_REQUEST_28'] };

export const EBL_2006_V1: RuleSet = {
  ruleSetId: 'EBL-2006.v1',
  law: '企业破产法(2006)+解释三(2020)',
  defaults: {
    // The default gives the larger number of present heads, which is the stricter test (E6).
    attendanceBasis: 'SIGN_IN_OR_VOTED',
    amountBase: 'UNSECURED',
    employeeMode: 'NONE',
    subordinatedVotes: false,
    silence: 'NONE',
    allowChange: false,
    carryOver: false,
    investorBase: 'participating',
    smallClaimsMaxFen: null,
  },
  rules: {
    GENERAL_64,
    MANAGE_65,
    DISTRIBUTION_65,
    SETTLEMENT_97,
    UNANIMOUS_105,
    GROUP_84,
    INVESTOR_85,
    COMMITTEE_14,
    PROPOSAL_62,
    VERIFY_58,
    ELECTION_67,
    REPLACE_22,
    FEES_28,
  },
  limits: { committeeMax: 9, committeeEmployeeSeats: 1 },
  timersDays: {
    // Art. 62(1), 63; 司法解释三 art. 11(1), 12, 8; arts. 66, 86(2), 84(1); 司法解释三 art. 15.
    firstMeetingAfterClaims: 15,
    noticeBefore: 15,
    resultNotice: 3,
    revocation: 15,
    claimSuit: 15,
    reconsideration: 15,
    planApplication: 10,
    planMeeting: 30,
    committeeReportBeforeDisposal: 10,
  },
  // Art. 79(1) and (2).
  timersMonths: { planDraft: 6, planDraftExtension: 3 },
};
