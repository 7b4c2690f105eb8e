/**
 * 人民法院认为应当由债权人会议行使的其他职权, 企业破产法 art. 61(1)(11): rules of the meeting, borrowing
 * (司法解释三 art. 2), major disposals (art. 15), further distribution and the like.
 *
 * Passes when more than half of the present creditors with a vote agree and their unsecured claims are at
 * least half of all unsecured claims (art. 64(1)): `2F > P` and `2FA >= U`. Not passed, it is not adopted; a
 * disposal under 司法解释三 art. 15 may then not take place. This file does not decide whether a matter is the
 * meeting's to decide.
 */
import { EBL_2006_V1 } from '../ebl-2006-v1.ts';
import { requireRule, type ResolutionType } from '../resolution-type.ts';

export const otherMatter: ResolutionType = {
  id: 'R11',
  power: '61(1)(11)',
  nameZh: '其他由债权人会议行使职权的事项',
  ruleSet: EBL_2006_V1,
  rule: requireRule(EBL_2006_V1, 'GENERAL_64'),
  excludesSilence: false,
};
