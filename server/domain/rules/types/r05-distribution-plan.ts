/**
 * 破产财产分配方案, 企业破产法 art. 61(1)(10), with distribution other than in money (art. 114).
 *
 * Passes when more than half of the present creditors with a vote agree and their unsecured claims are at
 * least half of all unsecured claims (art. 64(1)): `2F > P` and `2FA >= U`. A secured creditor that has not
 * waived its priority votes only with its unsecured part (arts. 59(3), 110). Not passed, everybody votes once
 * more; not passed again, the court rules (art. 65(2)), and only creditors with at least half of all
 * unsecured claims may ask for reconsideration (art. 66). Passed, it goes to the court for recognition
 * (art. 115(3)). This file does not decide what the court will do.
 */
import { EBL_2006_V1 } from '../ebl-2006-v1.ts';
import { requireRule, type ResolutionType } from '../resolution-type.ts';

export const distributionPlan: ResolutionType = {
  id: 'R05',
  power: '61(1)(10)',
  nameZh: '破产财产分配方案',
  ruleSet: EBL_2006_V1,
  rule: requireRule(EBL_2006_V1, 'DISTRIBUTION_65'),
  excludesSilence: true,
};
