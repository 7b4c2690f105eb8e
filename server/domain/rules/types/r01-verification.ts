/**
 * 核查债权, 企业破产法 arts. 58, 61(1)(1); 司法解释三 art. 8.
 *
 * Not a majority vote: each creditor and the debtor may object to any row of the claims table, with reasons
 * and the law. Silence until the deadline records no objection, and the notice says so. What nobody objects
 * to goes to the court for confirmation; who still objects after the administrator's explanation sues within
 * 15 days after the verification ends. There is no formula: the outcome is that objections are recorded.
 * This file does not decide whether an objection is well founded.
 */
import { EBL_2006_V1 } from '../ebl-2006-v1.ts';
import { requireRule, type ResolutionType } from '../resolution-type.ts';

export const verification: ResolutionType = {
  id: 'R01',
  power: '58, 61(1)(1)',
  nameZh: '核查债权',
  ruleSet: EBL_2006_V1,
  rule: requireRule(EBL_2006_V1, 'VERIFY_58'),
  excludesSilence: false,
};
