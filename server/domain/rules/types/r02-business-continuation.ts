/**
 * 继续或者停止债务人的营业, 企业破产法 art. 61(1)(5).
 *
 * Passes when more than half of the present creditors with a vote agree and their unsecured claims are at
 * least half of all unsecured claims (art. 64(1)): `2F > P` and `2FA >= U`. Not passed, it is not adopted and
 * may be revised and voted on anew; the law gives the court no ruling on it. This file does not decide what
 * the administrator does before the first meeting with the court's permission (arts. 25(5), 26).
 */
import { EBL_2006_V1 } from '../ebl-2006-v1.ts';
import { requireRule, type ResolutionType } from '../resolution-type.ts';

export const businessContinuation: ResolutionType = {
  id: 'R02',
  power: '61(1)(5)',
  nameZh: '继续或者停止债务人的营业',
  ruleSet: EBL_2006_V1,
  rule: requireRule(EBL_2006_V1, 'GENERAL_64'),
  excludesSilence: false,
};
