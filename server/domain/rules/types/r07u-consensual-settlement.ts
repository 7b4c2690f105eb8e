/**
 * 自行和解, 企业破产法 art. 105.
 *
 * The debtor and all creditors (全体债权人) agree on claims and debts and ask the court for recognition:
 * `F = number of all units`, present or not. Secured creditors are among them. Amounts are not tested.
 * This file does not decide whether creditors without a vote must agree too: the roll has those with one, and
 * the verdict warns when there are others.
 */
import { EBL_2006_V1 } from '../ebl-2006-v1.ts';
import { requireRule, type ResolutionType } from '../resolution-type.ts';

export const consensualSettlement: ResolutionType = {
  id: 'R07U',
  power: '105',
  nameZh: '自行和解协议',
  ruleSet: EBL_2006_V1,
  rule: requireRule(EBL_2006_V1, 'UNANIMOUS_105'),
  excludesSilence: true,
};
