/**
 * 申请人民法院更换管理人, 企业破产法 arts. 22(2), 61(1)(2).
 *
 * Passes when more than half of the present creditors with a vote agree and their unsecured claims are at
 * least half of all unsecured claims (art. 64(1)): `2F > P` and `2FA >= U`. Passed, the meeting applies to the
 * court, which decides whether the administrator cannot act lawfully and fairly or is not competent. This
 * file does not decide that.
 */
import { EBL_2006_V1 } from '../ebl-2006-v1.ts';
import { requireRule, type ResolutionType } from '../resolution-type.ts';

export const administratorReplacement: ResolutionType = {
  id: 'R09',
  power: '61(1)(2), 22(2)',
  nameZh: '申请更换管理人',
  ruleSet: EBL_2006_V1,
  rule: requireRule(EBL_2006_V1, 'REPLACE_22'),
  excludesSilence: false,
};
