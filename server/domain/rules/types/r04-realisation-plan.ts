/**
 * 破产财产变价方案, 企业破产法 art. 61(1)(9), with realisation other than by auction (art. 112).
 *
 * Passes when more than half of the present creditors with a vote agree and their unsecured claims are at
 * least half of all unsecured claims (art. 64(1)): `2F > P` and `2FA >= U`. Secured creditors vote. Not passed
 * in one vote, the court rules (art. 65(1)), and any creditor may ask for reconsideration within 15 days
 * (art. 66). This file does not decide what the court will do.
 */
import { EBL_2006_V1 } from '../ebl-2006-v1.ts';
import { requireRule, type ResolutionType } from '../resolution-type.ts';

export const realisationPlan: ResolutionType = {
  id: 'R04',
  power: '61(1)(9)',
  nameZh: '破产财产变价方案',
  ruleSet: EBL_2006_V1,
  rule: requireRule(EBL_2006_V1, 'MANAGE_65'),
  excludesSilence: false,
};
