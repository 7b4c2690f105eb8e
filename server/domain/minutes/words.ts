/** Words of the minutes for the codes of the ledger. Chinese only: the minutes are a court document. */
import type { Channel, Group, Nature } from '../../protocol/entry-parts.ts';
import type { NoVoteReason } from '../../protocol/roll.ts';
import type { ObjectionDecision, ObjectionPoint } from '../../protocol/entry-bodies/meeting.ts';
import type { Role } from '../../protocol/scalars.ts';
import type { AttendanceBasis } from '../../protocol/case-settings.ts';

export const LAW = '《中华人民共和国企业破产法》';
export const INTERPRETATION_3 = '《最高人民法院关于适用〈中华人民共和国企业破产法〉若干问题的规定（三）》';

export const natureWords: Readonly<Record<Nature, string>> = {
  SECURED: '有财产担保债权',
  EMPLOYEE: '职工债权',
  TAX: '税款债权',
  SOCIAL_INSURANCE_POOL: '社保统筹债权',
  ORDINARY: '普通债权',
  SUBORDINATED: '劣后债权',
  INVESTOR: '出资人权益',
};

/** Order of the lines of attendance: that of arts. 82 and 113. */
export const natureOrder: readonly Nature[] = [
  'SECURED',
  'EMPLOYEE',
  'SOCIAL_INSURANCE_POOL',
  'TAX',
  'ORDINARY',
  'SUBORDINATED',
  'INVESTOR',
];

export const channelWords: Readonly<Record<Channel, string>> = {
  online: '网络',
  'on-site': '现场',
  paper: '书面',
  mail: '邮寄',
  sms: '短信',
  email: '电子邮件',
  deemed: '视同',
  carried: '沿用前次同意',
};

export const groupWords: Readonly<Record<Group, string>> = {
  ALL: '全体有表决权的债权人',
  SECURED: '有财产担保债权组',
  EMPLOYEE: '职工债权组',
  TAX: '税款债权组',
  ORDINARY: '普通债权组',
  SMALL: '小额债权组',
  INVESTOR: '出资人组',
};

export const roleWords: Readonly<Record<Role, string>> = {
  creditor: '债权人',
  'administrator-lead': '管理人负责人',
  'administrator-staff': '管理人工作人员',
  chair: '债权人会议主席',
  judge: '审判人员',
  clerk: '书记员',
  reviewer: '监督人员',
  operator: '运维人员',
};

export const modeWords = { online: '网络会议', 'on-site': '现场会议', hybrid: '现场与网络相结合' } as const;

export const procedureWords = {
  liquidation: '破产清算',
  reorganisation: '重整',
  settlement: '和解',
} as const;

export const noVoteWords: Readonly<Record<NoVoteReason, string>> = {
  NOT_DETERMINED: '债权尚未确定且人民法院未临时确定债权额（第59条第2款）',
  SECURED_NOT_WAIVED: '有财产担保且未放弃优先受偿权（第59条第3款）',
  EMPLOYEE_NO_VOTE: '职工债权由职工和工会代表发表意见（第59条第5款）',
  SUBORDINATED: '劣后债权',
  SOCIAL_POOL: '社保统筹部分（第83条）',
  ZERO_AMOUNT: '确认金额为零',
  INVESTOR_ONLY_IN_PLAN: '出资人仅就重整计划草案中出资人权益调整事项表决（第85条）',
  GROUP_NOT_FORMED: '权益未受调整或者影响，所在组不参加表决（第83条、司法解释三第11条第2款）',
  GROUP_PASSED_BEFORE: '所在组前次表决已通过，不再表决（第87条第1款）',
  EMPLOYEES_VOTE_AS_ONE: '职工债权作为整体由代表行使一票',
  JOINED_TO_OTHER_HEAD: '与其他债权人合并计为一票',
  RECOURSE_FILED_IN_FULL: '债权人已申报全部债权，求偿权人不再表决（第51条）',
  EXCLUDED_BY_COURT: '经人民法院决定不参加表决',
};

export const attendanceBasisWords: Readonly<Record<AttendanceBasis, string>> = {
  SIGN_IN: '以签到认定出席',
  VOTED: '以参加表决认定出席',
  SIGN_IN_OR_VOTED: '签到或者参加表决的，均认定为出席',
};

const closeCauseWords = {
  DEADLINE: '表决期限届满',
  ALL_VOTED: '全部有表决权的债权人均已表决',
  COURT_CONSENT: '经人民法院同意提前截止',
  AFTER_INTERRUPTION: '表决中断后经人民法院同意截止',
  ABORTED: '经人民法院同意终止，不计票',
} as const;

/** Why a vote ended; a verification of claims ends in its own words, for nobody votes in it. */
export const closeCause = (cause: keyof typeof closeCauseWords, act: string): string =>
  act === '表决'
    ? closeCauseWords[cause]
    : closeCauseWords[cause].replace('表决', act).replace('不计票', '不登记结果');

/** Words that the codes of a rule stand for; a code without words is shown as it is. */
export function wordOf(words: Readonly<Record<string, string>>, code: string): string {
  return words[code] ?? code;
}

export const warningWords: Readonly<Record<string, string>> = {
  TEMPORARY_DECIDES: '临时确定的债权额影响本项表决的结果。',
  STAFF_PRESENCE_DECIDES: '工作人员代为签到的债权人影响本项表决的结果。',
  ATTENDANCE_BASIS_DECIDES: '出席的认定方式影响本项表决的结果。',
  BALLOT_WITHOUT_SIGN_IN: '有债权人未签到而提交了表决票。',
  SILENCE_DECIDES: '视同同意的表决影响本项表决的结果。',
  AFFILIATES_DECIDE: '关联方的表决影响本项表决的结果。',
  EMPLOYEES_VOTE: '职工债权依本案设置参加本项表决。',
  SUBORDINATED_VOTE: '劣后债权依本案设置参加本项表决。',
  SILENCE_IS_CONSENT: '依本案设置，未在期限内表示意见的视为同意；法律对此没有明文规定。',
  SILENCE_ON_EXCLUDED_TYPE:
    '依本案设置，未在期限内表示意见的视为同意；本类事项一般不适用，法律对此没有明文规定。',
  CONSENT_CARRIED_OVER: '依本案设置，前次表决中的同意在内容未变更的再次表决中继续有效。',
  INVESTOR_RULE_NOT_STATUTORY: '法律没有规定出资人组的表决比例，本项适用本案设置的比例。',
  CREDITORS_WITHOUT_VOTE:
    '另有没有表决权的债权人（债权未确定、职工、劣后、社保统筹或者被人民法院排除表决的）未列入表决权名册，本项要求全体债权人同意。',
  AMOUNT_BASE_NOT_STATUTORY: '债权额的计算基数与法律条文的文字不同。',
};

/** The rule in the words of the law. */
const GENERAL = `${LAW}第64条第1款：债权人会议的决议，由出席会议的有表决权的债权人过半数通过，并且其所代表的债权额占无财产担保债权总额的二分之一以上。`;

export const ruleWords: Readonly<Record<string, string>> = {
  GENERAL_64: GENERAL,
  MANAGE_65: `${GENERAL}第65条第1款：本法第61条第1款第八项、第九项所列事项，经债权人会议表决未通过的，由人民法院裁定。`,
  DISTRIBUTION_65: `${GENERAL}第65条第2款：本法第61条第1款第十项所列事项，经债权人会议二次表决仍未通过的，由人民法院裁定。第59条第3款：对债务人的特定财产享有担保权的债权人，未放弃优先受偿权利的，对本项不享有表决权。`,
  SETTLEMENT_97: `${LAW}第97条：债权人会议通过和解协议的决议，由出席会议的有表决权的债权人过半数同意，并且其所代表的债权额占无财产担保债权总额的三分之二以上。第59条第3款：对债务人的特定财产享有担保权的债权人，未放弃优先受偿权利的，对本项不享有表决权。`,
  UNANIMOUS_105: `${LAW}第105条：债务人与全体债权人就债权债务的处理自行达成协议的，可以请求人民法院裁定认可。`,
  GROUP_84: `${LAW}第84条第2款：出席会议的同一表决组的债权人过半数同意重整计划草案，并且其所代表的债权额占该组债权总额的三分之二以上的，即为该组通过重整计划草案。第86条第1款：各表决组均通过重整计划草案时，重整计划即为通过。`,
  COMMITTEE_14: `${INTERPRETATION_3}第14条：债权人委员会决定所议事项应获得全体成员过半数通过。`,
  PROPOSAL_62: `${LAW}第62条第2款：占债权总额四分之一以上的债权人可以向债权人会议主席提议召开债权人会议。`,
  VERIFY_58: `${LAW}第58条：债权表应当提交第一次债权人会议核查；债务人、债权人对债权表记载的债权无异议的，由人民法院裁定确认；有异议的，可以向人民法院提起诉讼。`,
  ELECTION_67: `${GENERAL}第67条：债权人委员会由债权人会议选任的债权人代表和一名债务人的职工代表或者工会代表组成，成员不得超过九人，并应当经人民法院书面决定认可。`,
  REPLACE_22: `${GENERAL}第22条第2款：债权人会议认为管理人不能依法、公正执行职务或者有其他不能胜任职务情形的，可以申请人民法院予以更换。`,
  FEES_28: `${GENERAL}第28条第2款：管理人的报酬由人民法院确定；债权人会议对管理人的报酬有异议的，有权向人民法院提出。`,
};

/** What follows by law. */
export const followUpWords: Readonly<Record<string, string>> = {
  COURT_RULING: `本项未获通过，依照${LAW}第65条第1款，由人民法院裁定。债权人对该裁定不服的，可以自裁定宣布之日或者收到通知之日起十五日内向该人民法院申请复议，复议期间不停止裁定的执行（第66条）。`,
  NOT_ADOPTED: '本项未获通过，不发生效力。',
  COURT_RULING_65_2: `本项经二次表决仍未获通过，依照${LAW}第65条第2款，由人民法院裁定。债权额占无财产担保债权总额二分之一以上的债权人对该裁定不服的，可以自裁定宣布之日或者收到通知之日起十五日内向该人民法院申请复议，复议期间不停止裁定的执行（第66条）。`,
  COURT_RECOGNITION: `本项通过后，由管理人提请人民法院裁定认可（${LAW}第115条第3款）。`,
  COURT_RECOGNITION_98: `本项通过后，提请人民法院裁定认可（${LAW}第98条）。`,
  COURT_RECOGNITION_105: `协议达成后，可以请求人民法院裁定认可，并终结破产程序（${LAW}第105条）。`,
  TERMINATE_DECLARE_99: `本项未获通过，由人民法院裁定终止和解程序，并宣告债务人破产（${LAW}第99条）。`,
  NEGOTIATE_SECOND_VOTE: `未通过的表决组，债务人或者管理人可以同其协商后再表决一次（${LAW}第87条第1款）。`,
  CRAM_DOWN_APPLICATION: `未通过的表决组拒绝再次表决或者再次表决仍未通过，但重整计划草案符合法定条件的，债务人或者管理人可以申请人民法院批准（${LAW}第87条第2款）。`,
  TERMINATE_DECLARE_88: `重整计划草案未获通过且未获批准的，由人民法院裁定终止重整程序，并宣告债务人破产（${LAW}第88条）。`,
  TO_CHAIR_62: `提议提交债权人会议主席（${LAW}第62条第2款）。`,
  COURT_CONFIRMATION_58: `无异议的债权，由人民法院裁定确认（${LAW}第58条第2款）。`,
  OBJECTOR_SUES: `对债权有异议的，经管理人解释或者调整后仍然不服的，应当在债权人会议核查结束后十五日内向人民法院提起诉讼（${INTERPRETATION_3}第8条）。`,
  COURT_APPROVAL_67: `当选的成员应当经人民法院书面决定认可（${LAW}第67条第2款）。`,
  APPLY_TO_COURT_22: `申请人民法院更换管理人，由人民法院决定（${LAW}第22条第2款）。`,
  ATTACH_TO_REQUEST_28: `决议随申请提交人民法院，管理人的报酬由人民法院确定（${LAW}第28条第2款）。`,
  ASK_COURT: '本案没有可以计算债权额比例的无财产担保债权，表决结果报请人民法院决定。',
  COURT_APPROVAL: `自重整计划通过之日起十日内，债务人或者管理人应当向人民法院提出批准重整计划的申请（${LAW}第86条第2款）。`,
  SECOND_VOTE: '本项未获通过，依法再次表决。',
};

export const incidentWords: Readonly<Record<string, string>> = {
  OUTAGE: '系统在表决期间中断',
  ENTRY_OBJECTION: '债权人对管理人代录的表决提出异议',
  CLOCK_JUMP: '系统时钟异常，自动截止暂停，待主持人确认',
  CLOCK_CONFIRMED: '主持人核对并确认系统时钟',
};

/** What an objection to a claim is about (司法解释三 art. 8). */
export const objectionPointWords: Readonly<Record<ObjectionPoint, string>> = {
  AMOUNT: '债权金额',
  NATURE: '债权性质',
  SECURITY: '担保或者优先受偿',
  EXISTENCE: '债权是否成立',
  OTHER: '其他',
};

export const objectionDecisionWords: Readonly<Record<ObjectionDecision, string>> = {
  MAINTAINED: '维持原审查意见',
  ADJUSTED: '已作调整',
};
