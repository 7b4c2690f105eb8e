/**
 * 和解协议草案, 企业破产法 arts. 61(1)(7), 97-99.
 *
 * Passes when more than half of the present creditors with a vote agree and their unsecured claims are at
 * least two thirds of all unsecured claims (art. 97): `2F > P` and `3FA >= 2U`. A secured creditor that has
 * not waived its priority votes only with its unsecured part (arts. 59(3), 110). Passed, it goes to the court
 * for recognition (art. 98); not passed, the court ends the settlement and declares bankruptcy (art. 99).
 * This file does not decide what the court will do.
 */
import { EBL_2006_V1 } from '../ebl-2006-v1.ts';
import { requireRule, type ResolutionType } from '../resolution-type.ts';

export const settlementAgreement: ResolutionType = {
  id: 'R07',
  power: '61(1)(7)',
  nameZh: '和解协议草案',
  ruleSet: EBL_2006_V1,
  rule: requireRule(EBL_2006_V1, 'SETTLEMENT_97'),
  excludesSilence: true,
};
