/**
 * 选任和更换债权人委员会成员, 企业破产法 arts. 61(1)(4), 67.
 *
 * Each candidate is a resolution of its own and passes when more than half of the present creditors with a
 * vote agree and their unsecured claims are at least half of all unsecured claims (art. 64(1)): `2F > P` and
 * `2FA >= U`. Removal takes the same test. At most nine members, one of them for employees or their union;
 * who gets the seats when more pass is in `election.ts`. The court approves members in writing. This file
 * does not decide whether a committee is set up at all.
 */
import { EBL_2006_V1 } from '../ebl-2006-v1.ts';
import { requireRule, type ResolutionType } from '../resolution-type.ts';

export const committeeElection: ResolutionType = {
  id: 'R08',
  power: '61(1)(4), 67',
  nameZh: '选任和更换债权人委员会成员',
  ruleSet: EBL_2006_V1,
  rule: requireRule(EBL_2006_V1, 'ELECTION_67'),
  excludesSilence: false,
};
