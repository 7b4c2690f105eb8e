/**
 * 提议召开债权人会议, 企业破产法 art. 62(2).
 *
 * Creditors with at least a quarter of all claims, secured claims included, may propose a meeting to the
 * chair: `4A >= T`. Heads are not tested. This file does not decide whether the chair convenes it.
 */
import { EBL_2006_V1 } from '../ebl-2006-v1.ts';
import { requireRule, type ResolutionType } from '../resolution-type.ts';

export const proposalToConvene: ResolutionType = {
  id: 'R13',
  power: '62(2)',
  nameZh: '提议召开债权人会议',
  ruleSet: EBL_2006_V1,
  rule: requireRule(EBL_2006_V1, 'PROPOSAL_62'),
  excludesSilence: true,
};
