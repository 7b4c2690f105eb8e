/**
 * 债权人委员会决议, 企业破产法 art. 68; 司法解释三 art. 14.
 *
 * Passes when more than half of all members agree, present or not: `2F > M`. Amounts are not tested; dissent
 * stands in the minutes. This file does not decide what the meeting may delegate (司法解释三 art. 13).
 */
import { EBL_2006_V1 } from '../ebl-2006-v1.ts';
import { requireRule, type ResolutionType } from '../resolution-type.ts';

export const committeeResolution: ResolutionType = {
  id: 'R12',
  power: '68',
  nameZh: '债权人委员会决议',
  ruleSet: EBL_2006_V1,
  rule: requireRule(EBL_2006_V1, 'COMMITTEE_14'),
  excludesSilence: true,
};
