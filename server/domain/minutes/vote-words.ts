/** Words of the minutes for what was decided of a vote besides its rule (domain.md 2.4). Chinese only. */
import type { FrozenSettings } from '../../protocol/case-settings.ts';
import type { CramDownAnswer, RulingKind } from '../../protocol/entry-bodies/vote.ts';
import type { GroupNotFormed } from '../../protocol/tally.ts';
import { amount } from './figures.ts';
import { attendanceBasisWords } from './words.ts';

type Name = keyof FrozenSettings;

export const settingNames: Readonly<Record<Name, string>> = {
  attendanceBasis: '出席的认定',
  amountBase: '债权额的计算基数',
  employeeMode: '职工债权',
  subordinatedVotes: '劣后债权',
  silence: '逾期未表决',
  allowChange: '表决意见',
  carryOver: '前次表决的同意',
  investorBase: '出资人组的计算基数',
  smallClaimsMaxFen: '小额债权组',
};

const amountBaseWords = { UNSECURED: '无财产担保债权总额', ALL_VOTING: '全部有表决权的债权总额' } as const;
const employeeWords = {
  NONE: '由职工和工会代表发表意见，不表决',
  COLLECTIVE_ONE: '作为整体由代表行使一票',
  INDIVIDUAL: '逐人表决',
} as const;

/** One setting as it was frozen, in words. */
export function settingWords(name: Name, settings: FrozenSettings): string {
  switch (name) {
    case 'attendanceBasis':
      return attendanceBasisWords[settings.attendanceBasis];
    case 'amountBase':
      return amountBaseWords[settings.amountBase];
    case 'employeeMode':
      return employeeWords[settings.employeeMode];
    case 'subordinatedVotes':
      return settings.subordinatedVotes ? '参加表决' : '不参加表决';
    case 'silence':
      return settings.silence === 'CONSENT' ? '视为同意' : '不视为同意';
    case 'allowChange':
      return settings.allowChange ? '截止前可以更改' : '提交后不能更改';
    case 'carryOver':
      return settings.carryOver ? '内容未变更的，可以在再次表决中继续有效' : '再次表决时须重新表决';
    case 'investorBase':
      return settings.investorBase === 'participating' ? '参加表决的权益总额' : '全部权益总额';
    case 'smallClaimsMaxFen':
      return settings.smallClaimsMaxFen === null
        ? '未设置'
        : `普通债权额不超过 ${amount(settings.smallClaimsMaxFen)} 的`;
  }
}

export const notFormedWords: Readonly<Record<GroupNotFormed['reason'], string>> = {
  EMPTY: '没有该类债权',
  UNAFFECTED: '权益未受调整或者影响，不参加表决（司法解释三第11条第2款）',
  PASSED_BEFORE: '前次表决已通过，不再表决（第87条第1款）',
};

export const rulingWords: Readonly<Record<RulingKind, string>> = {
  COURT_RULING: '人民法院裁定',
  COURT_RECOGNITION: '人民法院裁定认可',
  PLAN_APPROVAL_APPLICATION: '申请人民法院批准已通过的重整计划（第86条第2款）',
  COURT_APPROVAL: '人民法院裁定批准',
  COURT_REFUSAL: '人民法院裁定不予认可或者不予批准',
  REVOKED: '人民法院裁定撤销决议',
  REVOKED_IN_PART: '人民法院裁定撤销部分决议',
  CRAM_DOWN_APPLICATION: '申请人民法院批准重整计划草案（第87条第2款）',
  CRAM_DOWN_APPROVAL: '人民法院裁定批准重整计划草案（第87条第3款）',
  RECONSIDERATION_APPLICATION: '申请复议（第66条）',
  RECONSIDERATION_DECISION: '人民法院对复议申请的决定（第66条）',
  LOT_DRAWN: '抽签结果',
  OTHER: '人民法院决定',
};

/** Art. 87(2), item by item. */
export const cramDownWords: Readonly<Record<CramDownAnswer['condition'], string>> = {
  SECURED_PAID:
    '（一）担保债权就特定财产获得全额清偿，因延期清偿所受损失得到公平补偿且担保权未受到实质性损害，或者该表决组已通过',
  EMPLOYEE_TAX_PAID: '（二）职工债权、税款债权获得全额清偿，或者相应表决组已通过',
  ORDINARY_NOT_LESS: '（三）普通债权的清偿比例不低于依破产清算程序所能获得的清偿比例，或者该表决组已通过',
  INVESTORS_FAIR: '（四）对出资人权益的调整公平、公正，或者出资人组已通过',
  EQUAL_TREATMENT: '（五）公平对待同一表决组的成员，清偿顺序不违反第113条',
  FEASIBLE: '（六）债务人的经营方案具有可行性',
};

export const answerWords: Readonly<Record<CramDownAnswer['answer'], string>> = {
  YES: '申请人称：符合',
  NO: '申请人称：不符合',
  NOT_APPLICABLE: '申请人称：不适用',
};
