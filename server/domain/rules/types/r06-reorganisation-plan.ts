/**
 * 重整计划草案, 企业破产法 arts. 61(1)(6), 82-87; 司法解释三 art. 11(2).
 *
 * Creditors vote by groups: secured, employees, taxes, ordinary, and small claims where the court set such a
 * group. A group passes when more than half of its present creditors agree and their claims are at least two
 * thirds of the group's: `2F > P` and `3FA >= 2G` (art. 84(2)). Investors whose rights are adjusted form a
 * group of their own (art. 85), for which the statute has no threshold: `3FA >= 2 x` the rights that take
 * part, or all rights (setting `investorBase`). The plan passes when every group that was formed passes
 * (art. 86); a failing group votes once more (art. 87(1)). A group without an amount, and one that the plan
 * does not touch, is not formed. This file decides neither on approval without the groups' consent
 * (art. 87(2)) nor on the end of the proceedings (art. 88).
 */
import { EBL_2006_V1 } from '../ebl-2006-v1.ts';
import { requireRule, type ResolutionType } from '../resolution-type.ts';

export const reorganisationPlan: ResolutionType = {
  id: 'R06',
  power: '61(1)(6), 82–87',
  nameZh: '重整计划草案',
  ruleSet: EBL_2006_V1,
  rule: requireRule(EBL_2006_V1, 'GROUP_84'),
  excludesSilence: true,
};
