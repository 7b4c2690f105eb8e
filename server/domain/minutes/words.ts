/** Words of the minutes for the codes of the ledger. Chinese only: the minutes are a court document. */
import type { Channel, Group, Nature } from '../../protocol/entry-parts.ts';
import type { NoVoteReason } from '../../protocol/roll.ts';
import type { Role } from '../../protocol/scalars.ts';
import type { AttendanceBasis } from '../../protocol/tally.ts';

export const LAW = '《中华人民共和国企业破产法》';
export const INTERPRETATION_3 = '《最高人民法院关于适用〈中华人民共和国企业破产法〉若干问题的规定（三）》';

export const natureWords: Readonly<Record<Nature, string>> = {
  SECURED: '有财产担保债权',
  EMPLOYEE: '职工债权',
  TAX: '税款债权',
  SOCIAL_INSURANCE_POOL: '社保统筹债权',
  ORDINARY: '普通债权',
  SUBORDINATED: '劣后债权',
};

/** Order of the lines of attendance: that of arts. 82 and 113. */
export const natureOrder: readonly Nature[] = [
  'SECURED',
  'EMPLOYEE',
  'SOCIAL_INSURANCE_POOL',
  'TAX',
  'ORDINARY',
  'SUBORDINATED',
];

export const channelWords: Readonly<Record<Channel, string>> = {
  online: '网络',
  'on-site': '现场',
  paper: '书面',
  mail: '邮寄',
  sms: '短信',
  email: '电子邮件',
  deemed: '视同',
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
};

export const attendanceBasisWords: Readonly<Record<AttendanceBasis, string>> = {
  SIGN_IN: '以签到认定出席',
  VOTED: '以参加表决认定出席',
  SIGN_IN_OR_VOTED: '签到或者参加表决的，均认定为出席',
};

export const closeCauseWords = {
  DEADLINE: '表决期限届满',
  ALL_VOTED: '全部有表决权的债权人均已表决',
  COURT_CONSENT: '经人民法院同意提前截止',
  AFTER_INTERRUPTION: '表决中断后经人民法院同意截止',
} as const;

/** Words that the codes of a rule stand for; a code without words is shown as it is. */
export function wordOf(words: Readonly<Record<string, string>>, code: string): string {
  return words[code] ?? code;
}

export const warningWords: Readonly<Record<string, string>> = {
  TEMPORARY_DECIDES: '临时确定的债权额影响本项表决的结果。',
  STAFF_PRESENCE_DECIDES: '工作人员代为签到的债权人影响本项表决的结果。',
  ATTENDANCE_BASIS_DECIDES: '出席的认定方式影响本项表决的结果。',
  BALLOT_WITHOUT_SIGN_IN: '有债权人未签到而提交了表决票。',
  AMOUNT_BASE_NOT_STATUTORY: '债权额的计算基数与法律条文的文字不同。',
};

/** The rule in the words of the law. */
export const ruleWords: Readonly<Record<string, string>> = {
  GENERAL_64: `${LAW}第64条第1款：债权人会议的决议，由出席会议的有表决权的债权人过半数通过，并且其所代表的债权额占无财产担保债权总额的二分之一以上。`,
  MANAGE_65: `${LAW}第64条第1款：债权人会议的决议，由出席会议的有表决权的债权人过半数通过，并且其所代表的债权额占无财产担保债权总额的二分之一以上。第65条第1款：本法第61条第1款第八项、第九项所列事项，经债权人会议表决未通过的，由人民法院裁定。`,
};

/** What follows by law. */
export const followUpWords: Readonly<Record<string, string>> = {
  COURT_RULING: `本项未获通过，依照${LAW}第65条第1款，由人民法院裁定。债权人对该裁定不服的，可以自裁定宣布之日或者收到通知之日起十五日内向该人民法院申请复议，复议期间不停止裁定的执行（第66条）。`,
  NOT_ADOPTED: '本项未获通过，不发生效力。',
  ASK_COURT: '本案没有可以计算债权额比例的无财产担保债权，表决结果报请人民法院决定。',
  COURT_APPROVAL: '本项通过后，尚需提请人民法院裁定。',
  SECOND_VOTE: '本项未获通过，依法再次表决。',
};

export const incidentWords: Readonly<Record<string, string>> = {
  OUTAGE: '系统在表决期间中断',
  CLOCK_JUMP: '系统时钟异常，自动截止暂停，待主持人确认',
};
