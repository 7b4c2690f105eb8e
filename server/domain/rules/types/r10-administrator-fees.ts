/**
 * 审查管理人的费用和报酬, 企业破产法 arts. 28(2), 61(1)(2); 管理人报酬规定 arts. 6, 7.
 *
 * The first report is information and needs no vote. Where a resolution is taken it passes when more than
 * half of the present creditors with a vote agree and their unsecured claims are at least half of all
 * unsecured claims (art. 64(1)): `2F > P` and `2FA >= U`, and is attached to the request to the court. The
 * court sets the fee; this file does not.
 */
import { EBL_2006_V1 } from '../ebl-2006-v1.ts';
import { requireRule, type ResolutionType } from '../resolution-type.ts';

export const administratorFees: ResolutionType = {
  id: 'R10',
  power: '61(1)(2), 28(2)',
  nameZh: '审查管理人的费用和报酬',
  ruleSet: EBL_2006_V1,
  rule: requireRule(EBL_2006_V1, 'FEES_28'),
  excludesSilence: false,
};
